"""The alerts of a plan, and the log of them, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

import schedules.actions
from patients import clock
from patients.endpoints import OfClinics, Strict
from schedules import watching
from schedules.alerts import Alert
from schedules.models import AlertEntry

MOST_LOGGED = 200


class AlertOut(serializers.Serializer):
    """
    An alert that speaks today.

    `to` is whom it speaks to first. `needs_answer`: only a fact ends it, and no
    acknowledgement. `about` tells apart the alerts of one code.
    """

    code = serializers.CharField()
    rule = serializers.CharField()
    severity = serializers.CharField()
    to = serializers.CharField(source="of.to")
    text = serializers.CharField()
    about = serializers.CharField()
    since = serializers.DateField()
    needs_answer = serializers.BooleanField(source="of.by_answer")
    is_clinically_approved = serializers.SerializerMethodField()

    def get_is_clinically_approved(self, _: Alert) -> bool:
        """Say that no clinician has approved the rules of alerts."""
        return False


class AlertEntryOut(serializers.ModelSerializer[AlertEntry]):
    """A stretch of time in which a rule spoke; one that is open has no `closed_on`."""

    acknowledged_by = serializers.StringRelatedField[Any]()

    class Meta:
        model = AlertEntry
        fields: tuple[str, ...] = (
            "id",
            "code",
            "rule",
            "severity",
            "about",
            "opened_on",
            "noticed_on",
            "closed_on",
            "resolution",
            "acknowledged_at",
            "acknowledged_by",
            "note",
        )


class AlertsOut(serializers.Serializer):
    """What a plan says today, and the newest entries of its log."""

    speaking = AlertOut(many=True)
    log = AlertEntryOut(many=True)


class AcknowledgeIn(Strict):
    """Which alert somebody has seen, and what they say of it."""

    code = serializers.CharField(max_length=40)
    about = serializers.CharField(max_length=80, required=False, allow_blank=True)
    note = serializers.CharField(max_length=200, required=False, allow_blank=True)


class OfAlerts(OfClinics):
    """The alerts of the plans of a clinic."""

    @extend_schema(responses=AlertsOut)
    @action(detail=True, pagination_class=None, filter_backends=())
    def alerts(self, *_: Any, **__: Any) -> Response:
        """Return what speaks today, acknowledged or not, and the log."""
        plan = self.get_object()
        today = plan.clinic.day(clock.now())
        log = plan.alert_entries.select_related("acknowledged_by")[:MOST_LOGGED]
        said = {"speaking": watching.speaking_of(plan, today=today), "log": log}
        return Response(AlertsOut(said).data)

    @extend_schema(request=AcknowledgeIn, responses=AlertEntryOut)
    @action(detail=True, methods=["post"], url_path="alerts/acknowledge")
    def acknowledge(self, request: Request, **_: Any) -> Response:
        """Acknowledge an alert: it stays quiet until the facts that it read change."""
        plan = self.get_object()
        said = AcknowledgeIn(data=request.data)
        said.is_valid(raise_exception=True)
        told = {"about": "", "note": ""} | said.validated_data
        entry = schedules.actions.acknowledge(
            plan=plan, now=clock.now(), by=self.user, **told
        )
        return Response(AlertEntryOut(entry).data)
