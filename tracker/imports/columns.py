"""The columns of a practice's list, and the headings that practices give them."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from tracker.imports.lines import quoted_cells, tidy
from tracker.imports.unreadable import (
    DoubledColumn,
    MissingColumns,
    NoHeader,
    UnknownDelimiter,
)

DELIMITERS = (",", ";", "\t", "|")
# "dob" may stand in any word; "surname" hardly does.
_SURELY_A_HEADING = 7


class Column(StrEnum):
    """What a column says; the value is its title in our own words."""

    NHS_NUMBER = "NHS number"
    LOCAL_NUMBER = "Patient number"
    FAMILY_NAME = "Surname"
    GIVEN_NAME = "Forename"
    BIRTH_DATE = "Date of birth"
    GENDER = "Gender"
    PHONE = "Mobile"
    EMAIL = "E-mail"
    PREFERRED = "Preferred contact"
    SMS_CONSENT = "Consent to text"
    DIAGNOSIS = "Diagnosis"
    NEUROLOGICAL = "Neurological symptoms"
    PRODUCT = "Drug"
    DOSE = "Dose"
    INTERVAL = "Interval"
    LAST_INJECTION = "Last injection"
    BATCH = "Batch"
    DECEASED = "Deceased"


NEEDED = (
    Column.FAMILY_NAME,
    Column.GIVEN_NAME,
    Column.BIRTH_DATE,
    Column.PRODUCT,
    Column.INTERVAL,
    Column.LAST_INJECTION,
)
# Without these a list is read, and whoever reads the result is told what that means.
MISSED = (
    Column.NHS_NUMBER,
    Column.PHONE,
    Column.EMAIL,
    Column.SMS_CONSENT,
    Column.NEUROLOGICAL,
    Column.DECEASED,
)
DATED = (Column.BIRTH_DATE, Column.LAST_INJECTION, Column.DECEASED)

# Letters and digits only, in small letters: "D.O.B." is looked up as "dob".
_HEADINGS: Mapping[Column, str] = {
    Column.NHS_NUMBER: "nhsnumber nhsno nhsnum nhs",
    Column.LOCAL_NUMBER: (
        "patientno patientnumber patientid patientref localnumber localno localid "
        "hospitalnumber hospitalno recordnumber emisnumber emisno mrn"
    ),
    Column.FAMILY_NAME: "surname lastname familyname",
    Column.GIVEN_NAME: (
        "forename forenames firstname firstnames givenname givennames christianname"
    ),
    Column.BIRTH_DATE: "dateofbirth dob birthdate birthday born",
    Column.GENDER: "gender sex",
    Column.PHONE: (
        "mobile mobilenumber mobileno mobilephone mobiletelephone mobiletel phone "
        "phonenumber phoneno telephone telephonenumber telephoneno tel telno"
    ),
    Column.EMAIL: "email emailaddress",
    Column.PREFERRED: (
        "preferredcontact preferredcontactmethod preferredmethod preferredchannel "
        "contactpreference contactmethod preference"
    ),
    Column.SMS_CONSENT: (
        "consenttotext consenttosms consentforsms consentfortext consenttotexts "
        "smsconsent textconsent textingconsent consentsms consenttext"
    ),
    Column.DIAGNOSIS: "diagnosis cause indication reason",
    Column.NEUROLOGICAL: (
        "neurologicalsymptoms neurologicalsymptom neurological neurosymptoms neuro "
        "neurologicalinvolvement neurologicalsigns"
    ),
    Column.PRODUCT: "drug drugname medication medicine product preparation",
    Column.DOSE: "dose dosage strength",
    Column.INTERVAL: (
        "interval frequency doseinterval injectioninterval dosefrequency "
        "injectionfrequency howoften"
    ),
    Column.LAST_INJECTION: (
        "lastinjection lastinjectiondate dateoflastinjection lastinjectionon "
        "lastgiven datelastgiven lastdose lastdosedate dateoflastdose lastb12 "
        "lastb12injection"
    ),
    Column.BATCH: "batch batchnumber batchno lot lotnumber lotno",
    Column.DECEASED: (
        "deceased deceaseddate datedeceased died dateofdeath deathdate rip"
    ),
}
_COLUMN_OF: Mapping[str, Column] = {
    heading: column
    for column, headings in _HEADINGS.items()
    for heading in headings.split()
}


@dataclass(frozen=True, kw_only=True)
class Header:
    """The line of headings: where it ends, and which column is where."""

    ends_at: (
        int  # how many physical lines of the file it takes, empty ones before it too
    )
    delimiter: str
    headings: tuple[str, ...]  # as typed, without spaces around
    places: Mapping[Column, int]

    @property
    def width(self) -> int:
        """Return how many cells every line must have."""
        return len(self.headings)

    @cached_property
    def named(self) -> int:
        """Return how many cells that is without the empty columns at the end."""
        return 1 + max(place for place, name in enumerate(self.headings) if name)

    @property
    def ignored(self) -> tuple[str, ...]:
        """Return the headings that mean nothing here."""
        known = set(self.places.values())
        return tuple(
            heading
            for place, heading in enumerate(self.headings)
            if heading and place not in known
        )

    @property
    def absent(self) -> tuple[Column, ...]:
        """Return the columns that are missed, though the list is read without."""
        return tuple(column for column in MISSED if column not in self.places)

    def title(self, column: Column) -> str:
        """Return the heading of a column as the file has it, else our own title."""
        place = self.places.get(column)
        return column.value if place is None else self.headings[place]

    def cell(self, column: Column, cells: Sequence[str]) -> str:
        """Return what a line says in a column, tidied; empty if there is no such."""
        place = self.places.get(column)
        return "" if place is None else tidy(cells[place])

    def name_of(self, place: int) -> str:
        """Return the heading at a place, or "column 18" where there is none."""
        named = place < self.width and self.headings[place]
        return named or f"column {place + 1}"

    def labelled(self, cells: Sequence[str]) -> dict[str, str]:
        """
        Return the cells of a line as typed, each under its heading.

        Those of the columns that are read: an address is nobody's business here.
        """
        read = sorted(self.places.values())
        return {self.headings[at]: cells[at] for at in read if at < len(cells)}


def find_header(lines: Sequence[str]) -> Header:
    """
    Return the header, which is the first line that is not empty.

    Its delimiter is the one under which most columns are recognised. Raises NoHeader,
    UnknownDelimiter, MissingColumns or DoubledColumn.
    """
    at = next(index for index, line in enumerate(lines) if line.strip())
    headers = [_header(lines, at, delimiter) for delimiter in DELIMITERS]
    header = max(headers, key=lambda each: len(each.places))
    missing = [column for column in NEEDED if column not in header.places]
    if len(missing) == len(NEEDED):
        raise UnknownDelimiter if _names_a_column(lines[at]) else NoHeader
    if missing:
        raise MissingColumns([column.value for column in missing])
    _refuse_doubles(header)
    return header


def _header(lines: Sequence[str], at: int, delimiter: str) -> Header:
    try:
        cells, used = quoted_cells(lines, at=at, delimiter=delimiter)
    except csv.Error:
        cells, used = (), 1
    headings = tuple(tidy(cell) for cell in cells)
    places = {
        _COLUMN_OF[key]: place
        for place, key in enumerate(map(_key, headings))
        if key in _COLUMN_OF
    }
    return Header(
        ends_at=at + used, delimiter=delimiter, headings=headings, places=places
    )


def _key(heading: str) -> str:
    """Return a heading's letters and digits in small letters."""
    return "".join(filter(str.isalnum, heading.casefold()))


def _names_a_column(line: str) -> bool:
    """Return whether headings stand in the line, whatever separates them."""
    run_together = _key(line)
    return any(
        heading in run_together
        for column in (Column.FAMILY_NAME, Column.BIRTH_DATE, Column.LAST_INJECTION)
        for heading in _HEADINGS[column].split()
        if len(heading) >= _SURELY_A_HEADING
    )


def _refuse_doubles(header: Header) -> None:
    """Raise DoubledColumn if two headings mean the same, known here or not."""
    seen: dict[str, str] = {}
    for heading in filter(None, header.headings):
        key = _key(heading) or heading
        meaning = _COLUMN_OF.get(key, key)
        if meaning in seen:
            raise DoubledColumn(seen[meaning], heading)
        seen[meaning] = heading
