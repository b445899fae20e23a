"""What every page shows of the one who looks: where from, and what the seat allows."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from patients.access import May, may, seat_of, seats
from schedules.models import Plan
from tracker.preview import which


def seat(request: HttpRequest) -> Mapping[str, Any]:
    """
    Tell a page its seat, the clinics to switch to, and what the seat allows.

    Each clinic knows whether a plan in it follows a protocol that nobody has approved.
    Nothing for a person who is not signed in, or has no seat.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    unapproved = Plan.objects.open().filter(clinic=OuterRef("clinic")).unapproved()
    here = getattr(request, "seat", None) or seat_of(request)
    if here is None:
        return {}
    found = list(seats(user).annotate(unapproved=Exists(unapproved)))
    return {
        "seat": next(seat for seat in found if seat.pk == here.pk),
        "seats": found,
        "previews": not which.why_not(request.resolver_match),
        "may": {what.value: may(here, what) for what in May},
    }
