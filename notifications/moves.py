"""Moving reminders from one state to the next, all of them or none."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from notifications.models import Reminder
from notifications.states import State


class MovedByAnother(Exception):
    """Say that somebody else moved a reminder in between: the transaction must end."""


def move(
    reminders: Sequence[Reminder], to: State, *, now: datetime, **columns: Any
) -> None:
    """
    Move `reminders` from the state in which they were read to another.

    Whoever calls holds their locks; should that ever not be so, the condition fails.
    Raises MovedByAnother if one of them has moved.
    """
    if not reminders:
        return
    as_read = Reminder.objects.filter(
        pk__in=[reminder.pk for reminder in reminders],
        state__in={reminder.state for reminder in reminders},
    )
    moved = as_read.update(state=to, changed_at=now, **columns)
    if moved != len(reminders):
        raise MovedByAnother(f"{len(reminders) - moved} of {len(reminders)}")
    for reminder in reminders:
        reminder.state = to
