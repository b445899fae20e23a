"""
The next channel of the ladder, where one did not reach the patient.

    SMS ──► e-mail ──► a nurse's task, which is always the last
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from notifications import recipients
from notifications.candidates import Key, key_of
from notifications.ladder import Means
from notifications.models import Reminder
from notifications.states import WITHDRAWN, State

#: A task made of a message that came too late is not itself too late.
TASK_LASTS = timedelta(days=14)
#: A channel with such a row is not taken a second time for its occasion.
STANDING = frozenset(State) - WITHDRAWN


def escalate(
    reminders: Sequence[Reminder], *, now: datetime, straight_to_nurse: bool = False
) -> int:
    """Write the row of the next channel for each of `reminders`; return how many."""
    said = recipients.said_by({each.patient_id for each in reminders})
    tried = tried_for({each.plan_id for each in reminders}, STANDING)
    rows = []
    for each in reminders:
        ways = recipients.ways(each.patient, said.get(each.patient_id, {}))
        if straight_to_nurse or now >= each.expires_at:
            ways = (Means.NURSE,)
        if means := next_means(ways, tried[key_of(each)]):
            rows.append(_row(each, means, now))
    Reminder.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def next_means(ways: Sequence[Means], tried: Collection[str]) -> Means | None:
    """Return the first of `ways` that was not tried, or nothing after the nurse."""
    return next((means for means in ways if means not in tried), None)


def first_state(means: Means) -> State:
    """Return the state of a new row: a task is on the list at once, nothing travels."""
    return State.ACCEPTED if means is Means.NURSE else State.PLANNED


def tried_for(
    plan_ids: Collection[int], states: Collection[State]
) -> defaultdict[Key, set[str]]:
    """Return on which channels each occasion has a row in one of `states`."""
    tried: defaultdict[Key, set[str]] = defaultdict(set)
    for row in Reminder.objects.filter(plan__in=plan_ids, state__in=states):
        tried[key_of(row)].add(row.channel)
    return tried


def _row(reminder: Reminder, means: Means, now: datetime) -> Reminder:
    ends = max(reminder.expires_at, now + TASK_LASTS)
    return Reminder(
        clinic_id=reminder.clinic_id,
        patient_id=reminder.patient_id,
        plan_id=reminder.plan_id,
        episode=reminder.episode,
        ordinal=reminder.ordinal,
        purpose=reminder.purpose,
        rung=reminder.rung,
        channel=means,
        due_on=reminder.due_on,
        send_at=now,
        expires_at=ends if means is Means.NURSE else reminder.expires_at,
        state=first_state(means),
        planned_at=now,
        changed_at=now,
    )
