"""Opening a clinic and keeping its days."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any
from zoneinfo import ZoneInfo

import holidays
from django.db import transaction

from patients.models import CalendarDay, Clinic, OpenDays, User
from patients.refusals import Refused

#: Far enough back for a list's last injections, far enough on for a year's forecast.
YEARS_BACK, YEARS_AHEAD = 3, 3


@transaction.atomic
def open_clinic(
    *,
    slug: str,
    name: str,
    phone: str,
    today: date,
    by: User,
    time_zone: str = "Europe/London",
    holiday_region: str = "GB-ENG",
    weekdays: str = "01234",
    sends_from: time = time(9),
    sends_until: time = time(20),
) -> Clinic:
    """Open a clinic with its week, and write down its holidays."""
    if Clinic.objects.filter(slug=slug).exists():
        raise Refused(f"There is a clinic called “{slug}” already.", field="slug")
    clinic = Clinic(
        slug=slug,
        name=name,
        phone=phone,
        time_zone=time_zone,
        holiday_region=holiday_region,
        sends_from=sends_from,
        sends_until=sends_until,
    )
    _save(clinic, by=by)
    set_open_days(clinic=clinic, weekdays=weekdays, from_on=today, by=by)
    write_down_holidays(clinic=clinic, today=today)
    return clinic


@transaction.atomic
def change_clinic(*, clinic: Clinic, changes: Mapping[str, Any], by: User) -> Clinic:
    """Change how a clinic is called, reached, and when it may send."""
    for field, value in changes.items():
        setattr(clinic, field, value)
    _save(clinic, by=by)
    return clinic


@transaction.atomic
def set_open_days(
    *, clinic: Clinic, weekdays: str, from_on: date, by: User
) -> OpenDays:
    """Set the weekdays on which a clinic is open, from a day on."""
    numbers = "".join(sorted(set(weekdays)))
    if not numbers or set(numbers) - set("0123456"):
        raise Refused("Choose at least one weekday.", field="weekdays")
    days = OpenDays.objects.filter(clinic=clinic, from_on=from_on).first()
    days = days or OpenDays(clinic=clinic, from_on=from_on)
    days.weekdays = numbers
    days.changed_by(by).save()
    return days


@transaction.atomic
def add_calendar_day(
    *, clinic: Clinic, on: date, kind: CalendarDay.Kind, reason: str, by: User
) -> CalendarDay:
    """Close a clinic on a day, or open it on one that is usually closed."""
    if CalendarDay.objects.filter(clinic=clinic, on=on, kind=kind).exists():
        raise Refused("This day is on the calendar already.", field="on")
    day = CalendarDay(clinic=clinic, on=on, kind=kind, reason=reason)
    day.changed_by(by).save()
    return day


@transaction.atomic
def remove_calendar_day(*, day: CalendarDay, by: User) -> None:
    """Take a day off the calendar again."""
    day.changed_by(by).delete()


def write_down_holidays(*, clinic: Clinic, today: date) -> int:
    """Write down the holidays around `today` that are not yet; return how many."""
    years = range(today.year - YEARS_BACK, today.year + YEARS_AHEAD + 1)
    known = set(
        CalendarDay.objects.filter(
            clinic=clinic, kind=CalendarDay.Kind.HOLIDAY
        ).values_list("on", flat=True)
    )
    # A year once written down is never read again: a newer list changes no past.
    years_known = {on.year for on in known}
    found = _holidays(clinic.holiday_region, [y for y in years if y not in years_known])
    return _write_holidays(clinic, found)


@transaction.atomic
def change_holidays(*, clinic: Clinic, region: str, today: date, by: User) -> Clinic:
    """
    Keep the holidays of another region from `today` on.

    What was a holiday before stays one: doses were placed around it. Raises Refused if
    no holidays are known for the region.
    """
    found = _holidays(region, list(range(today.year, today.year + YEARS_AHEAD + 1)))
    coming = CalendarDay.objects.filter(
        clinic=clinic, kind=CalendarDay.Kind.HOLIDAY, on__gte=today
    )
    for day in coming:
        remove_calendar_day(day=day, by=by)
    days = {on: name for on, name in found.items() if on >= today}
    _write_holidays(clinic, days)
    clinic.holiday_region = region
    _save(clinic, by=by)
    return clinic


def check_time_zone(name: str) -> str:
    """Return `name` if it is a time zone. Raises Refused if not."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        raise Refused(f"“{name}” is not a time zone.", field="time_zone") from problem
    return name


def _holidays(region: str, years: list[int]) -> dict[date, str]:
    country, _, part = region.partition("-")
    known = holidays.list_supported_countries()
    if country not in known or (part and part not in known[country]):
        raise Refused(
            f"No holidays are known for “{region}”; write for example GB-ENG.",
            field="holiday_region",
        )
    if not years:
        return {}
    return dict(
        holidays.country_holidays(
            country, subdiv=part or None, years=years, language="en_GB"
        )
    )


def _write_holidays(clinic: Clinic, found: Mapping[date, str]) -> int:
    days = [
        CalendarDay(
            clinic=clinic, on=on, kind=CalendarDay.Kind.HOLIDAY, reason=name[:80]
        )
        for on, name in sorted(found.items())
    ]
    return len(CalendarDay.objects.bulk_create(days, ignore_conflicts=True))


def _save(clinic: Clinic, *, by: User) -> None:
    check_time_zone(clinic.time_zone)
    if not clinic.sends_from < clinic.sends_until:
        raise Refused("Messages must begin before they end.", field="sends_until")
    if _hours(clinic.sends_until) - _hours(clinic.sends_from) < 1:
        raise Refused("Messages need an hour a day to leave.", field="sends_until")
    if not clinic.name.isprintable():
        raise Refused("Write the name in one line.", field="name")
    if sum(sign.isdigit() for sign in clinic.phone) < 3:
        raise Refused("This is no telephone number.", field="phone")
    clinic.changed_by(by).save()


def _hours(at: time) -> float:
    return at.hour + at.minute / 60
