"""
A clinic's days change, and its plans with them.

Each change and the replay of every open plan are one transaction: no list ever shows a
dose on a day that is closed. What has passed stays as it was (rules 2.1, E3a).
"""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

import patients.actions
from patients.laboratory import Policy
from patients.models import CalendarDay, Clinic, User
from patients.refusals import Refused
from schedules.actions.replay import UNREPLAYABLE, replay_clinic
from schedules.calendar import ClinicNeverOpens

log = logging.getLogger(__name__)

PASSED = "Days that have passed stay as they were."


def change_clinic(
    *, clinic: Clinic, changes: Mapping[str, Any], now: datetime, by: User
) -> int:
    """Change what a clinic is called, where it is, its holidays; return what moved."""

    def change() -> None:
        before = Clinic.objects.select_for_update().get(pk=clinic.pk)
        region = changes.get("holiday_region", before.holiday_region)
        changed = patients.actions.change_clinic(
            clinic=before,
            changes={k: v for k, v in changes.items() if k != "holiday_region"},
            by=by,
        )
        if region != changed.holiday_region:
            patients.actions.change_holidays(
                clinic=changed, region=region, today=changed.day(now), by=by
            )

    return moved_by(change, clinic=clinic, now=now)


def change_week(
    *, clinic: Clinic, weekdays: str, from_on: date, now: datetime, by: User
) -> int:
    """Open on other weekdays from a day on; return how many plans moved."""
    _refuse_past(clinic, from_on, now, field="from_on")
    return moved_by(
        lambda: patients.actions.set_open_days(
            clinic=clinic, weekdays=weekdays, from_on=from_on, by=by
        ),
        clinic=clinic,
        now=now,
    )


def change_lab_policy(
    *,
    clinic: Clinic,
    policy: Policy,
    numbers: Mapping[str, Decimal],
    from_on: date,
    now: datetime,
    by: User,
) -> int:
    """Follow treatment by other blood tests from a day on; return what moved."""
    _refuse_past(clinic, from_on, now, field="from_on")
    return moved_by(
        lambda: patients.actions.set_lab_policy(
            clinic=clinic, policy=policy, numbers=numbers, from_on=from_on, by=by
        ),
        clinic=clinic,
        now=now,
    )


def close_on(*, clinic: Clinic, on: date, reason: str, now: datetime, by: User) -> int:
    """Close on a day; return how many plans moved."""
    return _add(clinic, on, CalendarDay.Kind.CLOSURE, reason, now, by)


def open_on(*, clinic: Clinic, on: date, reason: str, now: datetime, by: User) -> int:
    """Open on a day that is closed otherwise; return how many plans moved."""
    return _add(clinic, on, CalendarDay.Kind.EXTRA, reason, now, by)


def forget_day(*, day: CalendarDay, now: datetime, by: User) -> int:
    """Let a day be like others of its weekday again; return how many plans moved."""
    _refuse_past(day.clinic, day.on, now, field="on")
    return moved_by(
        lambda: patients.actions.remove_calendar_day(day=day, by=by),
        clinic=day.clinic,
        now=now,
    )


def keep_calendars(*, now: datetime) -> int:
    """
    Write down the holidays of a year that has come near, and replan around them.

    Return how many holidays were new.
    """
    return sum(_kept(clinic, now) for clinic in Clinic.objects.all())


def _kept(clinic: Clinic, now: datetime) -> int:
    """Keep one calendar; a clinic that cannot be kept leaves the others alone."""
    try:
        return _keep(clinic, now)
    except (Refused, *UNREPLAYABLE):
        log.exception("the calendar of clinic %d could not be kept", clinic.pk)
        return 0


@transaction.atomic
def _keep(clinic: Clinic, now: datetime) -> int:
    today = clinic.day(now)
    new = patients.actions.write_down_holidays(clinic=clinic, today=today)
    if new:
        replay_clinic(clinic=clinic, today=today)
    return new


def _add(
    clinic: Clinic,
    on: date,
    kind: CalendarDay.Kind,
    reason: str,
    now: datetime,
    by: User,
) -> int:
    _refuse_past(clinic, on, now, field="on")
    return moved_by(
        lambda: patients.actions.add_calendar_day(
            clinic=clinic, on=on, kind=kind, reason=reason, by=by
        ),
        clinic=clinic,
        now=now,
    )


@transaction.atomic
def moved_by(change: Callable[[], object], *, clinic: Clinic, now: datetime) -> int:
    """Make a change that may move a clinic's plans, and return how many it moved."""
    # Two changes of one calendar follow each other.
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
    change()
    clinic = Clinic.objects.get(pk=clinic.pk)
    try:
        return replay_clinic(clinic=clinic, today=clinic.day(now))
    except ClinicNeverOpens as problem:
        raise Refused("No day would be left on which to give injections.") from problem


def _refuse_past(clinic: Clinic, on: date, now: datetime, *, field: str) -> None:
    if on < clinic.day(now):
        raise Refused(PASSED, field=field)
