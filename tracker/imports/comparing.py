"""
What a line of a list means beside what is known already. Nothing is written here.

    nobody like this ───────────────────────────────────► new
    known, and nothing else is said ────────────────────► unchanged
    known: other contact details, a later injection,
           a death ─────────────────────────────────────► updated
    known, and something contradicts the record ────────► conflict

Where the contradiction is about who the person is, or about a death, the whole line
waits for a person. Where it is about the treatment only, contact details and a later
injection are still taken over: a number that is out of date helps nobody.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from tracker.imports.book import Book, Known
from tracker.imports.columns import Column
from tracker.imports.people import Person, same
from tracker.imports.rows import Row

UNKNOWN = "unknown"


class Verdict(StrEnum):
    """What becomes of a line that was read."""

    NEW = "new"
    UNCHANGED = "unchanged"
    UPDATED = "updated"
    CONFLICT = "conflict"


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that the list and the record say differently."""

    column: str
    code: str
    reason: str
    listed: str
    recorded: str


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """
    What is to be done about a line.

    `changes` are columns of Patient; `texts` is a word about them to write down;
    `injects` and `dies` say that the list tells of a later injection, of a death.
    """

    row: Row
    known: Known | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    texts: bool | None = None
    injects: bool = False
    dies: bool = False
    differences: tuple[Difference, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """Return the one count in which the line belongs."""
        if self.differences:
            return Verdict.CONFLICT
        if self.known is None:
            return Verdict.NEW
        if self.changes or self.texts is not None or self.injects or self.dies:
            return Verdict.UPDATED
        return Verdict.UNCHANGED


def compare(row: Row, book: Book, *, absent: Collection[Column] = ()) -> Outcome:
    """
    Return what is to be done about `row`.

    `absent` are the columns that the list does not have: it says nothing of them.
    """
    person = _person(row)
    found = book.find(person)
    if not found:
        return Outcome(row=row)
    if len(found) > 1:
        return Outcome(row=row, differences=(_ambiguous(),))
    [known] = found
    who = (*_who(person, known), *_gender(row, known), *_life(row, known, absent))
    if who:
        return Outcome(row=row, known=known, differences=who)
    if row.deceased:
        return Outcome(row=row, known=known, dies=_is_news(row, known))
    return _treated(row, known, absent)


def _treated(row: Row, known: Known, absent: Collection[Column]) -> Outcome:
    texts, unsure = _texts(row, known, absent)
    injects, doubtful = _injection(row, known)
    return Outcome(
        row=row,
        known=known,
        changes=dict(_changes(row, known)),
        texts=texts,
        injects=injects,
        differences=(*unsure, *doubtful, *_treatment(row, known)),
    )


# -- who ----------------------------------------------------------------------------


def _person(row: Row) -> Person:
    return Person(
        nhs_number=row.nhs_number,
        local_number=row.local_number,
        family_name=row.family_name,
        given_name=row.given_name,
        birth_date=row.birth_date,
    )


def _who(listed: Person, known: Known) -> Iterator[Difference]:
    """Yield what speaks against the line meaning this person."""
    recorded = known.person
    for column, ours, theirs in (
        (Column.FAMILY_NAME, recorded.family_name, listed.family_name),
        (Column.GIVEN_NAME, recorded.given_name, listed.given_name),
    ):
        if ours and theirs and same(ours) != same(theirs):
            yield _differs(column, theirs, ours)
    if listed.birth_date != recorded.birth_date:
        yield _differs(
            Column.BIRTH_DATE, _day(listed.birth_date), _day(recorded.birth_date)
        )
    # A number is believed on the strength of another one, never of a name alone.
    shared = _shares_a_number(listed, recorded)
    for column, ours, theirs in (
        (Column.NHS_NUMBER, recorded.nhs_number or "", listed.nhs_number or ""),
        (Column.LOCAL_NUMBER, recorded.local_number, listed.local_number),
    ):
        if theirs and theirs != ours and (ours or not shared):
            yield _differs(column, theirs, ours)


def _shares_a_number(one: Person, other: Person) -> bool:
    return bool(
        (one.nhs_number and one.nhs_number == other.nhs_number)
        or (one.local_number and one.local_number == other.local_number)
    )


def _gender(row: Row, known: Known) -> Iterator[Difference]:
    if UNKNOWN not in (row.gender, known.gender) and row.gender != known.gender:
        yield _differs(Column.GENDER, row.gender, known.gender)


def _life(row: Row, known: Known, absent: Collection[Column]) -> Iterator[Difference]:
    if known.is_deceased and not row.deceased and Column.DECEASED not in absent:
        yield _differs(Column.DECEASED, "no", "yes")
    ours, theirs = known.deceased_on, row.deceased_on
    if ours and theirs and ours != theirs:
        yield _differs(Column.DECEASED, _day(theirs), _day(ours))


def _is_news(row: Row, known: Known) -> bool:
    """Tell whether the list says more of a death than the record does."""
    return not known.is_deceased or (
        known.deceased_on is None and row.deceased_on is not None
    )


# -- how to reach the person --------------------------------------------------------


def _changes(row: Row, known: Known) -> Iterator[tuple[str, str]]:
    """Yield the columns that change; an empty cell says nothing and erases nothing."""
    for name, listed in (
        ("phone", row.phone),
        ("email", row.email),
        ("preferred_channel", row.preferred),
    ):
        if listed and listed != known.contact[name]:
            yield name, listed
    for name, listed, recorded in (
        ("nhs_number", row.nhs_number, known.person.nhs_number),
        ("local_number", row.local_number, known.person.local_number),
        ("given_name", row.given_name, known.person.given_name),
        ("gender", row.gender, known.gender),
    ):
        if listed and listed != UNKNOWN and recorded in ("", None, UNKNOWN):
            yield name, listed


def _texts(
    row: Row, known: Known, absent: Collection[Column]
) -> tuple[bool | None, tuple[Difference, ...]]:
    """
    Return the word about texts to write down, or how it differs from one given to us.

    A list may correct what a list said. What the patient told the clinic stands until
    somebody has asked again.
    """
    word, listed = known.word, row.sms_consent
    if Column.SMS_CONSENT in absent or listed == (word is not None and word.is_allowed):
        return None, ()
    if word is None or word.is_from_a_list:
        return listed, ()
    return None, (
        _differs(Column.SMS_CONSENT, _yes_no(listed), _yes_no(word.is_allowed)),
    )


# -- the treatment ------------------------------------------------------------------


def _injection(row: Row, known: Known) -> tuple[bool, tuple[Difference, ...]]:
    """Tell whether the list knows of a later injection, or doubts those recorded."""
    on = row.last_injection_on
    if on is None:
        return False, ()
    if on in known.given:
        return False, tuple(_batch(row, known.given[on]))
    if on in known.taken_back:
        return False, (_taken_back(on),)
    latest = max(known.given, default=None)
    if latest is None or on > latest:
        # Nobody injects the dead: the date is wrong, or the death is.
        return not known.is_deceased, tuple(_of_the_dead(on, known))
    return False, (_differs(Column.LAST_INJECTION, _day(on), _day(latest)),)


def _batch(row: Row, recorded: str) -> Iterator[Difference]:
    if row.batch and recorded and row.batch != recorded:
        yield _differs(Column.BATCH, row.batch, recorded)


def _treatment(row: Row, known: Known) -> Iterator[Difference]:
    """Yield what the list says otherwise of the plan; an empty cell says nothing."""
    plan = known.treatment
    if plan is None:
        if row.last_injection_on is not None:
            yield _no_plan(row)
        return
    interval = str(row.interval or "")
    if interval and plan.interval is not None and interval != plan.interval:
        yield _differs(Column.INTERVAL, interval, plan.interval)
    neurological = row.neurological
    if neurological not in (UNKNOWN, plan.neurological):
        yield _differs(Column.NEUROLOGICAL, neurological, plan.neurological)
    if row.product and row.product != plan.product:
        yield _differs(Column.PRODUCT, str(row.product), plan.product)
    if row.diagnosis and same(row.diagnosis) != same(plan.cause):
        yield _differs(Column.DIAGNOSIS, row.diagnosis, plan.cause)


# -- in words -----------------------------------------------------------------------


def _differs(column: Column, listed: str, recorded: str) -> Difference:
    return Difference(
        column=column.value,
        code="differs",
        reason=f"{column.value} is not what the record says.",
        listed=listed,
        recorded=recorded,
    )


def _ambiguous() -> Difference:
    return Difference(
        column=Column.FAMILY_NAME.value,
        code="several_people",
        reason="Several patients here could be meant; no number tells which.",
        listed="",
        recorded="",
    )


def _taken_back(on: date) -> Difference:
    return Difference(
        column=Column.LAST_INJECTION.value,
        code="taken_back",
        reason="An injection of this day was recorded and taken back here.",
        listed=_day(on),
        recorded="",
    )


def _of_the_dead(on: date, known: Known) -> Iterator[Difference]:
    if known.is_deceased:
        yield Difference(
            column=Column.LAST_INJECTION.value,
            code="deceased",
            reason="The list tells of a later injection of somebody who has died.",
            listed=_day(on),
            recorded=_day(known.deceased_on),
        )


def _no_plan(row: Row) -> Difference:
    return Difference(
        column=Column.INTERVAL.value,
        code="no_open_plan",
        reason="The list tells of a treatment, and no plan is open here.",
        listed=str(row.interval or ""),
        recorded="",
    )


def _day(on: date | None) -> str:
    return on.isoformat() if on else ""


def _yes_no(answer: bool) -> str:
    return "yes" if answer else "no"
