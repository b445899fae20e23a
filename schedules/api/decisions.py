"""The decisions about plans, for programs: read, and taken back."""

from typing import Any

from django.db.models import QuerySet
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

import schedules.actions
from patients import access, clock
from patients.access import May
from patients.endpoints import OfClinics
from schedules.api.shapes import IdFilter, MovedOut, ReasonIn
from schedules.models import PlanEvent


class DecisionOut(serializers.ModelSerializer[PlanEvent]):
    """A decision about a plan: who, when, why; voided if somebody took it back."""

    decided_by = serializers.CharField(read_only=True)
    protocol = serializers.StringRelatedField[PlanEvent]()

    class Meta:
        model = PlanEvent
        fields = (
            "id",
            "plan",
            "kind",
            "on",
            "start_on",
            "protocol",
            "interval",
            "review_on",
            "reason",
            "note",
            "decided_at",
            "decided_by",
            "voided_at",
            "void_reason",
        )


class DecisionFilter(filters.FilterSet):
    """Which decisions."""

    plan = IdFilter(field_name="plan_id")
    patient = IdFilter(field_name="plan__patient_id")

    class Meta:
        model = PlanEvent
        fields = ("plan", "kind")


class Decisions(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfClinics):
    """What was decided about plans."""

    may = May.TREAT
    queryset = PlanEvent.objects.select_related("plan__clinic", "decided_by")
    serializer_class = DecisionOut
    filter_backends = (filters.DjangoFilterBackend,)
    filterset_class = DecisionFilter

    def get_queryset(self) -> QuerySet[Any]:
        """Return the decisions about plans of the caller's clinics."""
        mine = access.clinics(self.user, self.may)
        return PlanEvent.objects.filter(plan__clinic__in=mine).select_related(
            "plan__clinic", "decided_by", "protocol"
        )

    @extend_schema(request=ReasonIn, responses=MovedOut)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, **_: Any) -> Response:
        """Take a decision back, with a reason; the answer says what moved."""
        event: PlanEvent = self.get_object()
        said = ReasonIn(data=request.data)
        said.is_valid(raise_exception=True)
        moved = schedules.actions.take_back(
            event=event,
            role=self.seat(event.plan.clinic).role,
            now=clock.now(),
            by=self.user,
            **said.validated_data,
        )
        return Response(MovedOut(moved).data)
