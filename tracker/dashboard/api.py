"""The day's list, for programs."""

from datetime import date
from typing import Any, cast

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from patients import clock
from patients.access import May
from patients.endpoints import HasSeat, chosen_clinic
from patients.models import Clinic, ImportLine, User
from tracker.dashboard.groups import Group
from tracker.dashboard.listed import ListedPatient
from tracker.dashboard.people import people_of


class WorklistEntry(serializers.Serializer):
    """A patient on the list, with what is open."""

    patient = serializers.IntegerField(source="id")
    family_name = serializers.CharField()
    given_name = serializers.CharField()
    birth_date = serializers.DateField()
    phase = serializers.CharField(source="plan.phase", default=None)
    dose_due_on = serializers.DateField(source="dose.due_on", default=None)
    panel_due_on = serializers.DateField(source="panel.due_on", default=None)
    alerts = serializers.SerializerMethodField()

    def get_alerts(self, person: ListedPatient) -> list[str]:
        """Return the codes of the alerts that speak."""
        return [alert.code for alert in person.alerts]


class WorklistGroup(serializers.Serializer):
    """One group of the list: everybody is in exactly one."""

    code = serializers.CharField()
    count = serializers.IntegerField()
    patients = WorklistEntry(many=True)


class WorklistOut(serializers.Serializer):
    """The list of a clinic on its own day."""

    clinic = serializers.SlugField()
    today = serializers.DateField()
    total = serializers.IntegerField()
    groups = WorklistGroup(many=True)


class Worklist(APIView):
    """Who is to be seen, called or looked at today."""

    may = May.TREAT
    permission_classes = (HasSeat,)

    @extend_schema(
        parameters=[OpenApiParameter("clinic", str, description="its short name")],
        responses=WorklistOut,
    )
    def get(self, request: Request) -> Response:
        """Return the list; the clinic is named where the caller has several."""
        slug = request.query_params.get("clinic", "")
        clinic = chosen_clinic(cast(User, request.user), self.may, slug)
        today = clinic.day(clock.now())
        return Response(WorklistOut(_worklist(clinic, today)).data)


def _worklist(clinic: Clinic, today: date) -> dict[str, Any]:
    people = people_of(clinic, today=today)
    groups: list[dict[str, Any]] = []
    for group in Group:
        found = [person for person in people if person.group is group]
        count = len(found)
        if group is Group.LINES:
            count = ImportLine.objects.of(clinic).waiting().count()
        groups.append({"code": group.value, "count": count, "patients": found})
    total = sum(group["count"] for group in groups)
    return {"clinic": clinic.slug, "today": today, "total": total, "groups": groups}
