"""
What the safety rules are asked before each decision about a plan, and a medicine.

Whoever asks holds the lock of the patient, and is inside the transaction of the act.
"""

from dataclasses import replace
from decimal import Decimal

from patients.medicines import Medicine, Taken
from patients.models import Patient
from schedules import reading, safety_reading
from schedules.actions.decide import Decision, day_of
from schedules.actions.judging import judged
from schedules.causes import is_dietary, is_irreversible
from schedules.intervals import Interval
from schedules.models import Plan, Protocol
from schedules.protocol import Protocol as Rules
from schedules.safety import Act, Facts, Finding


def judge_course(
    act: Act, plan: Plan, protocol: Protocol, decision: Decision
) -> tuple[Finding, ...]:
    """Ask before loading begins, or begins again (S03 to S21, R14)."""
    on = day_of(plan, decision)
    known = safety_reading.known_of(act, plan.patient, on=on)
    facts = safety_reading.of_course(known, plan, protocol=protocol, on=on)
    return judged(facts, patient=plan.patient, plan=plan, decision=decision)


def judge_protocol(
    plan: Plan, protocol: Protocol, decision: Decision
) -> tuple[Finding, ...]:
    """Ask before another version of a protocol is followed (R14)."""
    facts = Facts(
        act=Act.CHANGE_PROTOCOL,
        course_is_for_neurological=Rules.from_dict(protocol.content).neurological,
        is_neurological=plan.is_neurological,
    )
    return judged(facts, patient=plan.patient, plan=plan, decision=decision)


def judge_transfer(
    plan: Plan, interval: Interval, decision: Decision
) -> tuple[Finding, ...]:
    """Ask before somebody is taken over on maintenance."""
    on = day_of(plan, decision)
    known = safety_reading.known_of(Act.TAKE_OVER, plan.patient, on=on)
    facts = _every(safety_reading.of_plan(known, plan), plan, interval, decision)
    return judged(facts, patient=plan.patient, plan=plan, decision=decision)


def judge_interval(
    act: Act, plan: Plan, interval: Interval, decision: Decision
) -> tuple[Finding, ...]:
    """Ask before injections are given at another interval (S08, S22)."""
    facts = _every(Facts(act=act, reason=decision.reason), plan, interval, decision)
    return judged(facts, patient=plan.patient, plan=plan, decision=decision)


def judge_end(act: Act, plan: Plan, decision: Decision) -> tuple[Finding, ...]:
    """Ask before a plan ends, or pauses: for what reason (S08, T8)."""
    facts = Facts(
        act=act,
        reason=decision.reason,
        cause_is_irreversible=is_irreversible(plan.cause_code),
    )
    return judged(facts, patient=plan.patient, plan=plan, decision=decision)


def judge_medicine(
    patient: Patient, taken: Taken, decision: Decision
) -> tuple[Finding, ...]:
    """
    Ask before a medicine is started today: folic acid, B12 by mouth (S01, S06, S24).

    What was started before today is a record, and nothing stops it.
    """
    on = patient.clinic.day(decision.now)
    if taken.started_on != on:
        return ()
    plan = Plan.objects.open().filter(patient=patient).first()
    known = safety_reading.known_of(Act.START_MEDICINE, patient, on=on)
    facts = safety_reading.of_plan(known, plan) if plan else known
    facts = replace(
        facts,
        medicines=frozenset({taken.medicine}),
        folic_acid_mg=_folic_acid(facts, taken),
        conditions=frozenset(),
    )
    acts = (Act.START_MEDICINE, *([Act.SWITCH_TO_ORAL] * taken.replaces_injections))
    return tuple(
        found
        for act in acts
        for found in judged(
            replace(facts, act=act), patient=patient, plan=plan, decision=decision
        )
    )


def _folic_acid(facts: Facts, taken: Taken) -> Decimal | None:
    """Return the folic acid of a day with what is added; None for another medicine."""
    if taken.medicine is not Medicine.FOLIC_ACID or taken.daily_mg is None:
        return None
    return (facts.folic_acid_mg or Decimal(0)) + taken.daily_mg


def _every(facts: Facts, plan: Plan, interval: Interval, decision: Decision) -> Facts:
    """Add how often, and the bounds that hold in the clinic."""
    in_force = reading.parameters_of(plan, today=day_of(plan, decision))
    return replace(
        facts,
        interval=interval,
        shortest_interval_days=in_force.shortest_interval_days,
        longest_interval_days=in_force.longest_interval_days,
        is_neurological=plan.is_neurological,
        cause_is_dietary=is_dietary(plan.cause_code),
        cause_is_irreversible=is_irreversible(plan.cause_code),
    )
