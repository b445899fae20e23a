"""What can be done about reminders: hold them, let them go, deal with a task."""

from datetime import datetime

from django.db import transaction

from notifications.models import Reminder
from notifications.states import State
from patients.models import Clinic, User
from patients.refusals import Refused


class TaskAlreadyHandled(Refused):
    """Somebody or something else has dealt with the task."""


@transaction.atomic
def hold(*, clinic: Clinic, now: datetime, by: User) -> Clinic:
    """Let nothing leave a clinic until somebody releases it."""
    clinic = Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
    if clinic.is_on_hold:
        raise Refused("This clinic is on hold already.", code="on_hold")
    clinic.held_at, clinic.held_by = now, by
    return _save(clinic, by)


@transaction.atomic
def release(*, clinic: Clinic, now: datetime, by: User) -> Clinic:
    """
    Let a clinic's messages leave, those that are still of use.

    `planner.preview` says which: whoever releases has looked at it.
    """
    clinic = Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
    if not clinic.is_on_hold:
        raise Refused("This clinic is not on hold.", code="not_on_hold")
    clinic.held_at = clinic.held_by = None
    clinic.released_at, clinic.released_by = now, by
    return _save(clinic, by)


@transaction.atomic
def handle_task(*, reminder: Reminder, note: str, now: datetime, by: User) -> Reminder:
    """Say what was done about a nurse's task, which takes it off the list."""
    reminder = Reminder.objects.select_for_update().get(pk=reminder.pk)
    if reminder.channel != Reminder.Channel.NURSE or reminder.state != State.ACCEPTED:
        raise TaskAlreadyHandled("This is no longer on the list of tasks.")
    if not note.strip():
        raise Refused("Say what was done.", field="note")
    reminder.state = State.DELIVERED
    reminder.handled_at, reminder.handled_by = now, by
    reminder.handled_note = note.strip()
    reminder.changed_at = now
    handled = ("handled_at", "handled_by", "handled_note")
    reminder.save(update_fields=("state", "changed_at", *handled))
    return reminder


def _save(clinic: Clinic, by: User) -> Clinic:
    fields = ("held_at", "held_by", "released_at", "released_by")
    clinic.changed_by(by).save(update_fields=fields)
    return clinic
