"""Keeping allergies, conditions, the checklist, samples and consent."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.db import transaction

from patients.actions.facts import locked, refuse_day
from patients.background import PLANNED, Agreement, Allergen, Allergy, Had
from patients.exclusions import Answer, Exclusion
from patients.known_background import answers_of
from patients.models import (
    AllergyRecord,
    BaselineSample,
    ConditionRecord,
    Consent,
    ExclusionAnswer,
    Patient,
    User,
)
from patients.refusals import Refused
from patients.samples import Sample


@transaction.atomic
def record_allergy(
    *, patient: Patient, allergy: Allergy, now: datetime, by: User, note: str = ""
) -> AllergyRecord:
    """
    Record what a patient reacts to; the answer “no known allergies” gives way to it.

    Raises Refused if something else has no name, if it is recorded already, or if the
    day lies before birth or ahead.
    """
    patient = Patient.objects.locked(patient.pk)
    name = allergy.name.strip()
    if allergy.allergen is Allergen.OTHER and not name:
        raise Refused("Write what the patient reacts to.", field="name")
    what = "The first reaction"
    refuse_day(patient, allergy.since, now=now, field="since", what=what)
    known = patient.allergies.standing()
    if known.filter(allergen=allergy.allergen, name__iexact=name).exists():
        raise Refused("This is recorded already.", field="allergen", code="double")
    none_known = known.filter(allergen=Allergen.NONE_KNOWN)
    none_known.update(
        voided_at=now, voided_by=by, void_reason="an allergy was recorded"
    )
    return AllergyRecord.objects.create(
        patient=patient,
        clinic=patient.clinic,
        allergen=allergy.allergen,
        name=name,
        reaction=allergy.reaction,
        since=allergy.since,
        note=note,
        recorded_at=now,
        recorded_by=by,
    )


@transaction.atomic
def record_no_allergies(*, patient: Patient, now: datetime, by: User) -> AllergyRecord:
    """
    Record the answer that no allergy is known; the same answer again changes nothing.

    Raises Refused as long as one is recorded.
    """
    patient = Patient.objects.locked(patient.pk)
    known = patient.allergies.standing()
    if known.exclude(allergen=Allergen.NONE_KNOWN).exists():
        raise Refused("An allergy is recorded. Take it back first.", field="allergen")
    answered = known.first()
    return answered or AllergyRecord.objects.create(
        patient=patient,
        clinic=patient.clinic,
        allergen=Allergen.NONE_KNOWN,
        recorded_at=now,
        recorded_by=by,
    )


@transaction.atomic
def record_condition(
    *, patient: Patient, had: Had, now: datetime, by: User, note: str = ""
) -> ConditionRecord:
    """
    Record what a patient has, is, or was exposed to. Only a plan may lie ahead.

    Raises Refused if a day cannot be, or if the condition is recorded and has no end.
    """
    patient = Patient.objects.locked(patient.pk)
    if had.condition not in PLANNED:
        what = "The start of the condition"
        refuse_day(patient, had.from_on, now=now, field="from_on", what=what)
    elif had.from_on is not None and had.from_on < patient.birth_date:
        raise Refused("The planned day lies before birth.", field="from_on")
    _refuse_end(patient, had, now=now)
    present = patient.conditions.standing().filter(ended_on=None)
    if had.ended_on is None and present.filter(condition=had.condition).exists():
        raise Refused("This is recorded already.", field="condition", code="double")
    return ConditionRecord.objects.create(
        patient=patient,
        clinic=patient.clinic,
        condition=had.condition,
        note=note,
        from_on=had.from_on,
        ended_on=had.ended_on,
        ended_by=by if had.ended_on else None,
        recorded_at=now,
        recorded_by=by,
    )


@transaction.atomic
def end_condition(
    *, record: ConditionRecord, on: date, now: datetime, by: User
) -> ConditionRecord:
    """Record the first day without a condition. Raises Refused if it cannot be."""
    record = locked(record)
    if record.ended_on is not None:
        raise Refused("This condition ended before.", code="ended")
    had = Had(condition=record.known.condition, from_on=record.from_on, ended_on=on)
    _refuse_end(record.patient, had, now=now)
    record.ended_on, record.ended_by = on, by
    record.save(update_fields=("ended_on", "ended_by"))
    return record


@transaction.atomic
def answer_exclusions(
    *, patient: Patient, answers: Mapping[Exclusion, Answer], now: datetime, by: User
) -> list[ExclusionAnswer]:
    """Write down the answers to the checklist that are new, or other than before."""
    patient = Patient.objects.locked(patient.pk)
    known = answers_of(patient)
    return [
        ExclusionAnswer.objects.create(
            patient=patient,
            clinic=patient.clinic,
            exclusion=exclusion,
            answer=answer,
            answered_on=patient.clinic.day(now),
            recorded_at=now,
            recorded_by=by,
        )
        for exclusion, answer in answers.items()
        if exclusion not in known or known[exclusion].answer != answer
    ]


@transaction.atomic
def record_samples(
    *,
    patient: Patient,
    samples: Iterable[Sample],
    drawn_on: date,
    now: datetime,
    by: User,
) -> list[BaselineSample]:
    """
    Record for which tests blood was drawn, whatever comes back (R05).

    One that is recorded for that day is not recorded twice. Raises Refused if nothing
    is named, or if the day lies before birth or ahead.
    """
    patient = Patient.objects.locked(patient.pk)
    wanted = list(samples)
    if not wanted:
        raise Refused("Choose at least one test.", field="samples")
    refuse_day(patient, drawn_on, now=now, field="drawn_on", what="The day of drawing")
    known = patient.baseline_samples.standing().filter(drawn_on=drawn_on)
    drawn = set(known.values_list("sample", flat=True))
    return [
        BaselineSample.objects.create(
            patient=patient,
            clinic=patient.clinic,
            sample=sample,
            drawn_on=drawn_on,
            recorded_at=now,
            recorded_by=by,
        )
        for sample in wanted
        if sample not in drawn
    ]


@transaction.atomic
def state_consent(
    *,
    patient: Patient,
    answer: Agreement,
    how: str,
    on: date,
    now: datetime,
    by: User,
) -> Consent:
    """
    Record what a patient said to being treated; the last word holds (T1).

    Raises Refused if nothing says how we know, or if the day lies before birth or
    ahead.
    """
    patient = Patient.objects.locked(patient.pk)
    if not how.strip():
        raise Refused("Say how we know it, and from whom.", field="how")
    refuse_day(patient, on, now=now, field="on", what="The day of the answer")
    return Consent.objects.create(
        patient=patient,
        clinic=patient.clinic,
        answer=answer,
        how=how.strip(),
        said_on=on,
        recorded_at=now,
        recorded_by=by,
    )


def _refuse_end(patient: Patient, had: Had, *, now: datetime) -> None:
    what = "The end of the condition"
    refuse_day(patient, had.ended_on, now=now, field="ended_on", what=what)
    if had.from_on is None or had.ended_on is None:
        return
    if had.ended_on < had.from_on:
        raise Refused("The condition ended before it began.", field="ended_on")
