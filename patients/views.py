"""The pages about one patient's record."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

import patients.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.forms import PatientForm, SearchForm, known_of
from patients.models import Patient
from patients.pages import Done, ask, posted

PAGE = 50
SEARCH = "looked for"


@needs(May.TREAT)
def find(request: SeatedRequest) -> HttpResponse:
    """
    Show the clinic's patients, or those that are looked for.

    Names stay out of addresses: what is looked for is posted, and kept in the session.
    """
    if request.method == "POST":
        request.session[SEARCH] = SearchForm(request.POST).words
        return redirect("patients")
    form = SearchForm({"q": request.session.get(SEARCH, "")})
    found = Patient.objects.of(request.seat.clinic).found_by(form.words)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "words": form.words, "page": page}
    return render(request, "patients/list.html", context)


@needs(May.TREAT)
def register(request: SeatedRequest) -> HttpResponse:
    """Register a person with the clinic."""
    seat, now = request.seat, clock.now()
    form = PatientForm(posted(request))

    def act() -> Done:
        patient = patients.actions.admit(
            clinic=seat.clinic,
            details=form.details,
            wishes=form.wishes,
            now=now,
            by=seat.user,
        )
        said = _("%(name)s is registered.") % {"name": patient}
        return Done(said, to=reverse("patient", args=[patient.pk]))

    return ask(
        request,
        form,
        template="patients/register.html",
        act=act,
        back=reverse("patients"),
    )


@needs(May.TREAT)
def edit(request: SeatedRequest, pk: int) -> HttpResponse:
    """Correct what is known of a patient."""
    seat, now = request.seat, clock.now()
    patient = get_object_or_404(Patient.objects.of(seat.clinic), pk=pk)
    form = PatientForm(posted(request), initial=known_of(patient))

    def act() -> str:
        patients.actions.amend(
            patient=patient,
            changes=form.details,
            wishes=form.wishes,
            now=now,
            by=seat.user,
        )
        return _("Saved.")

    return ask(
        request,
        form,
        template="patients/edit.html",
        act=act,
        back=reverse("patient", args=[patient.pk]),
        patient=patient,
    )
