"""A clinic's parameters, for programs: what is in force, and its versions."""

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

import schedules.actions
from patients import access, clock
from patients.access import May
from patients.endpoints import DayField, OfClinics, Strict, chosen_clinic
from schedules import reading
from schedules.models import ClinicParameters
from schedules.parameters import NUMBERS, Parameters


class ParametersOut(serializers.ModelSerializer[ClinicParameters]):
    """A version that a clinic has set."""

    clinic = serializers.SlugField(source="clinic.slug", read_only=True)

    class Meta:
        model = ClinicParameters
        fields = ("id", "clinic", "version", "from_on", "values", "reason", "set_at")


class ParametersIn(Strict):
    """What is set from a day on; what is not named stays as it is."""

    clinic = serializers.SlugField(required=False, default="")
    from_on = DayField()
    reason = serializers.CharField(max_length=200)
    values = serializers.DictField()


class NumberOut(serializers.Serializer):
    """One parameter that is in force, its bounds and its basis."""

    name = serializers.CharField()
    title = serializers.CharField()
    unit = serializers.CharField()
    value = serializers.IntegerField()
    default = serializers.IntegerField()
    least = serializers.IntegerField()
    most = serializers.IntegerField()
    rule = serializers.CharField()
    basis = serializers.CharField()


class InForceOut(serializers.Serializer):
    """What is in force in a clinic today; nobody has approved it clinically."""

    clinic = serializers.SlugField()
    is_clinically_approved = serializers.BooleanField()
    numbers = NumberOut(many=True)
    tolerances = serializers.ListField(child=serializers.ListField())
    intervals = serializers.ListField(child=serializers.CharField())


class ClinicParameterVersions(mixins.ListModelMixin, OfClinics):
    """The versions of a clinic's parameters."""

    may = May.TREAT
    queryset = ClinicParameters.objects.select_related("clinic")
    serializer_class = ParametersOut

    @extend_schema(request=ParametersIn, responses={201: ParametersOut})
    def create(self, request: Request) -> Response:
        """Set parameters from a day on (clinical lead)."""
        if not access.clinics(self.user, May.LEAD).exists():
            raise PermissionDenied
        said = ParametersIn(data=request.data)
        said.is_valid(raise_exception=True)
        details = said.validated_data
        clinic = chosen_clinic(self.user, May.LEAD, details.pop("clinic"))
        schedules.actions.set_parameters(
            clinic=clinic, now=clock.now(), by=self.user, **details
        )
        version = ClinicParameters.objects.of(clinic).latest("version")
        return Response(ParametersOut(version).data, status=HTTP_201_CREATED)

    @extend_schema(responses=InForceOut)
    @action(detail=False, pagination_class=None, url_path="in-force")
    def in_force(self, request: Request) -> Response:
        """Return what is in force today, with bounds and basis."""
        slug = request.query_params.get("clinic", "")
        clinic = chosen_clinic(self.user, May.TREAT, slug)
        holds = reading.timeline_of(clinic).on(clinic.day(clock.now()))
        told = {"clinic": clinic.slug, "is_clinically_approved": False}
        return Response(InForceOut(told | _told(holds)).data)


def _told(holds: Parameters) -> dict[str, Any]:
    numbers = [
        asdict(number) | {"value": getattr(holds, number.name)} for number in NUMBERS
    ]
    values = holds.values
    return {
        "numbers": numbers,
        "tolerances": values["tolerances"],
        "intervals": values["intervals"],
    }
