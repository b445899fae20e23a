"""
People and places for tests.

Each is made through the product's own actions, so that no test starts from a state that
the product could not reach. `NOON` is the day on which the tests live: a Friday.
"""

from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from typing import Any

import patients.actions
import schedules.actions
from patients.background import Agreement, Allergen, Allergy, Condition, Had
from patients.medicines import Medicine, Taken
from patients.models import (
    Assessment,
    Clinic,
    ContactPreference,
    Membership,
    Patient,
    User,
)
from patients.models.facts import Fact
from patients.samples import Sample
from schedules.actions import Answers, Decision, Stopped
from schedules.intervals import Interval
from schedules.models import Injection, Override, Plan, Protocol
from schedules.safety import Answer, OverrideReason

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
TODAY = NOON.date()
PASSWORD = "correct horse battery staple"
#: What T1 asks besides the course.
ANSWERED = Answers(consent="said so", no_known_allergies=True)

_numbers = count(1)


def newest(code: str) -> Protocol:
    """Return the newest version of a protocol."""
    return Protocol.objects.filter(code=code).latest("version")


def system() -> User:
    """Return the one who acts when no person does."""
    return User.objects.command_line()


def make_clinic(**details: Any) -> Clinic:
    """Return a clinic, open from Monday to Friday, in England."""
    number = next(_numbers)
    details = {
        "slug": f"elm-street-{number}",
        "name": "Elm Street Surgery",
        "phone": "020 7946 0000",
        "today": TODAY,
        "by": system(),
    } | details
    return patients.actions.open_clinic(**details)


def make_staff(
    clinic: Clinic, role: Membership.Role = Membership.Role.NURSE, name: str = "Grace"
) -> User:
    """Return somebody who works in `clinic` and can sign in with PASSWORD."""
    user = User.objects.create_user(
        username=f"{name.lower()}-{next(_numbers)}",
        password=PASSWORD,
        first_name=name,
        last_name="Adeyemi",
    )
    patients.actions.seat(user=user, clinic=clinic, role=role, by=system())
    return user


def make_patient(clinic: Clinic, *, sms: bool = False, **details: Any) -> Patient:
    """Return Ada, or whoever `details` describe; `sms` is her consent to texts."""
    number = next(_numbers)
    details = {
        "family_name": "Lovelace",
        "given_name": "Ada",
        "birth_date": date(1975, 12, 10),
        "local_number": str(45000 + number),
        "phone": f"+447700900{number % 1000:03}",
        "email": f"ada-{number}@example.org",
        "preferred_channel": "sms" if sms else "email",
    } | details
    patient = patients.actions.register_patient(
        clinic=clinic, details=details, now=NOON, by=system()
    )
    if sms:
        patients.actions.state_preference(
            patient=patient,
            channel=ContactPreference.Channel.SMS,
            is_allowed=True,
            evidence="said so",
            now=NOON,
            by=system(),
        )
    return patient


def decided(reason: str = "", **more: Any) -> Decision:
    """Return what a prescriber decided at NOON."""
    details = {"by": system(), "role": "prescriber", "now": NOON, "reason": reason}
    return Decision(**(details | more))


def make_plan(patient: Patient, neurological: str = "yes") -> Plan:
    """Return an open plan in work-up."""
    return schedules.actions.open_plan(
        patient=patient,
        neurological=neurological,
        cause="pernicious anaemia",
        decision=decided(),
    )


def make_background(patient: Patient) -> dict[str, Fact]:
    """Return one fact of each kind that is known of `patient`, by its kind."""
    who: dict[str, Any] = {"patient": patient, "now": NOON, "by": system()}
    allergy = Allergy(allergen=Allergen.OTHER, name="Peanuts")
    diabetes = Had(condition=Condition.DIABETES)
    metformin = Taken(medicine=Medicine.METFORMIN, daily_mg=Decimal(500))
    drawn = patients.actions.record_samples(samples=[Sample.B12], drawn_on=TODAY, **who)
    return {
        "medicines": patients.actions.record_medicine(taken=metformin, **who),
        "allergies": patients.actions.record_allergy(allergy=allergy, **who),
        "conditions": patients.actions.record_condition(had=diabetes, **who),
        "samples": drawn[0],
        "consents": patients.actions.state_consent(
            answer=Agreement.GIVEN, how="said so", on=TODAY, **who
        ),
    }


def make_loading_plan(patient: Patient, start_on: date = TODAY) -> Plan:
    """Return a neurological plan whose loading was started at NOON."""
    plan = make_plan(patient)
    schedules.actions.start_plan(
        plan=plan,
        protocol=newest("NEURO_ALT"),
        neurological="yes",
        start_on=start_on,
        decision=decided("deficiency"),
        answers=ANSWERED,
    )
    plan.refresh_from_db()
    return plan


def make_maintenance_plan(
    patient: Patient, last_on: date, interval: str = "2m", neurological: str = "no"
) -> Plan:
    """Return a plan taken over from elsewhere, last injected on `last_on`."""
    plan = make_plan(patient, neurological)
    give(patient, last_on, source=Injection.Source.ACCEPTED, given_at=None)
    schedules.actions.transfer_in(
        plan=plan,
        protocol=newest("MAINTENANCE_ONLY"),
        interval=Interval.parse(interval),
        decision=decided("established_elsewhere"),
    )
    plan.refresh_from_db()
    return plan


def give(patient: Patient, on: date, **details: Any) -> Injection:
    """Return an injection recorded for 10 o'clock of that day."""
    given_at = details.pop(
        "given_at", datetime(on.year, on.month, on.day, 10, tzinfo=UTC)
    )
    now = details.pop(
        "now", max(NOON, datetime(on.year, on.month, on.day, 12, tzinfo=UTC))
    )
    recorded = schedules.actions.record_injection(
        patient=patient,
        given_at=given_at,
        given_on=on,
        details={"dose_mg": Decimal(1)} | details,
        now=now,
        by=system(),
    )
    return recorded.injection


def make_assessment(
    patient: Patient,
    on: date = TODAY,
    details: dict[str, Any] | None = None,
    **scores: int,
) -> Assessment:
    """Return how the symptoms were on a day: a tremor of 4, or what `scores` say."""
    said = {"pgic": 4, "scores": scores or {"tremor": 4}} | (details or {})
    assessment, _ = schedules.actions.record_assessment(
        patient=patient,
        assessed_on=on,
        details=said,
        now=max(NOON, datetime(on.year, on.month, on.day, 12, tzinfo=UTC)),
        by=system(),
    )
    return assessment


def make_request(patient: Patient) -> Override:
    """Return what a nurse asks a prescriber to sign: a second injection of the day."""
    give(patient, TODAY)
    nurse = Decision(
        by=make_staff(patient.clinic),
        role=Membership.Role.NURSE,
        now=NOON,
        answers=(
            Answer(
                rule="S18",
                reason=OverrideReason.NO_ALTERNATIVE,
                note="the first one ran out of the needle",
            ),
        ),
    )
    with suppress(Stopped):
        schedules.actions.record_injection(
            patient=patient,
            given_at=NOON,
            given_on=TODAY,
            details={"dose_mg": Decimal(1), "batch": "346A80"},
            now=NOON,
            by=nurse.by,
            intended=nurse,
            identified=True,
        )
    return Override.objects.get(patient=patient, rule="S18")
