"""Patients and laboratory results, for programs."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

import patients.actions
from patients import clock, identifiers
from patients.actions import Wishes
from patients.endpoints import DayField, OfClinics, Strict, chosen_clinic
from patients.models import ContactPreference, Patient


class PatientOut(serializers.ModelSerializer[Patient]):
    """A person of one clinic."""

    clinic = serializers.SlugField(source="clinic.slug", read_only=True)

    class Meta:
        model = Patient
        fields = (
            "id",
            "clinic",
            "family_name",
            "given_name",
            "birth_date",
            "gender",
            "nhs_number",
            "local_number",
            "phone",
            "email",
            "language",
            "preferred_channel",
            "is_deceased",
            "deceased_on",
        )


class PatientIn(Strict):
    """What may be said of a person. Consent is said together with how it is known."""

    family_name = serializers.CharField(max_length=80)
    given_name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    birth_date = DayField()
    gender = serializers.ChoiceField(Patient.Gender.choices, required=False)
    nhs_number = serializers.CharField(max_length=20, required=False, allow_blank=True)
    local_number = serializers.CharField(
        max_length=20, required=False, allow_blank=True
    )
    phone = serializers.CharField(max_length=20, required=False, allow_blank=True)
    email = serializers.CharField(max_length=254, required=False, allow_blank=True)
    preferred_channel = serializers.ChoiceField(
        Patient.Channel.choices, required=False, allow_blank=True
    )
    sms_allowed = serializers.BooleanField(required=False)
    email_allowed = serializers.BooleanField(required=False)
    evidence = serializers.CharField(max_length=120, required=False, allow_blank=True)

    def validate_nhs_number(self, said: str) -> str:
        """Return the ten digits, or refuse."""
        return _read(identifiers.nhs_number, said)

    def validate_phone(self, said: str) -> str:
        """Return the number as the world writes it, or refuse."""
        return _read(identifiers.phone, said)

    def validate_email(self, said: str) -> str:
        """Return the address, or refuse."""
        return _read(identifiers.email, said)

    def wishes(self) -> Wishes:
        """Take out what was said of messages, and return it."""
        said = {
            channel: self.validated_data.pop(f"{channel}_allowed")
            for channel in ContactPreference.Channel
            if f"{channel}_allowed" in self.validated_data
        }
        return Wishes(said=said, evidence=self.validated_data.pop("evidence", ""))


class NewPatientIn(PatientIn):
    """A person to be registered; the clinic is named where the caller has several."""

    clinic = serializers.SlugField(required=False)


class SearchIn(Strict):
    """Who is looked for; all that is said must hold."""

    name = serializers.CharField(max_length=100, required=False)
    nhs_number = serializers.CharField(max_length=20, required=False)
    local_number = serializers.CharField(max_length=20, required=False)
    birth_date = serializers.DateField(required=False)

    def among(self, rows: QuerySet[Patient]) -> QuerySet[Patient]:
        """Return those of `rows` who are looked for."""
        said = dict(self.validated_data)
        name = said.pop("name", "")
        if "nhs_number" in said:
            said["nhs_number"] = said["nhs_number"].replace(" ", "")
        return Patient.objects.filter(pk__in=rows.filter(**said)).found_by(name)


class Patients(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfClinics):
    """Who is treated."""

    queryset = Patient.objects.select_related("clinic")
    serializer_class = PatientOut

    @extend_schema(request=SearchIn, responses=PatientOut(many=True))
    @action(detail=False, methods=["post"])
    def search(self, request: Request) -> Response:
        """Look for people. A name is posted: it never stands in an address."""
        said = SearchIn(data=request.data)
        said.is_valid(raise_exception=True)
        page = self.paginate_queryset(said.among(self.get_queryset()))
        return self.get_paginated_response(PatientOut(page, many=True).data)

    @extend_schema(request=NewPatientIn, responses={201: PatientOut})
    def create(self, request: Request) -> Response:
        """Register a person."""
        said = NewPatientIn(data=request.data)
        said.is_valid(raise_exception=True)
        wishes, details = said.wishes(), said.validated_data
        patient = patients.actions.admit(
            clinic=chosen_clinic(self.user, self.may, details.pop("clinic", "")),
            details=details,
            wishes=wishes,
            now=clock.now(),
            by=self.user,
        )
        return Response(PatientOut(patient).data, status=HTTP_201_CREATED)

    @extend_schema(request=PatientIn(partial=True), responses=PatientOut)
    def partial_update(self, request: Request, **_: Any) -> Response:
        """Correct what is known of a person."""
        patient = self.get_object()
        said = PatientIn(data=request.data, partial=True)
        said.is_valid(raise_exception=True)
        patient = patients.actions.amend(
            patient=patient,
            wishes=said.wishes(),
            changes=said.validated_data,
            now=clock.now(),
            by=self.user,
        )
        return Response(PatientOut(patient).data)


def _read(read: Any, said: str) -> str:
    try:
        return str(read(said)) if said else ""
    except identifiers.InvalidIdentifier as problem:
        raise ValidationError(str(problem)) from problem
