"""The page on which a death is recorded."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.models import Patient
from patients.pages import ask, posted
from schedules.forms import DeathForm


@needs(May.PRESCRIBE)
def record_death(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record that a patient has died."""
    seat, now = request.seat, clock.now()
    patients = Patient.objects.of(seat.clinic).select_related("clinic")
    patient = get_object_or_404(patients, pk=pk)
    form = DeathForm(posted(request))

    def act() -> str:
        schedules.actions.record_death(
            patient=patient,
            on=form.cleaned_data["on"],
            role=seat.role,
            now=now,
            by=seat.user,
        )
        return _("The death is recorded.")

    return ask(
        request,
        form,
        template="schedules/decide.html",
        act=act,
        back=reverse("patient", args=[patient.pk]),
        patient=patient,
    )
