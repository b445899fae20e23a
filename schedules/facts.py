"""
What the engine is told: decisions, injections, results.

Facts come in any order. `in_order` puts them into the order of rule E3b:

    one day:   start, reload, resume, reopen  |  injections  |  the other decisions
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from schedules.intervals import Interval
from schedules.phases import EventKind
from schedules.protocol import Protocol
from schedules.stabilised import Sign


@dataclass(frozen=True, kw_only=True)
class Event:
    """
    A decision about a plan.

    `entered` is the order of entry; `start_on` the day on which the first injection of
    a loading course is wanted, the day of the event if not given; `protocol` what is
    followed from this start on, the one before if not given.
    """

    kind: EventKind
    on: date
    entered: int
    interval: Interval | None = None
    start_on: date | None = None
    protocol: Protocol | None = None
    reason: str = ""

    @property
    def wanted_on(self) -> date:
        """Return the day on which the first injection is wanted."""
        return self.on if self.start_on is None else max(self.start_on, self.on)


@dataclass(frozen=True, kw_only=True)
class Given:
    """
    An injection.

    `key` is the caller's own; `counts` says that it was given and not voided;
    `pending` that it was given elsewhere and nobody has accepted it yet.
    """

    on: date
    entered: int
    key: Hashable
    counts: bool = True
    pending: bool = False


@dataclass(frozen=True, kw_only=True)
class Result:
    """
    The codes of the laboratory tests that were resulted on a day, never values.

    `signs` are what the values came to, in words.
    """

    on: date
    tests: frozenset[str]
    signs: frozenset[Sign] = frozenset()


Fact = Event | Given

OPENS_THE_DAY = frozenset(
    {
        EventKind.STARTED,
        EventKind.TRANSFERRED_IN,
        EventKind.RELOADED,
        EventKind.RESUMED,
        EventKind.REOPENED,
    }
)


def in_order(
    events: Sequence[Event], given: Sequence[Given], *, as_of: date
) -> list[Fact]:
    """Return what has happened and counts up to a day, in the order of rule E3b."""
    decisions: Iterable[Fact] = (e for e in events if e.kind is not EventKind.OPENED)
    injections: Iterable[Fact] = (g for g in given if g.counts and not g.pending)
    happened = [f for f in (*decisions, *injections) if f.on <= as_of]
    return sorted(happened, key=_place_in_time)


def _place_in_time(fact: Fact) -> tuple[date, int, int]:
    return fact.on, _place_in_day(fact), fact.entered


def _place_in_day(fact: Fact) -> int:
    if isinstance(fact, Given):
        return 1
    return 0 if fact.kind in OPENS_THE_DAY else 2
