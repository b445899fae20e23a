"""
How often, as people write it: "12 weekly", "10/52", "Every 3 months", "quarterly".

Prescribers write n/7, n/52 and n/12 for days, weeks and months. What is not one of the
forms below is not understood; nobody's injections are planned on a guess.
"""

import re
from collections.abc import Mapping

from schedules.intervals import Interval, Unit
from schedules.parameters import DEFAULTS
from tracker.imports import dates
from tracker.imports.problems import CellFault, Code

_UNITS: Mapping[str, Unit] = {
    **dict.fromkeys(("d", "day", "days", "/7"), Unit.DAY),
    **dict.fromkeys(("w", "wk", "wks", "wkly", "week", "weeks", "weekly"), Unit.WEEK),
    "/52": Unit.WEEK,
    **dict.fromkeys(("m", "mth", "mths", "mthly", "month", "months"), Unit.MONTH),
    **dict.fromkeys(("monthly", "/12"), Unit.MONTH),
}
_WORDS: Mapping[str, tuple[int, Unit]] = {
    "day": (1, Unit.DAY),
    "daily": (1, Unit.DAY),
    "week": (1, Unit.WEEK),
    "weekly": (1, Unit.WEEK),
    "fortnight": (2, Unit.WEEK),
    "fortnightly": (2, Unit.WEEK),
    "month": (1, Unit.MONTH),
    "monthly": (1, Unit.MONTH),
    "quarter": (3, Unit.MONTH),
    "quarterly": (3, Unit.MONTH),
    "year": (12, Unit.MONTH),
    "yearly": (12, Unit.MONTH),
    "annually": (12, Unit.MONTH),
}
_DIGITS: Mapping[str, str] = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "five": "5",
    "six": "6",
    "seven": "7",
    "eight": "8",
    "nine": "9",
    "ten": "10",
    "twelve": "12",
}

# "Once every ...", "each ...", "q...": what may stand before how often.
_LEAD = re.compile(r"^(once )?(every |each |q ?(?=[0-9])|a |per )?")
_COUNTED = re.compile(r"([0-9]{1,3}) ?-? ?(/[0-9]+|[a-z]+)")
_ALTERNATE = re.compile(r"(?:other|second|alternate) (day|week|month)(?:s|ly)?")
_AMBIGUOUS = re.compile(r"(bi|semi)[- ]?(weekly|monthly|annually|yearly)")
# "3/12" that passed through a spreadsheet: "03-Dec", "12 Mar".
_DAY_AND_MONTH = re.compile(r"[0-9]{1,2}[- ][a-z]{3}|[a-z]{3}[- ][0-9]{1,2}")


def read_interval(text: str) -> Interval:
    """
    Return the interval that a cell means.

    Raises CellFault: not understood, ambiguous ("bi-monthly"), a date, or an interval
    that a plan may not have (clinical rules 2.2: 7 to 92 days).
    """
    words = _plain(text)
    said = _counted(words) or _alternate(words) or _WORDS.get(words)
    if said is None:
        raise CellFault(_why_not(text))
    count, unit = said
    if count < 1:
        raise CellFault(Code.INTERVAL_NOT_ALLOWED)
    interval = Interval(count=count, unit=unit)
    if not DEFAULTS.allows(interval, dietary=False, neurological=False):
        raise CellFault(Code.INTERVAL_NOT_ALLOWED)
    return interval


def _plain(text: str) -> str:
    """Return a text in small letters, numbers as digits, without what introduces it."""
    words = text.casefold().replace(" / ", "/").strip(" .").split()
    digits = " ".join(_DIGITS.get(word, word) for word in words)
    return _LEAD.sub("", digits)


def _counted(words: str) -> tuple[int, Unit] | None:
    """Read "12 weekly", "12-weekly", "8 wks", "12w" and "10/52"."""
    found = _COUNTED.fullmatch(words)
    if found is None or found[2] not in _UNITS:
        return None
    return int(found[1]), _UNITS[found[2]]


def _alternate(words: str) -> tuple[int, Unit] | None:
    """Read "every other week", "alternate months"."""
    found = _ALTERNATE.fullmatch(words)
    return (2, _UNITS[found[1]]) if found else None


def _why_not(text: str) -> Code:
    words = text.casefold().strip(" .")
    if _AMBIGUOUS.fullmatch(words):
        return Code.INTERVAL_AMBIGUOUS
    if _DAY_AND_MONTH.fullmatch(words) or dates.is_written_as_date(text):
        return Code.INTERVAL_IS_A_DATE
    return Code.INTERVAL_NOT_UNDERSTOOD
