"""
When a patient is told, and how: the rungs of the ladder.

    maintenance   -7 days          -1 day           due_on      closes_on   +1 day
                     |                |               |-------------|          |
    loading          |             the evening                                 |
                 "your next visit is due …"                       "your visit was due …"

An occasion is a rung applied to one dose or panel: a civil day of the clinic and a part
of it. Only `send_at`, `expires_at` and `in_window` turn days into instants.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Protocol

from schedules.phases import Phase

ONE_MINUTE = timedelta(minutes=1)
EVENING_BEFORE_CLOSE = timedelta(hours=2)


class Purpose(StrEnum):
    """What a message is for."""

    INJECTION_AHEAD = "injection_ahead"
    INJECTION_MISSED = "injection_missed"
    PANEL_DUE = "panel_due"


class PartOfDay(StrEnum):
    """When in the clinic's sending window a message leaves."""

    MORNING = "morning"
    EVENING = "evening"


class Anchor(StrEnum):
    """The day that a rung counts from."""

    DUE = "due"
    CLOSE = "close"


class Means(StrEnum):
    """How a person is reached; the nurse is a task, and always the last."""

    SMS = "sms"
    EMAIL = "email"
    NURSE = "nurse"


class Slot(Protocol):
    """What a rung needs to know of an open dose or panel."""

    @property
    def due_on(self) -> date: ...

    @property
    def closes_on(self) -> date: ...


@dataclass(frozen=True, kw_only=True)
class Rung:
    """
    One message of a purpose, so many days from its anchor.

    `until` is the last day, counted from the same anchor, on which it is still of use:
    an outage delays a message, but never makes it a stale one.
    """

    purpose: Purpose
    number: int
    phases: frozenset[Phase]
    days: int
    until: int
    at: PartOfDay = PartOfDay.MORNING
    anchor: Anchor = Anchor.DUE


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """One thing to tell: on which day, and until when it is of use."""

    purpose: Purpose
    rung: int
    due_on: date
    on: date
    last_on: date
    at: PartOfDay


_LOADING = frozenset({Phase.LOADING})
_MAINTENANCE = frozenset({Phase.MAINTENANCE})
_EITHER = _LOADING | _MAINTENANCE

# A rung ends where the next begins: a dose that comes up late is announced once.
# "Missed" is of no use after two weeks: by then it is a nurse who calls.
DEFAULT_RUNGS = (
    Rung(
        purpose=Purpose.INJECTION_AHEAD,
        number=1,
        phases=_MAINTENANCE,
        days=-7,
        until=-2,
    ),
    Rung(
        purpose=Purpose.INJECTION_AHEAD,
        number=2,
        phases=_MAINTENANCE,
        days=-1,
        until=0,
    ),
    Rung(
        purpose=Purpose.INJECTION_AHEAD,
        number=1,
        phases=_LOADING,
        days=-1,
        until=0,
        at=PartOfDay.EVENING,
    ),
    Rung(
        purpose=Purpose.INJECTION_MISSED,
        number=1,
        phases=_EITHER,
        days=1,
        until=14,
        anchor=Anchor.CLOSE,
    ),
    Rung(
        purpose=Purpose.PANEL_DUE,
        number=1,
        phases=_EITHER,
        days=-7,
        until=0,
    ),
)


def occasions(
    dose: Slot | None,
    phase: str,
    panel: Slot | None,
    *,
    rungs: Iterable[Rung] = DEFAULT_RUNGS,
) -> tuple[Occasion, ...]:
    """Return every occasion of the open dose and panel, the past ones too, by day."""
    slots = {True: panel, False: dose}
    found = [
        _occasion(rung, slot)
        for rung in rungs
        if phase in rung.phases
        and (slot := slots[rung.purpose is Purpose.PANEL_DUE]) is not None
    ]
    return tuple(sorted(found, key=lambda occasion: occasion.on))


def _occasion(rung: Rung, slot: Slot) -> Occasion:
    anchor = slot.due_on if rung.anchor is Anchor.DUE else slot.closes_on
    return Occasion(
        purpose=rung.purpose,
        rung=rung.number,
        due_on=slot.due_on,
        on=anchor + timedelta(days=rung.days),
        last_on=anchor + timedelta(days=rung.until),
        at=rung.at,
    )


def too_late(occasion: Occasion, today: date) -> bool:
    """Return whether the occasion has passed; "ahead" is of use on the due day too."""
    return today > occasion.last_on


def send_at(
    occasion: Occasion, time_zone: tzinfo, window_from: time, window_to: time
) -> datetime:
    """
    Return the instant (UTC) from which the message may leave.

    Morning is when the clinic's window opens; evening is two hours before it closes, so
    that there is time to try again on the same day.
    """
    opens = datetime.combine(occasion.on, window_from)
    if occasion.at is PartOfDay.EVENING:
        closes = datetime.combine(occasion.on, window_to)
        opens = max(opens, closes - EVENING_BEFORE_CLOSE)
    return _first_instant(opens, time_zone)


def expires_at(occasion: Occasion, time_zone: tzinfo) -> datetime:
    """Return the instant (UTC) from which it is too late: the end of the last day."""
    day_after = occasion.last_on + timedelta(days=1)
    return _first_instant(datetime.combine(day_after, time.min), time_zone)


def in_window(
    now: datetime, time_zone: tzinfo, window_from: time, window_to: time
) -> bool:
    """Return whether a clock in the clinic reads a time in [from, to) at `now`."""
    return window_from <= now.astimezone(time_zone).time() < window_to


def _first_instant(wall: datetime, time_zone: tzinfo) -> datetime:
    """
    Return the first instant (UTC) at which a clock there reads `wall` or later.

    When clocks go back, `wall` comes twice: the first of the two. When they go forward
    over it, it never comes: the moment of the change.
    """
    readings = (wall.replace(tzinfo=time_zone, fold=fold) for fold in (0, 1))
    instant = min(reading.astimezone(UTC) for reading in readings)
    while instant.astimezone(time_zone).replace(tzinfo=None) < wall:
        instant += ONE_MINUTE
    return instant


def channels_for(
    *,
    preferred: str,
    has_phone: bool,
    has_email: bool,
    sms_allowed: bool,
    email_allowed: bool,
) -> tuple[Means, ...]:
    """
    Return the ways to reach a person, the first to be tried first, a nurse always last.

    `preferred` is "sms", "email", "phone" or nothing. Who would rather be called is not
    written to; without consent to a channel it is not used.
    """
    usable = {
        Means.SMS: has_phone and sms_allowed,
        Means.EMAIL: has_email and email_allowed,
    }
    if preferred == "phone":
        return (Means.NURSE,)
    order = sorted(usable, key=lambda means: means != preferred)
    return (*(means for means in order if usable[means]), Means.NURSE)
