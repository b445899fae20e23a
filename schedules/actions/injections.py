"""Recording what was given, and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from patients.models import Patient, User
from patients.refusals import Refused
from schedules.actions.replay import Moved, replay
from schedules.models import Injection, Plan

NOTHING_MOVED = Moved(
    dose_before=None, dose_after=None, panel_before=None, panel_after=None
)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An injection as it was written down, and what that moved."""

    injection: Injection
    moved: Moved


@transaction.atomic
def record_injection(
    *,
    patient: Patient,
    given_at: datetime | None,
    given_on: date,
    details: Mapping[str, Any],
    now: datetime,
    by: User,
) -> Recorded:
    """
    Record an injection, or that one was not given, and move what follows.

    `given_on` is the clinic's civil day of `given_at`; for an injection given elsewhere
    the time may be unknown. `details` are the other columns of Injection. Raises
    Refused if the day lies ahead or before birth, or if an injection is recorded for it
    already (clinical rules 2.7, SAME_DAY_DUPLICATE).
    """
    patient = Patient.objects.locked(patient.pk)
    injection = Injection(
        patient=patient,
        clinic=patient.clinic,
        plan=Plan.objects.open().filter(patient=patient).first(),
        given_at=given_at,
        given_on=given_on,
        recorded_at=now,
        recorded_by=by,
        **details,
    )
    if injection.source == Injection.Source.ACCEPTED:
        injection.accepted_at, injection.accepted_by = now, by
    _refuse_impossible(injection, today=patient.clinic.day(now), now=now)
    _refuse_second(injection)
    injection.save()
    return _recorded(injection, now)


@transaction.atomic
def accept_injection(*, injection: Injection, now: datetime, by: User) -> Recorded:
    """Accept an injection given elsewhere: it counts like one given here."""
    injection = _locked(injection)
    if injection.source != Injection.Source.UNVERIFIED or injection.voided_at:
        raise Refused("There is nothing to accept: this injection is not waiting.")
    injection.source = Injection.Source.ACCEPTED
    _refuse_second(injection)
    injection.accepted_at, injection.accepted_by = now, by
    injection.save(update_fields=("source", "accepted_at", "accepted_by"))
    return _recorded(injection, now)


@transaction.atomic
def void_injection(
    *, injection: Injection, reason: str, now: datetime, by: User
) -> Recorded:
    """Take back an injection that was entered in error; the future moves back."""
    injection = _locked(injection)
    if injection.voided_at is not None:
        raise Refused("This injection was taken back before.")
    if not reason.strip():
        raise Refused("Say why the injection is taken back.", field="reason")
    injection.voided_at, injection.voided_by = now, by
    injection.void_reason = reason.strip()
    injection.save(update_fields=("voided_at", "voided_by", "void_reason"))
    return _recorded(injection, now)


def _locked(injection: Injection) -> Injection:
    Patient.objects.locked(injection.patient_id)
    return Injection.objects.get(pk=injection.pk)


def _refuse_impossible(injection: Injection, *, today: date, now: datetime) -> None:
    given_at, patient = injection.given_at, injection.patient
    if injection.given_on > today or (given_at is not None and given_at > now):
        raise Refused("The injection lies in the future.", field="given_at")
    if injection.given_on < patient.birth_date:
        raise Refused("The injection lies before birth.", field="given_at")
    if patient.deceased_on is not None and injection.given_on > patient.deceased_on:
        raise Refused("The injection lies after the date of death.", field="given_at")


def _refuse_second(injection: Injection) -> None:
    if injection.outcome != Injection.Outcome.GIVEN:
        return
    same_day = (
        Injection.objects.given()
        .exclude(pk=injection.pk)
        .filter(patient=injection.patient, given_on=injection.given_on)
    )
    if injection.source != Injection.Source.UNVERIFIED:
        # What nobody has accepted keeps out nothing that counts (rules 2.7).
        same_day = same_day.exclude(source=Injection.Source.UNVERIFIED)
    if same_day.exists():
        raise Refused(
            f"An injection on {injection.given_on:%-d %B %Y} is recorded already.",
            field="given_at",
            code="same_day_duplicate",
        )


def _recorded(injection: Injection, now: datetime) -> Recorded:
    if injection.plan is None:
        return Recorded(injection=injection, moved=NOTHING_MOVED)
    today = injection.patient.clinic.day(now)
    moved = replay(plan=injection.plan, today=today)
    injection.refresh_from_db()
    return Recorded(injection=injection, moved=moved)
