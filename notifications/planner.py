"""
The planner: an outbox row for everything that is to be told soon.

    open dose or panel ──occasion is near──► row, once ──► dispatcher
                                             or a nurse's task, at once

Facts know nothing of reminders; the planner follows them. It may run twice, late, or
not for days: it looks at what is, and writes what is missing.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from notifications import candidates, recipients
from notifications.candidates import WITHOUT_EFFECT, Candidate
from notifications.escalation import first_state, next_means, tried_for
from notifications.ladder import Means, Purpose
from notifications.models import Reminder
from notifications.moves import move
from notifications.reasons import Reason
from notifications.states import State
from notifications.wording import Words
from patients.models import Clinic, Patient
from schedules.models import Dose, Panel

HORIZON = timedelta(minutes=10)
PREVIEW = timedelta(days=14)
#: States in which a row has not left: a preview tells of them too.
WAITING = frozenset({State.PLANNED, State.LEASED})

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Outgoing:
    """What would be told to a patient if nothing happens until then."""

    patient: Patient
    purpose: Purpose
    channel: Means
    to: str
    leaves_at: datetime
    words: Words


def plan(now: datetime) -> int:
    """
    Write down what is to be told soon, and return how many rows that made.

    A clinic that cannot be planned for is logged, and keeps no other waiting.
    """
    free = Clinic.objects.filter(held_at=None)
    return sum(_plan_apart(clinic, now) for clinic in free)


def preview(*, clinic: Clinic, now: datetime) -> list[Outgoing]:
    """Return what would leave in the next 14 days, the first first; write nothing."""
    found = candidates.candidates(clinic, now=now, until=now + PREVIEW, again=WAITING)
    outgoing = [
        Outgoing(
            patient=each.slot.patient,
            purpose=each.occasion.purpose,
            channel=means,
            to=recipients.address(each.slot.patient, means),
            leaves_at=max(now, each.send_at),
            words=recipients.words(
                purpose=each.occasion.purpose,
                means=means,
                clinic=clinic,
                patient=each.slot.patient,
                due_on=each.occasion.due_on,
            ),
        )
        for each, means in _with_means(list(found))
    ]
    return sorted(outgoing, key=lambda each: (each.leaves_at, each.patient.pk))


@transaction.atomic
def withdraw_tasks(now: datetime) -> int:
    """
    Take tasks off the list that a fact or a newer task has answered; return how many.

    A person is called once about a dose, however many messages failed.
    """
    waiting = Reminder.objects.tasks()
    moved = _take_off(waiting.exclude(_is_open()), Reason.MOVED, now)
    newer = Exists(
        waiting.filter(
            plan=OuterRef("plan"),
            episode=OuterRef("episode"),
            ordinal=OuterRef("ordinal"),
            pk__gt=OuterRef("pk"),
        )
    )
    return moved + _take_off(waiting.filter(newer), Reason.NEWER_TASK, now)


def _is_open() -> Q:
    """Return the condition that a reminder's dose or panel is still the open one."""
    same = {"plan": OuterRef("plan"), "due_on": OuterRef("due_on")}
    dose = Dose.objects.filter(
        **same, episode=OuterRef("episode"), ordinal=OuterRef("ordinal")
    )
    panel = Panel.objects.filter(**same, number=OuterRef("ordinal"))
    is_panel = Q(purpose=Purpose.PANEL_DUE)
    return Q(is_panel & Exists(panel)) | Q(~is_panel & Exists(dose))


def _take_off(tasks: QuerySet[Reminder], reason: Reason, now: datetime) -> int:
    found = list(tasks.select_for_update(skip_locked=True, of=("self",)))
    move(found, State.SUPERSEDED, now=now, reason=reason)
    return len(found)


def _plan_apart(clinic: Clinic, now: datetime) -> int:
    try:
        return _plan(clinic, now)
    except Exception:  # whatever it is, the other clinics go on
        log.exception("no reminders are planned for clinic %d", clinic.pk)
        return 0


def _plan(clinic: Clinic, now: datetime) -> int:
    # Most rounds find nothing, and then no lock is taken.
    until = now + HORIZON
    if not any(candidates.candidates(clinic, now=now, until=until)):
        return 0
    with transaction.atomic():
        # Two planners that read different preferences would choose different channels.
        locked = Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
        if locked.is_on_hold:
            return 0
        found = list(candidates.candidates(locked, now=now, until=until))
        rows = [_row(each, means, now) for each, means in _with_means(found)]
        Reminder.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
        return len(rows)


def _with_means(found: Sequence[Candidate]) -> list[tuple[Candidate, Means]]:
    """Return each candidate with the first way that has not failed for it."""
    said = recipients.said_by({each.slot.patient_id for each in found})
    tried = tried_for({each.slot.plan_id for each in found}, WITHOUT_EFFECT)
    pairs = []
    for each in found:
        patient = each.slot.patient
        ways = recipients.ways(patient, said.get(patient.pk, {}))
        if means := next_means(ways, tried[each.key]):
            pairs.append((each, means))
    return pairs


def _row(candidate: Candidate, means: Means, now: datetime) -> Reminder:
    episode, ordinal = candidates.numbers(candidate.slot)
    return Reminder(
        clinic_id=candidate.slot.clinic_id,
        patient_id=candidate.slot.patient_id,
        plan_id=candidate.slot.plan_id,
        episode=episode,
        ordinal=ordinal,
        purpose=candidate.occasion.purpose,
        rung=candidate.occasion.rung,
        channel=means,
        due_on=candidate.occasion.due_on,
        send_at=candidate.send_at,
        expires_at=candidate.expires_at,
        state=first_state(means),
        planned_at=now,
        changed_at=now,
    )
