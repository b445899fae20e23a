"""Registering patients and keeping what is known of them true."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from patients.models import Clinic, ContactPreference, Patient, User
from patients.refusals import Refused


@transaction.atomic
def register_patient(
    *, clinic: Clinic, details: Mapping[str, Any], now: datetime, by: User
) -> Patient:
    """
    Register a person with a clinic.

    `details` are columns of Patient. Raises Refused if the NHS number is another's, the
    date of birth lies ahead, or there is no surname.
    """
    patient = Patient(clinic=clinic, registered_at=now, registered_by=by)
    return _write(patient, details, today=clinic.day(now), by=by)


@transaction.atomic
def correct_patient(
    *, patient: Patient, changes: Mapping[str, Any], today: date, by: User
) -> Patient:
    """Correct what is known of a person; what was known stays in the history."""
    patient = Patient.objects.locked(patient.pk)
    return _write(patient, changes, today=today, by=by)


@transaction.atomic
def mark_deceased(
    *, patient: Patient, on: date | None, today: date, by: User
) -> Patient:
    """
    Write down that a person has died, with the day if it is known.

    Their plan is closed by `schedules.actions.record_death`, which calls this.
    """
    patient = Patient.objects.locked(patient.pk)
    if on is not None and not patient.birth_date <= on <= today:
        raise Refused("The date of death lies between birth and today.", field="on")
    if patient.is_deceased:
        raise Refused("The death is recorded already; take it back to correct it.")
    patient.is_deceased, patient.deceased_on = True, on
    patient.changed_by(by).save()
    return patient


@transaction.atomic
def mark_alive(*, patient: Patient, reason: str, by: User) -> Patient:
    """Take back a death that was recorded for the wrong person, and say why."""
    patient = Patient.objects.locked(patient.pk)
    if not patient.is_deceased:
        raise Refused("No death is recorded for this patient.")
    if not reason.strip():
        raise Refused("Say why it is taken back.", field="reason")
    patient.is_deceased, patient.deceased_on = False, None
    patient.changed_by(by, because=reason.strip()).save()
    return patient


@transaction.atomic
def state_preference(
    *,
    patient: Patient,
    channel: ContactPreference.Channel,
    is_allowed: bool,
    evidence: str,
    now: datetime,
    by: User,
) -> ContactPreference | None:
    """
    Write down what a patient said of a channel; nothing, if that is known already.

    The last word holds. Earlier ones stay as evidence.
    """
    said = ContactPreference.objects.latest_words(patient)
    if said.get(channel) == is_allowed:
        return None
    return ContactPreference.objects.create(
        patient=patient,
        clinic=patient.clinic,
        channel=channel,
        is_allowed=is_allowed,
        evidence=evidence,
        stated_at=now,
        stated_by=by,
    )


def _write(
    patient: Patient, changes: Mapping[str, Any], *, today: date, by: User
) -> Patient:
    for field, value in changes.items():
        setattr(patient, field, value)
    patient.nhs_number = patient.nhs_number or None
    if not patient.family_name:
        raise Refused("Enter a surname.", field="family_name")
    if patient.birth_date > today:
        raise Refused("The date of birth lies in the future.", field="birth_date")
    try:
        with transaction.atomic():
            patient.changed_by(by).save()
    except IntegrityError as problem:
        raise Refused(
            "Another patient of this clinic has this NHS number.", field="nhs_number"
        ) from problem
    return patient
