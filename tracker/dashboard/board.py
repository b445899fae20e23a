"""
The day's list of a clinic.

Everybody whose care is open is in exactly one section, and the counts on top add up to
them: a filter hides a section, never a number.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.models import Tick
from patients.models import Clinic, ImportLine
from schedules import reading
from schedules.calendar import Calendar
from schedules.phases import Phase
from schedules.words import Words
from tracker.dashboard import words
from tracker.dashboard.groups import Group, harm
from tracker.dashboard.listed import ListedPatient
from tracker.dashboard.people import people_of
from tracker.dashboard.rows import Button, Row, row_of
from tracker.dashboard.tags import Tag

REMINDERS_ARE_LATE_AFTER = timedelta(minutes=10)
WEEK_DAYS = 7

TITLES: dict[Group, Words] = {
    Group.OVERDUE: gettext_lazy("Overdue"),
    Group.DUE: gettext_lazy("Due today"),
    Group.PANEL: gettext_lazy("Blood tests"),
    Group.UNREACHED: gettext_lazy("Cannot be reached"),
    Group.REVIEW: gettext_lazy("Reviews"),
    Group.UNVERIFIED: gettext_lazy("To verify"),
    Group.LINES: gettext_lazy("Lines to resolve"),
    Group.WAITING: gettext_lazy("Waiting to start"),
    Group.PAUSED: gettext_lazy("Paused"),
    Group.COMING: gettext_lazy("Coming later"),
}
HINTS: dict[Group, Words] = {
    Group.OVERDUE: gettext_lazy(
        "most harm first: days late for the interval, loading and nerve symptoms "
        "before others"
    ),
    Group.DUE: gettext_lazy("today, or late and still on time"),
    Group.PANEL: gettext_lazy("due while no injection is"),
    Group.UNREACHED: gettext_lazy("a person has to call"),
    Group.REVIEW: gettext_lazy("suggestions; a prescriber decides"),
    Group.UNVERIFIED: gettext_lazy("injections that no date counts yet"),
    Group.LINES: gettext_lazy(
        "of a practice’s list: refused, or different from what is known"
    ),
    Group.WAITING: gettext_lazy("in work-up, or without a plan"),
    Group.PAUSED: gettext_lazy("by their review date"),
    Group.COMING: gettext_lazy("by the day on which they are due"),
}


@dataclass(frozen=True, kw_only=True)
class Count:
    """A number on top of the list, which is a filter."""

    code: str  # empty: all
    text: str
    number: int
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Section:
    """A group with its lines; folded, only its number is shown."""

    code: str
    title: str
    hint: str
    number: int
    rows: tuple[Row, ...]
    is_folded: bool = False


@dataclass(frozen=True, kw_only=True)
class DayAhead:
    """A day of the week to come, and how many doses fall on it."""

    day: str
    doses: int
    share: int  # of the fullest day, in percent
    closed: str  # why, empty when open


@dataclass(frozen=True, kw_only=True)
class Pulse:
    """When the reminders last ran."""

    text: str
    is_late: bool


@dataclass(frozen=True, kw_only=True)
class Board:
    """All that the page of the day's list shows."""

    today: date
    closed: str
    total: int
    counts: tuple[Count, ...]
    sections: tuple[Section, ...]
    week: tuple[DayAhead, ...]
    pulse: Pulse


def board_of(
    clinic: Clinic, *, now: datetime, chosen: str = "", prescribes: bool = False
) -> Board:
    """Return the list of `clinic` as of `now`, all of it or the `chosen` group."""
    today = clinic.day(now)
    calendar = reading.calendar_of(clinic)
    people = people_of(clinic, today=today)
    lines = list(ImportLine.objects.of(clinic).waiting())
    numbers = _numbers(people, lines)
    only = next((group for group in Group if group == chosen), None)

    def rows(group: Group) -> tuple[Row, ...]:
        if group is Group.LINES:
            return tuple(_line(line) for line in lines)
        found = sorted(
            (p for p in people if p.group is group), key=_order(group, today)
        )
        return tuple(
            row_of(p, today=today, calendar=calendar, prescribes=prescribes)
            for p in found
        )

    return Board(
        today=today,
        closed=_closed(calendar, today),
        total=sum(numbers.values()),
        counts=_counts(numbers, only),
        sections=_sections(numbers, only, rows),
        week=_week(people, calendar, today),
        pulse=_pulse(now),
    )


def _numbers(
    people: Iterable[ListedPatient], lines: list[ImportLine]
) -> dict[Group, int]:
    numbers = dict.fromkeys(Group, 0) | {Group.LINES: len(lines)}
    for patient in people:
        if patient.group is not None:
            numbers[patient.group] += 1
    return numbers


def _counts(numbers: Mapping[Group, int], only: Group | None) -> tuple[Count, ...]:
    everybody = Count(
        code="",
        text=_("all"),
        number=sum(numbers.values()),
        is_chosen=only is None,
    )
    groups = (
        Count(
            code=group.value,
            text=_lower(str(TITLES[group])),
            number=number,
            is_chosen=group is only,
        )
        for group, number in numbers.items()
        if number or group in {Group.OVERDUE, Group.DUE, only}
    )
    return (everybody, *groups)


def _lower(title: str) -> str:
    return title[:1].lower() + title[1:]


def _sections(
    numbers: Mapping[Group, int],
    only: Group | None,
    rows: Callable[[Group], tuple[Row, ...]],
) -> tuple[Section, ...]:
    shown = [only] if only else [group for group in Group if numbers[group]]
    return tuple(
        Section(
            code=group.value,
            title=str(TITLES[group]),
            hint=str(HINTS[group]),
            number=numbers[group],
            is_folded=(folded := group is Group.COMING and only is None),
            rows=() if folded else rows(group),
        )
        for group in shown
    )


def _order(group: Group, today: date) -> Callable[[ListedPatient], Any]:
    """Return what the lines of a group are sorted by; names, if nothing else."""
    if group is Group.OVERDUE:
        return lambda patient: -_harm(patient, today)
    if group in {Group.DUE, Group.COMING}:
        return lambda patient: patient.dose.due_on if patient.dose else today
    if group is Group.PANEL:
        return lambda patient: patient.panel.due_on if patient.panel else today
    if group is Group.PAUSED:
        return lambda patient: (patient.plan and patient.plan.review_on) or date.min
    return lambda _: 0


def _harm(patient: ListedPatient, today: date) -> float:
    if patient.dose is None or patient.plan is None:
        return 0
    return harm(
        days_late=(today - patient.dose.due_on).days,
        interval_days=patient.plan.pace.nominal_days,
        is_loading=patient.plan.phase is Phase.LOADING,
        is_neurological=patient.plan.is_neurological,
    )


def _line(line: ImportLine) -> Row:
    url = reverse("import-line", args=[line.pk])
    reasons = [str(problem.get("reason", "")) for problem in line.problems]
    return Row(
        url=url,
        name=_("Line %s") % line.line_number,
        about=line.file_name,
        phase=line.get_kind_display(),
        nerves=False,
        tag=Tag(text=_("not imported"), tone="warn"),
        note=" ".join(reasons),
        tags=(),
        buttons=(Button(text=_("Resolve"), url=url),),
    )


def _closed(calendar: Calendar, on: date) -> str:
    """Say that a day is closed, and why if it is a special one; nothing if open."""
    why = calendar.why_closed(on)
    if why is None:
        return ""
    return _("closed, %s") % why if why else _("closed")


def _week(
    people: Iterable[ListedPatient], calendar: Calendar, today: date
) -> tuple[DayAhead, ...]:
    doses: dict[date, int] = defaultdict(int)
    for patient in people:
        if patient.dose is not None:
            doses[patient.dose.due_on] += 1
    days = [today + timedelta(days=n) for n in range(WEEK_DAYS)]
    most = max(1, *(doses[day] for day in days))
    return tuple(
        DayAhead(
            day=words.short_day(day),
            doses=doses[day],
            share=round(100 * doses[day] / most),
            closed=_closed(calendar, day),
        )
        for day in days
    )


def _pulse(now: datetime) -> Pulse:
    tick = Tick.objects.filter(name="remind").first()
    if tick is None:
        return Pulse(text=_("Reminders have not run yet."), is_late=True)
    ago = now - tick.struck_at
    minutes = max(0, round(ago.total_seconds() / 60))
    return Pulse(text=_ago(minutes), is_late=ago > REMINDERS_ARE_LATE_AFTER)


def _ago(minutes: int) -> str:
    if minutes == 0:
        return _("Reminders ran just now.")
    if minutes == 1:
        return _("Reminders last ran 1 minute ago.")
    if minutes < 120:
        return _("Reminders last ran %s minutes ago.") % minutes
    return _("Reminders last ran %s hours ago.") % (minutes // 60)
