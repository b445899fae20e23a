"""Adherence, for programs: figures of a clinic, and nobody's name."""

from typing import Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from patients import clock
from patients.access import May
from patients.endpoints import HasSeat, chosen_clinic
from patients.models import User
from tracker.reports.adherence import Scope, report_of
from tracker.reports.forms import PeriodForm


class ScopeOut(serializers.Serializer):
    """The figures of one phase, or of all (rules 6, M1-M4)."""

    phase = serializers.CharField(allow_null=True)
    n = serializers.IntegerField(source="cohort.n")
    excluded_n = serializers.IntegerField(source="cohort.excluded_n")
    evaluable = serializers.IntegerField(source="cohort.total.evaluable")
    on_time = serializers.IntegerField(source="cohort.total.on_time")
    on_time_rate = serializers.SerializerMethodField()
    mean_days_late = serializers.SerializerMethodField()
    mean_signed_delay = serializers.SerializerMethodField()
    pdc = serializers.SerializerMethodField()

    def get_on_time_rate(self, scope: Scope) -> float | None:
        """Return the share of doses given on time."""
        return scope.cohort.total.on_time_rate

    def get_mean_days_late(self, scope: Scope) -> float | None:
        """Return the mean of days late, an early dose counting as none."""
        return scope.cohort.total.mean_days_late

    def get_mean_signed_delay(self, scope: Scope) -> float | None:
        """Return the mean of given minus due, in days."""
        return scope.cohort.total.mean_signed_delay

    def get_pdc(self, scope: Scope) -> float | None:
        """Return the proportion of days covered; not validated for B12."""
        return scope.cohort.total.pdc


class AdherenceOut(serializers.Serializer):
    """The adherence of a clinic from a day to a day, both counted."""

    clinic = serializers.SlugField(source="clinic.slug")
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    scopes = ScopeOut(many=True)


class Adherence(APIView):
    """How well treatment kept to its dates."""

    may = May.REPORT
    permission_classes = (HasSeat,)

    @extend_schema(
        parameters=[
            OpenApiParameter("clinic", str, description="its short name"),
            OpenApiParameter("from_on", OpenApiTypes.DATE),
            OpenApiParameter("to_on", OpenApiTypes.DATE),
        ],
        responses=AdherenceOut,
    )
    def get(self, request: Request) -> Response:
        """Return the figures of a period; the last twelve months if none is named."""
        slug = request.query_params.get("clinic", "")
        clinic = chosen_clinic(cast(User, request.user), self.may, slug)
        form = PeriodForm(request.query_params, today=clinic.day(clock.now()))
        if not form.is_valid():
            raise serializers.ValidationError(cast(dict[str, Any], form.errors))
        report = report_of(
            clinic,
            from_on=form.cleaned_data["from_on"],
            to_on=form.cleaned_data["to_on"],
            today=form.today,
        )
        return Response(AdherenceOut(report).data)
