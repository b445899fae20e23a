"""
Taking a practice's list over.

    bytes ──read──► rows ──compare──► outcomes ──carry out──► patients, plans, doses
                └──► refusals ─────────────┴──────────────► lines that wait for a person

All of it is one transaction. What a rehearsal (`dry_run`) tells is what the comparison
says, so that it can be asked for as often as one likes: it writes nothing.
"""

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

import notifications.actions
import patients.actions
from patients.models import Clinic, ImportLine, PracticeList, User
from patients.refusals import Refused
from tracker.imports import known
from tracker.imports.columns import Column
from tracker.imports.comparing import Outcome, Verdict, compare
from tracker.imports.problems import Code, Problem
from tracker.imports.reading import Reading, read_list
from tracker.imports.rows import Refusal
from tracker.imports.taking import Taking
from tracker.imports.unreadable import UnreadableList

LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many lines became what; without `lines_read` they add up to it."""

    lines_read: int
    new: int
    unchanged: int
    updated: int
    conflicts: int
    refused: int
    repeats: int

    @property
    def taken_over(self) -> int:
        """Return how many lines are now as the list has them."""
        return self.new + self.unchanged + self.updated


@dataclass(frozen=True, kw_only=True)
class Remark:
    """A warning about a line that was taken over all the same."""

    line_number: int
    problem: Problem


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What a list came to, or would come to."""

    reading: Reading
    outcomes: tuple[Outcome, ...]
    holds: bool  # the clinic is put on hold: nothing leaves until it is released

    @property
    def counts(self) -> Counts:
        """Return the counts, which add up to the lines read."""
        of = Counter(outcome.verdict for outcome in self.outcomes)
        return Counts(
            lines_read=self.reading.lines_read,
            new=of[Verdict.NEW],
            unchanged=of[Verdict.UNCHANGED],
            updated=of[Verdict.UPDATED],
            conflicts=of[Verdict.CONFLICT],
            refused=len(self.reading.refusals),
            repeats=len(self.reading.repeats),
        )

    @property
    def conflicts(self) -> tuple[Outcome, ...]:
        """Return the lines that contradict what is known."""
        return tuple(o for o in self.outcomes if o.verdict is Verdict.CONFLICT)

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return the warnings, in the order of the lines."""
        return tuple(
            Remark(line_number=row.line_number, problem=problem)
            for row in self.reading.rows
            for problem in row.warnings
        )


def import_list(
    *,
    clinic: Clinic,
    data: bytes,
    file_name: str,
    now: datetime,
    by: User,
    dry_run: bool = False,
) -> Imported:
    """
    Take a practice's list over, or tell what that would come to.

    Raises Refused if the file as a whole cannot be read; nothing is written then.
    """
    reading = _read(data, clinic, now)
    if dry_run:
        return _compared(reading, clinic)
    with transaction.atomic():
        # Two imports of one list wait for each other: nobody is registered twice.
        clinic = Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
        imported = _compared(reading, clinic)
        _carry_out(imported, Taking(clinic=clinic, now=now, by=by), file_name)
    return imported


@transaction.atomic
def upload_list(
    *, clinic: Clinic, data: bytes, file_name: str, now: datetime, by: User
) -> PracticeList:
    """
    Keep a list until it is confirmed; Refused if it cannot be read.

    One that the same person uploaded before and never confirmed is thrown away.
    """
    _read(data, clinic, now)
    PracticeList.objects.filter(
        clinic=clinic, uploaded_by=by, confirmed_at=None
    ).delete()
    return PracticeList.objects.create(
        clinic=clinic,
        name=_kept(file_name),
        content=data,
        uploaded_at=now,
        uploaded_by=by,
    )


@transaction.atomic
def confirm_list(*, practice_list: PracticeList, now: datetime, by: User) -> Counts:
    """Take an uploaded list over, and throw its content away."""
    kept = PracticeList.objects.select_for_update(of=("self",)).get(pk=practice_list.pk)
    if kept.confirmed_at is not None:
        raise Refused("This list was imported before.", code="confirmed")
    imported = import_list(
        clinic=kept.clinic,
        data=bytes(kept.content),
        file_name=kept.name,
        now=now,
        by=by,
    )
    kept.confirmed_at, kept.confirmed_by = now, by
    kept.content, kept.counts = b"", asdict(imported.counts)
    kept.save(update_fields=("confirmed_at", "confirmed_by", "content", "counts"))
    return imported.counts


def _kept(file_name: str) -> str:
    """Return the end of a name, as far as it can be written down."""
    return file_name.encode(errors="replace").decode()[-LONGEST_NAME:]


def _read(data: bytes, clinic: Clinic, now: datetime) -> Reading:
    try:
        return read_list(data, today=clinic.day(now))
    except UnreadableList as problem:
        raise Refused(str(problem), field="file", code="unreadable") from problem


def _compared(reading: Reading, clinic: Clinic) -> Imported:
    book = known.everybody(clinic)
    absent = _absent(reading)
    outcomes = tuple(compare(row, book, absent=absent) for row in reading.rows)
    brings_somebody = any(outcome.verdict is Verdict.NEW for outcome in outcomes)
    seen = clinic.is_on_hold or clinic.released_at is not None
    return Imported(
        reading=reading, outcomes=outcomes, holds=brings_somebody and not seen
    )


def _absent(reading: Reading) -> frozenset[Column]:
    """Return the columns of which the list says nothing at all."""
    return frozenset(
        Column(note.column) for note in reading.notes if note.code is Code.COLUMN_ABSENT
    )


def _carry_out(imported: Imported, taking: Taking, file_name: str) -> None:
    if imported.holds:
        notifications.actions.hold(clinic=taking.clinic, now=taking.now, by=taking.by)
    for outcome in imported.outcomes:
        taking.take(outcome)
        if outcome.differences:
            _keep_conflict(outcome, taking, file_name)
    for refusal in imported.reading.refusals:
        _keep_refusal(refusal, taking, file_name)


def _keep_conflict(outcome: Outcome, taking: Taking, file_name: str) -> None:
    patients.actions.keep_line(
        clinic=taking.clinic,
        kind=ImportLine.Kind.CONFLICT,
        file_name=_kept(file_name),
        line_number=outcome.row.line_number,
        cells=outcome.row.raw,
        problems=[asdict(difference) for difference in outcome.differences],
        patient=taking.patient_of(outcome),
        now=taking.now,
        by=taking.by,
    )


def _keep_refusal(refusal: Refusal, taking: Taking, file_name: str) -> None:
    patients.actions.keep_line(
        clinic=taking.clinic,
        kind=ImportLine.Kind.REFUSED,
        file_name=_kept(file_name),
        line_number=refusal.line_number,
        cells=refusal.raw,
        problems=[asdict(problem) for problem in refusal.problems],
        patient=None,
        now=taking.now,
        by=taking.by,
    )
