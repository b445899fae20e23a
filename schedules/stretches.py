"""
The time a plan spent in its phases, and its loading courses.

    LOADING        PAUSED   LOADING   MAINTENANCE
    |--------------|--------|---------|------------->
      one course, its pause left out
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from schedules.calendar import ONE_DAY, Calendar
from schedules.parameters import ALWAYS, DEFAULTS, Timeline
from schedules.phases import Phase
from schedules.placement import place_loading
from schedules.protocol import Loading

Span = tuple[date, date | None]


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """
    The days [from_on, to_on) that a plan spent in a phase; it still does if None.

    `clinical` marks a pause that is nobody's missed dose.
    """

    phase: Phase
    from_on: date
    to_on: date | None = None
    clinical: bool = False

    @property
    def span(self) -> Span:
        """Return its days."""
        return self.from_on, self.to_on

    def holds(self, day: date) -> bool:
        """Tell whether a day belongs to the stretch."""
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, kw_only=True)
class Course:
    """
    One loading course: the doses given, and those a perfect course would have given.

    `count` is the length of a fixed course, None if open-ended; `complete_on` the day
    of its last dose, in time until so many `within_days` after the first.
    """

    episode: int
    count: int | None
    first_on: date
    given: int
    planned: int
    complete_on: date | None = None
    within_days: int = DEFAULTS.course_days

    @property
    def in_time_until(self) -> date:
        """Return the last day on which a fixed course is complete in time."""
        return self.first_on + self.within_days * ONE_DAY


@dataclass(kw_only=True)
class CourseSoFar:
    """A loading course while it is being replayed, and when somebody ended it."""

    episode: int
    loading: Loading
    days: list[date] = field(default_factory=list)
    ended_on: date | None = None

    def last_day(self, as_of: date) -> date:
        """Return the last day on which the course could still have had a slot."""
        if self.ended_on is None:
            return as_of
        return max(self.days[-1], self.ended_on - ONE_DAY)


def observed(stretches: Sequence[Stretch]) -> tuple[Span, ...]:
    """Join the stretches that follow each other into spans of observation."""
    spans: list[Span] = []
    for stretch in stretches:
        if spans and spans[-1][1] == stretch.from_on:
            spans[-1] = (spans[-1][0], stretch.to_on)
        else:
            spans.append((stretch.from_on, stretch.to_on))
    return tuple(spans)


def courses(
    so_far: Iterable[CourseSoFar],
    *,
    calendar: Calendar,
    stretches: Sequence[Stretch],
    as_of: date,
    timeline: Timeline = ALWAYS,
) -> tuple[Course, ...]:
    """Return the loading courses in which anything was given."""
    pauses = [s for s in stretches if s.phase is Phase.PAUSED]
    return tuple(
        _course(each, calendar, pauses, as_of, timeline) for each in so_far if each.days
    )


def planned_slots(
    first_on: date,
    *,
    until: date,
    loading: Loading,
    calendar: Calendar,
    pauses: Sequence[Stretch] = (),
) -> tuple[date, ...]:
    """
    Return the dates of a perfect course: each dose given on its due date.

    It begins with the first dose that was given, leaves out the pauses, and ends with
    the last slot on or before `until`, or with the last of a fixed course.
    """
    slots: list[date] = []
    slot: date | None = first_on
    while slot is not None and slot <= until and len(slots) != loading.count:
        slots.append(slot)
        slot = _next_slot(slots, loading, calendar, pauses)
    return tuple(slots)


def _course(
    so_far: CourseSoFar,
    calendar: Calendar,
    pauses: Sequence[Stretch],
    as_of: date,
    timeline: Timeline,
) -> Course:
    days, count = so_far.days, so_far.loading.count
    planned = planned_slots(
        days[0],
        until=so_far.last_day(as_of),
        loading=so_far.loading,
        calendar=calendar,
        pauses=pauses,
    )
    return Course(
        episode=so_far.episode,
        count=count,
        first_on=days[0],
        given=len(days),
        planned=len(planned),
        complete_on=days[count - 1] if count and len(days) >= count else None,
        within_days=timeline.on(days[0]).course_days,
    )


def _next_slot(
    slots: list[date],
    loading: Loading,
    calendar: Calendar,
    pauses: Sequence[Stretch],
) -> date | None:
    """Return the slot after the last one; None if it falls into a pause without end."""
    last, recent = slots[-1], slots[-7:]
    slot = place_loading(last, loading=loading, calendar=calendar, recent=recent).due_on
    for pause in pauses:
        if pause.holds(slot) and pause.to_on is None:
            return None
        if pause.holds(slot):
            slot = place_loading(
                last,
                loading=loading,
                calendar=calendar,
                recent=recent,
                not_before=pause.to_on,
            ).due_on
    return slot
