"""Assessments of symptoms, and what they mean for a plan."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

import patients.actions
from patients.models import Assessment, Patient, User
from schedules.actions.replay import Moved
from schedules.actions.results import follow


@transaction.atomic
def record_assessment(
    *,
    patient: Patient,
    assessed_on: date,
    details: Mapping[str, Any],
    now: datetime,
    by: User,
) -> tuple[Assessment, Moved | None]:
    """
    Record an assessment, and let the plan hear of it; Refused as for patients.

    It moves no phase. A neurological symptom that emerges during a fixed course keeps
    the course from ending by itself (T4).
    """
    assessment = patients.actions.record_assessment(
        patient=patient, assessed_on=assessed_on, details=details, now=now, by=by
    )
    return assessment, follow(patient, now)


@transaction.atomic
def void_assessment(
    *, assessment: Assessment, reason: str, now: datetime, by: User
) -> Moved | None:
    """Take an assessment back, and let the plan forget it."""
    assessment = patients.actions.void_assessment(
        assessment=assessment, reason=reason, now=now, by=by
    )
    return follow(assessment.patient, now)
