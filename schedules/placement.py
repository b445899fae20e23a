"""
Where a dose falls on the clinic's calendar (rules 2.4 and 2.5).

Each dose has two dates: `target_on`, which the protocol asks for, and `due_on`, an open
day near it. Reminders, windows and adherence speak of `due_on`.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from schedules.calendar import ONE_DAY, Calendar
from schedules.protocol import Loading
from schedules.reasons import Code, Reason, because

SIX_DAYS = timedelta(days=6)


class Flag(StrEnum):
    """What was special about placing a dose."""

    START_DELAYED = "START_DELAYED"
    ROLLED_FORWARD = "ROLLED_FORWARD"
    ROLLED_BACK = "ROLLED_BACK"
    LONG_CLOSURE = "LONG_CLOSURE"
    BRIDGE_DOSE = "BRIDGE_DOSE"
    LOADING_GAP = "LOADING_GAP"
    WEEKLY_CAP = "WEEKLY_CAP"
    DUE_NOW = "DUE_NOW"


@dataclass(frozen=True, kw_only=True)
class Placement:
    """A target, the open day it fell on, and why."""

    target_on: date
    due_on: date
    flags: frozenset[Flag] = frozenset()
    reasons: tuple[Reason, ...] = ()

    def after(self, *reasons: Reason) -> Self:
        """Return the placement with the reasons that led to its target."""
        return replace(self, reasons=(*reasons, *self.reasons))


def place_first(wanted: date, *, calendar: Calendar) -> Placement:
    """Place the first dose: on the first open day on or after the day it is wanted."""
    due = calendar.next_open(wanted)
    if due == wanted:
        return Placement(target_on=wanted, due_on=due)
    return _forward(wanted, due, calendar, Flag.START_DELAYED)


def place_loading(
    last: date,
    *,
    loading: Loading,
    calendar: Calendar,
    recent: Collection[date] = (),
    not_before: date | None = None,
) -> Placement:
    """
    Place the loading dose that follows an injection (rules 2.4).

        last   .    target
        Mon   Tue   Wed          open: on the target
        Fri   Sat   Sun   Mon    closed: the next open day, at most 4 days after `last`
        Wed   Thu   Fri   ...    closed for long: the day before, as a bridge

    `recent` are the days of earlier injections, for a weekly cap; `not_before` is the
    day on which a pause ended.
    """
    earliest = max(not_before or last, last + ONE_DAY)
    target = max(earliest, last + timedelta(days=loading.step_days))
    placed = _near(target, last, earliest, loading, calendar)
    return _under_cap(placed, loading.cap_per_7d, {*recent, last}, calendar)


def place_maintenance(
    target: date,
    *,
    calendar: Calendar,
    last: date | None = None,
    max_forward_days: int = 3,
    max_back_days: int = 14,
) -> Placement:
    """
    Place a maintenance dose or a panel (rules 2.5).

        Thu   Fri   Sat   Sun   Mon
              24    25 = target, closed       open again within 3 days: on Monday
        24    25 = target ............ 4 Jan  else back, to Thursday, after `last`
    """
    if calendar.is_open(target):
        return Placement(target_on=target, due_on=target)
    ahead = calendar.next_open(target)
    if (ahead - target).days <= max_forward_days:
        return _forward(target, ahead, calendar, Flag.ROLLED_FORWARD)
    floor = target - timedelta(days=max_back_days) - ONE_DAY
    back = calendar.previous_open(target, after=max(last or floor, floor))
    if back is None:
        return _forward(target, ahead, calendar, Flag.ROLLED_FORWARD, Flag.LONG_CLOSURE)
    return _backward(target, back, calendar, Flag.ROLLED_BACK, Code.ROLLED_BACK)


def due_now(placed: Placement, day: date, *, calendar: Calendar) -> Placement:
    """
    Move a dose whose date has passed to the day on which the plan changed.

    A dose that is due on that day or later stays where it is (rules 2.8).
    """
    if placed.due_on >= day:
        return placed
    due = calendar.next_open(day)
    passed = Reason.of(Code.PASSED, planned=placed.due_on, day=day, due=due)
    return replace(
        placed,
        due_on=due,
        flags=placed.flags | {Flag.DUE_NOW},
        reasons=(*placed.reasons, passed),
    )


def _near(
    target: date, last: date, earliest: date, loading: Loading, calendar: Calendar
) -> Placement:
    if calendar.is_open(target):
        return Placement(target_on=target, due_on=target)
    ahead = calendar.next_open(target)
    gap = (ahead - last).days
    if gap <= loading.max_gap_days:
        return _forward(target, ahead, calendar, Flag.ROLLED_FORWARD)
    bridge = calendar.previous_open(target, after=earliest - ONE_DAY)
    if bridge is not None:
        return _backward(target, bridge, calendar, Flag.BRIDGE_DOSE, Code.BRIDGE)
    rolled = _forward(target, ahead, calendar, Flag.ROLLED_FORWARD, Flag.LOADING_GAP)
    too_long = Reason.of(Code.GAP, days=gap, last=last, most=loading.max_gap_days)
    return replace(rolled, reasons=(*rolled.reasons, too_long))


def _under_cap(
    placed: Placement, cap: int | None, given: set[date], calendar: Calendar
) -> Placement:
    if cap is None or _in_week_before(placed.due_on, given) < cap:
        return placed
    due = placed.due_on
    while _in_week_before(due, given) >= cap:
        due = calendar.next_open(due + ONE_DAY)
    capped = Reason.of(Code.CAP, day=placed.due_on, cap=cap, due=due)
    return replace(
        placed,
        due_on=due,
        flags=placed.flags - {Flag.BRIDGE_DOSE} | {Flag.WEEKLY_CAP},
        reasons=(*placed.reasons, capped),
    )


def _in_week_before(day: date, given: set[date]) -> int:
    return sum(day - SIX_DAYS <= on < day for on in given)


def _forward(target: date, due: date, calendar: Calendar, *flags: Flag) -> Placement:
    why = because(calendar.why_closed(target))
    rolled = Reason.of(Code.ROLLED_FORWARD, target=target, why=why, due=due)
    return Placement(
        target_on=target, due_on=due, flags=frozenset(flags), reasons=(rolled,)
    )


def _backward(
    target: date, due: date, calendar: Calendar, flag: Flag, code: Code
) -> Placement:
    rolled = Reason.of(
        code,
        target=target,
        why=because(calendar.why_closed(target)),
        next=calendar.next_open(target),
        due=due,
    )
    return Placement(
        target_on=target, due_on=due, flags=frozenset({flag}), reasons=(rolled,)
    )
