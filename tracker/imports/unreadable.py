"""Why a whole file cannot be taken as a practice's list, in one sentence each."""


class UnreadableList(ValueError):
    """A file that is refused as a whole; nothing of it was read."""


class EmptyList(UnreadableList):
    """There is nothing in the file."""

    def __init__(self) -> None:
        super().__init__("The file is empty.")


class NotText(UnreadableList):
    """A workbook, a picture, or text in an encoding that is not known here."""

    def __init__(self) -> None:
        super().__init__("The file is not plain text; save a workbook as CSV first.")


class UnknownDelimiter(UnreadableList):
    """The headings are there, with something unknown between them."""

    def __init__(self) -> None:
        super().__init__(
            "The columns are not separated by a comma, a semicolon, a tab or a bar."
        )


class NoHeader(UnreadableList):
    """The first line is not a line of headings."""

    def __init__(self) -> None:
        super().__init__("The first line does not name the columns, such as Surname.")


class MissingColumns(UnreadableList):
    """A column without which nobody on the list can be taken over."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(f"The header lacks {_listed(titles)}.")


class DoubledColumn(UnreadableList):
    """Two columns that say the same, so that it is unclear which is meant."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(
            f"The header has two columns of one meaning, {first} and {second}; "
            "rename or remove one."
        )


class AmbiguousDates(UnreadableList):
    """Dates like 03/04/2026 and nothing in the file that tells day from month."""

    def __init__(self, *, line: int, column: str) -> None:
        super().__init__(
            f"The dates can be read with the day or the month first, as on line {line} "
            f"in {column}; write them as 2026-12-31."
        )


class ContradictoryDates(UnreadableList):
    """Some dates can only have the day first and others only the month."""

    def __init__(self, *, day_first_line: int, month_first_line: int) -> None:
        super().__init__(
            f"Line {day_first_line} writes the day first and line {month_first_line} "
            "the month; write all dates in one way."
        )


def _listed(titles: list[str]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    *most, last = titles
    return f"{', '.join(most)} and {last}" if most else last
