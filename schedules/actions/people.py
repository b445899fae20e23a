"""What befalls a patient, and ends a plan."""

from datetime import date, datetime

from django.db import transaction

import patients.actions
from patients.models import Patient, User
from patients.refusals import Refused
from schedules.actions.decide import Decision
from schedules.actions.plans import close_plan
from schedules.decisions import CloseReason
from schedules.models import Injection, Plan


@transaction.atomic
def record_death(
    *, patient: Patient, on: date | None, role: str, now: datetime, by: User
) -> Patient:
    """
    Write down a death and close the plan: no message leaves from now on (T8).

    Raises Refused if the day cannot be, or if an injection was given after it.
    """
    today = patient.clinic.day(now)
    patient = patients.actions.mark_deceased(patient=patient, on=on, today=today, by=by)
    _refuse_injected_later(patient, on)
    plan = Plan.objects.open().filter(patient=patient).first()
    if plan is not None:
        close_plan(
            plan=plan,
            decision=Decision(
                by=by,
                role=role,
                now=now,
                reason=CloseReason.DIED,
                on=_closes_on(plan, on),
            ),
        )
    return patient


def _closes_on(plan: Plan, died_on: date | None) -> date | None:
    """Return the day of death, or of the last decision if that was taken later."""
    if died_on is None:
        return None
    standing = plan.events.filter(voided_at=None)
    return max(died_on, standing.latest("on").on)


def _refuse_injected_later(patient: Patient, died_on: date | None) -> None:
    """Refuse a death before an injection: one of the two is wrong."""
    if died_on is None:
        return
    needles = Injection.objects.standing().filter(
        patient=patient, outcome__in=Injection.NEEDLE, given_on__gt=died_on
    )
    last = needles.order_by("given_on").last()
    if last is not None:
        raise Refused(
            f"An injection on {last.given_on:%-d %B %Y} is recorded, after that day: "
            "correct one of the two, or leave the day of death empty.",
            field="on",
        )
