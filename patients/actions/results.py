"""Keeping laboratory results."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from patients import laboratory
from patients.models import LabResult, Patient, User
from patients.refusals import Refused


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
) -> LabResult:
    """
    Record what a laboratory reported, in its own unit.

    Raises Refused if the test, the unit or the value cannot be right, or if the blood
    was drawn in the future or before birth. A plan hears of it through
    `schedules.actions.record_result`.
    """
    try:
        laboratory.check(test=test, value=value, unit=unit)
    except laboratory.ImplausibleResult as problem:
        raise Refused(str(problem), field=problem.field) from problem
    if not patient.birth_date <= drawn_on <= patient.clinic.day(now):
        raise Refused("The blood was drawn between birth and today.", field="drawn_on")
    return LabResult.objects.create(
        patient=patient,
        clinic=patient.clinic,
        test=test,
        value=value,
        unit=unit,
        drawn_on=drawn_on,
        recorded_at=now,
        recorded_by=by,
    )


@transaction.atomic
def void_result(
    *, result: LabResult, reason: str, now: datetime, by: User
) -> LabResult:
    """Take back a result that was entered in error, with a reason."""
    result = LabResult.objects.select_for_update().get(pk=result.pk)
    if result.voided_at is not None:
        raise Refused("This result was taken back before.")
    if not reason.strip():
        raise Refused("Say why the result is taken back.", field="reason")
    result.voided_at, result.voided_by, result.void_reason = now, by, reason.strip()
    result.save(update_fields=("voided_at", "voided_by", "void_reason"))
    return result
