"""The pages of the reports."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from patients import clock
from patients.access import May, SeatedRequest, may, needs
from tracker.reports import export
from tracker.reports.adherence import FEWEST, Report, report_of
from tracker.reports.forms import PeriodForm


@needs(May.REPORT)
def adherence(request: SeatedRequest) -> HttpResponse:
    """Show how well treatment kept to its dates."""
    form = PeriodForm(request.GET, today=request.seat.clinic.day(clock.now()))
    context = {
        "form": form,
        "report": _report(request, form) if form.is_valid() else None,
        "query": request.GET.urlencode(),
        "with_names": may(request.seat, May.NAMES),
        "fewest": FEWEST,
    }
    return render(request, "reports/adherence.html", context)


@needs(May.REPORT)
def adherence_csv(request: SeatedRequest) -> HttpResponse:
    """Hand the same out as a file; without names to those who may not see them."""
    form = PeriodForm(request.GET, today=request.seat.clinic.day(clock.now()))
    if not form.is_valid():
        return redirect(f"{reverse('adherence')}?{request.GET.urlencode()}")
    report = _report(request, form)
    with_names = may(request.seat, May.NAMES)
    rows = export.by_patient(report) if with_names else export.by_phase(report)
    return HttpResponse(
        export.written(rows),
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{export.file_name(report)}"',
            "Cache-Control": "no-store",
        },
    )


def _report(request: SeatedRequest, form: PeriodForm) -> Report:
    return report_of(
        request.seat.clinic,
        from_on=form.cleaned_data["from_on"],
        to_on=form.cleaned_data["to_on"],
        today=form.today,
        with_names=may(request.seat, May.NAMES),
    )
