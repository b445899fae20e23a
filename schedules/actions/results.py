"""Laboratory results, and the panels they answer."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

import patients.actions
from patients.actions import NOTHING_MORE, Circumstances
from patients.models import LabResult, Patient, User
from schedules.actions.replay import Moved, replay
from schedules.models import Plan


@transaction.atomic
def record_result(
    *,
    patient: Patient,
    test: str,
    value: Decimal,
    unit: str,
    drawn_on: date,
    now: datetime,
    by: User,
    said: Circumstances = NOTHING_MORE,
) -> tuple[LabResult, Moved | None]:
    """Record a result and move the panel that it answers; Refused as for patients."""
    result = patients.actions.record_result(
        patient=patient,
        test=test,
        value=value,
        unit=unit,
        drawn_on=drawn_on,
        now=now,
        by=by,
        said=said,
    )
    return result, follow(patient, now)


@transaction.atomic
def void_result(
    *, result: LabResult, reason: str, now: datetime, by: User
) -> Moved | None:
    """Take a result back; the panel that it answered is open again."""
    result = patients.actions.void_result(result=result, reason=reason, now=now, by=by)
    return follow(result.patient, now)


def follow(patient: Patient, now: datetime) -> Moved | None:
    """Replay the open plan of a patient of whom something became known."""
    plan = Plan.objects.open().filter(patient=patient).first()
    if plan is None:
        return None
    return replay(plan=plan, today=patient.clinic.day(now))
