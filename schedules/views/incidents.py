"""The page on which a clinical lead sees what was given in spite of a rule."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from patients.access import May, SeatedRequest, needs
from patients.models import Clinic
from schedules.models import AlertEntry, Injection

MOST_SHOWN = 100


@dataclass(frozen=True, kw_only=True)
class Incident:
    """An injection, the rules that spoke against it, and who has seen that."""

    injection: Injection
    rules: tuple[str, ...]
    seen: AlertEntry | None


@needs(May.LEAD)
def incidents(request: SeatedRequest) -> HttpResponse:
    """List the incidents of the clinic, the newest first."""
    found = list(_incidents(request.seat.clinic))
    shown = {"incidents": found, "most": MOST_SHOWN}
    return render(request, "schedules/incidents.html", shown)


def _incidents(clinic: Clinic) -> Iterator[Incident]:
    rows = (
        Injection.objects.of(clinic)
        .incidents()
        .select_related("patient", "recorded_by")
    )
    entries = AlertEntry.objects.of(clinic).acknowledged().about_injections()
    seen = {entry.about: entry for entry in entries.select_related("acknowledged_by")}
    for injection in rows[:MOST_SHOWN]:
        yield Incident(
            injection=injection,
            rules=tuple(_said(injection)),
            seen=seen.get(f"injection {injection.pk}"),
        )


def _said(injection: Injection) -> Iterator[str]:
    """Yield the rules that spoke; of an injection given elsewhere only its batch."""
    for said in injection.spoke_against:
        yield _("%(title)s (rule %(rule)s v%(version)s)") % said
    if not injection.spoke_against:
        yield _("Expired batch (rule %s)") % "S17 v1"
