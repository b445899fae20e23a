"""A clinic's reminders as its staff read them: what was said to whom, and what came."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, QuerySet, Subquery

from notifications import words
from notifications.models import Attempt, Reminder, ReminderQuerySet
from notifications.states import State
from patients.models import Clinic, Patient

BAD = frozenset({State.FAILED, State.UNDELIVERED, State.UNKNOWN})
GOOD = frozenset({State.ACCEPTED, State.DELIVERED})


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One reminder in words; of a task, what is to be done."""

    id: int
    patient: Patient
    purpose: str
    task: str
    channel: str
    due_on: date
    at: datetime  # as a clock on the clinic's wall reads: templates show UTC otherwise
    state: str
    tone: str
    why: str
    to: str
    text: str
    handled: str


def with_last_attempt(reminders: ReminderQuerySet) -> QuerySet[Reminder]:
    """Return each of `reminders` with its patient and what was sent last."""
    last = Attempt.objects.filter(reminder=OuterRef("pk")).order_by("-pk")
    return reminders.select_related("patient", "handled_by").annotate(
        sent_to=Subquery(last.values("recipient")[:1]),
        sent_subject=Subquery(last.values("subject")[:1]),
        sent_body=Subquery(last.values("body")[:1]),
        sent_at=Subquery(last.values("started_at")[:1]),
        said_by_provider=Subquery(last.values("detail")[:1]),
    )


def letters(rows: Iterable[Reminder], clinic: Clinic) -> list[Letter]:
    """Return `rows` of `with_last_attempt` in words."""
    return [_letter(row, clinic) for row in rows]


def _letter(row: Reminder, clinic: Clinic) -> Letter:
    is_task = row.channel == Reminder.Channel.NURSE
    states = words.STATES | words.TASK_STATES if is_task else words.STATES
    parts = (row.sent_subject, row.sent_body)  # type: ignore[attr-defined]
    at = row.sent_at or row.send_at  # type: ignore[attr-defined]
    return Letter(
        id=row.pk,
        patient=row.patient,
        purpose=words.of(words.PURPOSES, row.purpose),
        task=words.of(words.TASKS, row.purpose) if is_task else "",
        channel=row.get_channel_display(),
        due_on=row.due_on,
        at=at.astimezone(clinic.zone).replace(tzinfo=None),
        state=words.of(states, row.state),
        tone=_tone(row),
        why=_why(row),
        to=row.sent_to or "",  # type: ignore[attr-defined]
        text="\n\n".join(part for part in parts if part),
        handled=f"{row.handled_by}: {row.handled_note}" if row.handled_by else "",
    )


def _tone(row: Reminder) -> str:
    if row.state in BAD:
        return "late"
    if row.channel == Reminder.Channel.NURSE and row.state == State.ACCEPTED:
        return "warn"
    return "good" if row.state in GOOD else ""


def _why(row: Reminder) -> str:
    said = [words.of(words.REASONS, row.reason)] if row.reason else []
    provider = row.said_by_provider  # type: ignore[attr-defined]
    return "; ".join([*said, *([provider] if provider and row.state in BAD else [])])
