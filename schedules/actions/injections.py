"""Recording what was given, and taking it back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from patients.known_background import background_of
from patients.models import Patient, User
from patients.refusals import Refused
from schedules import safety, safety_reading
from schedules.actions.decide import Decision
from schedules.actions.judging import judged, leaves_requests
from schedules.actions.replay import Moved, replay
from schedules.models import Injection, Plan
from schedules.safety import Act, Facts, Finding, Severity

NOTHING_MOVED = Moved(
    dose_before=None, dose_after=None, panel_before=None, panel_after=None
)


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """An injection as it was written down, what that moved, and what the rules say."""

    injection: Injection
    moved: Moved
    findings: tuple[Finding, ...] = ()


@leaves_requests
@transaction.atomic
def record_injection(
    *,
    patient: Patient,
    given_at: datetime | None,
    given_on: date,
    details: Mapping[str, Any],
    now: datetime,
    by: User,
    intended: Decision | None = None,
    identified: bool | None = None,
) -> Recorded:
    """
    Record an injection, or that one was not given, and move what follows.

    `given_on` is the clinic's civil day of `given_at`; for an injection given elsewhere
    the time may be unknown. `details` are the other columns of Injection. `identified`
    tells whether two identifiers were confirmed (S23), None if nobody asked.

    `intended` is the decision to give it now: the safety rules may stop that, and
    Stopped is raised. Without it the injection was given already, and is recorded
    whatever a rule says: what speaks against it makes it an incident (rules 5).
    Raises Refused if the day lies ahead or before birth, if what is intended lies on
    another day, or if the very same injection is recorded already.
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
    today = patient.clinic.day(now)
    _refuse_impossible(injection, today=today, now=now)
    _refuse_the_same(injection)
    findings = _judged(injection, intended, identified, today=today)
    injection.save()
    return replace(_recorded(injection, now), findings=findings)


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


def _judged(
    injection: Injection,
    intended: Decision | None,
    identified: bool | None,
    *,
    today: date,
) -> tuple[Finding, ...]:
    """Ask the rules about an injection; what was given already they cannot stop."""
    if intended is not None:
        _refuse_unintended(injection, today)
        _refuse_unwanted(injection.patient, today)
        return judged(
            _facts(injection, identified),
            patient=injection.patient,
            plan=injection.plan,
            decision=intended,
        )
    # What others gave, others answer for; a needle that met nobody harmed nobody.
    is_ours = injection.source == Injection.Source.HERE
    if not is_ours or injection.outcome not in Injection.NEEDLE:
        return ()
    findings = tuple(
        found
        for found in safety.judge(_facts(injection, identified))
        if found.severity is Severity.BLOCK
    )
    injection.spoke_against = [
        {
            "rule": found.rule.id,
            "version": found.rule.version,
            "title": found.rule.title,
        }
        for found in findings
    ]
    return findings


def _facts(injection: Injection, identified: bool | None) -> Facts:
    known = safety_reading.known_of(Act.GIVE, injection.patient, on=injection.given_on)
    return safety_reading.of_injection(known, injection, identified=identified)


def _refuse_unintended(injection: Injection, today: date) -> None:
    if injection.outcome != Injection.Outcome.GIVEN:
        raise Refused("Nobody intends an injection to fail.", field="outcome")
    if injection.source != Injection.Source.HERE or injection.given_on != today:
        raise Refused(
            "What is about to be given is given here, today.", field="given_at"
        )


def _refuse_unwanted(patient: Patient, today: date) -> None:
    """Refuse what the patient does not agree to; nobody goes on in spite of that."""
    refusal = background_of(patient, on=today).refusal
    if refusal is not None:
        raise Refused(
            f"The patient did not agree to the treatment on {refusal.on:%-d %B %Y}. "
            "Record the consent first (rule T1).",
            code="consent",
        )


def _refuse_the_same(injection: Injection) -> None:
    """Refuse an injection entered twice; a second one of the day has its own time."""
    same = Injection.objects.given().filter(
        patient=injection.patient, given_at=injection.given_at
    )
    if injection.given_at is None or same.exists():
        _refuse_second(injection)


def _refuse_second(injection: Injection) -> None:
    if injection.outcome != Injection.Outcome.GIVEN:
        return
    same_day = (
        Injection.objects.given()
        .like(injection.product)
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
