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
from schedules.safety import TABLE, Rule

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
    cosigned_by: str
    who: str
    is_mine: bool


@needs(May.PRESCRIBE)
def waiting(request: SeatedRequest) -> HttpResponse:
    """List what waits for a signature in this clinic, and what was overruled lately."""
    seat, now = request.seat, clock.now()
    rows = Override.objects.of(seat.clinic).waiting(now)
    related = rows.select_related("patient", "asked_by")[:MOST_SHOWN]
    used = Override.objects.of(seat.clinic).used().order_by("-used_at", "-id")
    overruled = used.select_related("patient", "asked_by", "cosigned_by")[:MOST_SHOWN]
    lists = {
        "asked": [_said(each, seat) for each in related],
        "overruled": [_said(each, seat) for each in overruled],
    }
    return render(request, "schedules/cosign_list.html", lists)


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
    rule = _rule(override)
    return Request(
        id=override.pk,
        patient=override.patient,
        rule=override.rule,
        title=rule.title if rule else "",
        text=rule.text if rule else "",
        act=str(words.ACTS[override.act]),
        why=str(REASONS[override.reason]),
        note=override.note,
        by=str(override.asked_by),
        role=override.role.replace("_", " "),
        at=override.used_at or override.asked_at,
        cosigned_by=str(override.cosigned_by or ""),
        who=safety.who(safety.Override(override.needs)),
        is_mine=override.asked_by_id == seat.user_id,
    )


def _rule(override: Override) -> Rule | None:
    """Return the row that was overruled, None if the table has it no more."""
    told = (override.rule, override.severity, override.needs)
    rows = (row for row in TABLE if (row.id, row.severity, row.override) == told)
    return next(rows, None)
