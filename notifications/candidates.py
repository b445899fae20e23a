"""
What there is to tell: open doses and panels whose occasion has come.

Each rung is one question to the database, and what was told already is left out there:
where nothing is due, nothing is read.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from notifications import ladder
from notifications.ladder import DEFAULT_RUNGS, Anchor, Occasion, Purpose, Rung
from notifications.models import Reminder
from notifications.states import WITHDRAWN, State
from patients.models import Clinic
from schedules.models import Dose, Panel

Slot = Dose | Panel
Key = tuple[int, int, int, str, int, date]

#: Rows that stand for their occasion but reached nobody: the next channel is to follow.
WITHOUT_EFFECT = frozenset({State.FAILED, State.UNDELIVERED})
NO_EPISODE = 0  # panels are numbered through a plan, whatever its episodes


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One thing to tell one patient."""

    slot: Slot
    occasion: Occasion
    send_at: datetime
    expires_at: datetime

    @property
    def key(self) -> Key:
        """Return what the rows of this occasion have in common, on every channel."""
        occasion = self.occasion
        return (
            self.slot.plan_id,
            *numbers(self.slot),
            occasion.purpose.value,
            occasion.rung,
            occasion.due_on,
        )


def numbers(slot: Slot) -> tuple[int, int]:
    """Return episode and ordinal, by which a reminder knows its dose or panel."""
    if isinstance(slot, Panel):
        return NO_EPISODE, slot.number
    return slot.episode, slot.ordinal


def key_of(reminder: Reminder) -> Key:
    """Return the key of the occasion that `reminder` is for."""
    return (
        reminder.plan_id,
        reminder.episode,
        reminder.ordinal,
        reminder.purpose,
        reminder.rung,
        reminder.due_on,
    )


def candidates(
    clinic: Clinic, *, now: datetime, until: datetime, again: Collection[State] = ()
) -> Iterator[Candidate]:
    """
    Yield what is to be told until an instant and is of use now or later.

    An occasion that a row stands for is left out, unless the row reached nobody or its
    state is one of `again`.
    """
    standing = frozenset(State) - WITHDRAWN - WITHOUT_EFFECT - frozenset(again)
    for rung in DEFAULT_RUNGS:
        days = (clinic.day(now), clinic.day(until))
        for slot in _slots(clinic, rung, days, standing):
            for candidate in of_slot(clinic, rung, slot):
                if candidate.send_at <= until and now < candidate.expires_at:
                    yield candidate


def of_slot(clinic: Clinic, rung: Rung, slot: Slot) -> Iterator[Candidate]:
    """Yield what a rung has to tell of a dose or panel, if it has something."""
    dose, panel = (None, slot) if isinstance(slot, Panel) else (slot, None)
    for occasion in ladder.occasions(dose, slot.plan.phase, panel, rungs=(rung,)):
        if not _was_late_before_us(clinic, slot, occasion):
            yield Candidate(
                slot=slot,
                occasion=occasion,
                send_at=ladder.send_at(
                    occasion, clinic.zone, clinic.sends_from, clinic.sends_until
                ),
                expires_at=ladder.expires_at(occasion, clinic.zone),
            )


def _was_late_before_us(clinic: Clinic, slot: Slot, occasion: Occasion) -> bool:
    """
    Return whether a patient came to us with the dose already due.

    Nobody here missed it, so no message blames. Nor is it made a task for those who
    would rather be called: everybody of whom this is true stands in the Overdue group
    of the day's list until the dose is given, and a task would only say so twice. From
    the next dose on they are told like all others.
    """
    came_on = clinic.day(slot.plan.opened_at)
    return occasion.purpose is Purpose.INJECTION_MISSED and slot.due_on < came_on


def _slots(
    clinic: Clinic, rung: Rung, days: tuple[date, date], standing: frozenset[State]
) -> QuerySet[Dose] | QuerySet[Panel]:
    """Return the slots to which `rung` applies within `days`."""
    first, last = days
    begins = last - timedelta(days=rung.days)
    field = "due_on" if rung.anchor is Anchor.DUE else "closes_on"
    near = Q(
        (f"{field}__gte", first - timedelta(days=rung.until)),
        (f"{field}__lte", begins),
        due_on__lte=begins,  # says nothing new, but there is an index for it
        clinic=clinic,
        plan__phase__in=rung.phases,
        patient__is_deceased=False,
    )
    told = Reminder.objects.filter(
        ~Q(state__in=sorted(WITHDRAWN)),
        plan=OuterRef("plan"),
        purpose=rung.purpose,
        rung=rung.number,
        due_on=OuterRef("due_on"),
        state__in=sorted(standing),
    )
    if rung.purpose is Purpose.PANEL_DUE:
        panels = Panel.objects.filter(near).select_related("plan", "patient")
        same = told.filter(episode=NO_EPISODE, ordinal=OuterRef("number"))
        return panels.exclude(Exists(same))
    doses = Dose.objects.filter(near).select_related("plan", "patient")
    same = told.filter(episode=OuterRef("episode"), ordinal=OuterRef("ordinal"))
    return doses.exclude(Exists(same))
