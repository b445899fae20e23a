"""The page of the rules: what each says, what we do, and on what evidence (R45)."""

from django.http import HttpResponse
from django.shortcuts import render

from patients.access import May, SeatedRequest, needs
from schedules.rulebook import claims, ways
from schedules.rulebook.review import NOT_APPROVED
from schedules.safety import TABLE


@needs(May.TREAT)
def rules(request: SeatedRequest) -> HttpResponse:
    """Show every rule with its status, its sources and who approved it."""
    context = {
        "claims": claims.claims(),
        "claims_review": claims.review(),
        "sources": claims.sources().values(),
        "safety": sorted(TABLE, key=lambda rule: rule.id),
        "unapproved": NOT_APPROVED,
        "ways": ways.ways(),
        "ways_review": ways.review(),
    }
    return render(request, "schedules/rules.html", context)
