"""
Taking a practice's list over.

    bytes ──read──► rows ──compare──► outcomes ──carry out──► patients, plans, doses
                └──► refusals ─────────────┴──────────────► lines that wait for a person

All of it is one transaction. What a rehearsal (`dry_run`) tells is what the comparison
says, so that it can be asked for as often as one likes: it writes nothing. What only
the writing finds (two lines that tell of one injection) refuses that line alone.
"""

from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import transaction
from django.db.models import Q

import notifications.actions
import patients.actions
from patients.models import Clinic, ImportLine, Patient, PracticeList, User
from patients.refusals import Refused
from tracker.imports import known
from tracker.imports.columns import Column
from tracker.imports.comparing import Outcome, Verdict, compare
from tracker.imports.problems import Code, Problem, problem
from tracker.imports.reading import Reading, read_list
from tracker.imports.rows import Refusal
from tracker.imports.taking import Taking
from tracker.imports.unreadable import UnreadableList

LONGEST_NAME = 120
LONGEST_WAIT = timedelta(days=1)


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
    is_first: bool  # the clinic never sent anything, and nobody has looked yet

    @property
    def holds(self) -> bool:
        """Tell whether the clinic is put on hold: nothing leaves until its release."""
        return self.is_first and self.counts.new > 0

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
        taking = Taking(clinic=clinic, now=now, by=by)
        imported = _carried_out(_compared(reading, clinic), taking, file_name)
        if imported.holds:
            notifications.actions.hold(clinic=clinic, now=now, by=by)
    return imported


@transaction.atomic
def upload_list(
    *, clinic: Clinic, data: bytes, file_name: str, now: datetime, by: User
) -> PracticeList:
    """
    Keep a list until it is confirmed; Refused if it cannot be read.

    One that the same person uploaded before and never confirmed is thrown away, and
    whatever anybody forgot to confirm for a day.
    """
    _read(data, clinic, now)
    own = Q(clinic=clinic, uploaded_by=by)
    # Everywhere: a clinic that imports once would keep its own for ever.
    forgotten = Q(uploaded_at__lt=now - LONGEST_WAIT)
    PracticeList.objects.filter(own | forgotten, confirmed_at=None).delete()
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
    is_seen = clinic.is_on_hold or clinic.released_at is not None
    return Imported(reading=reading, outcomes=outcomes, is_first=not is_seen)


def _absent(reading: Reading) -> frozenset[Column]:
    """Return the columns of which the list says nothing at all."""
    return frozenset(
        Column(note.column) for note in reading.notes if note.code is Code.COLUMN_ABSENT
    )


def _carried_out(imported: Imported, taking: Taking, file_name: str) -> Imported:
    """Do what is to be done about each line, and return what came of it."""
    for refusal in imported.reading.refusals:
        _keep_refusal(refusal, None, taking, file_name)
    late: list[Refusal] = []
    for outcome in imported.outcomes:
        if found := _refused(outcome, taking):
            late.append(found)
            _keep_refusal(found, taking.patient_of(outcome), taking, file_name)
        elif outcome.differences:
            _keep_conflict(outcome, taking, file_name)
    return _without(imported, late)


def _refused(outcome: Outcome, taking: Taking) -> Refusal | None:
    """Take one line over, whole or not at all; return why not."""
    try:
        with transaction.atomic():
            taking.take(outcome)
    except Refused as refused:
        row = outcome.row
        why = problem(Code.NOT_TAKEN_OVER, reason=refused.reason)
        return Refusal(
            line_number=row.line_number, raw=row.raw, problems=(why,), person=None
        )
    return None


def _without(imported: Imported, late: list[Refusal]) -> Imported:
    """Return what came of a list of which some lines were refused when written."""
    numbers = {refusal.line_number for refusal in late}
    reading = imported.reading
    return replace(
        imported,
        outcomes=tuple(
            o for o in imported.outcomes if o.row.line_number not in numbers
        ),
        reading=replace(
            reading,
            rows=tuple(r for r in reading.rows if r.line_number not in numbers),
            refusals=tuple(
                sorted((*reading.refusals, *late), key=attrgetter("line_number"))
            ),
        ),
    )


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


def _keep_refusal(
    refusal: Refusal, patient: Patient | None, taking: Taking, file_name: str
) -> None:
    patients.actions.keep_line(
        clinic=taking.clinic,
        kind=ImportLine.Kind.REFUSED,
        file_name=_kept(file_name),
        line_number=refusal.line_number,
        cells=refusal.raw,
        problems=[asdict(problem) for problem in refusal.problems],
        patient=patient,
        now=taking.now,
        by=taking.by,
    )
