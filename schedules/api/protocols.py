"""Protocols, for programs: what each version says, and its review in a clinic."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

import schedules.actions
from patients import clock
from patients.access import May
from patients.endpoints import OfClinics, Strict, chosen_clinic
from patients.models import Clinic
from schedules import regimen, reviewing
from schedules.models import Protocol, ProtocolReview
from schedules.protocol import Protocol as Rules
from schedules.reviewing import Step


class ProtocolOut(serializers.ModelSerializer[Protocol]):
    """A version of a protocol: its regimen in words, and its cited rules."""

    key = serializers.SerializerMethodField()
    regimen = serializers.SerializerMethodField()

    class Meta:
        model = Protocol
        fields = ("key", "code", "version", "title", "regimen", "content")

    def get_key(self, protocol: Protocol) -> str:
        """Return what names the version in an address."""
        return f"{protocol.code}.v{protocol.version}"

    def get_regimen(self, protocol: Protocol) -> list[str]:
        """Return the regimen as sentences."""
        return list(regimen.in_words(Rules.from_dict(protocol.content)))


class ReviewOut(serializers.ModelSerializer[ProtocolReview]):
    """A step of a review: who, when, and what was said."""

    taken_by = serializers.CharField(read_only=True)

    class Meta:
        model = ProtocolReview
        fields = ("step", "note", "taken_at", "taken_by")


class ReviewsOut(serializers.Serializer):
    """How far a clinic's review of a version has come."""

    clinic = serializers.SlugField()
    standing = serializers.CharField()
    is_clinically_approved = serializers.BooleanField()
    steps = ReviewOut(many=True)


class ReviewIn(Strict):
    """The next step of a review."""

    clinic = serializers.SlugField(required=False, default="")
    step = serializers.ChoiceField([step.value for step in Step])
    note = serializers.CharField(
        max_length=400, required=False, allow_blank=True, default=""
    )


class Protocols(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfClinics):
    """Every version of every protocol; all clinics share them, none its review."""

    may = May.TREAT
    queryset = Protocol.objects.all()
    serializer_class = ProtocolOut
    lookup_url_kwarg = "key"
    lookup_value_regex = "[^/]{1,60}"

    def get_queryset(self) -> Any:
        """Return them all: a protocol is nobody's."""
        return Protocol.objects.all()

    def get_object(self) -> Protocol:
        """Return the version that `NEURO_ALT.v2` names, or 404."""
        code, _, version = str(self.kwargs["key"]).rpartition(".v")
        found = Protocol.objects.filter(code=code)
        protocol = next((p for p in found if str(p.version) == version), None)
        if protocol is None:
            raise Http404
        return protocol

    @extend_schema(request=None, responses=ReviewsOut)
    @action(detail=True, pagination_class=None)
    def reviews(self, request: Request, **_: Any) -> Response:
        """Return the steps that a clinic has taken."""
        slug = request.query_params.get("clinic", "")
        clinic = chosen_clinic(self.user, May.TREAT, slug)
        return Response(_told(self.get_object(), clinic))

    @extend_schema(request=ReviewIn, responses={201: ReviewsOut})
    @action(detail=True, methods=["post"])
    def review(self, request: Request, **_: Any) -> Response:
        """Take the next step: submit, approve, send back."""
        protocol = self.get_object()
        said = ReviewIn(data=request.data)
        said.is_valid(raise_exception=True)
        details = said.validated_data
        clinic = chosen_clinic(self.user, May.TREAT, details["clinic"])
        schedules.actions.review_protocol(
            protocol=protocol,
            clinic=clinic,
            step=Step(details["step"]),
            note=details["note"],
            role=self.seat(clinic).role,
            now=clock.now(),
            by=self.user,
        )
        return Response(_told(protocol, clinic), status=HTTP_201_CREATED)


def _told(protocol: Protocol, clinic: Clinic) -> Any:
    steps = list(protocol.reviews_in(clinic))
    standing = reviewing.standing([each.step for each in steps])
    told = {
        "clinic": clinic.slug,
        "standing": standing,
        "is_clinically_approved": standing == reviewing.Standing.APPROVED,
        "steps": steps,
    }
    return ReviewsOut(told).data
