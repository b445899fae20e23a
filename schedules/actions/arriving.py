"""Arriving on maintenance: plan, last injection and transfer in one go."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from patients.models import Patient, User
from patients.refusals import Refused
from schedules import phases, reading
from schedules.actions.decide import Decision, write
from schedules.actions.injections import record_injection
from schedules.actions.replay import replay
from schedules.calendar import Calendar
from schedules.decisions import TransferReason
from schedules.intervals import Interval
from schedules.models import Injection, Plan, Protocol
from schedules.phases import EventKind
from schedules.prescribing import refuse_interval


@dataclass(frozen=True, kw_only=True)
class Elsewhere:
    """What a person has elsewhere: the treatment, and the last injection of it."""

    protocol: Protocol
    interval: Interval
    neurological: str
    cause: str
    product: str
    given_on: date
    dose_mg: Decimal
    batch: str
    cause_code: str = ""


@transaction.atomic
def arrive(
    *,
    patient: Patient,
    treatment: Elsewhere,
    role: str,
    now: datetime,
    by: User,
    calendar: Calendar | None = None,
) -> Plan:
    """
    Take over a patient who is on maintenance elsewhere, the last injection too (T2).

    What `open_plan`, `record_injection` and `transfer_in` do, with one replay: a list
    brings hundreds. Raises Refused as they do.
    """
    _refuse_transfer(patient, treatment, role, now)
    # First, while no plan has to be moved by it; the plan takes it in when it opens.
    injection = _accept_last(patient, treatment, now=now, by=by)
    if injection.plan is not None:
        raise Refused("The patient has an open plan already.")
    plan = _opened(injection.patient, treatment, now=now, by=by)
    decision = Decision(by=by, role=role, now=now)
    write(plan, EventKind.OPENED, decision)
    write(
        plan,
        EventKind.TRANSFERRED_IN,
        replace(decision, reason=TransferReason.ESTABLISHED_ELSEWHERE),
        interval=str(treatment.interval),
        protocol=treatment.protocol,
    )
    replay(plan=plan, today=plan.clinic.day(now), calendar=calendar)
    return plan


def _refuse_transfer(
    patient: Patient, treatment: Elsewhere, role: str, now: datetime
) -> None:
    if not phases.may(role, EventKind.TRANSFERRED_IN):
        raise Refused("This decision needs a prescriber.", code="role")
    clinic = patient.clinic
    refuse_interval(
        treatment.interval,
        in_force=reading.timeline_of(clinic).on(clinic.day(now)),
        cause_code=treatment.cause_code,
        neurological=treatment.neurological != Plan.Neurological.NO,
    )


def _accept_last(
    patient: Patient, treatment: Elsewhere, *, now: datetime, by: User
) -> Injection:
    recorded = record_injection(
        patient=patient,
        given_at=None,
        given_on=treatment.given_on,
        details={
            "source": Injection.Source.ACCEPTED,
            "accepted_at": now,
            "accepted_by": by,
            "product": treatment.product,
            "dose_mg": treatment.dose_mg,
            "batch": treatment.batch,
        },
        now=now,
        by=by,
    )
    return recorded.injection


def _opened(patient: Patient, treatment: Elsewhere, *, now: datetime, by: User) -> Plan:
    if patient.is_deceased:
        raise Refused("The patient has died; there is nothing to plan.")
    plan = Plan(
        patient=patient,
        clinic=patient.clinic,
        protocol=treatment.protocol,
        neurological=treatment.neurological,
        cause=treatment.cause,
        cause_code=treatment.cause_code,
        product=treatment.product,
        opened_at=now,
        opened_by=by,
    )
    plan.changed_by(by).save()
    orphans = Injection.objects.standing().filter(patient=patient, plan=None)
    orphans.update(plan=plan)
    return plan
