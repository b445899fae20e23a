"""
Whether a reminder may still leave: everything is asked again, at claim and at intent.

Nobody cancels a reminder. Who records an injection, a death or a "no" knows nothing of
reminders; they learn of it here, just before they would leave.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from notifications import recipients
from notifications.candidates import numbers
from notifications.ladder import Purpose
from notifications.models import Reminder
from notifications.reasons import Reason
from notifications.recipients import Said
from notifications.states import State
from schedules.models import Dose, Panel
from schedules.phases import Phase

_OpenSlot = tuple[bool, int, int, int, date]


@dataclass(frozen=True)
class Withdrawal:
    """What becomes of a reminder that may not leave, and why."""

    state: State
    reason: Reason


def withdrawals(reminders: Sequence[Reminder]) -> dict[int, Withdrawal]:
    """
    Return which of `reminders` may not leave, by their id.

    Their plan and patient are taken as they were read with them.
    """
    still_open = _open_slots({reminder.plan_id for reminder in reminders})
    said = recipients.said_by({reminder.patient_id for reminder in reminders})
    found = {
        each.pk: _withdrawal(each, still_open, said.get(each.patient_id, {}))
        for each in reminders
    }
    return {pk: withdrawal for pk, withdrawal in found.items() if withdrawal}


def _withdrawal(
    reminder: Reminder, still_open: Collection[_OpenSlot], said: Said
) -> Withdrawal | None:
    if reminder.patient.is_deceased:
        return Withdrawal(State.SUPPRESSED, Reason.DECEASED)
    if reminder.plan.phase == Phase.CLOSED:
        return Withdrawal(State.SUPPRESSED, Reason.CLOSED)
    if reminder.plan.phase == Phase.PAUSED:
        return Withdrawal(State.SUPPRESSED, Reason.PAUSED)
    if _slot_of(reminder) not in still_open:
        return Withdrawal(State.SUPERSEDED, Reason.MOVED)
    if reminder.channel not in recipients.ways(reminder.patient, said):
        return Withdrawal(State.SUPPRESSED, Reason.NOT_THIS_WAY)
    return None


def _open_slots(plan_ids: Collection[int]) -> set[_OpenSlot]:
    slots: tuple[Dose | Panel, ...] = (
        *Dose.objects.filter(plan__in=plan_ids),
        *Panel.objects.filter(plan__in=plan_ids),
    )
    return {
        (isinstance(slot, Panel), slot.plan_id, *numbers(slot), slot.due_on)
        for slot in slots
    }


def _slot_of(reminder: Reminder) -> _OpenSlot:
    return (
        reminder.purpose == Purpose.PANEL_DUE,
        reminder.plan_id,
        reminder.episode,
        reminder.ordinal,
        reminder.due_on,
    )
