"""
How far apart injections are: a number of days, weeks or months.

Months are counted from the anchor, never from the date before, so that a month end
does not drift:

    anchor 31 Dec  ->  28 Feb  30 Apr  30 Jun  31 Aug  31 Oct  31 Dec
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Self

from dateutil.relativedelta import relativedelta


class IntervalNotUnderstood(ValueError):
    """Say that a text is no interval such as `6w` or `2m`."""

    def __init__(self, text: str) -> None:
        super().__init__(f"{text!r} is not an interval such as 14d, 6w or 2m")


class Unit(StrEnum):
    """A unit of the calendar."""

    DAY = "d"
    WEEK = "w"
    MONTH = "m"


NOMINAL_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 30}
WORDS = {Unit.DAY: "day", Unit.WEEK: "week", Unit.MONTH: "month"}
WRITTEN = re.compile(r"([1-9][0-9]{0,2})([dwm])", re.ASCII)


@dataclass(frozen=True)
class Interval:
    """A stretch of the calendar, such as 2 months."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 1:
            raise IntervalNotUnderstood(str(self))

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the interval that `14d`, `6w` or `2m` writes."""
        written = WRITTEN.fullmatch(text)
        if written is None:
            raise IntervalNotUnderstood(text)
        return cls(int(written[1]), Unit(written[2]))

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"

    @property
    def words(self) -> str:
        """Say the interval in words: `1 day`, `2 months`."""
        plural = "" if self.count == 1 else "s"
        return f"{self.count} {WORDS[self.unit]}{plural}"

    @property
    def nominal_days(self) -> int:
        """Return the length in days, counting a month as 30 (rules 2.6 and 2.7)."""
        return self.count * NOMINAL_DAYS[self.unit]

    def times(self, k: int) -> "Interval":
        """Return `k` of these intervals as one: 3 times 2 months are 6 months."""
        return Interval(self.count * k, self.unit)

    def after(self, anchor: date, k: int = 1) -> date:
        """Return the day `k` intervals after the anchor, clamped to its month."""
        if self.unit is Unit.MONTH:
            return anchor + relativedelta(months=self.count * k)
        return anchor + timedelta(days=self.nominal_days * k)


# What a prescriber is offered, and the bounds of a custom interval (rules 2.2, R36).
ALLOWED = (
    Interval(1, Unit.WEEK),
    Interval(2, Unit.WEEK),
    Interval(3, Unit.WEEK),
    Interval(4, Unit.WEEK),
    Interval(6, Unit.WEEK),
    Interval(1, Unit.MONTH),
    Interval(2, Unit.MONTH),
    Interval(3, Unit.MONTH),
)
SHORTEST_DAYS = 7
LONGEST_DAYS = 92
SIX_MONTHS = Interval(6, Unit.MONTH)
