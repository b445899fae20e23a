"""Taking a decision: checked against the plan as it stands, written down, replayed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from patients.models import Patient, User
from patients.refusals import Refused
from schedules import phases, reading
from schedules.actions.grounds import refuse_unfounded
from schedules.actions.replay import Moved, replay
from schedules.forecast import ImpossibleHistory, NothingToLoad
from schedules.models import Plan, PlanEvent
from schedules.phases import EventKind
from schedules.safety import Answer


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What somebody decided: when, as what, and why."""

    by: User
    role: str
    now: datetime
    reason: str = ""
    note: str = ""
    on: date | None = None  # today, if not said
    answers: tuple[Answer, ...] = ()  # to the safety rules that speak against it


def locked(plan: Plan) -> Plan:
    """Return `plan` as it stands, and let nobody else write about its patient."""
    Patient.objects.locked(plan.patient_id)
    rows = Plan.objects.select_related("clinic", "patient", "protocol")
    return rows.get(pk=plan.pk)


def day_of(plan: Plan, decision: Decision) -> date:
    """Return the clinic's day on which the decision is taken."""
    return plan.clinic.day(decision.now)


def decide(
    plan: Plan,
    kind: EventKind,
    decision: Decision,
    *,
    pause_days: int | None = None,
    **columns: Any,
) -> Moved:
    """
    Write a decision down, its `columns` of PlanEvent too, and replay the plan.

    Raises Refused unless this may be decided in this phase, by this role, for this
    reason, with symptoms known as the rules want it (T4, T7), and fits what was decided
    before and after.
    """
    today = day_of(plan, decision)
    in_force = reading.parameters_of(plan, today=today)
    if not phases.may(decision.role, kind, pause_days=pause_days, parameters=in_force):
        raise Refused("This decision needs a prescriber.", code="role")
    _refuse_day(plan, decision, today)
    source = reading.forecast_of(plan, today=today)
    if phases.destination(kind, source.phase, source.resume_phase) is None:
        raise Refused(f"This cannot be decided in {source.phase}.", code="phase")
    if decision.reason not in phases.reasons(kind, source.phase, source.resume_phase):
        raise Refused("Choose one of the reasons.", field="reason")
    on = decision.on or today
    refuse_unfounded(plan, kind, source, note=decision.note, on=on)
    event = write(plan, kind, decision, **columns)
    try:
        return replay(plan=plan, today=today)
    except ImpossibleHistory as problem:
        raise Refused(
            f"On {event.on:%-d %B %Y} this does not fit what was decided later.",
            field="on",
        ) from problem
    except NothingToLoad as problem:
        raise Refused(
            "This protocol has no loading to start with.", field="protocol"
        ) from problem


def _refuse_day(plan: Plan, decision: Decision, today: date) -> None:
    """Refuse a day ahead, before the plan, or in the past from who may not say so."""
    if decision.on is None or decision.on == today:
        return
    if decision.on > today:
        raise Refused("A decision cannot lie in the future.", field="on")
    if decision.role == phases.NURSE:
        raise Refused("Only a prescriber can date a decision back.", code="role")
    if decision.on < plan.events.earliest("pk").on:
        raise Refused("The plan was not yet open on that day.", field="on")


def write(plan: Plan, kind: EventKind, decision: Decision, **columns: Any) -> PlanEvent:
    """Write a decision down."""
    return PlanEvent.objects.create(
        plan=plan,
        kind=kind,
        on=decision.on or day_of(plan, decision),
        reason=decision.reason,
        note=decision.note,
        decided_at=decision.now,
        decided_by=decision.by,
        **columns,
    )
