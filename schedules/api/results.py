"""Laboratory results, for programs."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

import schedules.actions
from patients import clock
from patients.actions import Circumstances
from patients.endpoints import DayField, OfClinics, Strict
from patients.models import LabResult
from schedules.api.shapes import (
    LARGEST_ID,
    IdFilter,
    MovedOut,
    ReasonIn,
    patient_of,
)


class ResultOut(serializers.ModelSerializer[LabResult]):
    """One value, in the unit it was reported in."""

    class Meta:
        model = LabResult
        fields = (
            "id",
            "patient",
            "test",
            "value",
            "unit",
            "range_low",
            "range_high",
            "drawn_on",
            "fasting",
            "before_injection",
            "voided_at",
            "void_reason",
        )


class ResultRecordedOut(serializers.Serializer):
    """A result as it was written down, and what that moved, if there is a plan."""

    result = ResultOut()
    moved = MovedOut(allow_null=True)


#: What may be said besides the value.
ABOUT = ("range_low", "range_high", "fasting", "before_injection")


def _limit() -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=12, decimal_places=4, required=False, allow_null=True
    )


class ResultIn(Strict):
    """A value from a laboratory. The unit is never guessed."""

    patient = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    test = serializers.CharField(max_length=16)
    value = serializers.DecimalField(max_digits=12, decimal_places=4)
    unit = serializers.CharField(max_length=20)
    drawn_on = DayField()
    range_low = _limit()
    range_high = _limit()
    fasting = serializers.BooleanField(required=False, allow_null=True)
    before_injection = serializers.BooleanField(required=False)

    def details(self) -> dict[str, Any]:
        """Return what is to be recorded."""
        said = dict(self.validated_data)
        about = {name: said.pop(name) for name in ABOUT if name in said}
        return said | {"said": Circumstances(**about)}


class ResultFilter(filters.FilterSet):
    """Which results."""

    since = filters.DateFilter(field_name="drawn_on", lookup_expr="gte")
    patient = IdFilter(field_name="patient_id")

    class Meta:
        model = LabResult
        fields = ("patient", "test")


class LabResults(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfClinics):
    """What laboratories reported."""

    queryset = LabResult.objects.all()
    serializer_class = ResultOut
    filter_backends = (filters.DjangoFilterBackend,)
    filterset_class = ResultFilter

    @extend_schema(request=ResultIn, responses={201: ResultRecordedOut})
    def create(self, request: Request) -> Response:
        """Record a result; the answer says what moved."""
        said = ResultIn(data=request.data)
        said.is_valid(raise_exception=True)
        details = said.details()
        result, moved = schedules.actions.record_result(
            patient=patient_of(self, details.pop("patient")),
            now=clock.now(),
            by=self.user,
            **details,
        )
        answer = ResultRecordedOut({"result": result, "moved": moved}).data
        return Response(answer, status=HTTP_201_CREATED)

    @extend_schema(request=ReasonIn, responses=ResultRecordedOut)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, **_: Any) -> Response:
        """Take a result back, with a reason; the panel it answered is open again."""
        result = self.get_object()
        said = ReasonIn(data=request.data)
        said.is_valid(raise_exception=True)
        moved = schedules.actions.void_result(
            result=result, now=clock.now(), by=self.user, **said.validated_data
        )
        result.refresh_from_db()
        return Response(ResultRecordedOut({"result": result, "moved": moved}).data)
