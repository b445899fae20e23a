"""
A file taken apart: bytes to text, text to lines, lines to cells.

A line is never lost to its neighbour. A quotation mark that is opened and not closed
would swallow all that follows, and with it people; so a line that does not come out
right by itself is set aside alone, and reading goes on with the next one.
"""

import csv
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.imports.problems import Code
from tracker.imports.unreadable import EmptyList, NotText

UTF_8, UTF_16, WINDOWS = "UTF-8", "UTF-16", "Windows-1252"

# Far above any real line, far below what would make the reader slow.
LONGEST_LINE = 20_000
# A quoted cell may hold line breaks (an address, a note), but not a page of them.
_MOST_LINES_OF_ONE = 20
_KEPT_OF_A_BROKEN_LINE = 500

# Zero-width marks and marks of writing direction: they come along when a number is
# copied from a web page, and make two equal names differ.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of the file, or several if a quoted cell runs over them."""

    number: int  # where it begins; the first line of the file is 1
    cells: tuple[str, ...]
    fault: Code | None = None


def decode(data: bytes) -> tuple[str, str]:
    """
    Return the text of a file and the name of its encoding.

    UTF-8 with or without a byte order mark, UTF-16 with one, else Windows-1252. Raises
    EmptyList or NotText.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text, encoding = _decoded(data, "utf-16"), UTF_16
    else:
        text, encoding = _decoded_bytewise(data)
    if "\0" in text:
        raise NotText
    if not text.strip():
        raise EmptyList
    return text, encoding


def _decoded_bytewise(data: bytes) -> tuple[str, str]:
    try:
        return data.decode("utf-8-sig"), UTF_8
    except UnicodeDecodeError:
        return _decoded(data, "cp1252"), WINDOWS


def _decoded(data: bytes, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        raise NotText from None


def physical_lines(text: str) -> list[str]:
    """Return the lines of a text, whichever way they end."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def tidy(cell: str) -> str:
    """Return a cell in composed letters, with single spaces and no invisible marks."""
    visible = cell
    if not cell.isascii():
        visible = _INVISIBLE.sub("", unicodedata.normalize("NFC", cell))
    return " ".join(visible.split())


def split(
    lines: Sequence[str], *, at: int, delimiter: str, width: int
) -> Iterator[Line]:
    """Yield the lines from index `at` on, except empty ones, taken apart into cells."""
    while at < len(lines):
        line, used = _line_at(lines, at=at, delimiter=delimiter, width=width)
        if any(map(str.strip, line.cells)):
            yield line
        at += used


def _line_at(
    lines: Sequence[str], *, at: int, delimiter: str, width: int
) -> tuple[Line, int]:
    """Return the line at index `at`, and how many physical lines it takes."""
    if len(lines[at]) > LONGEST_LINE:
        return _broken(lines, at, Code.LINE_TOO_LONG), 1
    if '"' not in lines[at]:
        return Line(number=at + 1, cells=tuple(lines[at].split(delimiter))), 1
    try:
        cells, used = quoted_cells(lines, at=at, delimiter=delimiter)
    except csv.Error:
        return _broken(lines, at, Code.BROKEN_QUOTES), 1
    if used > 1 and _swallows(cells, delimiter, width):
        return _broken(lines, at, Code.BROKEN_QUOTES), 1
    return Line(number=at + 1, cells=cells), used


def quoted_cells(
    lines: Sequence[str], *, at: int, delimiter: str
) -> tuple[tuple[str, ...], int]:
    """
    Return the cells that begin at index `at`, and how many physical lines they take.

    Raises csv.Error if the quotes do not come out right within a few lines.
    """
    end = min(at + _MOST_LINES_OF_ONE, len(lines))
    reader = csv.reader(
        (f"{lines[index]}\n" for index in range(at, end)),
        delimiter=delimiter,
        skipinitialspace=True,
        strict=True,
    )
    return tuple(next(reader)), reader.line_num


def _swallows(cells: Sequence[str], delimiter: str, width: int) -> bool:
    """
    Return whether cells over several lines are the remains of several people.

        1,"Smith,Joan       ─┐   two lines, one stray quote each, in the same column:
        2,Jones",Ann         ┘   the right number of cells, and nobody of this name
    """
    if len(cells) != width:
        return True
    return any("\n" in cell and cell.count(delimiter) >= width - 1 for cell in cells)


def _broken(lines: Sequence[str], at: int, fault: Code) -> Line:
    beginning = lines[at][:_KEPT_OF_A_BROKEN_LINE]
    return Line(number=at + 1, cells=(beginning,), fault=fault)
