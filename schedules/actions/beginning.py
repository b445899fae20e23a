"""Opening a plan and deciding how it begins, in one step."""

from datetime import date

from django.db import transaction

from patients.models import Patient
from schedules.actions.answering import Answers
from schedules.actions.decide import Decision
from schedules.actions.judging import leaves_requests
from schedules.actions.plans import UNANSWERED, open_plan, start_plan, transfer_in
from schedules.actions.replay import Moved
from schedules.intervals import Interval
from schedules.models import Plan, Protocol
from schedules.phases import Phase


@leaves_requests
@transaction.atomic
def begin(
    *,
    patient: Patient,
    protocol: Protocol,
    neurological: str,
    cause: str,
    product: str,
    start_on: date,
    decision: Decision,
    cause_code: str = "",
    answers: Answers = UNANSWERED,
) -> Moved:
    """
    Start treatment of a patient, whose plan is opened if none is in work-up (T1).

    Raises Refused as `open_plan` and `start_plan` do.
    """
    plan = _in_workup(
        patient,
        neurological=neurological,
        cause=cause,
        cause_code=cause_code,
        product=product,
        decision=decision,
    )
    return start_plan(
        plan=plan,
        protocol=protocol,
        neurological=neurological,
        start_on=start_on,
        decision=decision,
        answers=answers,
    )


@leaves_requests
@transaction.atomic
def take_over(
    *,
    patient: Patient,
    protocol: Protocol,
    neurological: str,
    cause: str,
    product: str,
    interval: Interval,
    decision: Decision,
    cause_code: str = "",
) -> Moved:
    """
    Take over a patient who is on maintenance elsewhere (T2).

    The last injection was recorded before; dates are counted from it. Raises Refused as
    `open_plan` and `transfer_in` do.
    """
    plan = _in_workup(
        patient,
        neurological=neurological,
        cause=cause,
        cause_code=cause_code,
        product=product,
        decision=decision,
    )
    return transfer_in(
        plan=plan, protocol=protocol, interval=interval, decision=decision
    )


def _in_workup(
    patient: Patient,
    *,
    neurological: str,
    cause: str,
    product: str,
    decision: Decision,
    cause_code: str,
) -> Plan:
    """Return the plan in work-up, told about the treatment."""
    waiting = Plan.objects.filter(patient=patient, phase=Phase.WORKUP)
    plan = waiting.select_for_update().first()
    if plan is None:
        plan = open_plan(
            patient=patient,
            neurological=neurological,
            cause=cause,
            cause_code=cause_code,
            product=product,
            decision=decision,
        )
    plan.neurological, plan.product = neurological, product
    plan.cause, plan.cause_code = cause, cause_code
    plan.changed_by(decision.by).save(
        update_fields=("neurological", "cause", "cause_code", "product")
    )
    return plan
