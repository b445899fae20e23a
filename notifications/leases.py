"""
Who may send a reminder, and for how long.

    planned ──claim──► leased ──intend──► dispatching ──record──► accepted
       ▲                  │ lease ran out       │ lease ran out
       └──────────────────┘                     └──────────────► unknown

A lease is taken by a conditional UPDATE in a short transaction of its own; each raises
the fence, and only the holder of the newest fence may write what came of it. On
PostgreSQL the rows are locked on the way, and those that another worker holds are passed
over; SQLite takes its write lock at the transaction's start.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from notifications import ladder, recipients, relevance
from notifications.escalation import escalate
from notifications.ladder import Means, Purpose
from notifications.models import Attempt, Reminder
from notifications.reasons import Reason
from notifications.relevance import Withdrawal
from notifications.states import State
from patients.models import Clinic

LEASE = timedelta(minutes=2)
BATCH = 200
GROUP = 20  # at most so many are unknown after a crash


@dataclass(frozen=True)
class Claim:
    """What a claim took, and whether there was anything to look at."""

    taken: list[Reminder]
    found_any: bool


@transaction.atomic
def claim(*, now: datetime, limit: int = BATCH) -> Claim:
    """Lease the next reminders, those that may still leave, and withdraw the others."""
    waiting = Reminder.objects.due(now).filter(
        clinic__in=_sending_clinics(now), expires_at__gt=now
    )
    found = list(_locked(waiting)[:limit])
    withdrawn = relevance.withdrawals(found)
    _withdraw(found, withdrawn, now)
    taken = [reminder for reminder in found if reminder.pk not in withdrawn]
    _move(
        taken,
        State.LEASED,
        fence=F("fence") + 1,
        leased_until=now + LEASE,
        changed_at=now,
    )
    for reminder in taken:
        reminder.fence += 1
    return Claim(sorted(taken, key=lambda each: each.pk), bool(found))


@transaction.atomic
def intend(leased: Sequence[Reminder], *, now: datetime) -> list[Attempt]:
    """
    Write down that these are about to leave, and return one attempt for each.

    Everything is asked once more. A reminder that lost its lease meanwhile is left to
    whoever has it now; one whose clinic stopped sending goes back to wait.
    """
    mine = _mine(leased)
    withdrawn = relevance.withdrawals(mine)
    _withdraw(mine, withdrawn, now)
    sending = set(_sending_clinics(now).values_list("pk", flat=True))
    standing = [each for each in mine if each.pk not in withdrawn]
    ready = [each for each in standing if _is_ready(each, sending, now)]
    _move([each for each in standing if each not in ready], State.PLANNED, changed_at=now)
    _move(
        ready,
        State.DISPATCHING,
        leased_until=now + LEASE,
        tries=F("tries") + 1,
        changed_at=now,
    )
    return Attempt.objects.bulk_create([_attempt(each, now) for each in ready])


@transaction.atomic
def give_back(leased: Sequence[Reminder], *, now: datetime) -> None:
    """Let go of reminders for which there is no time."""
    _move(_mine(leased), State.PLANNED, changed_at=now)


@transaction.atomic
def reap(*, now: datetime) -> int:
    """
    Take back the leases that ran out, and return how many.

    What was only leased waits again. What was on its way may have gone: it is unknown,
    and never simply sent again.
    """
    late = Reminder.objects.filter(
        state__in=(State.LEASED, State.DISPATCHING), leased_until__lte=now
    )
    found = list(_locked(late))
    leased = [each for each in found if each.state == State.LEASED]
    lost = [each for each in found if each.state == State.DISPATCHING]
    _move(leased, State.PLANNED, changed_at=now)
    _move(lost, State.UNKNOWN, changed_at=now)
    Attempt.objects.filter(reminder__in=lost, ended_at=None).update(
        outcome=Attempt.Outcome.UNKNOWN,
        ended_at=now,
        detail="the worker fell silent",
    )
    return len(found)


def _locked(reminders: QuerySet[Reminder]) -> QuerySet[Reminder]:
    """Return `reminders` under lock, without those that somebody else holds."""
    locked = reminders.select_for_update(skip_locked=True, of=("self",))
    return locked.select_related("patient", "plan", "clinic")


def _mine(leased: Sequence[Reminder]) -> list[Reminder]:
    """Return those of `leased` that nobody has taken since, as they are now."""
    fences = {reminder.pk: reminder.fence for reminder in leased}
    still = Reminder.objects.filter(pk__in=fences, state=State.LEASED).order_by("pk")
    return [each for each in _locked(still) if each.fence == fences[each.pk]]
