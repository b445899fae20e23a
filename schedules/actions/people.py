"""What befalls a patient, and ends a plan."""

from datetime import date, datetime

from django.db import transaction

import patients.actions
from patients.models import Patient, User
from schedules.actions.decide import Decision
from schedules.actions.plans import close_plan
from schedules.decisions import CloseReason
from schedules.models import Plan


@transaction.atomic
def record_death(
    *, patient: Patient, on: date | None, role: str, now: datetime, by: User
) -> Patient:
    """Write down a death and close the plan: no message leaves from now on (T8)."""
    today = patient.clinic.day(now)
    patient = patients.actions.mark_deceased(patient=patient, on=on, today=today, by=by)
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
