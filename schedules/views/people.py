"""The page on which a death is recorded, or taken back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

import patients.actions
import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.models import Patient
from patients.pages import ask, posted
from schedules.forms import AliveForm, DeathForm


@needs(May.PRESCRIBE)
def record_death(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record that a patient has died; or, if that is recorded, take it back."""
    seat, now = request.seat, clock.now()
    rows = Patient.objects.of(seat.clinic).select_related("clinic")
    patient = get_object_or_404(rows, pk=pk)
    alive, dead = AliveForm(posted(request)), DeathForm(posted(request))

    def take_back() -> str:
        patients.actions.mark_alive(
            patient=patient, reason=alive.cleaned_data["reason"], by=seat.user
        )
        return _("The death is taken back. Open the plan again to go on.")

    def record() -> str:
        schedules.actions.record_death(
            patient=patient,
            on=dead.cleaned_data["on"],
            role=seat.role,
            now=now,
            by=seat.user,
        )
        return _("The death is recorded.")

    return ask(
        request,
        alive if patient.is_deceased else dead,
        template="schedules/decide.html",
        act=take_back if patient.is_deceased else record,
        back=reverse("patient", args=[patient.pk]),
        patient=patient,
    )
