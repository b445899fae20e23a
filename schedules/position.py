"""
Where a plan stands between its last injection and its next dose (rules 2.4-2.8).

    anchor          1             2             3        a grid of maintenance doses
      |-------------|-------------|-------------|
                      x given inside the window: the grid stays
                             x given outside it: x is the new anchor

In loading the anchor is always the last injection.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from schedules.calendar import ONE_DAY, Calendar
from schedules.intervals import Interval, Unit
from schedules.parameters import DEFAULTS, Parameters
from schedules.phases import Phase
from schedules.placement import (
    Flag,
    Placement,
    due_now,
    place_first,
    place_loading,
    place_maintenance,
)
from schedules.protocol import Loading, Protocol
from schedules.reasons import Code, Reason
from schedules.windows import bounds, window

A_WEEK_OF_DOSES = 7


class NothingToLoad(Exception):
    """Say that loading was begun under a protocol that has none."""

    def __init__(self, protocol: Protocol) -> None:
        super().__init__(f"{protocol.code} has no loading doses")


@dataclass(frozen=True, kw_only=True)
class Position:
    """
    What the next dose is counted from.

    Either the day that is `wanted`, as long as no injection places the dose, or the
    `anchor` and the number `k` of the dose on its grid. `not_before` is the day on
    which the plan went on or changed; `outside` says why the grid began anew.
    """

    last_on: date | None = None
    anchor: date | None = None
    k: int = 1
    wanted: date | None = None
    not_before: date | None = None
    recent: tuple[date, ...] = ()
    outside: tuple[Reason, ...] = ()

    def begun(self, wanted: date) -> Self:
        """Return the position of a loading course before its first dose."""
        return replace(self, wanted=wanted, anchor=None, not_before=None, outside=())

    def anchored(self, otherwise: date) -> Self:
        """Return the start of a grid at the last injection; a wanted day if none."""
        wanted = otherwise if self.last_on is None else None
        return replace(self, wanted=wanted, anchor=self.last_on, k=1, outside=())

    def closed(self) -> Self:
        """Return what is left of a position when its plan is closed."""
        return type(self)(last_on=self.last_on, recent=self.recent)

    def held_until(self, day: date) -> Self:
        """Return the position with nothing due before a day."""
        return replace(self, not_before=day)

    def given(
        self, on: date, *, on_grid: bool = False, outside: tuple[Reason, ...] = ()
    ) -> Self:
        """Return the position after an injection: on its grid, or a new anchor."""
        return replace(
            self,
            last_on=on,
            anchor=self.anchor if on_grid else on,
            k=self.k + 1 if on_grid else 1,
            wanted=None,
            not_before=None,
            recent=(*self.recent, on)[-A_WEEK_OF_DOSES:],
            outside=outside,
        )


@dataclass(frozen=True, kw_only=True)
class Regimen:
    """What is prescribed, and where; `parameters` are those in force for the dose."""

    protocol: Protocol
    interval: Interval
    calendar: Calendar
    parameters: Parameters = DEFAULTS

    @property
    def loading(self) -> Loading:
        """Return how loading doses follow each other, or raise `NothingToLoad`."""
        if self.protocol.loading is None:
            raise NothingToLoad(self.protocol)
        most = self.parameters.max_load_gap_days
        if self.protocol.loading.max_gap_days == most:
            return self.protocol.loading
        return replace(self.protocol.loading, max_gap_days=most)

    def pace(self, phase: Phase) -> Interval:
        """Return the interval between doses in a phase."""
        if phase is Phase.LOADING:
            return Interval(self.loading.step_days, Unit.DAY)
        return self.interval

    def target(self, position: Position, phase: Phase) -> date:
        """Return the day that the protocol asks for, whatever is open on it."""
        if position.anchor is None:
            return self._wanted(position)
        k = 1 if phase is Phase.LOADING else position.k
        return self.pace(phase).after(position.anchor, k)

    def place(self, position: Position, phase: Phase) -> Placement | None:
        """Return the next dose, None where the phase has none."""
        if phase is Phase.LOADING:
            return self._place_loading(position)
        if phase is Phase.MAINTENANCE:
            return self._place_maintenance(position)
        return None

    def place_wanted(self, position: Position) -> Placement:
        """Return the first dose of all: when wanted, not before, not twice a day."""
        wanted = self._wanted(position)
        placed = place_first(wanted, calendar=self.calendar)
        return placed.after(Reason.of(Code.WANTED, wanted=wanted))

    def _wanted(self, position: Position) -> date:
        last = position.last_on
        free = None if last is None else last + ONE_DAY
        return max(filter(None, (position.wanted, position.not_before, free)))

    def after(self, position: Position, met: Placement | None, on: date) -> Position:
        """Return the position after an injection, met by a maintenance dose or not."""
        if met is None or position.anchor is None:
            return position.given(on)
        if self._keeps_grid(position.anchor, position.k, met, on):
            return position.given(on, on_grid=True)
        return position.given(on, outside=self._outside(met, on))

    def _keeps_grid(self, anchor: date, k: int, met: Placement, on: date) -> bool:
        """
        Tell whether an injection leaves the grid of maintenance where it is.

        It does inside the window of a dose that was not moved by a change of the plan,
        unless a long closure pushed it past the next dose of the grid.
        """
        opens_on, closes_on = bounds(met.due_on, self.interval, self.parameters)
        moved = Flag.DUE_NOW in met.flags
        following = self.interval.after(anchor, k + 1)
        return not moved and opens_on <= on <= closes_on and on < following

    def _outside(self, met: Placement, on: date) -> tuple[Reason, ...]:
        early, late = window(self.interval, self.parameters)
        days = (on - met.due_on).days
        if days > late:
            return (Reason.of(Code.LATE, days=days, window=late, given=on),)
        if days < -early:
            return (Reason.of(Code.EARLY, days=-days, window=early, given=on),)
        return ()

    def _place_loading(self, position: Position) -> Placement:
        last = position.anchor
        if last is None:
            return self.place_wanted(position)
        placed = place_loading(
            last,
            loading=self.loading,
            calendar=self.calendar,
            recent=position.recent,
            not_before=position.not_before,
        )
        step = self.pace(Phase.LOADING).words
        return placed.after(Reason.of(Code.COUNTED, interval=step, anchor=last))

    def _place_maintenance(self, position: Position) -> Placement:
        anchor, k = position.anchor, position.k
        if anchor is None:
            return self.place_wanted(position)
        placed = place_maintenance(
            self.interval.after(anchor, k),
            calendar=self.calendar,
            last=position.last_on,
            max_forward_days=self.parameters.max_forward_roll_days,
            max_back_days=self.parameters.max_back_roll_days,
        ).after(*position.outside, _counted(self.interval, anchor, k))
        if position.not_before is None:
            return placed
        return due_now(placed, position.not_before, calendar=self.calendar)


def _counted(interval: Interval, anchor: date, k: int) -> Reason:
    return Reason.of(Code.COUNTED, interval=interval.times(k).words, anchor=anchor)
