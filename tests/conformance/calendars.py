"""The days and calendars that cases name."""

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from schedules.calendar import Calendar
from tests.schedules.stories import EVERY_DAY, LONG_AGO

CLOSURES = re.compile(r"(\w+) \+ closures ([\d-]+)\.\.([\d-]+)")


def day(text: str) -> date:
    """Return the date that a case writes."""
    return date.fromisoformat(text)


def iso(on: date | None) -> str | None:
    """Write a date as a case does."""
    return None if on is None else on.isoformat()


def calendar(name: str, meta: dict[str, Any]) -> Calendar:
    """Return the calendar a case names: `MF_UK + closures 2026-12-29..2026-12-31`."""
    closed = CLOSURES.fullmatch(name)
    if closed:
        base = calendar(closed[1], meta)
        days = dict.fromkeys(_between(day(closed[2]), day(closed[3])), "closure")
        return replace(base, closed={**base.closed, **days})
    if name == "ALL7":
        return EVERY_DAY
    if name == "MF_UK":
        holidays = dict.fromkeys(map(day, meta["holidays"]), "bank holiday")
        return Calendar(patterns=((LONG_AGO, frozenset(range(5))),), closed=holidays)
    raise LookupError(f"no calendar is called {name}")


def _between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
