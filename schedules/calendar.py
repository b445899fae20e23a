"""
The days on which a clinic gives injections.

    Mon Tue Wed Thu Fri Sat Sun
     o   o   o   x   o   .   .        o open   x a holiday   . not one of our days

An extra day, opened on purpose, wins over a holiday and over the weekday.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, tzinfo

ONE_DAY = timedelta(days=1)
SEARCH_DAYS = 400


class ClinicNeverOpens(Exception):
    """Say that no open day was found within the search."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no open day within {SEARCH_DAYS} days from {day}")


def civil_day(at: datetime, zone: tzinfo) -> date:
    """Return the clinic's day of an instant (rule E2: never the UTC date)."""
    return at.astimezone(zone).date()


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """
    Open weekdays with the date they hold from, closed days, extra days.

    The earliest pattern reaches back for ever; a later one never rewrites the days
    before it (rule E3a). Monday is 0.
    """

    patterns: tuple[tuple[date, frozenset[int]], ...]
    closed: Mapping[date, str] = field(default_factory=dict)
    opened: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        if not self.patterns:
            raise ValueError("a calendar needs at least one pattern of weekdays")
        object.__setattr__(self, "patterns", tuple(sorted(self.patterns, key=_from)))

    def is_open(self, day: date) -> bool:
        """Tell whether the clinic gives injections on this day."""
        if day in self.opened:
            return True
        if day in self.closed:
            return False
        return day.weekday() in self._weekdays(day)

    def why_closed(self, day: date) -> str | None:
        """Return why a day is closed, empty if it is just not ours; None if open."""
        if self.is_open(day):
            return None
        return self.closed.get(day, "")

    def next_open(self, day: date) -> date:
        """Return the first open day on or after this one."""
        for ahead in range(SEARCH_DAYS):
            candidate = day + ahead * ONE_DAY
            if self.is_open(candidate):
                return candidate
        raise ClinicNeverOpens(day)

    def previous_open(self, day: date, *, after: date) -> date | None:
        """Return the last open day on or before this one, yet later than `after`."""
        candidate = day
        while candidate > after:
            if self.is_open(candidate):
                return candidate
            candidate -= ONE_DAY
        return None

    def _weekdays(self, day: date) -> frozenset[int]:
        found = bisect_right(self.patterns, day, key=_from) - 1
        return self.patterns[max(found, 0)][1]


def _from(pattern: tuple[date, frozenset[int]]) -> date:
    return pattern[0]
