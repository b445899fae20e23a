"""Keeping laboratory results."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from patients import laboratory
from patients.models import LabResult, Patient, User
from patients.refusals import Refused


@dataclass(frozen=True, kw_only=True)
class Circumstances:
    """
    What the laboratory and the one who drew the blood said besides the value.

    `range_low` and `range_high` are the laboratory's own limits, in the unit of the
    value; `fasting` is None where nobody said; `before_injection` tells that the blood
    was drawn before the injection of that day (rules 2.9).
    """

    range_low: Decimal | None = None
    range_high: Decimal | None = None
    fasting: bool | None = None
    before_injection: bool = False


NOTHING_MORE = Circumstances()


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
) -> LabResult:
    """
    Record what a laboratory reported, in its own unit.

    Raises Refused if the test, the unit, the value or a limit cannot be right, or if
    the blood was drawn in the future or before birth. A plan hears of it through
    `schedules.actions.record_result`.
    """
    try:
        known = laboratory.check(test=test, value=value, unit=unit)
        laboratory.check_range(unit=known, low=said.range_low, high=said.range_high)
    except laboratory.ImplausibleResult as problem:
        raise Refused(str(problem), field=problem.field) from problem
    if not patient.birth_date <= drawn_on <= patient.clinic.day(now):
        raise Refused("The blood was drawn between birth and today.", field="drawn_on")
    if patient.deceased_on is not None and drawn_on > patient.deceased_on:
        raise Refused("The patient had died by that day.", field="drawn_on")
    return LabResult.objects.create(
        patient=patient,
        clinic=patient.clinic,
        test=test,
        value=value,
        unit=unit,
        drawn_on=drawn_on,
        recorded_at=now,
        recorded_by=by,
        range_low=said.range_low,
        range_high=said.range_high,
        fasting=said.fasting,
        before_injection=said.before_injection,
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
