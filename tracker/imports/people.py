"""Who is on the list: how a person is recognised when named a second time."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from tracker.imports.columns import Column, Header
from tracker.imports.problems import Code, Problem, problem


@dataclass(frozen=True, kw_only=True)
class Person:
    """What identifies somebody, as far as a line says it."""

    nhs_number: str | None
    local_number: str
    family_name: str
    given_name: str
    birth_date: date | None

    @property
    def key(self) -> tuple[str, str, date | None]:
        """Return name and birth date, made so that equal people compare equal."""
        return same(self.family_name), same(self.given_name), self.birth_date


def same(name: str) -> str:
    """Return a name without case, accents, spaces and marks: "O'Brien" is "obrien"."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(filter(str.isalnum, letters)) or name


@dataclass(frozen=True, kw_only=True)
class _Listed:
    line_number: int
    person: Person


@dataclass
class Register:
    """Everybody met so far, by each number and by name and date of birth."""

    header: Header
    _by_nhs_number: dict[str, _Listed] = field(default_factory=dict)
    _by_local_number: dict[str, _Listed] = field(default_factory=dict)
    _by_key: dict[tuple[str, str, date | None], _Listed] = field(default_factory=dict)

    def clash(self, person: Person) -> Problem | None:
        """Return why a person cannot be told from somebody further up, if so."""
        by_nhs_number = self._by_nhs_number.get(person.nhs_number or "")
        if by_nhs_number is not None:
            code = _meaning(person, by_nhs_number, Code.NHS_NUMBER_TAKEN)
            return self._problem(code, Column.NHS_NUMBER, by_nhs_number)
        by_local_number = self._by_local_number.get(person.local_number)
        if by_local_number is not None:
            code = _meaning(person, by_local_number, Code.LOCAL_NUMBER_TAKEN)
            return self._problem(code, Column.LOCAL_NUMBER, by_local_number)
        by_name = self._by_key.get(person.key)
        if by_name is not None and not _apart(person, by_name.person):
            return self._problem(Code.LISTED_TWICE, Column.FAMILY_NAME, by_name)
        return None

    def namesake(self, person: Person) -> Problem | None:
        """Return a warning if somebody else has the same name and date of birth."""
        found = self._by_key.get(person.key)
        if found is None:
            return None
        return self._problem(Code.NAMESAKE, Column.FAMILY_NAME, found)

    def enter(self, person: Person, line_number: int) -> None:
        """Remember a person; the first line that names somebody counts."""
        listed = _Listed(line_number=line_number, person=person)
        if person.nhs_number:
            self._by_nhs_number.setdefault(person.nhs_number, listed)
        if person.local_number:
            self._by_local_number.setdefault(person.local_number, listed)
        self._by_key.setdefault(person.key, listed)

    def _problem(self, code: Code, column: Column, found: _Listed) -> Problem:
        return problem(code, self.header.title(column), other_line=found.line_number)


def _meaning(person: Person, listed: _Listed, taken: Code) -> Code:
    """Return what one number on two lines means: one person twice, or a mistake."""
    return Code.LISTED_TWICE if listed.person.key == person.key else taken


def _apart(one: Person, other: Person) -> bool:
    """Return whether a number tells two people of one name and birth date apart."""
    by_nhs_number = one.nhs_number and other.nhs_number
    by_local_number = one.local_number and other.local_number
    return bool(by_nhs_number or by_local_number)
