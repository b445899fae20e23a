"""What the numbers say of a diagnosis, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from patients import clock
from patients.diagnosis import ADVICE, RULE, Interpretation
from patients.diagnosis_table import Category, Flag
from patients.endpoints import OfClinics
from patients.models import Patient
from schedules.interpreting import interpretation_of


class UsedOut(serializers.Serializer):
    """A value that was read, in the unit it was reported in."""

    test = serializers.CharField()
    value = serializers.DecimalField(max_digits=12, decimal_places=4)
    unit = serializers.CharField()
    drawn_on = serializers.DateField(source="on")
    range_high = serializers.DecimalField(
        source="high", max_digits=12, decimal_places=4, allow_null=True
    )


class InterpretationOut(serializers.Serializer):
    """
    A row of the table of rules 3, and the numbers that led there.

    Advice, never a treatment decision, and not clinically approved. Without a B12
    result `category` is null.
    """

    category = serializers.ChoiceField(list(Category), allow_null=True)
    row = serializers.IntegerField(allow_null=True)
    flags = serializers.ListField(child=serializers.ChoiceField(list(Flag)))
    next_step = serializers.CharField()
    results = UsedOut(many=True)
    reasons = serializers.ListField(child=serializers.CharField())
    near_threshold = serializers.ListField(child=serializers.CharField())
    information = serializers.ListField(child=serializers.CharField())
    rule = serializers.CharField()
    advice = serializers.CharField()
    is_clinically_approved = serializers.BooleanField()


class Interpretations(OfClinics):
    """What the results of a patient say together."""

    queryset = Patient.objects.select_related("clinic")
    serializer_class = InterpretationOut

    @extend_schema(responses=InterpretationOut)
    @action(detail=True, pagination_class=None, filter_backends=())
    def interpretation(self, *_: Any, **__: Any) -> Response:
        """Return the category, its flags, and the numbers that led there."""
        patient = self.get_object()
        found = interpretation_of(patient, on=patient.clinic.day(clock.now()))
        return Response(InterpretationOut(_told(found)).data)


def _told(found: Interpretation | None) -> dict[str, Any]:
    return {
        "category": found.category if found else None,
        "row": found.row if found else None,
        "flags": sorted(found.flags) if found else [],
        "next_step": found.step if found else "",
        "results": found.used if found else (),
        "reasons": found.reasons if found else (),
        "near_threshold": found.near if found else (),
        "information": found.information if found else (),
        "rule": RULE,
        "advice": ADVICE,
        "is_clinically_approved": False,
    }
