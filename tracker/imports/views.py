"""The pages of the import: upload, preview, confirm; and the lines that wait."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

import patients.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.models import ImportLine, PracticeList
from patients.pages import Done, ask, posted
from patients.refusals import Refused
from tracker.imports import actions
from tracker.imports.forms import ListForm, ResolveForm

PAGE = 50


@needs(May.LEAD)
def upload(request: SeatedRequest) -> HttpResponse:
    """Ask for a practice's list, and go on to what it would come to."""
    seat, now = request.seat, clock.now()
    form = ListForm(posted(request), request.FILES or None)

    def act() -> Done:
        file = form.cleaned_data["file"]
        kept = actions.upload_list(
            clinic=seat.clinic,
            data=file.read(),
            file_name=file.name,
            now=now,
            by=seat.user,
        )
        said = _("The list is read. Nothing is imported yet.")
        return Done(said, to=reverse("import-preview", args=[kept.pk]))

    return ask(
        request,
        form,
        template="imports/upload.html",
        act=act,
        back=reverse("today"),
        waiting=ImportLine.objects.of(seat.clinic).waiting().count(),
    )


@needs(May.LEAD)
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: SeatedRequest, pk: int) -> HttpResponse:
    """Show what a list would come to; when confirmed, take it over."""
    clinic = request.seat.clinic
    practice_list = get_object_or_404(clinic.practice_lists, pk=pk)
    if request.method == "POST":
        return _confirm(request, practice_list)
    context = {"list": practice_list, "counts": practice_list.counts}
    if practice_list.confirmed_at is None:
        context["imported"] = imported = actions.import_list(
            clinic=clinic,
            data=bytes(practice_list.content),
            file_name=practice_list.name,
            now=clock.now(),
            by=request.seat.user,
            dry_run=True,
        )
        context["counts"] = imported.counts
    return render(request, "imports/preview.html", context)


def _confirm(request: SeatedRequest, practice_list: PracticeList) -> HttpResponse:
    try:
        counts = actions.confirm_list(
            practice_list=practice_list, now=clock.now(), by=request.seat.user
        )
    except Refused as refusal:
        messages.error(request, refusal.reason)
    else:
        said = _("The list is imported: %(taken)s of %(read)s lines taken over.")
        messages.success(
            request, said % {"taken": counts.taken_over, "read": counts.lines_read}
        )
    return redirect("import-preview", practice_list.pk)


@needs(May.TREAT)
def lines(request: SeatedRequest) -> HttpResponse:
    """Show the lines of lists that wait for a person."""
    waiting = ImportLine.objects.of(request.seat.clinic).waiting()
    page = Paginator(waiting.select_related("patient"), PAGE)
    context = {"page": page.get_page(request.GET.get("page"))}
    return render(request, "imports/lines.html", context)


@needs(May.TREAT)
def line(request: SeatedRequest, pk: int) -> HttpResponse:
    """Show a line beside what is known, and write down what was done about it."""
    seat, now = request.seat, clock.now()
    found = ImportLine.objects.of(seat.clinic).select_related("patient", "resolved_by")
    waiting = get_object_or_404(found, pk=pk)
    form = ResolveForm(posted(request))

    def act() -> str:
        patients.actions.resolve_line(
            line=waiting,
            resolution=form.cleaned_data["resolution"],
            now=now,
            by=seat.user,
        )
        return _("The line is dealt with.")

    return ask(
        request,
        form,
        template="imports/line.html",
        act=act,
        back=reverse("import-lines"),
        line=waiting,
    )
