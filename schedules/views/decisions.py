"""The page on which a decision about a plan is taken back."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.pages import ask, posted
from schedules import words
from schedules.forms import ReasonForm
from schedules.models import PlanEvent


@needs(May.PRESCRIBE)
def take_back(request: SeatedRequest, pk: int) -> HttpResponse:
    """Take back a decision that was entered in error."""
    seat, now = request.seat, clock.now()
    events = PlanEvent.objects.of(seat.clinic).select_related("plan__patient")
    event = get_object_or_404(events, pk=pk)
    form = ReasonForm(posted(request))

    def act() -> str:
        moved = schedules.actions.take_back(
            event=event,
            reason=form.cleaned_data["reason"],
            role=seat.role,
            now=now,
            by=seat.user,
        )
        said = words.next_dose(moved.dose_before, moved.dose_after)
        return f"{_('Taken back.')} {said}"

    return ask(
        request,
        form,
        template="schedules/take_back.html",
        act=act,
        back=reverse("patient", args=[event.plan.patient_id]),
        patient=event.plan.patient,
        event=event,
        what=event.kind.replace("_", " "),
        reason=words.reason(event.reason),
    )
