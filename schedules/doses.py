"""What the engine says about doses: the open one, and what each injection answered."""

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schedules.phases import Phase
from schedules.placement import Flag
from schedules.reasons import Reason


class Timing(StrEnum):
    """How an injection met the dose that was open."""

    FIRST = "FIRST"
    ON_TIME = "ON_TIME"
    EARLY = "EARLY"
    LATE = "LATE"
    OUTSIDE = "OUTSIDE"


@dataclass(frozen=True, kw_only=True)
class Dose:
    """
    A slot of the schedule: the ordinal-th dose of an episode of a plan.

        opens_on        due_on        closes_on
           |--------------|--------------|

    `first` marks a dose that no earlier injection placed: it has a date, but no
    lateness that anybody could be held to.
    """

    episode: int
    ordinal: int
    phase: Phase
    target_on: date
    due_on: date
    opens_on: date
    closes_on: date
    first: bool = False
    flags: frozenset[Flag] = frozenset()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Lapsed:
    """A dose that was never given, and the day on which the plan left it behind."""

    dose: Dose
    on: date


@dataclass(frozen=True, kw_only=True)
class Answer:
    """
    What an injection answered.

    `delay_days` is signed: given minus due. `covered_until` is the next due date right
    after it, the first day that it does not cover. An injection while no dose was open,
    or the second of one day, is OUTSIDE and answers nothing. `reasons` are those that
    placed the dose it answered, and then those for which it began the grid anew.
    """

    key: Hashable
    episode: int
    ordinal: int
    phase: Phase
    given_on: date
    target_on: date | None
    due_on: date | None
    closes_on: date | None = None
    timing: Timing
    delay_days: int | None
    covered_until: date | None
    interval_days: int
    reasons: tuple[Reason, ...] = ()


def timing(dose: Dose | None, given_on: date) -> Timing:
    """Return how an injection meets the dose that is open, if one is."""
    if dose is None:
        return Timing.OUTSIDE
    if dose.first:
        return Timing.FIRST
    if given_on < dose.opens_on:
        return Timing.EARLY
    if given_on > dose.closes_on:
        return Timing.LATE
    return Timing.ON_TIME
