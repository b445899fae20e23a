"""
A practice's list, read: bytes to rows, refusals and notes. Nothing is written here.

    bytes ─► lines ─► header ─► order of the dates ─► each line ─► Row
                                                          ├──────► Refusal
                                                          └──────► Repeat

Every line that is not empty becomes exactly one of the three, so the counts add up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tracker.imports import columns, dates, lines
from tracker.imports.cells import misshapen
from tracker.imports.columns import DATED, Header
from tracker.imports.lines import Line
from tracker.imports.people import Person, Register
from tracker.imports.problems import Code, Problem, problem
from tracker.imports.rows import Refusal, Row, read_line


@dataclass(frozen=True, kw_only=True)
class Repeat:
    """A line that says word for word what an earlier one says."""

    line_number: int
    repeats: int  # the number of the earlier line


@dataclass(frozen=True, kw_only=True)
class Style:
    """How the file turned out to be written."""

    encoding: str
    delimiter: str
    date_order: dates.Order


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a list says: `lines_read` is rows, refusals and repeats together."""

    rows: tuple[Row, ...]
    refusals: tuple[Refusal, ...]
    repeats: tuple[Repeat, ...]
    notes: tuple[Problem, ...]  # about the file as a whole
    style: Style

    @property
    def lines_read(self) -> int:
        """Return how many lines below the header were not empty."""
        return len(self.rows) + len(self.refusals) + len(self.repeats)


def read_list(data: bytes, *, today: date) -> Reading:
    """
    Read a practice's list as of `today`, the clinic's civil date.

    Raises UnreadableList, and nothing else, if the file cannot be taken as a list or
    leaves open whether its dates begin with the day or the month.
    """
    text, encoding = lines.decode(data)
    physical = lines.physical_lines(text)
    header = columns.find_header(physical)
    body = _body(physical, header)
    order = dates.order_of(_dates_in(body, header))
    sorter = _Sorter(header, dates.PastDates(order=order, today=today))
    for line in body:
        sorter.take(line)
    return Reading(
        rows=tuple(sorter.rows),
        refusals=tuple(sorter.refusals),
        repeats=tuple(sorter.repeats),
        notes=tuple(_notes(encoding, header, order)),
        style=Style(encoding=encoding, delimiter=header.delimiter, date_order=order),
    )


def _body(physical: Sequence[str], header: Header) -> list[Line]:
    """Return the lines below the header."""
    below = lines.split(
        physical, at=header.ends_at, delimiter=header.delimiter, width=header.width
    )
    return list(below)


def _dates_in(body: Iterable[Line], header: Header) -> Iterator[dates.Written]:
    """Yield every date of the lines that can be told apart."""
    for line in body:
        if misshapen(line, header) is None:
            for column in DATED:
                yield dates.Written(
                    line=line.number,
                    column=header.title(column),
                    text=header.cell(column, line.cells),
                )


def _notes(encoding: str, header: Header, order: dates.Order) -> Iterator[Problem]:
    if encoding == lines.WINDOWS:
        yield problem(Code.READ_AS_WINDOWS)
    if order is dates.Order.MONTH_FIRST:
        yield problem(Code.MONTH_FIRST)
    for heading in header.ignored:
        yield problem(Code.COLUMN_IGNORED, heading)
    for column in header.absent:
        yield problem(Code.COLUMN_ABSENT, column.value)


@dataclass
class _Sorter:
    """Takes the lines in the order of the file and remembers whom it has met."""

    header: Header
    past: dates.PastDates
    rows: list[Row] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    _first_lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._register = Register(self.header)

    def take(self, line: Line) -> None:
        words = tuple(lines.tidy(cell) for cell in line.cells)
        first = self._first_lines.setdefault(words, line.number)
        if first != line.number:
            self.repeats.append(Repeat(line_number=line.number, repeats=first))
            return
        person, read = read_line(line, self.header, self.past)
        self._keep(read if person is None else self._compared(person, read))

    def _compared(self, person: Person, read: Row | Refusal) -> Row | Refusal:
        """Return a line as it stands beside those above it."""
        clash = self._register.clash(person)
        namesake = self._register.namesake(person)
        self._register.enter(person, read.line_number)
        if clash is not None:
            return _refused(person, read, clash)
        if isinstance(read, Row) and namesake is not None:
            return replace(read, warnings=(*read.warnings, namesake))
        return read

    def _keep(self, read: Row | Refusal) -> None:
        if isinstance(read, Row):
            self.rows.append(read)
        else:
            self.refusals.append(read)


def _refused(person: Person, read: Row | Refusal, clash: Problem) -> Refusal:
    """Return the refusal of a line that clashes, besides what else is wrong with it."""
    earlier = read.problems if isinstance(read, Refusal) else ()
    return Refusal(
        line_number=read.line_number,
        raw=read.raw,
        problems=(*earlier, clash),
        person=person,
    )
