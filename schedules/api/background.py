"""What else is known of a patient, for programs."""

from typing import Any, ClassVar, cast

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.exceptions import NotFound
from rest_framework.response import Response
from rest_framework.status import HTTP_201_CREATED

import schedules.actions
from patients import access, clock
from patients.background import Allergen, Allergy, Had, missing_for_start
from patients.endpoints import OfClinics, Strict
from patients.exclusions import WORDINGS, Exclusion
from patients.known_background import answers_of, background_of
from patients.medicines import Taken
from patients.models import (
    AllergyRecord,
    BaselineSample,
    ConditionRecord,
    Consent,
    MedicineUse,
    Patient,
)
from patients.models.facts import Fact
from schedules.actions import Decision
from schedules.api.background_shapes import (
    AllergyIn,
    AllergyOut,
    BackgroundOut,
    ChecklistIn,
    ConditionIn,
    ConditionOut,
    ConsentIn,
    ConsentOut,
    EndIn,
    ExclusionOut,
    MedicineIn,
    MedicineOut,
    SampleOut,
    SamplesIn,
    StopIn,
)
from schedules.api.overrides import Overruling
from schedules.api.shapes import ReasonIn


class OfPatient(OfClinics):
    """An endpoint under one patient, or under one fact about a patient."""

    hears: ClassVar[type[Strict]]

    def patient(self) -> Patient:
        """Return the patient of the address; in other clinics there is none."""
        mine = Patient.objects.filter(clinic__in=access.clinics(self.user, self.may))
        found = mine.select_related("clinic").filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise NotFound
        return found

    def heard(self, hears: type[Strict] | None = None) -> dict[str, Any]:
        """Return what was said, or refuse."""
        said = (hears or self.hears)(data=self.request.data)
        said.is_valid(raise_exception=True)
        return cast("dict[str, Any]", said.validated_data)

    def who(self) -> dict[str, Any]:
        """Return when and by whom something is written down."""
        return {"now": clock.now(), "by": self.user}


class FactsOfPatient(mixins.ListModelMixin, OfPatient):
    """Facts of a patient: listed and recorded there, taken back by their own id."""

    def get_queryset(self) -> QuerySet[Any]:
        """Return the facts of the patient, or of the clinics, as the address says."""
        rows = super().get_queryset()
        if self.action == "list":
            return rows.filter(patient=self.patient())
        return rows.select_related("patient__clinic")

    def create(self, *_: Any, **__: Any) -> Response:
        """Record it."""
        recorded = self.record(self.patient())
        many = isinstance(recorded, list)
        shown = self.get_serializer(recorded, many=many)
        return Response(shown.data, status=HTTP_201_CREATED)

    def record(self, patient: Patient) -> Fact | list[Any]:
        """Write down what was said of `patient`."""
        raise NotImplementedError

    @extend_schema(request=ReasonIn)
    def void(self, *_: Any, **__: Any) -> Response:
        """Take it back, with a reason."""
        fact = self.get_object()
        said = self.heard(ReasonIn)
        fact = schedules.actions.void_fact(fact=fact, **said, **self.who())
        return Response(self.get_serializer(fact).data)


class Medicines(FactsOfPatient):
    """What a patient takes, or took. Nothing is suggested."""

    queryset = MedicineUse.objects.all()
    serializer_class = MedicineOut
    hears = MedicineIn

    @extend_schema(request=MedicineIn, responses={201: MedicineOut})
    def create(self, *address: Any, **details: Any) -> Response:
        """Record a medicine; one that starts today is judged by the safety rules."""
        return super().create(*address, **details)

    def record(self, patient: Patient) -> MedicineUse:
        """Start it, or write down that it was started."""
        said = self.heard()
        replies = Overruling.answers(said)
        role = self.seat(patient.clinic).role
        return schedules.actions.start_medicine(
            patient=patient,
            taken=Taken(**said),
            decision=Decision(role=role, answers=replies, **self.who()),
        )

    @extend_schema(request=StopIn, responses=MedicineOut)
    def stop(self, *_: Any, **__: Any) -> Response:
        """Record the first day without a medicine."""
        use = self.get_object()
        on = self.heard(StopIn)["stopped_on"]
        use = schedules.actions.stop_medicine(use=use, on=on, **self.who())
        return Response(MedicineOut(use).data)


class Allergies(FactsOfPatient):
    """What a patient reacts to, or the answer that nothing is known."""

    queryset = AllergyRecord.objects.all()
    serializer_class = AllergyOut
    hears = AllergyIn

    @extend_schema(request=AllergyIn, responses={201: AllergyOut})
    def create(self, *address: Any, **details: Any) -> Response:
        """Record an allergy, or that none is known."""
        return super().create(*address, **details)

    def record(self, patient: Patient) -> AllergyRecord:
        """Write down the allergy, or the answer."""
        said = self.heard()
        if said["allergen"] == Allergen.NONE_KNOWN:
            return schedules.actions.record_no_allergies(patient=patient, **self.who())
        note = said.pop("note", "")
        return schedules.actions.record_allergy(
            patient=patient, allergy=Allergy(**said), note=note, **self.who()
        )


class Conditions(FactsOfPatient):
    """What a patient has, is, or was exposed to."""

    queryset = ConditionRecord.objects.all()
    serializer_class = ConditionOut
    hears = ConditionIn

    @extend_schema(request=ConditionIn, responses={201: ConditionOut})
    def create(self, *address: Any, **details: Any) -> Response:
        """Record a condition; a planned one may lie ahead."""
        return super().create(*address, **details)

    def record(self, patient: Patient) -> ConditionRecord:
        """Write down the condition."""
        said = self.heard()
        note = said.pop("note", "")
        return schedules.actions.record_condition(
            patient=patient, had=Had(**said), note=note, **self.who()
        )

    @extend_schema(request=EndIn, responses=ConditionOut)
    def end(self, *_: Any, **__: Any) -> Response:
        """Record the first day without a condition."""
        record = self.get_object()
        on = self.heard(EndIn)["ended_on"]
        record = schedules.actions.end_condition(record=record, on=on, **self.who())
        return Response(ConditionOut(record).data)


class Samples(FactsOfPatient):
    """The blood that was drawn before treatment."""

    queryset = BaselineSample.objects.all()
    serializer_class = SampleOut
    hears = SamplesIn

    @extend_schema(request=SamplesIn, responses={201: SampleOut(many=True)})
    def create(self, *address: Any, **details: Any) -> Response:
        """Record the samples of a day; one that is known is not recorded twice."""
        return super().create(*address, **details)

    def record(self, patient: Patient) -> list[BaselineSample]:
        """Write down the samples."""
        return schedules.actions.record_samples(
            patient=patient, **self.heard(), **self.who()
        )


class Consents(FactsOfPatient):
    """What a patient said to being treated; the last word holds."""

    queryset = Consent.objects.all()
    serializer_class = ConsentOut
    hears = ConsentIn

    @extend_schema(request=ConsentIn, responses={201: ConsentOut})
    def create(self, *address: Any, **details: Any) -> Response:
        """Record what the patient said."""
        return super().create(*address, **details)

    def record(self, patient: Patient) -> Consent:
        """Write down what the patient said."""
        said = self.heard()
        return schedules.actions.state_consent(
            patient=patient, on=said.pop("said_on"), **said, **self.who()
        )


class Checklist(OfPatient):
    """The seventeen other explanations, each with its last answer."""

    queryset = Patient.objects.all()
    serializer_class = ExclusionOut
    hears = ChecklistIn
    pagination_class = None

    @extend_schema(responses=ExclusionOut(many=True))
    def answers(self, *_: Any, **__: Any) -> Response:
        """Return every line; one that nobody answered has no answer."""
        return self._lines(self.patient())

    @extend_schema(request=ChecklistIn, responses=ExclusionOut(many=True))
    def answer(self, *_: Any, **__: Any) -> Response:
        """Answer some lines; an answer that is not new is not written down again."""
        patient = self.patient()
        said = {Exclusion(line): answer for line, answer in self.heard().items()}
        schedules.actions.answer_exclusions(patient=patient, answers=said, **self.who())
        return self._lines(patient)

    def _lines(self, patient: Patient) -> Response:
        known = answers_of(patient)
        lines = [
            {
                "exclusion": line,
                "text": WORDINGS[line].text,
                "rule": WORDINGS[line].rule,
                "answered": known.get(line),
            }
            for line in Exclusion
        ]
        return Response(ExclusionOut(lines, many=True).data)


class Backgrounds(OfPatient):
    """What the safety rules read of a patient."""

    queryset = Patient.objects.all()
    serializer_class = BackgroundOut

    @extend_schema(responses=BackgroundOut)
    def today(self, *_: Any, **__: Any) -> Response:
        """Return the answers that are missing, as of today."""
        patient = self.patient()
        known = background_of(patient, on=patient.clinic.day(clock.now()))
        told = {
            "known": known,
            "missing_for_start": missing_for_start(known),
            "missing_samples": known.missing_samples(before=known.on),
        }
        return Response(BackgroundOut(told).data)
