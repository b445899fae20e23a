"""The pages on which a second person signs what a rule asks two for."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.models import Membership, Patient
from patients.pages import ask, posted
from schedules import safety, words
from schedules.forms import ConfirmForm
from schedules.models import Override
from schedules.overruling import REASONS
from schedules.safety import TABLE

MOST_SHOWN = 50


@dataclass(frozen=True, kw_only=True)
class Request:
    """Something that was asked for, in words."""

    id: int
    patient: Patient
    rule: str
    title: str
    text: str
    act: str
    why: str
    note: str
    by: str
    role: str
    at: datetime
    who: str
    is_mine: bool


@needs(May.PRESCRIBE)
def waiting(request: SeatedRequest) -> HttpResponse:
    """List what waits for a signature in this clinic."""
    seat, now = request.seat, clock.now()
    rows = Override.objects.of(seat.clinic).waiting(now)
    related = rows.select_related("patient", "asked_by")[:MOST_SHOWN]
    asked = [_said(each, seat) for each in related]
    return render(request, "schedules/cosign_list.html", {"asked": asked})


@needs(May.PRESCRIBE)
def cosign(request: SeatedRequest, pk: int) -> HttpResponse:
    """Sign what somebody else asked for."""
    seat, now = request.seat, clock.now()
    rows = Override.objects.of(seat.clinic).select_related("patient", "asked_by")
    override = get_object_or_404(rows, pk=pk)
    form = ConfirmForm(posted(request))

    def act() -> str:
        schedules.actions.cosign(
            override=override, by=seat.user, role=seat.role, now=now
        )
        return _("Signed. Whoever asked does it again now, and it goes on.")

    return ask(
        request,
        form,
        template="schedules/cosign.html",
        act=act,
        back=reverse("co-sign"),
        patient=override.patient,
        it=_said(override, seat),
    )


def _said(override: Override, seat: Membership) -> Request:
    rules = (rule for rule in TABLE if rule.id == override.rule)
    rule = next(each for each in rules if each.severity == override.severity)
    return Request(
        id=override.pk,
        patient=override.patient,
        rule=override.rule,
        title=rule.title,
        text=rule.text,
        act=str(words.ACTS[override.act]),
        why=str(REASONS[override.reason]),
        note=override.note,
        by=str(override.asked_by),
        role=override.role.replace("_", " "),
        at=override.asked_at,
        who=safety.who(safety.Override(override.needs)),
        is_mine=override.asked_by_id == seat.user_id,
    )
