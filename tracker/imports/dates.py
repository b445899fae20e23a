"""
Dates as practices write them.

Day first (31/12/2026) is what a British practice writes, month first (12/31/2026) what
some programs export. 03/04/2026 by itself does not tell, and a wrong guess moves an
injection by months; so the whole file is asked, and refused if it does not tell either.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.imports.problems import CellFault, Code
from tracker.imports.unreadable import AmbiguousDates, ContradictoryDates

# Midnight after a date: what a spreadsheet adds to a column of dates.
_MIDNIGHT = re.compile(r"[ T]00:00(:00)?$")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_NAMED = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[ -./]?([a-z]{3,9})\.?,?[ -./]?([0-9]{4})"
)
_SHORT_YEAR = re.compile(
    r"[0-9]{1,2}([-/. ])([0-9]{1,2}|[a-z]{3,9})\1[0-9]{2}", re.IGNORECASE
)
_DAY_COUNT = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)


class Order(StrEnum):
    """What the numeric dates of a file begin with, as far as the file shows it."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    NOT_SHOWN = "not shown"


@dataclass(frozen=True, kw_only=True)
class Written:
    """A cell with a date, and where it stands."""

    line: int
    column: str
    text: str


def order_of(cells: Iterable[Written]) -> Order:
    """
    Return the order that the dates of one file prove.

        31/12/2026   proves the day first       03/04/2026   depends on the others
        12/31/2026   proves the month first     03/03/2026   is the same either way

    Raises ContradictoryDates if both are proven, AmbiguousDates if a date depends on
    the order and none is.
    """
    proofs: dict[Order, int] = {}
    depends: Written | None = None
    for cell in cells:
        order = _shown_by(cell.text)
        if order is Order.NOT_SHOWN:
            depends = depends or cell
        elif order is not None:
            proofs.setdefault(order, cell.line)
    return _verdict(proofs, depends)


def _verdict(proofs: dict[Order, int], depends: Written | None) -> Order:
    day_first = proofs.get(Order.DAY_FIRST)
    month_first = proofs.get(Order.MONTH_FIRST)
    if day_first is not None and month_first is not None:
        raise ContradictoryDates(day_first_line=day_first, month_first_line=month_first)
    if day_first is not None:
        return Order.DAY_FIRST
    if month_first is not None:
        return Order.MONTH_FIRST
    if depends is not None:
        raise AmbiguousDates(line=depends.line, column=depends.column)
    return Order.NOT_SHOWN


def _shown_by(text: str) -> Order | None:
    """Return the order a date proves, NOT_SHOWN if it depends, None if it does not."""
    numbers = _YEAR_LAST.fullmatch(_day_of(text))
    if numbers is None:
        return None
    first, second = int(numbers[1]), int(numbers[3])
    if 12 < first <= 31 and 1 <= second <= 12:
        return Order.DAY_FIRST
    if 12 < second <= 31 and 1 <= first <= 12:
        return Order.MONTH_FIRST
    if first != second and 1 <= first <= 12 and 1 <= second <= 12:
        return Order.NOT_SHOWN
    return None


def read_date(text: str, order: Order) -> date:
    """
    Return the date that a cell of a file of this order says.

    Raises CellFault: no such date, a year of two digits, a spreadsheet's day count, or
    something that is no date.
    """
    day = _day_of(text)
    if found := _YEAR_FIRST.fullmatch(day):
        return _date(found[1], found[3], found[4])
    if found := _YEAR_LAST.fullmatch(day):
        first, second, year = found[1], found[3], found[4]
        if order is Order.MONTH_FIRST:
            return _date(year, first, second)
        return _date(year, second, first)
    if found := _NAMED.fullmatch(day.lower()):
        return _date(found[3], _month(found[2]), found[1])
    raise CellFault(_why_no_date(day))


@dataclass(frozen=True, kw_only=True)
class PastDates:
    """Reads the dates of one file that cannot lie after `today`."""

    order: Order
    today: date

    def read(self, text: str) -> date:
        """Return the date a cell says. Raises CellFault, also if it is yet to come."""
        day = read_date(text, self.order)
        if day > self.today:
            raise CellFault(Code.DATE_IN_FUTURE)
        return day


def is_written_as_date(text: str) -> bool:
    """Return whether a cell means to be a date, existing or not."""
    try:
        read_date(text, Order.DAY_FIRST)
    except CellFault as fault:
        return fault.code is not Code.DATE_NOT_UNDERSTOOD
    return True


def _day_of(text: str) -> str:
    return _MIDNIGHT.sub("", text)


def _why_no_date(day: str) -> Code:
    if _SHORT_YEAR.fullmatch(day):
        return Code.TWO_DIGIT_YEAR
    if _DAY_COUNT.fullmatch(day):
        return Code.SPREADSHEET_DATE
    return Code.DATE_NOT_UNDERSTOOD


def _month(name: str) -> int:
    """Return the number of a month named in full, by three letters, or as "sept"."""
    for number, month in enumerate(_MONTHS, start=1):
        if name in (month, month[:3]) or (name == "sept" and number == 9):
            return number
    raise CellFault(Code.DATE_NOT_UNDERSTOOD)


def _date(year: str | int, month: str | int, day: str | int) -> date:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise CellFault(Code.NO_SUCH_DATE) from None
