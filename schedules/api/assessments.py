"""Assessments of symptoms, for programs."""

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

import schedules.actions
from patients import clock
from patients.endpoints import DayField, OfClinics, Strict
from patients.models import Assessment
from patients.symptoms import IMPROVED, NONE, SNOMED, WORSENED, WORST, Domain, RedFlag
from schedules.api.shapes import (
    LARGEST_ID,
    IdFilter,
    MovedOut,
    ReasonIn,
    patient_of,
)
from schedules.assessing import MOST_FALLS, SLOWEST


class ScoreOut(serializers.Serializer):
    """One symptom, its SNOMED CT code, and how bad it was, from 0 to 10."""

    domain = serializers.CharField()
    snomed = serializers.CharField()
    score = serializers.IntegerField()


class AssessmentOut(serializers.ModelSerializer[Assessment]):
    """How the symptoms were on a day."""

    scores = serializers.SerializerMethodField()
    red_flags = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Assessment
        fields = (
            "id",
            "patient",
            "assessed_on",
            "source",
            "scores",
            "pgic",
            "red_flags",
            "falls",
            "up_and_go_seconds",
            "romberg",
            "vibration",
            "ankle_reflexes",
            "note",
            "voided_at",
            "void_reason",
        )

    @extend_schema_field(ScoreOut(many=True))
    def get_scores(self, assessment: Assessment) -> list[dict[str, object]]:
        """Return the scores in the order in which they are asked."""
        scores = assessment.told.scores
        return [
            {"domain": domain, "snomed": SNOMED[domain], "score": scores[domain]}
            for domain in Domain
            if domain in scores
        ]


class AssessmentRecordedOut(serializers.Serializer):
    """An assessment as it was written down, and what it moved, if there is a plan."""

    assessment = AssessmentOut()
    moved = MovedOut(allow_null=True)


class ScoresIn(Strict):
    """How bad each symptom was at its worst in the last seven days, from 0 to 10."""

    def get_fields(self) -> dict[str, Any]:
        """Ask for each domain; none of them must be said."""
        return {
            domain.value: serializers.IntegerField(
                min_value=NONE, max_value=WORST, required=False
            )
            for domain in Domain
        }


class AssessmentIn(Strict):
    """How the symptoms were on a day. What was not asked is left out."""

    patient = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    assessed_on = DayField()
    source = serializers.ChoiceField(  # type: ignore[assignment]
        Assessment.Source.choices, default=Assessment.Source.NURSE
    )
    scores = ScoresIn(default=dict)
    pgic = serializers.IntegerField(
        min_value=IMPROVED, max_value=WORSENED, required=False, allow_null=True
    )
    red_flags = serializers.ListField(
        child=serializers.ChoiceField([flag.value for flag in RedFlag]),
        max_length=len(RedFlag),
        required=False,
    )
    falls = serializers.IntegerField(
        min_value=0, max_value=MOST_FALLS, required=False, allow_null=True
    )
    up_and_go_seconds = serializers.DecimalField(
        max_digits=4,
        decimal_places=1,
        min_value=0,
        max_value=SLOWEST,
        required=False,
        allow_null=True,
    )
    romberg = serializers.ChoiceField(Assessment.Romberg.choices, required=False)
    vibration = serializers.ChoiceField(Assessment.Finding.choices, required=False)
    ankle_reflexes = serializers.ChoiceField(Assessment.Finding.choices, required=False)
    note = serializers.CharField(max_length=400, required=False, allow_blank=True)


class AssessmentFilter(filters.FilterSet):
    """Which assessments."""

    since = filters.DateFilter(field_name="assessed_on", lookup_expr="gte")
    patient = IdFilter(field_name="patient_id")

    class Meta:
        model = Assessment
        fields = ("patient",)


class Assessments(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfClinics):
    """How symptoms were."""

    queryset = Assessment.objects.all()
    serializer_class = AssessmentOut
    filter_backends = (filters.DjangoFilterBackend,)
    filterset_class = AssessmentFilter

    @extend_schema(request=AssessmentIn, responses={201: AssessmentRecordedOut})
    def create(self, request: Request) -> Response:
        """Record an assessment; the answer says what moved."""
        said = AssessmentIn(data=request.data)
        said.is_valid(raise_exception=True)
        details = said.validated_data
        details["scores"] = dict(details["scores"])
        assessment, moved = schedules.actions.record_assessment(
            patient=patient_of(self, details.pop("patient")),
            assessed_on=details.pop("assessed_on"),
            details=details,
            now=clock.now(),
            by=self.user,
        )
        answer = AssessmentRecordedOut({"assessment": assessment, "moved": moved})
        return Response(answer.data, status=HTTP_201_CREATED)

    @extend_schema(request=ReasonIn, responses=AssessmentRecordedOut)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, **_: Any) -> Response:
        """Take an assessment back, with a reason."""
        assessment = self.get_object()
        said = ReasonIn(data=request.data)
        said.is_valid(raise_exception=True)
        moved = schedules.actions.void_assessment(
            assessment=assessment, now=clock.now(), by=self.user, **said.validated_data
        )
        assessment.refresh_from_db()
        answer = AssessmentRecordedOut({"assessment": assessment, "moved": moved})
        return Response(answer.data)
