"""
The numbers of the rules: what a clinic may set, from which day on, and on what basis.

    the protocol's file   wins over   the clinic's own   wins over   the default

    1 Jan            1 Jul
      |----------------|--------------->   a timeline of two versions
      what is before the first version has the defaults; a later one rewrites no past

A dose is placed, and its window judged, by what is in force on its target day, or on
the day it was given if that was earlier (rules 2.1 E3a, 2.2). The guard, the overdue
ladder, gaps and reviews read what is in force on the day on which they are asked.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from datetime import date
from typing import Any, Self

from schedules.intervals import (
    ALLOWED,
    LONGEST_DAYS,
    SHORTEST_DAYS,
    SIX_MONTHS,
    Interval,
    IntervalNotUnderstood,
)

DESIGN = "design: no guideline, a clinician must accept it"
WINDOWS = "borrowed from other long-acting injections; none was published for this one"
LADDER = "borrowed from the care of people with HIV (loss to follow-up)"


class ParameterRefused(ValueError):
    """Say which parameter cannot have the value it was given, and why."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{name}: {why}")
        self.name = name
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Number:
    """What is known of one parameter: its rule, its unit, its bounds, its basis."""

    name: str
    title: str
    unit: str
    default: int
    least: int
    most: int
    rule: str
    basis: str

    def read(self, value: object) -> int:
        """Return a whole number within the bounds, or raise `ParameterRefused`."""
        if type(value) is not int or not self.least <= value <= self.most:
            raise ParameterRefused(
                self.name, f"a whole number from {self.least} to {self.most}"
            )
        return value

    def told(self, value: object) -> str:
        """Return a value with its unit."""
        return f"{value} {self.unit}"


@dataclass(frozen=True)
class Tolerance:
    """
    The days early and late on which a dose is on time (rules 2.6).

    For intervals of up to `longest` nominal days; for all longer ones if None.
    """

    longest: int | None
    early: int
    late: int


TOLERANCES = (
    Tolerance(3, 0, 1),
    Tolerance(7, 1, 1),
    Tolerance(14, 2, 2),
    Tolerance(28, 4, 4),
    Tolerance(60, 7, 7),
    Tolerance(None, 14, 14),
)
# Early by more, two doses on time could be closer than half an interval (rules 2.5).
MOST_EARLY = (0, 2, 4, 7, 14, 30)
MOST_LATE = (3, 7, 14, 28, 60, 92)


def _number(
    default: int,
    title: str,
    *,
    rule: str,
    least: int,
    most: int,
    unit: str = "days",
    basis: str = DESIGN,
) -> int:
    about = {
        "title": title,
        "rule": rule,
        "least": least,
        "most": most,
        "unit": unit,
        "basis": basis,
    }
    declared: int = field(default=default, metadata=about)
    return declared


@dataclass(frozen=True, kw_only=True)
class Parameters:
    """One version of the numbers, each with its default (rules 2.2 and 2.4 to 2.8)."""

    max_load_gap_days: int = _number(
        4, "Longest gap between loading injections", rule="2.4", least=2, most=7
    )
    course_days: int = _number(
        21, "A fixed loading course is complete within", rule="2.4", least=14, most=60
    )
    first_review_day: int = _number(
        14,
        "First review of loading",
        rule="2.2, R23",
        least=7,
        most=28,
        unit="days after the first injection",
        basis="NHS Lothian RefHelp",
    )
    second_review_day: int = _number(
        21,
        "Second review of loading",
        rule="2.2, R23",
        least=8,
        most=42,
        unit="days after the first injection",
        basis="BSH 2014, recalled and not read again",
    )
    review_every_days: int = _number(
        14, "Further reviews of loading every", rule="2.2, R23", least=7, most=28
    )
    long_loading_day: int = _number(
        90,
        "Loading is long from",
        rule="2.2",
        least=43,
        most=180,
        unit="days after the first injection",
    )
    max_forward_roll_days: int = _number(
        3,
        "A maintenance injection moves forward by at most",
        rule="2.5",
        least=0,
        most=7,
    )
    max_back_roll_days: int = _number(
        14,
        "A maintenance injection moves back by at most",
        rule="2.5",
        least=0,
        most=28,
    )
    shortest_interval_days: int = _number(
        SHORTEST_DAYS, "Shortest interval", rule="2.2, R36", least=7, most=28,
        basis="NICE NG239",
    )  # fmt: skip
    longest_interval_days: int = _number(
        LONGEST_DAYS, "Longest interval", rule="2.2, R36", least=60, most=92,
        basis="NICE NG239",
    )  # fmt: skip
    min_interval_divisor: int = _number(
        2,
        "The guard cuts the interval into",
        rule="2.7",
        least=1,
        most=4,
        unit="parts, and blocks what is closer than one",
    )
    gap_intervals: int = _number(
        2,
        "A gap asks for a decision after",
        rule="2.8",
        least=2,
        most=4,
        unit="intervals",
    )
    gap_months: int = _number(
        6,
        "A gap asks for a decision at the latest after",
        rule="2.8",
        least=3,
        most=12,
        unit="months",
    )
    overdue_again_days: int = _number(
        28, "Overdue, second step", rule="2.8", least=14, most=59, basis=LADDER
    )
    lost_days: int = _number(
        60, "Perhaps lost to follow-up", rule="2.8", least=60, most=120, basis=LADDER
    )
    lost_silent_days: int = _number(
        180,
        "Lost to follow-up without contact for",
        rule="2.8",
        least=90,
        most=365,
        basis=LADDER,
    )
    interrupted_days: int = _number(
        5, "Loading counts as interrupted", rule="2.8", least=3, most=13
    )
    loading_lost_days: int = _number(
        14,
        "Loading: perhaps lost to follow-up without contact for",
        rule="2.8",
        least=14,
        most=60,
        basis=LADDER,
    )
    nurse_pause_days: int = _number(
        7, "A nurse may pause for at most", rule="2.3, T5", least=0, most=7
    )
    loading_pause_days: int = _number(
        7, "A pause of loading is reviewed within", rule="2.3, T5", least=1, most=7
    )
    maintenance_pause_days: int = _number(
        90,
        "A pause of maintenance is reviewed within",
        rule="2.3, T5",
        least=7,
        most=90,
    )
    tolerances: tuple[Tolerance, ...] = TOLERANCES
    intervals: tuple[Interval, ...] = ALLOWED

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "Parameters":
        """
        Return the parameters that stored or posted values describe.

        What is not named has its default. Raises `ParameterRefused` for a name that is
        none, a value out of bounds, or values that contradict each other.
        """
        readers = {number.name: number.read for number in NUMBERS}
        others = {"tolerances": _tolerances, "intervals": _intervals}
        read: dict[str, Any] = {}
        for name, value in values.items():
            reader = (readers | others).get(name)
            if reader is None:
                raise ParameterRefused(name, "there is no such parameter")
            read[name] = reader(value)
        return _consistent(cls(**read))

    @property
    def values(self) -> dict[str, Any]:
        """Return all values as JSON can hold them, so that a default may change."""
        told: dict[str, Any] = {
            number.name: getattr(self, number.name) for number in NUMBERS
        }
        told["tolerances"] = [[t.longest, t.early, t.late] for t in self.tolerances]
        told["intervals"] = [str(interval) for interval in self.intervals]
        return told

    def under(self, overrides: Mapping[str, Any]) -> Self:
        """Return what is in force under a protocol whose file says otherwise."""
        return replace(self, **overrides) if overrides else self

    def tolerance(self, nominal_days: int) -> tuple[int, int]:
        """Return the days early and late for an interval of so many nominal days."""
        for row in self.tolerances[:-1]:
            if row.longest is not None and nominal_days <= row.longest:
                return row.early, row.late
        return self.tolerances[-1].early, self.tolerances[-1].late

    def allows(self, interval: Interval, *, dietary: bool, neurological: bool) -> bool:
        """
        Tell whether maintenance may be set to this interval (rules 2.2).

        From the shortest to the longest; 6 months only where the cause is dietary and
        the plan is not neurological, with no override in any other case.
        """
        if interval == SIX_MONTHS:
            return dietary and not neurological
        days = interval.nominal_days
        return self.shortest_interval_days <= days <= self.longest_interval_days


def _numbers(cls: type[Parameters]) -> Iterator[Number]:
    declared: tuple[Field[Any], ...] = fields(cls)
    for each in declared:
        if each.metadata:
            default = int(str(each.default))
            yield Number(name=each.name, default=default, **each.metadata)


NUMBERS = tuple(_numbers(Parameters))
DEFAULTS = Parameters()


@dataclass(frozen=True)
class Timeline:
    """
    The versions of a clinic's parameters, each with the day it holds from.

    Of two that begin on one day the later one of the list holds. Before the first, the
    defaults do.
    """

    versions: tuple[tuple[date, Parameters], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "versions", tuple(sorted(self.versions, key=_from)))

    def on(self, day: date) -> Parameters:
        """Return what is in force on a day."""
        found = bisect_right(self.versions, day, key=_from)
        return self.versions[found - 1][1] if found else DEFAULTS


def _from(version: tuple[date, Parameters]) -> date:
    return version[0]


ALWAYS = Timeline()  # the defaults, on every day


def _tolerances(rows: object) -> tuple[Tolerance, ...]:
    """Return the table of windows; its rows stay, their days may change."""
    longest = [row.longest for row in TOLERANCES]
    if not isinstance(rows, list) or [_first(row) for row in rows] != longest:
        raise ParameterRefused(
            "tolerances", "six rows: up to 3, 7, 14, 28 and 60 days, and longer"
        )
    found = zip(rows, MOST_EARLY, MOST_LATE, strict=True)
    return tuple(_tolerance(row, early, late) for row, early, late in found)


def _first(row: object) -> object:
    return row[0] if isinstance(row, list) and len(row) == 3 else row


def _tolerance(row: list[Any], most_early: int, most_late: int) -> Tolerance:
    longest, early, late = row
    up_to = "longer intervals" if longest is None else f"up to {longest} days"
    for said, most, word in ((early, most_early, "early"), (late, most_late, "late")):
        if type(said) is not int or not 0 <= said <= most:
            raise ParameterRefused(
                "tolerances", f"{up_to}: from 0 to {most} days {word}"
            )
    return Tolerance(longest, early, late)


def _intervals(texts: object) -> tuple[Interval, ...]:
    """Return which of the usual intervals are offered, in their order."""
    if not isinstance(texts, list) or not texts:
        raise ParameterRefused("intervals", "offer at least one")
    try:
        chosen = {Interval.parse(str(text)) for text in texts}
    except IntervalNotUnderstood as problem:
        raise ParameterRefused("intervals", str(problem)) from problem
    if not chosen <= set(ALLOWED):
        raise ParameterRefused("intervals", "only 1, 2, 3, 4, 6w and 1, 2, 3m")
    return tuple(interval for interval in ALLOWED if interval in chosen)


def _consistent(said: Parameters) -> Parameters:
    """Return parameters that do not contradict each other, or raise."""
    if said.second_review_day <= said.first_review_day:
        raise ParameterRefused("second_review_day", "after the first review")
    return said
