"""
What is still to be told of a plan as it stands: written down already, or not yet.

    open dose, open panel ──ladder──► occasions ──those to come──► expected

A rehearsal asks before and after, and sees which messages an act would replace.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from notifications import candidates, recipients
from notifications.candidates import Candidate
from notifications.ladder import DEFAULT_RUNGS, Means, Purpose
from notifications.models import Reminder
from notifications.states import WITHDRAWN, State
from schedules.models import Dose, Panel, Plan

#: States in which a message has not left yet.
WAITING = frozenset({State.PLANNED, State.LEASED})


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One thing that is still to be told: of which day, when, by what means."""

    purpose: Purpose
    rung: int
    due_on: date
    leaves_at: datetime
    means: Means


def expected_of(plan: Plan, *, now: datetime) -> tuple[Expected, ...]:
    """
    Return what is still to be told of a plan if nothing happens, the first first.

    A nurse's task that waits to be done is among it; what was sent already is not.
    """
    told = _rows(plan)
    tasks = Reminder.Channel.NURSE
    found = [
        _expected(each, plan, now)
        for each in _to_come(plan, now)
        if (row := told.get(each.key)) is None
        or row.state in WAITING
        or (row.channel == tasks and row.state == State.ACCEPTED)
    ]
    return tuple(sorted(found, key=lambda each: (each.leaves_at, each.purpose)))


def _rows(plan: Plan) -> dict[candidates.Key, Reminder]:
    standing = Reminder.objects.filter(plan=plan).exclude(state__in=sorted(WITHDRAWN))
    return {candidates.key_of(row): row for row in standing.order_by("pk")}


def _to_come(plan: Plan, now: datetime) -> Iterator[Candidate]:
    slots: tuple[Dose | Panel, ...] = (
        *Dose.objects.filter(plan=plan).select_related("plan", "patient"),
        *Panel.objects.filter(plan=plan).select_related("plan", "patient"),
    )
    if plan.patient.is_deceased:
        return
    for slot in slots:
        for rung in DEFAULT_RUNGS:
            if (rung.purpose is Purpose.PANEL_DUE) == isinstance(slot, Panel):
                for each in candidates.of_slot(plan.clinic, rung, slot):
                    if now < each.expires_at:
                        yield each


def _expected(candidate: Candidate, plan: Plan, now: datetime) -> Expected:
    said = recipients.said_by({plan.patient_id}).get(plan.patient_id, {})
    return Expected(
        purpose=candidate.occasion.purpose,
        rung=candidate.occasion.rung,
        due_on=candidate.occasion.due_on,
        leaves_at=max(now, candidate.send_at),
        means=recipients.ways(plan.patient, said)[0],
    )
