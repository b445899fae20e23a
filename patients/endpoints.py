"""What every endpoint has in common: strict input, and a clinic's rows only."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, ClassVar, cast

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from patients import access
from patients.access import May
from patients.forms import LONG_AGO
from patients.models import Clinic, Membership, User

#: Between this day and LONG_AGO every calendar can count on, and back, in any zone.
FAR_AHEAD = date(2200, 1, 1)


def _between(first: Any, last: Any) -> list[Any]:
    return [
        MinValueValidator(first, "This day is too long ago."),
        MaxValueValidator(last, "This day is too far ahead."),
    ]


class DayField(serializers.DateField):
    """A civil day that a person could live to see."""

    default_validators = _between(LONG_AGO, FAR_AHEAD)


class InstantField(serializers.DateTimeField):
    """An instant on such a day."""

    default_validators = _between(
        datetime.combine(LONG_AGO, time(), UTC),
        datetime.combine(FAR_AHEAD, time(), UTC),
    )


class Strict(serializers.Serializer):
    """Input in which an unknown field is a mistake, and is said to be one."""

    def to_internal_value(self, data: Any) -> Any:
        """Refuse fields that nobody reads."""
        if isinstance(data, Mapping) and (unknown := set(data) - set(self.fields)):
            raise serializers.ValidationError(
                {str(name): ["There is no such field."] for name in sorted(unknown)}
            )
        return super().to_internal_value(data)


class HasSeat(BasePermission):
    """Let in whoever may do in some clinic what the view does."""

    def has_permission(self, request: Request, view: Any) -> bool:
        """Ask the person's memberships."""
        if not request.user.is_authenticated:
            return False
        return access.clinics(request.user, view.may).exists()


class HasAnySeat(BasePermission):
    """Let in whoever works in some clinic, as whatever: no record is behind it."""

    def has_permission(self, request: Request, view: Any) -> bool:  # noqa: ARG002
        """Ask the person's memberships."""
        return request.user.is_authenticated and access.seats(request.user).exists()


class OfClinics(GenericViewSet):
    """An endpoint that reaches rows through the caller's clinics only."""

    may: ClassVar[May] = May.TREAT
    permission_classes = (HasSeat,)
    lookup_value_regex = "[0-9]{1,18}"

    @property
    def user(self) -> User:
        """Return who calls."""
        return cast(User, self.request.user)

    def get_queryset(self) -> QuerySet[Any]:
        """Return the rows of the clinics in which the caller may do this."""
        rows: QuerySet[Any] = super().get_queryset()
        return rows.filter(clinic__in=access.clinics(self.user, self.may))

    def seat(self, clinic: Clinic) -> Membership:
        """Return what the caller is in a clinic."""
        return access.seats(self.user).get(clinic=clinic)


def chosen_clinic(user: User, may: May, slug: str) -> Clinic:
    """
    Return the clinic that `slug` names, or the only one of `user`.

    Raises ValidationError if there is none such, or several to choose from.
    """
    clinics = list(access.clinics(user, may))
    if slug:
        clinics = [clinic for clinic in clinics if clinic.slug == slug]
    if len(clinics) != 1:
        raise serializers.ValidationError({"clinic": ["Name one of your clinics."]})
    return clinics[0]
