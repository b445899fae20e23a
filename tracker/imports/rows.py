"""One line of a practice's list: taken over as a row, or refused with every reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from patients import identifiers
from schedules.intervals import Interval
from tracker.imports import answers
from tracker.imports.cells import Cells, misshapen
from tracker.imports.columns import Column, Header
from tracker.imports.contact import read_contact
from tracker.imports.dates import PastDates
from tracker.imports.lines import Line
from tracker.imports.medicines import Product
from tracker.imports.people import Person
from tracker.imports.problems import CellFault, Code, Problem
from tracker.imports.treatment import Treatment, read_treatment

LONGEST_NAME = 80
LONGEST_LOCAL_NUMBER = 20

ADULT_AT = 16  # rule S20
OLDEST = 120

_NHS_NUMBER_FAULTS: Mapping[type[identifiers.InvalidIdentifier], Code] = {
    identifiers.NotTenDigits: Code.NHS_NUMBER_LENGTH,
    identifiers.WrongCheckDigit: Code.NHS_NUMBER_CHECK_DIGIT,
    identifiers.PlaceholderNumber: Code.NHS_NUMBER_PLACEHOLDER,
}


@dataclass(frozen=True, kw_only=True)
class Row:
    """
    A line that can be taken over. Empty text means that the list does not say.

    `last_injection_on` is None for somebody who was never injected; only then, and for
    the deceased, may `interval` and `product` be None too.
    """

    line_number: int
    raw: Mapping[str, str]  # as typed, by heading
    nhs_number: str | None
    local_number: str
    family_name: str
    given_name: str
    birth_date: date
    gender: answers.Gender
    phone: str | None  # E.164
    email: str | None
    preferred: answers.Channel | Literal[""]
    sms_consent: bool
    neurological: answers.Neurological
    diagnosis: str
    product: Product | None
    dose: str  # as written, "1mg"
    dose_mg: Decimal | None
    interval: Interval | None
    last_injection_on: date | None
    batch: str
    deceased: bool
    deceased_on: date | None
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A line that is not taken over, and every reason why."""

    line_number: int
    raw: Mapping[str, str]  # as typed, by heading
    problems: tuple[Problem, ...]
    person: Person | None  # whom it names, if that much can be told


@dataclass(frozen=True, kw_only=True)
class _Death:
    deceased: bool
    on: date | None


def read_line(
    line: Line, header: Header, past: PastDates
) -> tuple[Person | None, Row | Refusal]:
    """Return whom a line names, if that can be told, and the line read or refused."""
    if fault := misshapen(line, header):
        return None, _refusal(line, header, [fault], None)
    cells = Cells(line, header)
    person = _person(cells, past)
    row = _row(cells, person, past)
    known = person if person.family_name and person.birth_date else None
    return known, row or _refusal(line, header, cells.refused, known)


def _refusal(
    line: Line, header: Header, problems: list[Problem], person: Person | None
) -> Refusal:
    return Refusal(
        line_number=line.number,
        raw={"line": line.cells[0]} if line.fault else header.labelled(line.cells),
        problems=tuple(problems),
        person=person,
    )


def _row(cells: Cells, person: Person, past: PastDates) -> Row | None:
    """Return the whole line, or None if anything in it was refused."""
    gender = cells.read_leniently(Column.GENDER, answers.read_gender)
    contact = read_contact(cells)
    death = _death(cells, past, person.birth_date)
    treatment = _treatment(cells, past, person.birth_date, death)
    if cells.refused or person.birth_date is None:
        return None
    return Row(
        line_number=cells.line.number,
        raw=cells.header.labelled(cells.line.cells),
        nhs_number=person.nhs_number,
        local_number=person.local_number,
        family_name=person.family_name,
        given_name=person.given_name,
        birth_date=person.birth_date,
        gender=gender or "unknown",
        **vars(contact),
        **vars(treatment),
        deceased=death.deceased,
        deceased_on=death.on,
        warnings=tuple(cells.warned),
    )


# -- who ----------------------------------------------------------------------------


def _person(cells: Cells, past: PastDates) -> Person:
    nhs_number = cells.read(Column.NHS_NUMBER, _nhs_number)
    local_number = cells.text(Column.LOCAL_NUMBER, longest=LONGEST_LOCAL_NUMBER)
    if not cells.text(Column.NHS_NUMBER) and not local_number:
        cells.warn(Code.NO_NUMBER, Column.NHS_NUMBER)
    return Person(
        nhs_number=nhs_number,
        local_number=local_number,
        family_name=_family_name(cells),
        given_name=_given_name(cells),
        birth_date=_birth_date(cells, past),
    )


def _nhs_number(text: str) -> str:
    try:
        return identifiers.nhs_number(text)
    except identifiers.InvalidIdentifier as invalid:
        raise CellFault(_NHS_NUMBER_FAULTS[type(invalid)]) from None


def _family_name(cells: Cells) -> str:
    """Return the surname; a dash or a dot typed to fill the cell is none."""
    name = cells.text(Column.FAMILY_NAME, longest=LONGEST_NAME)
    if not any(map(str.isalnum, cells.text(Column.FAMILY_NAME))):
        cells.refuse(Code.NO_SURNAME, Column.FAMILY_NAME)
    return name


def _given_name(cells: Cells) -> str:
    name = cells.text(Column.GIVEN_NAME, longest=LONGEST_NAME)
    if not cells.text(Column.GIVEN_NAME):
        cells.warn(Code.NO_FIRST_NAME, Column.GIVEN_NAME)
    return name


def _birth_date(cells: Cells, past: PastDates) -> date | None:
    if not cells.text(Column.BIRTH_DATE):
        cells.refuse(Code.NO_BIRTH_DATE, Column.BIRTH_DATE)
    born_on = cells.read(Column.BIRTH_DATE, past.read)
    if born_on is None:
        return None
    age = _age(born_on, past.today)
    if age > OLDEST:
        cells.refuse(Code.TOO_OLD, Column.BIRTH_DATE)
    return born_on


def _age(born_on: date, today: date) -> int:
    """Return the age in whole years; born on 29 February, one is older on 1 March."""
    had_birthday = (today.month, today.day) >= (born_on.month, born_on.day)
    return today.year - born_on.year - (not had_birthday)


# -- dead or alive ------------------------------------------------------------------


def _death(cells: Cells, past: PastDates, born_on: date | None) -> _Death:
    said = cells.read(Column.DECEASED, lambda text: answers.read_death(text, past))
    deceased, on = said or (False, None)
    if on and born_on and on < born_on:
        cells.refuse(Code.BEFORE_BIRTH, Column.DECEASED)
    return _Death(deceased=deceased, on=on)


def _treatment(
    cells: Cells, past: PastDates, born_on: date | None, death: _Death
) -> Treatment:
    """
    Return what the line says of the treatment.

    Nothing is planned for the dead: what is wrong with their treatment is a warning, so
    that no death is lost to a mistyped interval, and no warning is about their age.
    """
    own = Cells(cells.line, cells.header)
    treatment = read_treatment(own, past=past, born_on=born_on)
    cells.warned += own.warned
    if not death.deceased:
        cells.refused += own.refused
        _warn_of_age(cells, past, born_on)
        return treatment
    cells.warned += own.refused
    last = treatment.last_injection_on
    if last and death.on and last > death.on:
        cells.warn(Code.INJECTED_AFTER_DEATH, Column.LAST_INJECTION)
    return treatment


def _warn_of_age(cells: Cells, past: PastDates, born_on: date | None) -> None:
    if born_on and _age(born_on, past.today) < ADULT_AT:
        cells.warn(Code.UNDER_16, Column.BIRTH_DATE)
