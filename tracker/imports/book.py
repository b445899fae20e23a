"""Everybody a clinic knows, as a list can speak of them, and how a line finds one."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.imports.people import Person, same


@dataclass(frozen=True, kw_only=True)
class Word:
    """What a patient last said of texts, and whether a list told us."""

    is_allowed: bool
    is_from_a_list: bool


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """The open plan; `interval` is None where none is followed yet."""

    neurological: str
    product: str
    cause: str
    interval: str | None


@dataclass(frozen=True, kw_only=True)
class Known:
    """
    A patient of the clinic, as far as a list can speak of one.

    `given` holds the batch of each injection by its day, `taken_back` the days of those
    that were voided.
    """

    patient_id: int
    person: Person
    gender: str
    contact: Mapping[str, str]  # columns of Patient
    word: Word | None
    is_deceased: bool
    deceased_on: date | None
    treatment: Treatment | None
    given: Mapping[date, str]
    taken_back: Collection[date]


class Book:
    """Everybody known, found by number or by name and date of birth."""

    def __init__(self, people: Iterable[Known]) -> None:
        self._by_nhs_number: dict[str, list[Known]] = defaultdict(list)
        self._by_local_number: dict[str, list[Known]] = defaultdict(list)
        self._by_key: dict[tuple[str, str, date | None], list[Known]] = defaultdict(
            list
        )
        for known in people:
            self._enter(known)

    def _enter(self, known: Known) -> None:
        person = known.person
        if person.nhs_number:
            self._by_nhs_number[person.nhs_number].append(known)
        if person.local_number:
            self._by_local_number[person.local_number].append(known)
        self._by_key[person.key].append(known)

    def find(self, person: Person) -> list[Known]:
        """
        Return whom a line may mean: by NHS number, else by local number, else by name.

        Two of one name and date of birth are two people only if a number tells them
        apart.
        """
        numbered = self._by_nhs_number.get(person.nhs_number or "", [])
        numbered = numbered or self._find_locally(person)
        if len(numbered) > 1:
            named = [each for each in numbered if each.person.key == person.key]
            return named or numbered
        return numbered or [
            each
            for each in self._by_key.get(person.key, [])
            if not _told_apart(each.person, person)
        ]

    def _find_locally(self, person: Person) -> list[Known]:
        """
        Return who has the local number of a line.

        Practices number alike: somebody with an NHS number of their own, of another
        name and another date of birth, is another person.
        """
        found = self._by_local_number.get(person.local_number, [])
        if not person.nhs_number:
            return found
        return [each for each in found if _resembles(each.person, person)]


def _resembles(one: Person, other: Person) -> bool:
    is_numbered_otherwise = one.nhs_number and one.nhs_number != other.nhs_number
    if is_numbered_otherwise:
        return one.key == other.key
    is_called_so = same(one.family_name) == same(other.family_name)
    return is_called_so or one.birth_date == other.birth_date


def _told_apart(one: Person, other: Person) -> bool:
    return any(
        mine and theirs and mine != theirs
        for mine, theirs in (
            (one.nhs_number, other.nhs_number),
            (one.local_number, other.local_number),
        )
    )
