"""The decisions about a plan: each one event, checked, written down and replayed."""

from datetime import date, datetime, timedelta

from django.db import transaction

from patients.models import Patient, User
from patients.refusals import Refused
from schedules import phases, reading
from schedules.actions.answering import Answers, take_answers
from schedules.actions.decide import Decision, day_of, decide, locked, write
from schedules.actions.intended import (
    judge_course,
    judge_end,
    judge_interval,
    judge_protocol,
    judge_transfer,
)
from schedules.actions.judging import leaves_requests
from schedules.actions.replay import Moved, replay
from schedules.actions.suggestions import accept_suggestions, speaking
from schedules.intervals import Interval
from schedules.models import Injection, Plan, Protocol
from schedules.parameters import Parameters
from schedules.phases import EventKind, Phase
from schedules.products import alike, title
from schedules.protocol import Protocol as Rules
from schedules.safety import Act

LONGEST_WAIT = timedelta(days=366)
UNANSWERED = Answers()


@transaction.atomic
def open_plan(
    *,
    patient: Patient,
    neurological: str,
    cause: str,
    decision: Decision,
    product: str = "hydroxocobalamin",
    cause_code: str = "",
) -> Plan:
    """Open a plan in work-up; Refused if there is one, or if the person has died."""
    patient = Patient.objects.locked(patient.pk)
    if patient.is_deceased:
        raise Refused("The patient has died; there is nothing to plan.")
    if Plan.objects.open().filter(patient=patient).exists():
        raise Refused("The patient has an open plan already.")
    plan = Plan(
        patient=patient,
        clinic=patient.clinic,
        neurological=neurological,
        cause=cause,
        cause_code=cause_code,
        product=product,
        opened_at=decision.now,
        opened_by=decision.by,
    )
    plan.changed_by(decision.by).save()
    write(plan, EventKind.OPENED, decision)
    _adopt(plan)
    replay(plan=plan, today=day_of(plan, decision))
    plan.refresh_from_db()
    return plan


@leaves_requests
@transaction.atomic
def start_plan(
    *,
    plan: Plan,
    protocol: Protocol,
    neurological: str,
    start_on: date,
    decision: Decision,
    answers: Answers = UNANSWERED,
) -> Moved:
    """
    Start treatment: alternate days, or the course that `protocol` describes (T1).

    Raises Refused if the protocol has no loading, if the day has passed, or if neither
    `answers` nor the record tells consent and allergies; Stopped if a safety rule
    speaks against it, R14 among them, and nobody who may has overruled it.
    """
    plan = locked(plan)
    _refuse_course(protocol)
    _refuse_start(plan, start_on, decision)
    _follow(plan, protocol, decision, neurological=neurological)
    moved = decide(
        plan, EventKind.STARTED, decision, start_on=start_on, protocol=protocol
    )
    judge_course(Act.START_LOADING, plan, protocol, decision)
    take_answers(plan, answers, decision)
    return moved


@leaves_requests
@transaction.atomic
def transfer_in(
    *, plan: Plan, protocol: Protocol, interval: Interval, decision: Decision
) -> Moved:
    """
    Take over a person who is on maintenance elsewhere (T2).

    The last injection, recorded before, is the anchor. Raises Refused if there is none,
    and Stopped if a safety rule speaks against it.
    """
    plan = locked(plan)
    counted = plan.injections.given().exclude(source="unverified")
    if not counted.exists():
        raise Refused("Record the last injection first: dates are counted from it.")
    _follow(plan, protocol, decision)
    judge_transfer(plan, interval, decision)
    return decide(
        plan,
        EventKind.TRANSFERRED_IN,
        decision,
        interval=str(interval),
        protocol=protocol,
    )


@leaves_requests
@transaction.atomic
def to_maintenance(*, plan: Plan, interval: Interval, decision: Decision) -> Moved:
    """
    Go from loading to injections for life, counted from the last one (T4).

    Where nerves are, or may be, affected: Refused without an assessment of the last 7
    days, and without a note unless the symptoms suggest the end of loading (R42).
    """
    plan = locked(plan)
    judge_interval(Act.TO_MAINTENANCE, plan, interval, decision)
    suggested = speaking(plan, decision)
    moved = decide(plan, EventKind.MAINTAINED, decision, interval=str(interval))
    accept_suggestions(plan, decision, suggested)
    return moved


@leaves_requests
@transaction.atomic
def change_interval(*, plan: Plan, interval: Interval, decision: Decision) -> Moved:
    """
    Give injections at another interval from now on, for a symptom's sake (R37).

    Raises Stopped beyond the bounds (S22), or for a laboratory value (S08).
    """
    plan = locked(plan)
    judge_interval(Act.CHANGE_INTERVAL, plan, interval, decision)
    return decide(plan, EventKind.INTERVAL_CHANGED, decision, interval=str(interval))


@leaves_requests
@transaction.atomic
def change_protocol(*, plan: Plan, protocol: Protocol, decision: Decision) -> Moved:
    """
    Follow a newer version of the protocol from now on; what was before keeps its own.

    Raises Refused unless it is a newer version of the protocol that the plan follows,
    and Stopped where it does not fit the neurological symptoms (R14).
    """
    plan = locked(plan)
    if plan.protocol is None or protocol not in plan.protocol.newer():
        raise Refused(
            "This is no newer version of the protocol that the plan follows.",
            field="protocol",
        )
    judge_protocol(plan, protocol, decision)
    _follow(plan, protocol, decision)
    return decide(plan, EventKind.PROTOCOL_CHANGED, decision, protocol=protocol)


@transaction.atomic
def pause(*, plan: Plan, review_on: date, decision: Decision) -> Moved:
    """Pause a plan until somebody reviews it: 7 days in loading, else 90 (T5)."""
    plan = locked(plan)
    judge_end(Act.PAUSE, plan, decision)
    today = day_of(plan, decision)
    most = phases.longest_pause(Phase(plan.phase), _in_force(plan, today))
    days = (review_on - (decision.on or today)).days
    if most and (review_on <= today or days > most):
        raise Refused(
            f"The review is at most {most} days away, and not in the past.",
            field="review_on",
        )
    return decide(
        plan, EventKind.PAUSED, decision, pause_days=days, review_on=review_on
    )


@transaction.atomic
def resume(*, plan: Plan, decision: Decision) -> Moved:
    """Take up a paused plan where it was (T6)."""
    return decide(locked(plan), EventKind.RESUMED, decision)


@leaves_requests
@transaction.atomic
def reload(
    *,
    plan: Plan,
    start_on: date,
    decision: Decision,
    protocol: Protocol | None = None,
) -> Moved:
    """
    Load again after a relapse or a long gap: a new episode (T7).

    Whoever was loaded elsewhere follows a protocol without loading, and needs another.
    Raises Refused as `start_plan` does, and without an assessment of the last 7 days
    unless a note says why.
    """
    plan = locked(plan)
    protocol = protocol or plan.protocol
    if protocol is not None:
        _refuse_course(protocol)
        _follow(plan, protocol, decision)
    _refuse_start(plan, start_on, decision)
    moved = decide(
        plan, EventKind.RELOADED, decision, start_on=start_on, protocol=protocol
    )
    if protocol is not None:
        judge_course(Act.RELOAD, plan, protocol, decision)
    return moved


@leaves_requests
@transaction.atomic
def close_plan(*, plan: Plan, decision: Decision) -> Moved:
    """
    Close a plan, for one of the true reasons; a laboratory value is none.

    Raises Stopped for a laboratory value (S08), whoever asks, and where the cause is
    said to have resolved and never does, unless the clinical lead agrees (T8).
    """
    plan = locked(plan)
    judge_end(Act.CLOSE, plan, decision)
    return decide(plan, EventKind.CLOSED, decision)


@transaction.atomic
def reopen(*, plan: Plan, decision: Decision) -> Moved:
    """Open a closed plan again, in work-up (T9)."""
    plan = locked(plan)
    if plan.patient.is_deceased:
        raise Refused("The patient has died; there is nothing to plan.")
    if Plan.objects.open().filter(patient=plan.patient_id).exists():
        raise Refused("The patient has an open plan already.")
    _adopt(plan)
    return decide(plan, EventKind.REOPENED, decision)


@transaction.atomic
def answer_neurological(
    *, plan: Plan, answer: str, role: str, now: datetime, by: User
) -> Plan:
    """
    Write down whether there are neurological symptoms, and what that says.

    Raises Refused unless a prescriber takes back that there are any: the course, the
    interval and the end of loading rest on it (R11, H03).
    """
    if answer not in (Plan.Neurological.YES, Plan.Neurological.NO):
        raise Refused("Answer yes or no.", field="neurological")
    plan = locked(plan)
    takes_back = (plan.neurological, answer) == (
        Plan.Neurological.YES,
        Plan.Neurological.NO,
    )
    if takes_back and role == phases.NURSE:
        raise Refused(
            "That there are neurological symptoms, only a prescriber takes back.",
            field="neurological",
            code="role",
        )
    plan.neurological = answer
    plan.changed_by(by).save(update_fields=("neurological",))
    replay(plan=plan, today=plan.clinic.day(now))
    return plan


def _in_force(plan: Plan, today: date) -> Parameters:
    return reading.parameters_of(plan, today=today)


def _refuse_course(protocol: Protocol) -> None:
    if Rules.from_dict(protocol.content).loading is None:
        raise Refused("This protocol has no loading to start with.", field="protocol")


def _refuse_product(plan: Plan, protocol: Protocol) -> None:
    rules = Rules.from_dict(protocol.content)
    if rules.product not in alike(plan.product):
        raise Refused(
            f"This protocol is for {title(rules.product)}, not for "
            f"{title(plan.product)}.",
            field="product",
        )


def _refuse_start(plan: Plan, start_on: date, decision: Decision) -> None:
    today = day_of(plan, decision)
    if start_on < today:
        raise Refused("The first injection lies in the past.", field="start_on")
    if start_on > today + LONGEST_WAIT:
        raise Refused(
            "The first injection is more than a year ahead.", field="start_on"
        )


def _follow(
    plan: Plan, protocol: Protocol, decision: Decision, *, neurological: str = ""
) -> None:
    _refuse_product(plan, protocol)
    plan.protocol = protocol
    plan.neurological = neurological or plan.neurological
    plan.changed_by(decision.by).save(update_fields=("protocol", "neurological"))


def _adopt(plan: Plan) -> None:
    """Take injections that no plan asked for into this one, which is the first open."""
    orphans = Injection.objects.standing().filter(patient=plan.patient_id, plan=None)
    orphans.update(plan=plan)
