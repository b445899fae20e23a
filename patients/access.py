"""
Who may do what, and the one way to a clinic's records.

A person acts through a seat: a membership in one clinic. Records are reached through
the seat's clinic only, so that an unknown and a foreign id are both simply not there.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from patients.models import Clinic, Membership, User


class May(StrEnum):
    """What a seat may allow."""

    TREAT = "treat"  # list, chart, record an injection or a result
    PRESCRIBE = "prescribe"  # start, change phase or interval
    LEAD = "lead"  # settings, import, hold and release, staff
    REPORT = "report"  # adherence
    NAMES = "names"  # see names in a report


_Role = Membership.Role
ALLOWED: dict[str, frozenset[May]] = {
    _Role.NURSE: frozenset({May.TREAT, May.REPORT, May.NAMES}),
    _Role.PRESCRIBER: frozenset({May.TREAT, May.PRESCRIBE, May.REPORT, May.NAMES}),
    _Role.CLINICAL_LEAD: frozenset(May),
    _Role.MANAGER: frozenset({May.REPORT}),
    _Role.AUDITOR: frozenset(),
}

SESSION_KEY = "clinic"

type_of_view = Callable[..., HttpResponse]


class SeatedRequest(HttpRequest):
    """A request whose person has a seat."""

    seat: Membership
    user: User


def may(seat: Membership, what: May) -> bool:
    """Tell whether `seat` allows `what`."""
    return what in ALLOWED[seat.role]


def seats(user: User) -> QuerySet[Membership]:
    """Return where `user` works."""
    return Membership.objects.filter(user=user).select_related("clinic", "user")


def clinics(user: User, what: May) -> QuerySet[Clinic]:
    """Return the clinics in which `user` may do `what`."""
    roles = [role for role, allowed in ALLOWED.items() if what in allowed]
    return Clinic.objects.filter(memberships__user=user, memberships__role__in=roles)


def seat_of(request: HttpRequest) -> Membership | None:
    """Return the seat chosen in this session, or else the person's first."""
    found = list(seats(cast(User, request.user)))
    chosen = request.session.get(SESSION_KEY)
    return next(
        (s for s in found if s.clinic_id == chosen), found[0] if found else None
    )


def needs(what: May) -> Callable[[type_of_view], type_of_view]:
    """Let a view be called only from a seat that allows `what`."""

    def guarded(view: type_of_view) -> type_of_view:
        @login_required
        @wraps(view)
        def enter(
            request: SeatedRequest, *args: object, **kwargs: object
        ) -> HttpResponse:
            seat = seat_of(request)
            if seat is None or not may(seat, what):
                raise PermissionDenied
            request.seat = seat
            response = view(request, *args, **kwargs)
            # A shared screen: after signing out, Back shows nobody's chart.
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        # For the test that walks every page.
        enter.needs = what  # type: ignore[attr-defined]
        return enter

    return guarded
