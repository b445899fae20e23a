"""The pages about reminders: what left, and what a nurse is asked to do."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

import notifications.actions
from notifications.forms import DoneForm
from notifications.models import Reminder
from notifications.outbox import letters, with_last_attempt
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.pages import ask, posted

PAGE = 50


@needs(May.TREAT)
def outbox(request: SeatedRequest) -> HttpResponse:
    """Show the clinic's reminders, the newest first, and its open tasks."""
    clinic = request.seat.clinic
    reminders = Reminder.objects.of(clinic)
    # Counted without the attempts, which the database would otherwise look up for all.
    page = Paginator(reminders, PAGE).get_page(request.GET.get("page"))
    shown = [reminder.pk for reminder in page]
    found = with_last_attempt(reminders.filter(pk__in=shown))
    tasks = with_last_attempt(reminders.tasks()).order_by("due_on", "pk")
    context = {
        "page": page,
        "letters": letters(found, clinic),
        "tasks": letters(tasks, clinic),
    }
    return render(request, "notifications/pages/outbox.html", context)


@needs(May.TREAT)
def finish_task(request: SeatedRequest, pk: int) -> HttpResponse:
    """Say what was done about a task."""
    seat, now = request.seat, clock.now()
    tasks = Reminder.objects.of(seat.clinic).filter(channel=Reminder.Channel.NURSE)
    task = get_object_or_404(with_last_attempt(tasks), pk=pk)
    form = DoneForm(posted(request))

    def act() -> str:
        notifications.actions.handle_task(
            reminder=task, note=form.cleaned_data["note"], now=now, by=seat.user
        )
        return _("Done.")

    return ask(
        request,
        form,
        template="notifications/pages/task.html",
        act=act,
        back=_next(request),
        patient=task.patient,
        task=letters([task], seat.clinic)[0],
    )


def _next(request: SeatedRequest) -> str:
    """Return the page of this house to go back to."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if ours else reverse("messages")
