"""The pages on which symptoms are assessed, and an assessment is taken back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.known_assessments import assessed_of
from patients.models import Assessment, Patient
from patients.pages import ask, posted
from schedules import words
from schedules.actions import Moved
from schedules.assessing import AssessmentForm, last_scores
from schedules.forms import ReasonForm


@needs(May.TREAT)
def record(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record how the symptoms are."""
    seat, now = request.seat, clock.now()
    patients = Patient.objects.of(seat.clinic).select_related("clinic")
    patient = get_object_or_404(patients, pk=pk)
    today = seat.clinic.day(now)
    form = AssessmentForm(
        posted(request),
        last=last_scores(assessed_of(patient, on=today)),
        initial={"assessed_on": today},
    )

    def act() -> str:
        assessment, moved = schedules.actions.record_assessment(
            patient=patient,
            assessed_on=form.cleaned_data["assessed_on"],
            details=form.details,
            now=now,
            by=seat.user,
        )
        return _told(_recorded(assessment), moved)

    return ask(
        request,
        form,
        template="schedules/assess.html",
        act=act,
        back=reverse("patient", args=[patient.pk]),
        patient=patient,
    )


@needs(May.TREAT)
def void(request: SeatedRequest, pk: int) -> HttpResponse:
    """Take back an assessment that was entered in error."""
    seat, now = request.seat, clock.now()
    assessments = Assessment.objects.of(seat.clinic).select_related("patient")
    assessment = get_object_or_404(assessments, pk=pk)
    form = ReasonForm(posted(request))

    def act() -> str:
        moved = schedules.actions.void_assessment(
            assessment=assessment,
            reason=form.cleaned_data["reason"],
            now=now,
            by=seat.user,
        )
        return _told(_("Taken back."), moved)

    return ask(
        request,
        form,
        template="schedules/void_assessment.html",
        act=act,
        back=reverse("patient", args=[assessment.patient_id]),
        assessment=assessment,
        patient=assessment.patient,
    )


def _recorded(assessment: Assessment) -> str:
    if not assessment.red_flags:
        return _("The symptoms are recorded.")
    return _(
        "The symptoms are recorded. A red flag: a clinician must hear of it today "
        "(rule S21)."
    )


def _told(done: str, moved: Moved | None) -> str:
    """Say what was done, and what it moved; mostly it moves nothing."""
    if moved is None or moved.dose_before == moved.dose_after:
        return done
    return f"{done} {words.next_dose(moved.dose_before, moved.dose_after)}"
