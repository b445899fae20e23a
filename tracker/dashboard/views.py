"""The day's list, the chart of a patient, and from which clinic they are seen."""

from typing import cast

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from patients import clock
from patients.access import SESSION_KEY, May, SeatedRequest, may, needs, seat_of, seats
from patients.models import Patient, User
from tracker.dashboard.board import board_of
from tracker.dashboard.chart import chart_of


class SignIn(LoginView):
    """Sign in, and go where the person has something to do."""

    redirect_authenticated_user = True

    def get_default_redirect_url(self) -> str:
        seat = seat_of(self.request)
        if seat is not None and not may(seat, May.TREAT) and may(seat, May.REPORT):
            return reverse("adherence")
        return reverse("today")


@require_GET
@needs(May.TREAT)
def today(request: SeatedRequest) -> HttpResponse:
    """Show the day's list of the clinic."""
    board = board_of(
        request.seat.clinic,
        now=clock.now(),
        chosen=request.GET.get("group", ""),
        prescribes=may(request.seat, May.PRESCRIBE),
    )
    return render(request, "dashboard/today.html", {"board": board})


@require_GET
@needs(May.TREAT)
def patient(request: SeatedRequest, patient_id: int) -> HttpResponse:
    """Show the whole story of one patient."""
    seat = request.seat
    found = get_object_or_404(Patient.objects.of(seat.clinic), pk=patient_id)
    found.clinic = seat.clinic
    chart = chart_of(found, role=seat.role, today=seat.clinic.day(clock.now()))
    return render(request, "dashboard/chart.html", {"chart": chart})


@require_POST
@login_required
def switch_clinic(request: HttpRequest) -> HttpResponse:
    """Work from another of one's clinics; any other is simply not there."""
    said = request.POST.get("clinic", "")
    for seat in seats(cast(User, request.user)):
        if str(seat.clinic_id) == said:
            request.session[SESSION_KEY] = seat.clinic_id
            return redirect("today")
    raise Http404
