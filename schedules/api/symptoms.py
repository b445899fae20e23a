"""What the symptoms of a plan suggest, and a prescriber's answer, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

import schedules.actions
from patients import clock
from patients.endpoints import OfClinics, Strict
from schedules import reading
from schedules.actions import Decision
from schedules.known_symptoms import SymptomsNow, symptoms_of
from schedules.models import Plan
from schedules.suggesting import SAID


class LineOut(serializers.Serializer):
    """The numbers of one symptom; of each span the median of its scores."""

    domain = serializers.CharField()
    is_tracked = serializers.BooleanField()
    baseline = serializers.IntegerField()
    best = serializers.IntegerField()
    latest = serializers.IntegerField(allow_null=True)
    before = serializers.FloatField(allow_null=True)
    recent = serializers.FloatField(allow_null=True)


class SuggestionOut(serializers.Serializer):
    """One suggestion; nobody approved it clinically, and it decides nothing."""

    code = serializers.CharField()
    rule = serializers.CharField()
    text = serializers.CharField()
    is_quiet = serializers.BooleanField()
    is_clinically_approved = serializers.BooleanField()


class SymptomsOut(serializers.Serializer):
    """What is asked and suggested, the most urgent first, and the numbers behind it."""

    asked = serializers.CharField(allow_null=True)
    suggestions = SuggestionOut(many=True)
    lines = LineOut(many=True)
    recent = serializers.IntegerField()
    before = serializers.IntegerField()
    pgic = serializers.IntegerField(allow_null=True)
    latest_on = serializers.DateField(allow_null=True)


class DismissIn(Strict):
    """Which suggestion is dismissed, and why."""

    code = serializers.CharField(max_length=32)
    reason = serializers.CharField(max_length=400)


class PlanSymptoms(OfClinics):
    """The symptoms of a plan."""

    queryset = Plan.objects.select_related("clinic", "protocol")
    serializer_class = SymptomsOut

    @extend_schema(responses=SymptomsOut)
    @action(detail=True)
    def symptoms(self, *_: Any, **__: Any) -> Response:
        """Return what the symptoms suggest today, and from which numbers."""
        return Response(_told(self.get_object()))

    @extend_schema(request=DismissIn, responses=SymptomsOut)
    @action(detail=True, methods=["post"], url_path="dismiss-suggestion")
    def dismiss_suggestion(self, request: Request, **_: Any) -> Response:
        """Dismiss a suggestion: it stays quiet for 14 days."""
        plan = self.get_object()
        said = DismissIn(data=request.data)
        said.is_valid(raise_exception=True)
        schedules.actions.dismiss_suggestion(
            plan=plan,
            code=said.validated_data["code"],
            decision=Decision(
                by=self.user,
                role=self.seat(plan.clinic).role,
                now=clock.now(),
                note=said.validated_data["reason"],
            ),
        )
        return Response(_told(plan))


def _told(plan: Plan) -> Any:
    today = plan.clinic.day(clock.now())
    now = symptoms_of(plan, reading.forecast_of(plan, today=today), today=today)
    judged = now.judgement
    return SymptomsOut(
        {
            "asked": now.asked,
            "suggestions": list(_suggestions(now)),
            "lines": judged.lines,
            "recent": judged.recent,
            "before": judged.before,
            "pgic": judged.pgic,
            "latest_on": judged.latest_on,
        }
    ).data


def _suggestions(now: SymptomsNow) -> Any:
    for code in now.suggestions:
        yield {
            "code": code,
            "rule": SAID[code].rule,
            "text": SAID[code].text,
            "is_quiet": code in now.quiet,
            "is_clinically_approved": False,
        }
