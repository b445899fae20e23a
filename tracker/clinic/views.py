"""The pages of a clinical lead: the clinic's settings and days, and its hold."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

import notifications.actions
import schedules.actions
from notifications import planner
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.laboratory import Policy
from patients.models import CalendarDay
from patients.pages import AskingForm, ask, posted
from schedules import reading
from tracker.clinic.board import board_of, outgoing
from tracker.clinic.forms import (
    CalendarDayForm,
    ForgetForm,
    HoldForm,
    ParametersForm,
    SettingsForm,
    WeekForm,
)
from tracker.clinic.laboratory import LabPolicyForm
from tracker.clinic.parameters import in_force, versions_of


@needs(May.LEAD)
def settings(request: SeatedRequest) -> HttpResponse:
    """Show the clinic, and change how it is called, reached, and when it may send."""
    seat, now = request.seat, clock.now()
    form = SettingsForm.of(seat.clinic, posted(request))

    def act() -> int:
        return schedules.actions.change_clinic(
            clinic=seat.clinic, changes=form.cleaned_data, now=now, by=seat.user
        )

    return _ask(request, form, act, settings=form)


@needs(May.LEAD)
@require_POST
def week(request: SeatedRequest) -> HttpResponse:
    """Open on other weekdays."""
    seat, now = request.seat, clock.now()
    form = WeekForm(request.POST, today=seat.clinic.day(now))

    def act() -> int:
        return schedules.actions.change_week(
            clinic=seat.clinic,
            weekdays="".join(form.cleaned_data["weekdays"]),
            from_on=form.cleaned_data["from_on"],
            now=now,
            by=seat.user,
        )

    return _ask(request, form, act, week=form)


@needs(May.LEAD)
@require_POST
def laboratory(request: SeatedRequest) -> HttpResponse:
    """Follow treatment by other blood tests, or hold results against other numbers."""
    seat, now = request.seat, clock.now()
    form = LabPolicyForm(request.POST, today=seat.clinic.day(now))

    def act() -> int:
        return schedules.actions.change_lab_policy(
            clinic=seat.clinic,
            policy=Policy(form.cleaned_data["policy"]),
            numbers=form.numbers,
            from_on=form.cleaned_data["from_on"],
            now=now,
            by=seat.user,
        )

    return _ask(request, form, act, laboratory=form)


@needs(May.LEAD)
@require_POST
def add_day(request: SeatedRequest) -> HttpResponse:
    """Close on a day, or open on one."""
    seat, now = request.seat, clock.now()
    form = CalendarDayForm(request.POST, today=seat.clinic.day(now))

    def act() -> int:
        closes = form.cleaned_data["kind"] == CalendarDay.Kind.CLOSURE
        add = schedules.actions.close_on if closes else schedules.actions.open_on
        return add(
            clinic=seat.clinic,
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
            now=now,
            by=seat.user,
        )

    return _ask(request, form, act, day=form)


@needs(May.LEAD)
@require_POST
def forget_day(request: SeatedRequest, pk: int) -> HttpResponse:
    """Let a day be like others again."""
    seat, now = request.seat, clock.now()
    days = CalendarDay.objects.filter(clinic=seat.clinic).select_related("clinic")
    day = get_object_or_404(days, pk=pk)
    form = ForgetForm(request.POST)

    def act() -> int:
        return schedules.actions.forget_day(day=day, now=now, by=seat.user)

    return _ask(request, form, act, forgotten=form)


@needs(May.LEAD)
def hold(request: SeatedRequest) -> HttpResponse:
    """Show what would leave, and release it; or hold everything again."""
    seat, now = request.seat, clock.now()
    clinic = seat.clinic
    wanted = HoldForm.RELEASE if clinic.is_on_hold else HoldForm.HOLD
    form = HoldForm(posted(request), initial={"wanted": wanted})

    def act() -> str:
        if form.cleaned_data["wanted"] == HoldForm.RELEASE:
            notifications.actions.release(clinic=clinic, now=now, by=seat.user)
            return _("Released: messages leave when they are due.")
        notifications.actions.hold(clinic=clinic, now=now, by=seat.user)
        return _("On hold: no message leaves.")

    found = planner.preview(clinic=clinic, now=now)
    return ask(
        request,
        form,
        template="clinic/hold.html",
        act=act,
        back=reverse("clinic-hold"),
        clinic=clinic,
        outgoing=outgoing(found, clinic),
    )


@needs(May.LEAD)
def parameters(request: SeatedRequest) -> HttpResponse:
    """Show the numbers of the rules that hold here, and set them from a day on."""
    seat, now = request.seat, clock.now()
    clinic, today = seat.clinic, seat.clinic.day(now)
    holds = reading.timeline_of(clinic).on(today)
    form = ParametersForm(posted(request), now=holds, today=today)

    def act() -> str:
        moved = schedules.actions.set_parameters(
            clinic=clinic,
            values=form.values,
            from_on=form.cleaned_data["from_on"],
            reason=form.cleaned_data["reason"],
            now=now,
            by=seat.user,
        )
        return _moved(moved)

    return ask(
        request,
        form,
        template="clinic/parameters.html",
        act=act,
        back=reverse("clinic-parameters"),
        in_force=in_force(holds),
        versions=versions_of(clinic),
    )


def _ask(
    request: SeatedRequest, form: AskingForm, act: Callable[[], int], **forms: Any
) -> HttpResponse:
    """Show the clinic's page; `forms` replaces the form that was sent."""
    clinic = request.seat.clinic
    today: date = clinic.day(clock.now())
    board = board_of(clinic, today=today)
    blank = {
        "settings": SettingsForm.of(clinic),
        "week": WeekForm(today=today, initial={"weekdays": board.weekdays_now}),
        "day": CalendarDayForm(today=today),
        "laboratory": LabPolicyForm(today=today, initial=board.laboratory_now),
    }
    return ask(
        request,
        form,
        template="clinic/settings.html",
        act=lambda: _moved(act()),
        back=reverse("clinic"),
        board=board,
        **(blank | forms),
    )


def _moved(plans: int) -> str:
    """Say that it is saved, and for how many plans something moved."""
    if not plans:
        return _("Saved. No date moved.")
    said = ngettext(
        "Saved. Dates moved in %(plans)s plan.",
        "Saved. Dates moved in %(plans)s plans.",
        plans,
    )
    return said % {"plans": plans}
