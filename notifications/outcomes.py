"""
What came of a try, and what follows from it.

    accepted       the provider has it
    not sent       certainly not gone: wait, try again, at last the next channel
    refused        never by this channel: the next one
    unknown        it may have gone: settled by the policy of its purpose
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from notifications.channels.base import Verdict
from notifications.escalation import escalate
from notifications.ladder import Purpose
from notifications.models import Attempt, Reminder
from notifications.moves import move
from notifications.reasons import Reason
from notifications.states import State

MOST_TRIES = 8
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=1)
BATCH = 200

#: Of these a second copy harms less than none; all else waits for a nurse.
SENT_ONCE_MORE = frozenset({Purpose.INJECTION_AHEAD, Purpose.INJECTION_MISSED})

#: Where a row may stand when its sender learns what came of it. The reaper may have
#: called it unknown, and it may have been put back since: as long as nobody has claimed
#: it again, the sender knows best.
STILL_OURS = (State.DISPATCHING, State.UNKNOWN, State.PLANNED)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """
    What came of one attempt; `verdict` is nothing where it was accepted.

    What `was_tried` is not was written down as an intent, but there was no time for it.
    """

    attempt: Attempt
    verdict: Verdict | None = None
    was_tried: bool = True
    provider_id: str = ""
    detail: str = ""
    retry_after: timedelta | None = None


def wait_after(tries: int, retry_after: timedelta | None = None) -> timedelta:
    """Return how long to wait after so many tries: 1, 2, 4 … minutes, or as asked."""
    doubled: int = 2 ** max(0, tries - 1)
    return max(min(LONGEST_WAIT, FIRST_WAIT * doubled), retry_after or timedelta())


@transaction.atomic
def record(outcomes: Sequence[Outcome], *, now: datetime) -> None:
    """Write down what came of these attempts, where nobody has taken over since."""
    by_reminder = {outcome.attempt.reminder_id: outcome for outcome in outcomes}
    found = Reminder.objects.select_for_update(of=("self",)).select_related("patient")
    failed = []
    for reminder in found.filter(pk__in=by_reminder).order_by("pk"):
        outcome = by_reminder[reminder.pk]
        _end(outcome, now)
        is_ours = reminder.fence == outcome.attempt.fence
        if is_ours and reminder.state in STILL_OURS:
            _follow(reminder, outcome, now)
            if reminder.state == State.FAILED:
                failed.append(reminder)
    escalate(failed, now=now)


@transaction.atomic
def expire(*, now: datetime) -> int:
    """
    Withdraw what is too late to be of use, and make it a nurse's task; return how many.

    What a clinic's hold kept back makes no task: somebody decided that nothing leaves,
    and a long hold must not end in a flood. The day's list shows those patients anyway.
    """
    late = Reminder.objects.filter(state=State.PLANNED, expires_at__lte=now)
    found = list(
        late.select_for_update(skip_locked=True, of=("self",)).select_related(
            "patient", "clinic"
        )[:BATCH]
    )
    held = [each for each in found if each.clinic.is_on_hold]
    others = [each for each in found if not each.clinic.is_on_hold]
    move(held, State.EXPIRED, now=now, reason=Reason.HELD_TOO_LONG)
    move(others, State.EXPIRED, now=now, reason=Reason.TOO_LATE)
    escalate(others, now=now)
    return len(found)


@transaction.atomic
def settle(*, now: datetime) -> int:
    """
    Decide over tries of which nothing is known, and return how many.

    Once, a reminder is sent again and says that a copy may exist; after that, and for
    purposes of which no copy may exist, a nurse finds out.
    """
    unknown = Reminder.objects.filter(state=State.UNKNOWN).exclude(
        reason=Reason.NURSE_ASKED
    )
    found = list(
        unknown.select_for_update(skip_locked=True, of=("self",)).select_related(
            "patient"
        )[:BATCH]
    )
    again = [each for each in found if _may_be_copied(each, now)]
    asked = [each for each in found if each not in again]
    move(again, State.PLANNED, now=now, reason=Reason.COPY_POSSIBLE)
    move(asked, State.UNKNOWN, now=now, reason=Reason.NURSE_ASKED)
    escalate(asked, now=now, straight_to_nurse=True)
    return len(found)


def _may_be_copied(reminder: Reminder, now: datetime) -> bool:
    return (
        reminder.purpose in SENT_ONCE_MORE
        and reminder.reason != Reason.COPY_POSSIBLE
        and now < reminder.expires_at
    )


def _end(outcome: Outcome, now: datetime) -> None:
    verdict = outcome.verdict
    Attempt.objects.filter(pk=outcome.attempt.pk).update(
        outcome=verdict.value if verdict else Attempt.Outcome.ACCEPTED,
        ended_at=now,
        detail=outcome.detail[:200],
    )


def _follow(reminder: Reminder, outcome: Outcome, now: datetime) -> None:
    """Move a reminder to where the outcome of its try leads."""
    if not outcome.was_tried:
        move([reminder], State.PLANNED, now=now, tries=F("tries") - 1)
        return
    match outcome.verdict:
        case None:
            provider_id = outcome.provider_id[:120]
            move([reminder], State.ACCEPTED, now=now, provider_id=provider_id)
        case Verdict.UNKNOWN if reminder.state == State.DISPATCHING:
            move([reminder], State.UNKNOWN, now=now)
        case Verdict.REFUSED if reminder.state != State.PLANNED:
            move([reminder], State.FAILED, now=now, reason=Reason.REFUSED)
        case Verdict.NOT_SENT if reminder.state != State.PLANNED:
            _try_again(reminder, outcome, now)


def _try_again(reminder: Reminder, outcome: Outcome, now: datetime) -> None:
    next_at = now + wait_after(reminder.tries, outcome.retry_after)
    if reminder.tries >= MOST_TRIES or next_at >= reminder.expires_at:
        move([reminder], State.FAILED, now=now, reason=Reason.OUT_OF_TRIES)
    else:
        move([reminder], State.PLANNED, now=now, send_at=next_at)
