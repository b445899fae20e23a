"""The pages on which laboratory results are recorded and taken back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.models import LabResult, Patient
from patients.pages import ask, posted
from schedules import words
from schedules.actions import Moved
from schedules.forms import ReasonForm, ResultForm


@needs(May.TREAT)
def record(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record a laboratory result."""
    seat, now = request.seat, clock.now()
    patient = get_object_or_404(
        Patient.objects.of(seat.clinic).select_related("clinic"), pk=pk
    )
    form = ResultForm(posted(request), initial={"drawn_on": seat.clinic.day(now)})

    def act() -> str:
        result, moved = schedules.actions.record_result(
            patient=patient, now=now, by=seat.user, **form.result
        )
        return _told(_("%s is recorded.") % result, moved)

    return ask(
        request,
        form,
        template="schedules/result.html",
        act=act,
        back=reverse("patient", args=[patient.pk]),
        patient=patient,
        title=_("Record a laboratory result"),
        submit=_("Record"),
    )


@needs(May.TREAT)
def void(request: SeatedRequest, pk: int) -> HttpResponse:
    """Take back a result that was entered in error."""
    seat, now = request.seat, clock.now()
    results = LabResult.objects.of(seat.clinic).select_related("patient__clinic")
    result = get_object_or_404(results, pk=pk)
    form = ReasonForm(posted(request))

    def act() -> str:
        moved = schedules.actions.void_result(
            result=result, reason=form.cleaned_data["reason"], now=now, by=seat.user
        )
        return _told(_("Taken back."), moved)

    return ask(
        request,
        form,
        template="schedules/result.html",
        act=act,
        back=reverse("patient", args=[result.patient_id]),
        result=result,
        patient=result.patient,
        title=_("Take back a laboratory result"),
        submit=_("Take back"),
    )


def _told(done: str, moved: Moved | None) -> str:
    """Say what was done, and when blood is taken next, if there is a plan."""
    if moved is None:
        return done
    return f"{done} {words.next_panel(moved.panel_before, moved.panel_after)}"
