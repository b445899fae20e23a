"""Keeping what medicines a patient takes."""

from dataclasses import asdict, replace
from datetime import date, datetime

from django.db import transaction

from patients import medicines
from patients.actions.facts import locked, refuse_day
from patients.medicines import Taken
from patients.models import MedicineUse, Patient, User
from patients.refusals import Refused

STARTED, STOPPED = "The start of the medicine", "The last of the medicine"


@transaction.atomic
def record_medicine(
    *, patient: Patient, taken: Taken, now: datetime, by: User
) -> MedicineUse:
    """
    Record that a patient takes a medicine, or took it. Nothing is suggested (R27-R29).

    Whether it may be started is judged before: `schedules.actions.start_medicine`.
    Raises Refused if it cannot be right, if a day lies before birth or ahead, or if it
    is taken already.
    """
    patient = Patient.objects.locked(patient.pk)
    taken = replace(taken, name=taken.name.strip())
    refuse_implausible(taken)
    refuse_day(patient, taken.started_on, now=now, field="started_on", what=STARTED)
    refuse_day(patient, taken.stopped_on, now=now, field="stopped_on", what=STOPPED)
    _refuse_again(patient, taken, today=patient.clinic.day(now))
    return MedicineUse.objects.create(
        patient=patient,
        clinic=patient.clinic,
        stopped_by=by if taken.stopped_on else None,
        recorded_at=now,
        recorded_by=by,
        **asdict(taken),
    )


@transaction.atomic
def stop_medicine(
    *, use: MedicineUse, on: date, now: datetime, by: User
) -> MedicineUse:
    """
    Record from which day on a medicine is not taken any more.

    Raises Refused if it was stopped before, or if the day lies before its start, before
    birth or ahead.
    """
    use = locked(use)
    if use.stopped_on is not None:
        raise Refused("This medicine was stopped before.", code="stopped")
    refuse_day(use.patient, on, now=now, field="stopped_on", what=STOPPED)
    refuse_implausible(replace(use.known, stopped_on=on))
    use.stopped_on, use.stopped_by = on, by
    use.save(update_fields=("stopped_on", "stopped_by"))
    return use


def refuse_implausible(taken: Taken) -> None:
    """Raise Refused if nobody can take this."""
    try:
        medicines.check(taken)
    except medicines.ImplausibleMedicine as problem:
        raise Refused(str(problem), field=problem.field) from problem


def _refuse_again(patient: Patient, taken: Taken, *, today: date) -> None:
    """Refuse what is on the list: a second press of a button, or a changed dose."""
    if not taken.is_taken(today):
        return
    alike = patient.medicines.standing().filter(
        medicine=taken.medicine,
        name__iexact=taken.name,
        route=taken.route,
        stopped_on=None,
    )
    if alike.exists():
        raise Refused(
            "This medicine is on the list. Stop it there first if the dose changed.",
            field="medicine",
            code="double",
        )
