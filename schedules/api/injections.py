"""Injections, for programs."""

from decimal import Decimal
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
from patients.endpoints import DayField, InstantField, OfClinics
from patients.models import Clinic
from schedules.actions import Decision
from schedules.api.overrides import FindingOut, Overruling
from schedules.api.shapes import (
    LARGEST_ID,
    IdFilter,
    MovedOut,
    ProductField,
    ReasonIn,
    ReasonOut,
    patient_of,
)
from schedules.models import Injection


class InjectionOut(serializers.ModelSerializer[Injection]):
    """
    What was given, or was not, and what it answered.

    `reasons` are those that placed the dose it answered, and for which it began the
    grid anew.
    """

    reasons = ReasonOut(many=True, read_only=True)

    class Meta:
        model = Injection
        fields = (
            "id",
            "patient",
            "plan",
            "given_on",
            "given_at",
            "outcome",
            "source",
            "product",
            "dose_mg",
            "route",
            "site",
            "batch",
            "expires_on",
            "given_by",
            "note",
            "is_incident",
            "spoke_against",
            "episode",
            "ordinal",
            "answered_due_on",
            "timing",
            "delay_days",
            "covered_until",
            "reasons",
            "voided_at",
            "void_reason",
        )


class RecordedOut(serializers.Serializer):
    """An injection as it was written down, what that moved, what the rules say."""

    injection = InjectionOut()
    moved = MovedOut()
    findings = FindingOut(many=True)


class InjectionIn(Overruling):
    """
    An injection. One given here has a time; one given elsewhere may have only a day,
    and is not counted until it is accepted.

    `is_intended` says that it is about to be given: safety rules may stop that, and
    `overrides` answers them. Otherwise it was given already, and is recorded; what a
    rule speaks against makes it an incident. `identity_confirmed` says that two
    identifiers were checked; it is asked where a needle went in (rule S23).
    `was_given_unconfirmed` admits that nobody checked: an incident.
    """

    is_intended = serializers.BooleanField(default=False)

    patient = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    given_at = InstantField(required=False)
    given_on = DayField(required=False)
    outcome = serializers.ChoiceField(Injection.Outcome.choices, default="given")
    is_here = serializers.BooleanField(default=True)
    product = ProductField()
    dose_mg = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=Decimal(0), default=Decimal(1)
    )
    route = serializers.ChoiceField(Injection.Route.choices, default="im")
    site = serializers.ChoiceField(
        Injection.Site.choices, required=False, allow_blank=True
    )
    batch = serializers.CharField(max_length=40, required=False, allow_blank=True)
    expires_on = DayField(required=False)
    given_by = serializers.CharField(max_length=80, required=False, allow_blank=True)
    note = serializers.CharField(max_length=400, required=False, allow_blank=True)
    identity_confirmed = serializers.BooleanField(default=False)
    was_given_unconfirmed = serializers.BooleanField(default=False)

    def validate_dose_mg(self, dose: Any) -> Any:
        """Refuse a dose of nothing."""
        if not dose:
            raise serializers.ValidationError("A dose is more than nothing.")
        return dose

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Ask for the time, the day and the identity where they are needed."""
        here = said.pop("is_here")
        source = Injection.Source.HERE if here else Injection.Source.UNVERIFIED
        if here and not said.get("given_at"):
            raise serializers.ValidationError({"given_at": "Say when it was given."})
        # An intended injection is judged by the rules (S23).
        admitted = said.pop("was_given_unconfirmed") or said["is_intended"]
        answered = said["identity_confirmed"] or admitted
        if here and said["outcome"] in Injection.NEEDLE and not answered:
            raise serializers.ValidationError(
                {"identity_confirmed": "Confirm two identifiers first (rule S23)."}
            )
        if not here and not said.get("given_on"):
            raise serializers.ValidationError({"given_on": "Say on which day."})
        return said | {"source": source}


class CorrectionIn(InjectionIn):
    """
    An injection as it really was, whole, and why its record was wrong.

    One that was accepted from elsewhere stays accepted.
    """

    patient = None  # type: ignore[assignment]
    overrides = None  # type: ignore[assignment]
    was_given_unconfirmed = serializers.HiddenField(default=True)  # type: ignore[assignment]
    is_intended = serializers.HiddenField(default=False)  # type: ignore[assignment]
    reason = serializers.CharField(max_length=200)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Leave out who it was, which was asked before the needle."""
        told = super().validate(said)
        del told["is_intended"], told["identity_confirmed"]
        return told


class InjectionFilter(filters.FilterSet):
    """Which injections."""

    since = filters.DateFilter(field_name="given_on", lookup_expr="gte")
    until = filters.DateFilter(field_name="given_on", lookup_expr="lte")
    patient = IdFilter(field_name="patient_id")

    class Meta:
        model = Injection
        fields = ("patient", "outcome", "source")


class Injections(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfClinics):
    """What was given."""

    queryset = Injection.objects.all()
    serializer_class = InjectionOut
    filter_backends = (filters.DjangoFilterBackend,)
    filterset_class = InjectionFilter

    @extend_schema(request=InjectionIn, responses={201: RecordedOut})
    def create(self, request: Request) -> Response:
        """Record an injection; the answer says what moved."""
        said = InjectionIn(data=request.data)
        said.is_valid(raise_exception=True)
        details = said.validated_data
        patient = patient_of(self, details.pop("patient"))
        is_intended = details.pop("is_intended")
        identified = details.pop("identity_confirmed")
        now = clock.now()
        intended = Decision(
            by=self.user,
            role=self.seat(patient.clinic).role,
            now=now,
            answers=Overruling.answers(details),
        )
        recorded = schedules.actions.record_injection(
            patient=patient,
            **_when(details, patient.clinic),
            details=details,
            now=now,
            by=self.user,
            intended=intended if is_intended else None,
            identified=identified,
        )
        return Response(RecordedOut(recorded).data, status=HTTP_201_CREATED)

    @extend_schema(request=CorrectionIn, responses=RecordedOut)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, **_: Any) -> Response:
        """Take an injection back and record it as it really was, in one step."""
        injection = self.get_object()
        said = CorrectionIn(data=request.data)
        said.is_valid(raise_exception=True)
        details = said.validated_data
        if injection.accepted_at and details["source"] == Injection.Source.UNVERIFIED:
            details["source"] = Injection.Source.ACCEPTED
        recorded = schedules.actions.correct_injection(
            injection=injection,
            reason=details.pop("reason"),
            now=clock.now(),
            by=self.user,
            **_when(details, injection.patient.clinic),
            details=details,
        )
        return Response(RecordedOut(recorded).data)

    @extend_schema(request=ReasonIn, responses=RecordedOut)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, **_: Any) -> Response:
        """Take an injection back, with a reason; the future moves back."""
        injection = self.get_object()
        said = ReasonIn(data=request.data)
        said.is_valid(raise_exception=True)
        undone = schedules.actions.void_injection(
            injection=injection, now=clock.now(), by=self.user, **said.validated_data
        )
        return Response(RecordedOut(undone).data)

    @extend_schema(request=None, responses=RecordedOut)
    @action(detail=True, methods=["post"])
    def accept(self, *_: Any, **__: Any) -> Response:
        """Accept an injection given elsewhere: it counts from now on."""
        accepted = schedules.actions.accept_injection(
            injection=self.get_object(), now=clock.now(), by=self.user
        )
        return Response(RecordedOut(accepted).data)


def _when(details: dict[str, Any], clinic: Clinic) -> dict[str, Any]:
    """Take out when it was given: the instant if it is known, and the clinic's day."""
    given_at, given_on = details.pop("given_at", None), details.pop("given_on", None)
    return {
        "given_at": given_at,
        "given_on": clinic.day(given_at) if given_at else given_on,
    }
