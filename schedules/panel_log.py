"""
What became of the panels, and which one is open (rules 2.9).

    start  quarterly   q    q    q good   q good                          reset
      |--------|-------|----|-------|---------|---- annual ----|-- quarterly from here

The walk reads which tests were resulted, and what they came to in words. All that it
moves is the next blood test: it knows no dose, and no phase but the one it is told.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import islice

from patients.laboratory import Policy
from schedules.calendar import ONE_DAY, Calendar
from schedules.facts import Result
from schedules.panels import NEEDS, Kind, PanelSlot, Series, State, annual, counts, slot
from schedules.phases import Phase
from schedules.stabilised import UNSETTLING, Drawn, stabilised
from schedules.stretches import Stretch

#: Whether a tracked symptom got worse by 2 points or more between two days.
Worsened = Callable[[date, date], bool]

#: From when on a clinic follows which policy, each day once; before, the article's.
Policies = Sequence[tuple[date, Policy]]


def never(_earlier: date, _later: date) -> bool:
    """Return that no symptom got worse."""
    return False


@dataclass(frozen=True, kw_only=True)
class Monitoring:
    """What moves blood tests besides results, and nothing else."""

    policies: Policies = ()
    worsened: Worsened = never


USUAL = Monitoring()


@dataclass(frozen=True, kw_only=True)
class Settled:
    """A panel that is over, and what became of it."""

    panel: PanelSlot
    state: State
    done_on: date | None = None


@dataclass(kw_only=True)
class PanelLog:
    """
    What became of the panels: done in their window, done late, or missed.

    A panel that fell into a pause is none of these, unless it was done all the same.
    """

    settled: list[Settled] = field(default_factory=list)
    open: PanelSlot | None = None

    def count(self, state: State) -> int:
        """Return how many panels ended so."""
        return sum(each.state is state for each in self.settled)

    @property
    def done(self) -> int:
        """Return how many were done inside their window."""
        return self.count(State.DONE)

    @property
    def late(self) -> int:
        """Return how many were done after it."""
        return self.count(State.LATE)

    @property
    def missed(self) -> int:
        """Return how many were never done."""
        return self.count(State.MISSED)


def follow(
    series: Sequence[Series],
    *,
    results: Iterable[Result],
    stretches: Iterable[Stretch],
    calendar: Calendar,
    as_of: date,
    changes: Iterable[date] = (),
    monitoring: Monitoring = USUAL,
) -> PanelLog:
    """
    Return what became of every panel up to a day, and the one that is open then.

    `changes` are the days on which the interval was changed; with a change of phase
    they keep a patient from counting as stable, and end a year between panels.
    """
    stretches = list(stretches)
    walk = _Walk(
        results=sorted((r for r in results if r.on <= as_of), key=lambda r: r.on),
        stretches=stretches,
        changes=sorted(on for on in changes if on <= as_of),
        calendar=calendar,
        worsened=monitoring.worsened,
        as_of=as_of,
    )
    begun = [(on, policy) for on, policy in monitoring.policies if on <= as_of]
    for each in series:
        for piece in by_policy(each, begun):
            walk.through(piece)
    return walk.log


def by_policy(series: Series, policies: Policies) -> Iterator[Series]:
    """
    Yield a series in the pieces that each policy of the clinic asks for.

    A policy holds from its day on: what was asked for before it stays as it was.
    """
    first = (date.min, Policy.QUARTERLY_THEN_ANNUAL)
    steps = [first, *sorted(policies)]
    ends = [on for on, _ in steps[1:]] + [date.max]
    to_on = series.to_on or date.max
    for (begun, policy), ended in zip(steps, ends, strict=True):
        if begun >= to_on or ended <= series.from_on:
            continue
        asked = counts(series) if policy is Policy.UK_CLINICAL else series
        end = min(ended, to_on)
        yield replace(
            asked,
            to_on=None if end == date.max else end,
            since_on=begun if begun > series.from_on else None,
        )


@dataclass(kw_only=True)
class _Walk:
    results: Sequence[Result]
    stretches: Sequence[Stretch]
    changes: Sequence[date]
    calendar: Calendar
    worsened: Worsened
    as_of: date
    log: PanelLog = field(default_factory=PanelLog)
    number: int = 0
    drawn: list[Drawn] = field(default_factory=list)

    def through(self, series: Series) -> None:
        """Walk a series: quarterly, annual after good pairs, quarterly again."""
        self.drawn = []
        self.log.open = None
        spell: Series | None = series
        while spell is not None:
            spell = self._walk(spell)

    def _walk(self, spell: Series) -> Series | None:
        """Walk the panels of a spell; return the spell that takes over, if one does."""
        reset_on = self._reset_on(spell)
        end = min(spell.to_on or date.max, reset_on or date.max)
        n = self._first(spell)
        before = self.number - n + 1
        panel = slot(spell, n, calendar=self.calendar, before=before)
        while panel.opens_on < end:
            n += 1
            following = slot(spell, n, calendar=self.calendar, before=before)
            settled = self._settle(panel, min(following.opens_on, end))
            if settled is None:
                self.log.open = panel
                return None
            self.log.settled.append(settled)
            self.number = panel.number
            if settled.done_on is not None:
                self._write_down(panel, settled.done_on)
                if spell.kind is not Kind.COUNT and self._is_stable():
                    return annual(settled.done_on, to_on=spell.to_on)
            panel = following
        return self._reset(spell, reset_on)

    def _first(self, spell: Series) -> int:
        """Return the number of the first panel whose window was not over by then."""
        n = 1
        while spell.since_on is not None:
            if slot(spell, n, calendar=self.calendar).closes_on >= spell.since_on:
                return n
            n += 1
        return n

    def _settle(self, panel: PanelSlot, until: date) -> Settled | None:
        """Return what became of a panel, None if it is open; `until` ends it."""
        done_on = self._done_on(panel, until)
        if done_on is not None:
            on_time = done_on <= panel.closes_on
            state = State.DONE if on_time else State.LATE
            return Settled(panel=panel, state=state, done_on=done_on)
        if self.as_of < until:
            return None
        missed = panel.closes_on < until and not self._in_pause(panel.due_on)
        return Settled(panel=panel, state=State.MISSED if missed else State.EXCUSED)

    def _done_on(self, panel: PanelSlot, until: date) -> date | None:
        found: frozenset[str] = frozenset()
        for result in self._between(panel.opens_on, until):
            found |= result.tests
            if all(found & needed for needed in NEEDS[panel.kind]):
                return result.on
        return None

    def _between(self, first: date, end: date) -> Sequence[Result]:
        """Return the results of the days [first, end)."""
        begun = bisect_left(self.results, first, key=lambda r: r.on)
        ended = bisect_left(self.results, end, key=lambda r: r.on)
        return self.results[begun:ended]

    # -- stability ---------------------------------------------------------------------

    def _write_down(self, panel: PanelSlot, on: date) -> None:
        """Keep what the last two panels came to."""
        end = max(on, panel.closes_on) + ONE_DAY
        found = self._between(panel.opens_on, end)
        signs = frozenset().union(*(result.signs for result in found))
        self.drawn = [*self.drawn[-1:], Drawn(on=on, signs=signs)]

    def _is_stable(self) -> bool:
        """Tell whether the next panel may wait a year after the last one (2.9)."""
        first, last = self.drawn[0], self.drawn[-1]
        if first is last or last.signs & UNSETTLING:
            return False
        return stabilised(
            self.drawn,
            phase=self._phase_on(last.on),
            last_change_on=self._last_change(last.on),
            symptom_worsened=self.worsened(first.on, last.on),
        )

    def _last_change(self, day: date) -> date | None:
        """Return the last day up to a day on which phase or interval changed."""
        stretches = bisect_right(self.stretches, day, key=lambda s: s.from_on)
        changes = bisect_right(self.changes, day)
        begun = [stretch.from_on for stretch in self.stretches[:stretches][-1:]]
        return max([*begun, *self.changes[:changes][-1:]], default=None)

    def _reset_on(self, spell: Series) -> date | None:
        """Return when an annual spell goes back to quarterly, if it does (2.9)."""
        if spell.kind is not Kind.ANNUAL:
            return None
        later = bisect_right(self.results, spell.from_on, key=lambda r: r.on)
        bad = (r.on for r in self.results[later:] if r.signs & UNSETTLING)
        changes = self.changes[bisect_right(self.changes, spell.from_on) :]
        return min([*islice(bad, 1), *changes[:1]], default=None)

    def _reset(self, spell: Series, reset_on: date | None) -> Series | None:
        """Return the quarterly series from the day of a reset, None without one."""
        if reset_on is None or reset_on >= (spell.to_on or date.max):
            return None
        self.drawn = []
        return Series(from_on=reset_on, to_on=spell.to_on)

    # -- phases ------------------------------------------------------------------------

    def _phase_on(self, day: date) -> Phase:
        stretch = self._stretch(day)
        return stretch.phase if stretch is not None else Phase.WORKUP

    def _in_pause(self, day: date) -> bool:
        return self._phase_on(day) is Phase.PAUSED

    def _stretch(self, day: date) -> Stretch | None:
        begun = bisect_right(self.stretches, day, key=lambda s: s.from_on) - 1
        if begun < 0 or not self.stretches[begun].holds(day):
            return None
        return self.stretches[begun]
