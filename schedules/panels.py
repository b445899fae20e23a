"""
The laboratory calendar: a panel every three months (rules 2.9, P3).

    start        panel 1       panel 2       panel 3
      |-------------|-------------|-------------|
                 |==+==|       |==+==|               |==| 14 days either side
                 |------------>|                     open until panel 2 opens

A panel asks for B12 or homocysteine, and a blood count. The engine sees which tests
were resulted, never their values: no panel can move a dose or a phase.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from schedules.calendar import Calendar
from schedules.facts import Result
from schedules.intervals import Interval, Unit
from schedules.phases import Phase
from schedules.placement import place_maintenance
from schedules.reasons import Code, Reason
from schedules.stretches import Stretch

QUARTER = Interval(3, Unit.MONTH)
VITAMIN = frozenset({"b12", "active_b12", "homocysteine"})
BLOOD_COUNT = frozenset({"haemoglobin"})


@dataclass(frozen=True, kw_only=True)
class Series:
    """
    Panels counted from one day, at one interval, on time within `window_days`.

    It ends before `to_on`. An annual series differs in interval and window only.
    """

    from_on: date
    to_on: date | None = None
    interval: Interval = QUARTER
    window_days: int = 14


@dataclass(frozen=True, kw_only=True)
class PanelSlot:
    """A panel of the laboratory calendar."""

    number: int
    target_on: date
    due_on: date
    opens_on: date
    closes_on: date
    reasons: tuple[Reason, ...] = ()


@dataclass(kw_only=True)
class PanelLog:
    """
    What became of the panels: done in their window, done late, or missed.

    A panel that fell into a pause is none of these, unless it was done all the same.
    """

    done: int = 0
    late: int = 0
    missed: int = 0
    open: PanelSlot | None = None


def slot(series: Series, n: int, *, calendar: Calendar, before: int = 0) -> PanelSlot:
    """Return the n-th panel of a series, numbered after the `before` earlier ones."""
    placed = place_maintenance(
        series.interval.after(series.from_on, n), calendar=calendar
    )
    window = timedelta(days=series.window_days)
    counted = Reason.of(
        Code.PANEL,
        interval=series.interval.times(n).words,
        start=series.from_on,
    )
    return PanelSlot(
        number=before + n,
        target_on=placed.target_on,
        due_on=placed.due_on,
        opens_on=placed.due_on - window,
        closes_on=placed.due_on + window,
        reasons=(counted, *placed.reasons),
    )


def follow(
    series: Sequence[Series],
    *,
    results: Iterable[Result],
    stretches: Iterable[Stretch],
    calendar: Calendar,
    as_of: date,
) -> PanelLog:
    """Return what became of every panel up to a day, and the one that is open then."""
    walk = _Walk(
        results=sorted((r for r in results if r.on <= as_of), key=lambda r: r.on),
        pauses=[s for s in stretches if s.phase is Phase.PAUSED],
        calendar=calendar,
        as_of=as_of,
    )
    for each in series:
        walk.through(each)
    return walk.log


@dataclass(kw_only=True)
class _Walk:
    results: Sequence[Result]
    pauses: Sequence[Stretch]
    calendar: Calendar
    as_of: date
    log: PanelLog = field(default_factory=PanelLog)
    number: int = 0

    def through(self, series: Series) -> None:
        before = self.number
        end = series.to_on or date.max
        panel = slot(series, 1, calendar=self.calendar, before=before)
        while panel.opens_on < end:
            n = panel.number - before + 1
            following = slot(series, n, calendar=self.calendar, before=before)
            if not self._settled(panel, min(following.opens_on, end)):
                self.log.open = panel
                return
            self.number = panel.number
            panel = following
        self.log.open = None

    def _settled(self, panel: PanelSlot, until: date) -> bool:
        """Tell whether a panel is over, done or not; `until` is when it must be."""
        done_on = self._done_on(panel, until)
        if done_on is not None:
            on_time = done_on <= panel.closes_on
            self.log.done += on_time
            self.log.late += not on_time
            return True
        if self.as_of < until:
            return False
        missed = panel.closes_on < until and not self._in_pause(panel.due_on)
        self.log.missed += missed
        return True

    def _done_on(self, panel: PanelSlot, until: date) -> date | None:
        found: frozenset[str] = frozenset()
        first = bisect_left(self.results, panel.opens_on, key=lambda r: r.on)
        last = bisect_left(self.results, until, key=lambda r: r.on)
        for result in self.results[first:last]:
            found |= result.tests
            if found & VITAMIN and found & BLOOD_COUNT:
                return result.on
        return None

    def _in_pause(self, day: date) -> bool:
        begun = bisect_right(self.pauses, day, key=lambda p: p.from_on) - 1
        return begun >= 0 and self.pauses[begun].holds(day)
