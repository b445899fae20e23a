"""One line seen through the header, collecting what is wrong with it."""

import re
from collections.abc import Callable
from typing import TypeVar

from tracker.imports.columns import Column, Header
from tracker.imports.lines import Line
from tracker.imports.problems import CellFault, Code, Problem, problem

T = TypeVar("T")

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class Cells:
    """
    The cells of one line, by column.

    What is `refused` keeps the line out; what is `warned` comes in with it.
    """

    def __init__(self, line: Line, header: Header) -> None:
        self.line = line
        self.header = header
        self.refused: list[Problem] = []
        self.warned: list[Problem] = []

    def text(self, column: Column, *, longest: int | None = None) -> str:
        """Return a cell as tidy text; refuse the line if it does not fit its field."""
        text = self.header.cell(column, self.line.cells)
        if longest is not None and len(text) > longest:
            self.refuse(Code.CELL_TOO_LONG, column)
            return ""
        return text

    def read(self, column: Column, read: Callable[[str], T]) -> T | None:
        """Return what `read` makes of a cell, None if empty; refuse if it fails."""
        return self._read(column, read, self.refuse)

    def read_leniently(self, column: Column, read: Callable[[str], T]) -> T | None:
        """Return what `read` makes of a cell, None if empty; warn if it fails."""
        return self._read(column, read, self.warn)

    def _read(
        self,
        column: Column,
        read: Callable[[str], T],
        complain: Callable[[Code, Column], None],
    ) -> T | None:
        text = self.text(column)
        try:
            return read(text) if text else None
        except CellFault as fault:
            complain(fault.code, column)
            return None

    def refuse(self, code: Code, column: Column) -> None:
        """Keep the line out."""
        self.refused.append(problem(code, self.header.title(column)))

    def warn(self, code: Code, column: Column) -> None:
        """Let the line in, with a word about it."""
        self.warned.append(problem(code, self.header.title(column)))


def misshapen(line: Line, header: Header) -> Problem | None:
    """Return why the cells of a line cannot be told apart, if so."""
    if line.fault is not None:
        return problem(line.fault)
    if len(line.cells) > header.width:
        return problem(Code.TOO_MANY_COLUMNS, header.name_of(header.width))
    if len(line.cells) < header.width:
        return problem(Code.TOO_FEW_COLUMNS, header.name_of(len(line.cells)))
    for place, cell in enumerate(line.cells):
        if place >= header.named and cell.strip():
            return problem(Code.TOO_MANY_COLUMNS, header.name_of(place))
        if _CONTROL.search(cell):
            return problem(Code.CONTROL_CHARACTER, header.name_of(place))
    return None
