"""Taking a decision about a plan back: voided, never deleted, and replayed."""

from datetime import date, datetime

from django.db import transaction

from patients.models import User
from patients.refusals import Refused
from schedules import phases
from schedules.actions.decide import locked
from schedules.actions.replay import Moved, replay
from schedules.forecast import ImpossibleHistory, NothingToLoad
from schedules.models import Plan, PlanEvent
from schedules.phases import EventKind


@transaction.atomic
def take_back(
    *, event: PlanEvent, reason: str, role: str, now: datetime, by: User
) -> Moved:
    """
    Take back a decision that was entered in error; the plan is replayed without it.

    Raises Refused if it needs a prescriber, was taken back before, began the plan, has
    no reason, or if what was decided later would no longer fit.
    """
    plan = locked(event.plan)
    event = PlanEvent.objects.get(pk=event.pk)
    if not phases.may(role, EventKind(event.kind)):
        raise Refused("Taking this decision back needs a prescriber.", code="role")
    _refuse_gone(event)
    if not reason.strip():
        raise Refused("Say why the decision is taken back.", field="reason")
    if event.kind == EventKind.CLOSED:
        _refuse_second_plan(plan)
    event.voided_at, event.voided_by = now, by
    event.void_reason = reason.strip()
    event.save(update_fields=("voided_at", "voided_by", "void_reason"))
    _follow_what_stands(plan, by)
    return _replayed(plan, plan.clinic.day(now))


def _refuse_gone(event: PlanEvent) -> None:
    if event.voided_at is not None:
        raise Refused("This decision was taken back before.")
    if event.kind == EventKind.OPENED:
        raise Refused(
            "The opening of a plan cannot be taken back; close the plan as entered in "
            "error."
        )


def _refuse_second_plan(plan: Plan) -> None:
    """Refuse to open a plan again whose patient has died, or has another one."""
    if plan.patient.is_deceased:
        raise Refused("The patient has died: take back the death first.")
    others = Plan.objects.open().filter(patient=plan.patient_id).exclude(pk=plan.pk)
    if others.exists():
        raise Refused("The patient has another open plan by now.")


def _follow_what_stands(plan: Plan, by: User) -> None:
    """Let the plan name the protocol of the last decision that still stands."""
    naming = plan.events.filter(voided_at=None, protocol__isnull=False)
    last = naming.select_related("protocol").last()
    if last is not None and last.protocol_id != plan.protocol_id:
        plan.protocol = last.protocol
        plan.changed_by(by).save(update_fields=("protocol",))


def _replayed(plan: Plan, today: date) -> Moved:
    try:
        return replay(plan=plan, today=today)
    except ImpossibleHistory as problem:
        later = problem.event
        raise Refused(
            f"What was decided on {later.on:%-d %B %Y} would no longer fit. Take that "
            "back first."
        ) from problem
    except NothingToLoad as problem:
        raise Refused("The protocol that is left has no loading.") from problem
