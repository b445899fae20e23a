"""Registering and correcting a person together with what they said of messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from patients.actions.patient import (
    correct_patient,
    register_patient,
    state_preference,
)
from patients.models import Clinic, ContactPreference, Patient, User
from patients.refusals import Refused


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """By which channels a person said yes or no to be written to, and how we know."""

    said: Mapping[ContactPreference.Channel, bool]
    evidence: str


@transaction.atomic
def admit(
    *,
    clinic: Clinic,
    details: Mapping[str, Any],
    wishes: Wishes,
    now: datetime,
    by: User,
    is_known_new: bool = False,
) -> Patient:
    """
    Register a person who said how they wish to be reached.

    Raises Refused, besides what `register_patient` refuses, if somebody of the same
    name and date of birth is there who cannot be told apart by an NHS number: it may be
    the same person, or the same press of a button. `is_known_new` says that the caller
    has held the person against everybody of the clinic, as a list's import does.
    """
    if not is_known_new:
        _refuse_double(clinic, details)
    patient = register_patient(clinic=clinic, details=details, now=now, by=by)
    _write_down(patient, wishes, now=now, by=by)
    return patient


@transaction.atomic
def amend(
    *,
    patient: Patient,
    changes: Mapping[str, Any],
    wishes: Wishes,
    now: datetime,
    by: User,
) -> Patient:
    """Correct what is known of a person, and how they wish to be reached."""
    today = patient.clinic.day(now)
    patient = correct_patient(patient=patient, changes=changes, today=today, by=by)
    _write_down(patient, wishes, now=now, by=by)
    return patient


def _write_down(patient: Patient, wishes: Wishes, *, now: datetime, by: User) -> None:
    known = ContactPreference.objects.latest_words(patient)
    for channel, is_allowed in wishes.said.items():
        if known.get(channel) == is_allowed:
            continue
        if not wishes.evidence:
            raise Refused("Say how we know what the patient wishes.", field="evidence")
        state_preference(
            patient=patient,
            channel=channel,
            is_allowed=is_allowed,
            evidence=wishes.evidence,
            now=now,
            by=by,
        )


def _refuse_double(clinic: Clinic, details: Mapping[str, Any]) -> None:
    # The clinic's row is the lock: two presses of one button follow each other.
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
    alike = Patient.objects.of(clinic).filter(
        family_name__iexact=details["family_name"],
        given_name__iexact=details.get("given_name", ""),
        birth_date=details["birth_date"],
    )
    if details.get("nhs_number"):
        alike = alike.filter(nhs_number=None)
    if alike.exists():
        raise Refused(
            "Somebody of this name and date of birth is registered here. If it is "
            "another person, both need an NHS number.",
            field="family_name",
            code="double",
        )
