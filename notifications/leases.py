"""
Who may send a reminder, and for how long.

    planned ──claim──► leased ──intend──► dispatching ──record──► accepted
       ▲                  │ lease ran out       │ lease ran out
       └──────────────────┘                     └──────────────► unknown

A lease is taken by a conditional UPDATE in a short transaction of its own; each raises
the fence, and only the holder of the newest fence may write what came of it. On
PostgreSQL the rows are locked on the way, and those that another worker holds are
passed over; SQLite takes its write lock at the transaction's start.
"""

import logging
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, QuerySet

from notifications import ladder, recipients, relevance
from notifications.escalation import escalate
from notifications.ladder import Means, Purpose
from notifications.models import Attempt, Reminder
from notifications.moves import move
from notifications.reasons import Reason
from notifications.relevance import Withdrawal
from notifications.states import State
from patients.models import Clinic

LEASE = timedelta(minutes=2)
BATCH = 200
GROUP = 20  # at most so many are unknown after a crash

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claim:
    """What a claim took, and whether there was anything to look at."""

    taken: list[Reminder]
    found_any: bool


@transaction.atomic
def claim(*, now: datetime, limit: int = BATCH) -> Claim:
    """Lease the next reminders, those that may still leave, and withdraw the others."""
    waiting = Reminder.objects.due(now).filter(
        clinic__in=sending_clinics(now), expires_at__gt=now
    )
    found = list(_locked(waiting)[:limit])
    withdrawn = relevance.withdrawals(found)
    _withdraw(found, withdrawn, now)
    taken = [reminder for reminder in found if reminder.pk not in withdrawn]
    until = now + LEASE
    move(taken, State.LEASED, now=now, fence=F("fence") + 1, leased_until=until)
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
    sending = sending_clinics(now)
    standing = [each for each in mine if each.pk not in withdrawn]
    ready = [each for each in standing if _is_ready(each, sending, now)]
    move([each for each in standing if each not in ready], State.PLANNED, now=now)
    until = now + LEASE
    move(ready, State.DISPATCHING, now=now, tries=F("tries") + 1, leased_until=until)
    for each in ready:
        each.tries, each.leased_until = each.tries + 1, until
    return Attempt.objects.bulk_create([_attempt(each, now) for each in ready])


@transaction.atomic
def give_back(leased: Sequence[Reminder], *, now: datetime) -> None:
    """Let go of reminders for which there is no time."""
    move(_mine(leased), State.PLANNED, now=now)


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
    move(leased, State.PLANNED, now=now)
    move(lost, State.UNKNOWN, now=now)
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


def sending_clinics(now: datetime) -> set[int]:
    """Return the clinics that send now, and will until the end of a lease taken now."""
    free = Clinic.objects.filter(held_at=None)
    return {each.pk for each in free if _sends_throughout(each, now, now + LEASE)}


def _sends_throughout(clinic: Clinic, first: datetime, last: datetime) -> bool:
    """Tell of both instants; a clinic of which it cannot be told does not send."""
    try:
        return _sends(clinic, first) and _sends(clinic, last)
    except Exception:  # no query is made here, and the other clinics go on
        log.exception("whether clinic %d sends now cannot be told", clinic.pk)
        return False


def _sends(clinic: Clinic, instant: datetime) -> bool:
    window = (clinic.sends_from, clinic.sends_until)
    return ladder.in_window(instant, clinic.zone, *window)


def _withdraw(
    reminders: Sequence[Reminder], withdrawn: Mapping[int, Withdrawal], now: datetime
) -> None:
    by_kind: defaultdict[Withdrawal, list[Reminder]] = defaultdict(list)
    for reminder in reminders:
        if reminder.pk in withdrawn:
            by_kind[withdrawn[reminder.pk]].append(reminder)
    for kind, found in by_kind.items():
        move(found, kind.state, now=now, reason=kind.reason)
        if kind.reason is Reason.NOT_THIS_WAY:
            escalate(found, now=now)


def _is_ready(reminder: Reminder, sending: set[int], now: datetime) -> bool:
    return reminder.clinic_id in sending and now < reminder.expires_at


def _attempt(reminder: Reminder, now: datetime) -> Attempt:
    means = Means(reminder.channel)
    words = recipients.words(
        purpose=Purpose(reminder.purpose),
        means=means,
        clinic=reminder.clinic,
        patient=reminder.patient,
        due_on=reminder.due_on,
    )
    return Attempt(
        reminder=reminder,
        fence=reminder.fence,
        recipient=recipients.address(reminder.patient, means),
        subject=words.subject,
        body=words.body,
        started_at=now,
    )


def may_still_leave(reminder: Reminder) -> bool:
    """Ask once more whether a reminder may leave: its intent may have grown old."""
    rows = Reminder.objects.select_related("patient", "plan", "clinic")
    now_said = rows.get(pk=reminder.pk)
    if now_said.clinic.is_on_hold:
        return False
    return not relevance.withdrawals([now_said])
