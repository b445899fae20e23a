"""What every page shows of the one who looks: where from, and what the seat allows."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from patients.access import SESSION_KEY, May, may, seats
from patients.models import Membership
from schedules.models import Plan, Protocol


def seat(request: HttpRequest) -> Mapping[str, Any]:
    """
    Tell a page its seat, the clinics to switch to, and what the seat allows.

    Each clinic knows whether a plan in it follows a protocol that nobody has approved.
    Nothing for a person who is not signed in, or has no seat.
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    followed = Plan.objects.open().filter(
        clinic=OuterRef("clinic"), protocol__isnull=False
    )
    unapproved = followed.exclude(protocol__status=Protocol.Status.APPROVED)
    found = list(seats(user).annotate(unapproved=Exists(unapproved)))
    here = _here(found, request.session.get(SESSION_KEY))
    if here is None:
        return {}
    return {
        "seat": here,
        "seats": found,
        "may": {what.value: may(here, what) for what in May},
    }


def _here(found: Sequence[Membership], chosen: int | None) -> Membership | None:
    return next(
        (seat for seat in found if seat.clinic_id == chosen),
        found[0] if found else None,
    )
