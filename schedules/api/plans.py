"""Plans, the decisions about them, and the year ahead, for programs."""

from collections.abc import Callable
from datetime import date, timedelta
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
from patients.access import May
from patients.endpoints import DayField, Strict
from schedules import reading
from schedules.actions import Answers, Decision, Moved
from schedules.api.alerts import OfAlerts
from schedules.api.dates import DoseOut, PanelOut
from schedules.api.fields import IntervalField
from schedules.api.laboratory import LabCalendarOut
from schedules.api.overrides import Overruling
from schedules.api.shapes import (
    LARGEST_ID,
    IdFilter,
    MovedOut,
    ProductField,
    patient_of,
)
from schedules.causes import Cause
from schedules.lab_reading import lab_calendar_of
from schedules.models import Plan, Protocol

A_YEAR = timedelta(days=365)


class PlanOut(serializers.ModelSerializer[Plan]):
    """A course of treatment; an unapproved protocol says so."""

    clinic = serializers.SlugField(source="clinic.slug", read_only=True)
    protocol = serializers.StringRelatedField[Plan]()
    is_clinically_approved = serializers.SerializerMethodField()

    class Meta:
        model = Plan
        fields: tuple[str, ...] = (
            "id",
            "clinic",
            "patient",
            "phase",
            "episode",
            "interval",
            "neurological",
            "cause",
            "cause_code",
            "product",
            "protocol",
            "is_clinically_approved",
            "opened_at",
        )

    def get_is_clinically_approved(self, plan: Plan) -> bool:
        """Tell whether a clinician approved the protocol."""
        return plan.protocol is not None and plan.protocol.is_approved_in(plan.clinic)


class PlanNextOut(PlanOut):
    """A course of treatment, with what is next in it as the rules say today."""

    dose = DoseOut(source="forecast.dose", allow_null=True)
    panel = PanelOut(source="forecast.panel", allow_null=True)
    relapsed_at = serializers.CharField(
        source="forecast.relapsed_at",
        allow_null=True,
        help_text="The interval at which the patient relapsed: choose a shorter one.",
    )

    class Meta(PlanOut.Meta):
        fields = (*PlanOut.Meta.fields, "dose", "panel", "relapsed_at")


@extend_schema_field({"type": "string", "example": "NEURO_ALT"})
class ProtocolField(serializers.Field[Protocol, str, str, Any]):
    """A protocol by its code; the newest version is meant."""

    def to_internal_value(self, data: Any) -> Protocol:
        """Return the protocol, or refuse."""
        newest = Protocol.objects.filter(code=str(data)).order_by("-version").first()
        if newest is None:
            raise serializers.ValidationError("There is no such protocol.")
        return newest


class PlanIn(Strict):
    """A plan to be opened, in work-up."""

    patient = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    neurological = serializers.ChoiceField(
        Plan.Neurological.choices, default=Plan.Neurological.UNKNOWN
    )
    cause = serializers.CharField(max_length=120, required=False, allow_blank=True)
    cause_code = serializers.ChoiceField(
        [cause.value for cause in Cause], default="", allow_blank=True
    )
    product = ProductField()


class DecisionIn(Overruling):
    """Why something is decided; the reasons are those of the phase."""

    reason = serializers.CharField(max_length=32)
    note = serializers.CharField(max_length=400, required=False, allow_blank=True)
    on = DayField(required=False)


class StartIn(DecisionIn):
    """
    The start of loading.

    `consent` says how we know that the patient agrees. It and `no_known_allergies` are
    needed where the record does not tell (T1).
    """

    protocol = ProtocolField()
    neurological = serializers.ChoiceField(Plan.Neurological.choices)
    start_on = DayField()
    consent = serializers.CharField(max_length=120, required=False, allow_blank=True)
    no_known_allergies = serializers.BooleanField(default=False)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Put the answers together."""
        answers = Answers(
            consent=said.pop("consent", ""),
            no_known_allergies=said.pop("no_known_allergies"),
        )
        return said | {"answers": answers}


class TransferIn(DecisionIn):
    """Maintenance that was established elsewhere."""

    protocol = ProtocolField()
    interval = IntervalField()


class IntervalIn(DecisionIn):
    """How often injections are given from now on."""

    interval = IntervalField()


class ProtocolIn(DecisionIn):
    """The newest version of the protocol that the plan follows."""

    protocol = ProtocolField()


class PauseIn(DecisionIn):
    """A pause, and when it is looked at again."""

    review_on = DayField()


class ReloadIn(DecisionIn):
    """Loading once more; by another protocol than before, where one is named."""

    start_on = DayField()
    protocol = ProtocolField(required=False)


#: What each decision hears, and which action takes it.
DECISIONS: dict[str, tuple[type[DecisionIn], Callable[..., Moved]]] = {
    "start": (StartIn, schedules.actions.start_plan),
    "transfer-in": (TransferIn, schedules.actions.transfer_in),
    "to-maintenance": (IntervalIn, schedules.actions.to_maintenance),
    "change-interval": (IntervalIn, schedules.actions.change_interval),
    "change-protocol": (ProtocolIn, schedules.actions.change_protocol),
    "pause": (PauseIn, schedules.actions.pause),
    "resume": (DecisionIn, schedules.actions.resume),
    "reload": (ReloadIn, schedules.actions.reload),
    "close": (DecisionIn, schedules.actions.close_plan),
    "reopen": (DecisionIn, schedules.actions.reopen),
}


def _endpoint(kind: str) -> Callable[..., Response]:
    """Return the endpoint of one decision, described for the schema."""

    def endpoint(self: Any, request: Request, **_: Any) -> Response:
        answer: Response = self.decide(request, kind)
        return answer

    endpoint.__name__ = kind.replace("-", "_")
    endpoint.__doc__ = f"Decide: {kind.replace('-', ' ')}. The answer says what moved."
    decided = action(detail=True, methods=["post"], url_path=kind)(endpoint)
    described: Callable[..., Response] = extend_schema(
        request=DECISIONS[kind][0], responses=MovedOut
    )(decided)
    return described


class PlanFilter(filters.FilterSet):
    """Which plans."""

    patient = IdFilter(field_name="patient_id")

    class Meta:
        model = Plan
        fields = ("patient", "phase")


class Plans(mixins.ListModelMixin, OfAlerts):
    """Courses of treatment."""

    may = May.TREAT
    queryset = Plan.objects.select_related("clinic", "protocol")
    serializer_class = PlanOut
    filter_backends = (filters.DjangoFilterBackend,)
    filterset_class = PlanFilter

    @extend_schema(request=PlanIn, responses={201: PlanOut})
    def create(self, request: Request) -> Response:
        """Open a plan, in work-up."""
        said = PlanIn(data=request.data)
        said.is_valid(raise_exception=True)
        details = said.validated_data
        patient = patient_of(self, details.pop("patient"))
        plan = schedules.actions.open_plan(
            patient=patient,
            neurological=details["neurological"],
            cause=details.get("cause", ""),
            cause_code=details["cause_code"],
            product=details["product"],
            decision=Decision(
                by=self.user, role=self.seat(patient.clinic).role, now=clock.now()
            ),
        )
        return Response(PlanOut(plan).data, status=HTTP_201_CREATED)

    @extend_schema(responses=PlanNextOut)
    def retrieve(self, *_: Any, **__: Any) -> Response:
        """Return a plan, and what is next in it with the reasons."""
        plan = self.get_object()
        plan.forecast = reading.forecast_of(plan, today=plan.clinic.day(clock.now()))
        return Response(PlanNextOut(plan).data)

    @extend_schema(responses=DoseOut(many=True))
    @action(detail=True, pagination_class=None, filter_backends=())
    def schedule(self, *_: Any, **__: Any) -> Response:
        """Return the doses of the next twelve months, each as if given when due."""
        plan = self.get_object()
        today = plan.clinic.day(clock.now())
        doses = reading.ahead_of(plan, today=today, until=today + A_YEAR)
        return Response(DoseOut(doses, many=True).data)

    @extend_schema(responses=LabCalendarOut)
    @action(
        detail=True, url_path="lab-calendar", pagination_class=None, filter_backends=()
    )
    def lab_calendar(self, *_: Any, **__: Any) -> Response:
        """Return every panel up to those that are next, and what became of them."""
        plan = self.get_object()
        found = lab_calendar_of(plan, today=plan.clinic.day(clock.now()))
        return Response(LabCalendarOut(found).data)

    start = _endpoint("start")
    transfer_in = _endpoint("transfer-in")
    to_maintenance = _endpoint("to-maintenance")
    change_interval = _endpoint("change-interval")
    change_protocol = _endpoint("change-protocol")
    pause = _endpoint("pause")
    resume = _endpoint("resume")
    reload = _endpoint("reload")
    close = _endpoint("close")
    reopen = _endpoint("reopen")

    def decide(self, request: Request, kind: str) -> Response:
        """Take one of the decisions; the answer says what moved."""
        plan: Plan = self.get_object()
        hears, act = DECISIONS[kind]
        said = hears(data=request.data)
        said.is_valid(raise_exception=True)
        details = said.validated_data
        decision = Decision(
            by=self.user,
            role=self.seat(plan.clinic).role,
            now=clock.now(),
            answers=Overruling.answers(details),
            reason=details.pop("reason"),
            note=details.pop("note", ""),
            on=_day(details),
        )
        return Response(MovedOut(act(plan=plan, decision=decision, **details)).data)


def _day(details: dict[str, Any]) -> date | None:
    day: date | None = details.pop("on", None)
    return day
