"""What every fact about a patient asks for: a day that can be, and a way back."""

from datetime import date, datetime
from typing import TypeVar, cast

from django.db import transaction

from patients.models import Patient, User
from patients.models.facts import Fact
from patients.refusals import Refused

Kept = TypeVar("Kept", bound=Fact)


def refuse_day(
    patient: Patient, on: date | None, *, now: datetime, field: str, what: str
) -> None:
    """Raise Refused if `on` is said and lies before birth, ahead, or after death."""
    if on is None:
        return
    if not patient.birth_date <= on <= patient.clinic.day(now):
        raise Refused(f"{what} lies between birth and today.", field=field)
    if patient.deceased_on is not None and on > patient.deceased_on:
        raise Refused("The patient had died by that day.", field=field)


def locked(fact: Kept) -> Kept:
    """Return a fact as it stands; nobody else writes about its patient until then."""
    Patient.objects.locked(fact.patient_id)
    rows = type(fact)._default_manager.select_related("patient__clinic")
    found = cast(Kept, rows.get(pk=fact.pk))
    if found.voided_at is not None:
        raise Refused("This was taken back before.", code="voided")
    return found


@transaction.atomic
def void_fact(*, fact: Kept, reason: str, now: datetime, by: User) -> Kept:
    """Take back what was written down in error. Raises Refused without a reason."""
    fact = locked(fact)
    if not reason.strip():
        raise Refused("Say why it is taken back.", field="reason")
    fact.voided_at, fact.voided_by, fact.void_reason = now, by, reason.strip()
    fact.save(update_fields=("voided_at", "voided_by", "void_reason"))
    return fact
