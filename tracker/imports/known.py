"""Everybody a clinic knows, in the words in which a list is compared."""

from collections import defaultdict
from datetime import date

from patients.models import Clinic, ContactPreference, Patient
from schedules.models import Injection, Plan
from schedules.phases import Phase
from tracker.imports.book import Book, Known, Treatment, Word
from tracker.imports.people import Person

#: How the evidence of a word begins that a list brought.
FROM_A_LIST = "practice list"

#: Elsewhere a plan has no interval of its own, or is not yet at it.
AT_AN_INTERVAL = frozenset({Phase.MAINTENANCE, Phase.PAUSED})


def everybody(clinic: Clinic) -> Book:
    """Return the patients of `clinic`, in four queries however many there are."""
    words = _words(clinic)
    treatments = _treatments(clinic)
    given, taken_back = _injections(clinic)
    return Book(
        Known(
            patient_id=patient.pk,
            person=_person(patient),
            gender=patient.gender,
            contact={
                "phone": patient.phone,
                "email": patient.email,
                "preferred_channel": patient.preferred_channel,
            },
            word=words.get(patient.pk),
            is_deceased=patient.is_deceased,
            deceased_on=patient.deceased_on,
            treatment=treatments.get(patient.pk),
            given=given[patient.pk],
            taken_back=taken_back[patient.pk],
        )
        for patient in Patient.objects.of(clinic)
    )


def _person(patient: Patient) -> Person:
    return Person(
        nhs_number=patient.nhs_number,
        local_number=patient.local_number,
        family_name=patient.family_name,
        given_name=patient.given_name,
        birth_date=patient.birth_date,
    )


def _words(clinic: Clinic) -> dict[int, Word]:
    said = ContactPreference.objects.filter(
        clinic=clinic, channel=ContactPreference.Channel.SMS
    ).order_by("id")
    return {
        each.patient_id: Word(
            is_allowed=each.is_allowed,
            is_from_a_list=each.evidence.startswith(FROM_A_LIST),
        )
        for each in said
    }


def _treatments(clinic: Clinic) -> dict[int, Treatment]:
    return {
        plan.patient_id: Treatment(
            neurological=plan.neurological,
            product=plan.product,
            cause=plan.cause,
            interval=plan.interval if plan.phase in AT_AN_INTERVAL else None,
        )
        for plan in Plan.objects.of(clinic).open()
    }


Given = defaultdict[int, dict[date, str]]
TakenBack = defaultdict[int, set[date]]


def _injections(clinic: Clinic) -> tuple[Given, TakenBack]:
    given: Given = defaultdict(dict)
    taken_back: TakenBack = defaultdict(set)
    recorded = Injection.objects.of(clinic).filter(outcome=Injection.Outcome.GIVEN)
    for injection in recorded.only("patient", "given_on", "batch", "voided_at"):
        if injection.voided_at is None:
            given[injection.patient_id][injection.given_on] = injection.batch
        else:
            taken_back[injection.patient_id].add(injection.given_on)
    return given, taken_back
