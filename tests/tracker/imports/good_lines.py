"""Lists to be read: a good line, and what a test changes of it."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import date

from tracker.imports.reading import Reading, read_list
from tracker.imports.rows import Refusal, Row

TODAY = date(2026, 11, 20)

GOOD: Mapping[str, str] = {
    "NHS Number": "999 420 0003",
    "Patient No": "E700",
    "Surname": "Marsh",
    "Forename": "Ada",
    "Date of Birth": "31/12/1940",
    "Gender": "F",
    "Mobile": "07700 900100",
    "Email": "ada@example.org",
    "Preferred contact": "SMS",
    "Consent to text": "Y",
    "Diagnosis": "Pernicious anaemia",
    "Neurological symptoms": "N",
    "Drug": "Hydroxocobalamin 1mg/1ml ampoules",
    "Dose": "",
    "Interval": "2 monthly",
    "Last injection": "01/10/2026",
    "Batch": "B1041",
    "Deceased": "",
}
# Somebody else of the test range, so that two lines do not clash.
GRACE = {
    "NHS Number": "999 420 0135",
    "Patient No": "E701",
    "Surname": "Hollow",
    "Forename": "Grace",
}


def written(
    lines: Sequence[Mapping[str, str]],
    *,
    headings: Sequence[str] = tuple(GOOD),
    delimiter: str = ",",
) -> str:
    """Return a list of good lines, each changed as it says."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=delimiter)
    writer.writerow(headings)
    for line in lines:
        cells = {**GOOD, **line}
        writer.writerow([cells[heading] for heading in headings])
    return file.getvalue()


def read(*lines: Mapping[str, str], today: date = TODAY) -> Reading:
    """Return what a list of these lines reads as."""
    return read_list(written(lines).encode(), today=today)


def row(today: date = TODAY, **changes: str) -> Row:
    """Return the good line, changed, which must be taken over."""
    reading = read(_spelt(changes), today=today)
    assert [refusal.problems for refusal in reading.refusals] == []
    (only,) = reading.rows
    return only


def refused(today: date = TODAY, **changes: str) -> Refusal:
    """Return the good line, changed, which must be refused."""
    (only,) = read(_spelt(changes), today=today).refusals
    return only


def faults(refusal: Refusal) -> list[tuple[str, str]]:
    """Return column and code of everything for which a line is refused."""
    return [(problem.column, problem.code.value) for problem in refusal.problems]


def warnings(row: Row) -> list[tuple[str, str]]:
    """Return column and code of everything that a row is warned of."""
    return [(problem.column, problem.code.value) for problem in row.warnings]


def _spelt(changes: Mapping[str, str]) -> dict[str, str]:
    """Return changes by heading: `last_injection` is "Last injection"."""
    headings = {heading.lower().replace(" ", "_"): heading for heading in GOOD}
    return {headings[name]: text for name, text in changes.items()}
