"""What several endpoints say and hear."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from rest_framework import serializers

from patients import access
from patients.endpoints import OfClinics, Strict
from patients.models import Patient
from schedules.models import Protocol
from schedules.products import USUAL

LARGEST_ID = 2**63 - 1  # that the databases can look for


class IdFilter(filters.NumberFilter):
    """A filter by an id."""

    def __init__(self, **details: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **details)


class ProductField(serializers.CharField):
    """A product by its code: a form of B12, or what a protocol names."""

    def __init__(self, **details: Any) -> None:
        usual: dict[str, Any] = {"max_length": 40, "default": USUAL}
        super().__init__(**(usual | details))

    def to_internal_value(self, data: Any) -> str:
        """Return the code, or refuse what is in no catalogue."""
        code: str = super().to_internal_value(data)
        if code not in Protocol.objects.products():
            raise serializers.ValidationError("There is no such product.")
        return code


class MovedOut(serializers.Serializer):
    """Where the next dose and panel stood, and where they stand."""

    dose_before = serializers.DateField(allow_null=True)
    dose_after = serializers.DateField(allow_null=True)
    panel_before = serializers.DateField(allow_null=True)
    panel_after = serializers.DateField(allow_null=True)


class ReasonOut(serializers.Serializer):
    """One step on the way to a date, as a code and as a sentence."""

    code = serializers.CharField()
    text = serializers.CharField()


class ReasonIn(Strict):
    """Why something is taken back."""

    reason = serializers.CharField(max_length=200)


def patient_of(view: OfClinics, pk: int) -> Patient:
    """Return a patient of the caller's clinics; to others there is none (404)."""
    mine: QuerySet[Patient] = Patient.objects.filter(
        clinic__in=access.clinics(view.user, view.may)
    )
    found = mine.select_related("clinic").filter(pk=pk).first()
    if found is None:
        raise serializers.ValidationError({"patient": ["There is no such patient."]})
    return found
