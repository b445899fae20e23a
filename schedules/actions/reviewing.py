"""Reviewing a version of a protocol: submitted, approved, sent back (R45)."""

from datetime import datetime

from django.db import transaction

from patients.models import Clinic, User
from patients.refusals import Refused
from schedules import reviewing
from schedules.models import Protocol, ProtocolReview
from schedules.reviewing import Step


@transaction.atomic
def review_protocol(
    *,
    protocol: Protocol,
    clinic: Clinic,
    step: Step,
    note: str,
    role: str,
    now: datetime,
    by: User,
) -> ProtocolReview:
    """
    Take a step in a clinic's review of a protocol's version.

    Raises Refused unless the step follows, the role may take it, and a version that is
    sent back says why.
    """
    Clinic.objects.select_for_update(no_key=True).get(pk=clinic.pk)
    if not reviewing.may(role, step):
        raise Refused("This step needs a clinical lead.", code="role")
    taken = [each.step for each in protocol.reviews_in(clinic)]
    if step not in reviewing.FOLLOWS[reviewing.standing(taken)]:
        raise Refused("This step does not follow: somebody was faster.", field="step")
    if step is Step.SENT_BACK and not note.strip():
        raise Refused("Say why the protocol is sent back.", field="note")
    return ProtocolReview.objects.create(
        protocol=protocol,
        clinic=clinic,
        step=step,
        note=note.strip(),
        taken_at=now,
        taken_by=by,
    )
