"""
What the laboratory said last: for each test the latest value, as it was reported.

A value is held against limits in its own unit, and against none in another: nothing is
converted before a comparison (rules 3).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

#: A limit of one test, in each unit that it is reported in.
Limits = Mapping[str, Decimal]


@dataclass(frozen=True, kw_only=True)
class Value:
    """
    One value, in the unit it was reported in, and when the blood for it was drawn.

    `low` and `high` are the laboratory's own limits, where it gave them.
    """

    test: str
    value: Decimal
    unit: str
    on: date
    low: Decimal | None = None
    high: Decimal | None = None
    fasting: bool | None = None
    before_injection: bool = False

    @property
    def is_low(self) -> bool:
        """Tell whether it lies below the laboratory's own lower limit."""
        return self.low is not None and self.value < self.low

    @property
    def is_high(self) -> bool:
        """Tell whether it lies above the laboratory's own upper limit."""
        return self.high is not None and self.value > self.high

    @property
    def has_range(self) -> bool:
        """Tell whether the laboratory gave both its limits."""
        return self.low is not None and self.high is not None

    @property
    def is_in_range(self) -> bool:
        """Tell whether it is known to lie within both limits of the laboratory."""
        return self.has_range and not self.is_low and not self.is_high

    def below(self, limits: Limits) -> bool | None:
        """Tell whether it lies below the limit in its unit; None if there is none."""
        limit = limits.get(self.unit)
        return None if limit is None else self.value < limit

    def above(self, limits: Limits) -> bool | None:
        """Tell whether it lies above the limit in its unit; None if there is none."""
        limit = limits.get(self.unit)
        return None if limit is None else self.value > limit


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The latest value of each test, up to a day."""

    values: Mapping[str, Value] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Value]:
        return iter(self.values.values())

    def get(self, test: str) -> Value | None:
        """Return the latest value of a test, None if it was never measured."""
        return self.values.get(test)

    def since(self, day: date) -> "Measured":
        """Return the same without what was drawn before a day."""
        return Measured(values={v.test: v for v in self if v.on >= day})

    def below(self, test: str, limits: Limits) -> bool | None:
        """Tell whether the latest value lies below a limit; None if nobody knows."""
        value = self.get(test)
        return None if value is None else value.below(limits)

    def above(self, test: str, limits: Limits) -> bool | None:
        """Tell whether the latest value lies above a limit; None if nobody knows."""
        value = self.get(test)
        return None if value is None else value.above(limits)


def latest(values: Iterable[Value], *, on: date) -> Measured:
    """
    Return the latest value of each test drawn up to a day.

    Of two drawn on one day the later of `values` counts: give them in order of entry.
    """
    found: dict[str, Value] = {}
    for value in sorted((v for v in values if v.on <= on), key=lambda v: v.on):
        found[value.test] = value
    return Measured(values=found)


#: Tests of B12 itself; the others are read beside it.
VITAMIN = frozenset({"b12", "active_b12"})
AROUND = timedelta(days=92)  # other values within a quarter are read with it [design]


def at_diagnosis(
    values: Iterable[Value], *, treated_from: date | None, on: date
) -> Measured:
    """
    Return the values that speak of the diagnosis, as far as they are known on a day.

    They are those around the last B12 drawn before treatment: that of its first day
    counts, for the blood is drawn before the injection. Where there is none, those
    around the last B12 of all. Nothing drawn under treatment is read with one before.
    """
    known = [value for value in values if value.on <= on]
    before = [v for v in known if treated_from is None or v.on <= treated_from]
    chosen = before if any(v.test in VITAMIN for v in before) else known
    days = [value.on for value in chosen if value.test in VITAMIN]
    if not days:
        return Measured()
    last = max(days)
    return latest((v for v in chosen if abs(v.on - last) <= AROUND), on=on)


def days_above(values: Iterable[Value], limits: Mapping[str, Limits]) -> int:
    """Return on how many days a test was above its limit, whichever test it was."""
    return len({v.on for v in values if v.above(limits.get(v.test, {}))})
