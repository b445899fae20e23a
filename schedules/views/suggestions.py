"""The page on which a prescriber dismisses what the symptoms suggest."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.course import Suggestion
from patients.pages import ask, posted
from schedules.actions import Decision
from schedules.assessing import DismissForm
from schedules.models import Plan
from schedules.suggesting import DISMISSIBLE, SAID


@needs(May.PRESCRIBE)
def dismiss(request: SeatedRequest, pk: int, code: str) -> HttpResponse:
    """Dismiss a suggestion, with a reason."""
    seat, now = request.seat, clock.now()
    plans = Plan.objects.of(seat.clinic).open().select_related("patient")
    plan = get_object_or_404(plans, patient__pk=pk)
    if code not in DISMISSIBLE:
        raise Http404
    form = DismissForm(posted(request))

    def act() -> str:
        schedules.actions.dismiss_suggestion(
            plan=plan,
            code=code,
            decision=Decision(
                by=seat.user, role=seat.role, now=now, note=form.cleaned_data["reason"]
            ),
        )
        return _("Dismissed. It stays quiet for 14 days.")

    return ask(
        request,
        form,
        template="schedules/dismiss.html",
        act=act,
        back=reverse("patient", args=[pk]),
        patient=plan.patient,
        said=SAID[Suggestion(code)],
    )
