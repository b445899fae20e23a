"""
What is learnt of a patient besides injections and results, and the plan that hears it.

Each is the action of `patients.actions` with a replay behind it: what is known decides
what speaks about a plan, and when blood is taken.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from django.db import transaction

import patients.actions
from patients.medicines import Taken
from patients.models import MedicineUse, Patient
from patients.models.facts import Fact
from schedules.actions.decide import Decision
from schedules.actions.intended import judge_medicine
from schedules.actions.judging import leaves_requests
from schedules.actions.results import follow

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def _followed(act: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Let the open plan of the patient hear of what `act` writes down."""

    @wraps(act)
    @transaction.atomic
    def acting(*args: Parameters.args, **details: Parameters.kwargs) -> Result:
        known = act(*args, **details)
        follow(_whose(details), cast(datetime, details["now"]))
        return known

    return acting


def _whose(details: dict[str, object]) -> Patient:
    """Return the patient that an action is about, named or behind a fact."""
    about = next(each for each in details.values() if isinstance(each, Patient | Fact))
    return about if isinstance(about, Patient) else about.patient


@leaves_requests
@transaction.atomic
def start_medicine(
    *, patient: Patient, taken: Taken, decision: Decision
) -> MedicineUse:
    """
    Record a medicine that starts today, was started before, or was stopped.

    Raises Refused as `patients.actions.record_medicine` does, and Stopped if a safety
    rule speaks against starting it today (S01, S06).
    """
    patient = Patient.objects.locked(patient.pk)
    patients.actions.refuse_implausible(taken)  # before anybody is asked about it
    judge_medicine(patient, taken, decision)
    use = patients.actions.record_medicine(
        patient=patient, taken=taken, now=decision.now, by=decision.by
    )
    follow(patient, decision.now)
    return use


stop_medicine = _followed(patients.actions.stop_medicine)
record_allergy = _followed(patients.actions.record_allergy)
record_no_allergies = _followed(patients.actions.record_no_allergies)
record_condition = _followed(patients.actions.record_condition)
end_condition = _followed(patients.actions.end_condition)
answer_exclusions = _followed(patients.actions.answer_exclusions)
record_samples = _followed(patients.actions.record_samples)
state_consent = _followed(patients.actions.state_consent)
void_fact = _followed(patients.actions.void_fact)
