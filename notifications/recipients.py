"""Whom a reminder is for: how that person may be reached, and what is said."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from notifications import ladder, wording
from notifications.ladder import Means, Purpose
from notifications.wording import Facts, Words
from patients.models import Clinic, ContactPreference, Patient

Said = Mapping[str, bool]
"""The last word of a patient on each channel."""


def said_by(patient_ids: Collection[int]) -> Mapping[int, Said]:
    """Return the last words of these patients, in one query."""
    words: defaultdict[int, dict[str, bool]] = defaultdict(dict)
    said = ContactPreference.objects.filter(patient__in=patient_ids).order_by("id")
    for patient_id, channel, is_allowed in said.values_list(
        "patient_id", "channel", "is_allowed"
    ):
        words[patient_id][channel] = is_allowed
    return words


def ways(patient: Patient, said: Said) -> tuple[Means, ...]:
    """
    Return the ways to reach `patient`, the first to be tried first.

    A text needs a clear yes; an e-mail may be sent where an address was given and
    nobody said no.
    """
    return ladder.channels_for(
        preferred=patient.preferred_channel,
        has_phone=bool(patient.phone),
        has_email=bool(patient.email),
        sms_allowed=said.get(Means.SMS, False),
        email_allowed=said.get(Means.EMAIL, True),
    )


def address(patient: Patient, means: Means) -> str:
    """Return where a message goes to; a nurse's task goes nowhere."""
    return {Means.SMS: patient.phone, Means.EMAIL: patient.email}.get(means, "")


def words(
    *, purpose: Purpose, means: Means, clinic: Clinic, patient: Patient, due_on: date
) -> Words:
    """Return what is said to `patient`; of a nurse's task, nothing."""
    if means is Means.NURSE:
        return Words("", "")
    facts = Facts(
        clinic=clinic.name,
        clinic_phone=clinic.phone,
        due_on=due_on,
        first_name=patient.given_name,
    )
    return wording.render(
        purpose=purpose, means=means, language=patient.language, facts=facts
    )
