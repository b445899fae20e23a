"""Adherence, for programs: figures of a clinic, and nobody's name."""

from typing import Any, cast

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from patients import access, clock
from patients.access import May
from patients.endpoints import HasSeat, chosen_clinic
from patients.models import User
from tracker.reports.adherence import report_of
from tracker.reports.forms import PeriodForm


class ScopeOut(serializers.Serializer):
    """
    The figures of one phase, or of all (rules 6, M1-M4, M8).

    On-time rate and `pdc`, the proportion of days covered, are shares; delays are in
    days. To those who may see no names, a number of people from one to four is null,
    and so is every figure from which something could be told about so few.
    """

    phase = serializers.CharField(allow_null=True)
    n = serializers.IntegerField(allow_null=True)
    excluded_n = serializers.IntegerField(allow_null=True)
    evaluable = serializers.IntegerField(source="total.evaluable", allow_null=True)
    on_time = serializers.IntegerField(source="total.on_time", allow_null=True)
    on_time_rate = serializers.FloatField(source="total.on_time_rate", allow_null=True)
    mean_days_late = serializers.FloatField(
        source="total.mean_days_late", allow_null=True
    )
    mean_signed_delay = serializers.FloatField(
        source="total.mean_signed_delay", allow_null=True
    )
    pdc = serializers.FloatField(source="total.pdc", allow_null=True)


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
        user = cast(User, request.user)
        clinic = chosen_clinic(user, self.may, slug)
        form = PeriodForm(request.query_params, today=clinic.day(clock.now()))
        if not form.is_valid():
            raise serializers.ValidationError(cast(dict[str, Any], form.errors))
        report = report_of(
            clinic,
            from_on=form.cleaned_data["from_on"],
            to_on=form.cleaned_data["to_on"],
            today=form.today,
            with_names=clinic in access.clinics(user, May.NAMES),
        )
        return Response(AdherenceOut(report).data)
