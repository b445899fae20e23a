"""The pages of the protocols: what each says, on what evidence, and who approved it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.pages import ask, posted
from schedules import regimen, reviewing
from schedules.forms import ReviewForm
from schedules.models import Plan, Protocol, ProtocolReview
from schedules.protocol import Protocol as Rules
from schedules.reviewing import Step

DONE = {
    Step.SUBMITTED: _("Submitted for review."),
    Step.APPROVED: _("Approved."),
    Step.SENT_BACK: _("Sent back."),
}


@needs(May.TREAT)
def protocols(request: SeatedRequest) -> HttpResponse:
    """Show every version of every protocol, and how far its review has come here."""
    clinic = request.seat.clinic
    followed = set(Plan.objects.of(clinic).open().values_list("protocol", flat=True))
    reviews = ProtocolReview.objects.filter(clinic=clinic)
    steps: dict[int, list[str]] = {}
    for protocol, step in reviews.values_list("protocol", "step"):
        steps.setdefault(protocol, []).append(step)
    rows = [
        {
            "protocol": each,
            "standing": reviewing.standing(steps.get(each.pk, [])),
            "is_followed": each.pk in followed,
        }
        for each in Protocol.objects.order_by("code", "-version")
    ]
    return render(request, "schedules/protocols.html", {"rows": rows})


@needs(May.TREAT)
def protocol(request: SeatedRequest, pk: int) -> HttpResponse:
    """Show one version with its sources, and take the next step of its review."""
    seat, now = request.seat, clock.now()
    shown = get_object_or_404(Protocol, pk=pk)
    reviews = list(shown.reviews_in(seat.clinic))
    taken = [review.step for review in reviews]
    form = ReviewForm(posted(request), steps=reviewing.steps_for(seat.role, taken))

    def act() -> str:
        step = Step(form.cleaned_data["step"])
        schedules.actions.review_protocol(
            protocol=shown,
            clinic=seat.clinic,
            step=step,
            note=form.cleaned_data["note"],
            role=seat.role,
            now=now,
            by=seat.user,
        )
        return str(DONE[step])

    rules = Rules.from_dict(shown.content)
    return ask(
        request,
        form,
        template="schedules/protocol.html",
        act=act,
        back=reverse("protocol", args=[pk]),
        protocol=shown,
        rules=rules.rules,
        regimen=regimen.in_words(rules),
        standing=reviewing.standing(taken),
        reviews=reviews,
        can_review=bool(form.steps),
    )
