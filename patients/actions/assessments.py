"""Keeping assessments of symptoms."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from patients import symptoms
from patients.models import Assessment, Patient, User
from patients.refusals import Refused


@transaction.atomic
def record_assessment(
    *,
    patient: Patient,
    assessed_on: date,
    details: Mapping[str, Any],
    now: datetime,
    by: User,
) -> Assessment:
    """
    Record how symptoms were on a day; `details` are the other columns of Assessment.

    Raises Refused if an answer cannot be right, or if the day lies ahead, before birth
    or after death. A plan hears of it through `schedules.actions.record_assessment`.
    """
    patient = Patient.objects.locked(patient.pk)
    assessment = Assessment(
        patient=patient,
        clinic=patient.clinic,
        assessed_on=assessed_on,
        recorded_at=now,
        recorded_by=by,
        **details,
    )
    _refuse_implausible(assessment)
    _refuse_day(assessment, today=patient.clinic.day(now))
    assessment.save()
    return assessment


@transaction.atomic
def void_assessment(
    *, assessment: Assessment, reason: str, now: datetime, by: User
) -> Assessment:
    """Take back an assessment that was entered in error, with a reason."""
    Patient.objects.locked(assessment.patient_id)
    assessment = Assessment.objects.select_related("patient__clinic").get(
        pk=assessment.pk
    )
    if assessment.voided_at is not None:
        raise Refused("This assessment was taken back before.")
    if not reason.strip():
        raise Refused("Say why the assessment is taken back.", field="reason")
    assessment.voided_at, assessment.voided_by = now, by
    assessment.void_reason = reason.strip()
    assessment.save(update_fields=("voided_at", "voided_by", "void_reason"))
    return assessment


def _refuse_implausible(assessment: Assessment) -> None:
    try:
        symptoms.check(
            scores=assessment.scores,
            pgic=assessment.pgic,
            red_flags=assessment.red_flags,
        )
    except symptoms.ImplausibleAssessment as problem:
        raise Refused(str(problem), field=problem.field) from problem


def _refuse_day(assessment: Assessment, *, today: date) -> None:
    on, patient = assessment.assessed_on, assessment.patient
    if not patient.birth_date <= on <= today:
        raise Refused(
            "The symptoms were assessed between birth and today.", field="assessed_on"
        )
    if patient.deceased_on is not None and on > patient.deceased_on:
        raise Refused("The patient had died by that day.", field="assessed_on")
