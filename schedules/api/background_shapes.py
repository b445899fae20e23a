"""What the endpoints of the background say and hear."""

from typing import Any

from rest_framework import serializers

from patients.background import Agreement, Allergen, Condition, Missing, Reaction
from patients.endpoints import DayField, Strict
from patients.exclusions import Answer, Exclusion
from patients.medicines import ATC, Medicine, Route
from patients.models import (
    AllergyRecord,
    BaselineSample,
    ConditionRecord,
    Consent,
    MedicineUse,
)
from patients.samples import Sample
from schedules.api.overrides import Overruling

VOIDED = ("recorded_at", "voided_at", "void_reason")


def _text(most: int) -> serializers.CharField:
    return serializers.CharField(max_length=most, required=False, allow_blank=True)


def _day() -> DayField:
    return DayField(required=False, allow_null=True)


def _inr() -> serializers.DecimalField:
    return serializers.DecimalField(
        max_digits=3, decimal_places=1, required=False, allow_null=True
    )


class MedicineOut(serializers.ModelSerializer[MedicineUse]):
    """A medicine that is taken, or was; the ATC code where it was verified."""

    atc = serializers.SerializerMethodField()

    class Meta:
        model = MedicineUse
        fields = (
            *("id", "patient", "medicine", "atc", "name", "daily_mg", "route"),
            *("started_on", "stopped_on", "inr_low", "inr_high"),
            *VOIDED,
        )

    def get_atc(self, use: MedicineUse) -> str:
        """Return the ATC code, or nothing."""
        return ATC.get(Medicine(use.medicine), "")


class MedicineIn(Overruling):
    """
    A medicine. `started_on` is today for one that starts, and may be left out for one
    whose start nobody knows. `daily_mg` is in milligrams: 400 micrograms are 0.4.
    `overrides` answers the safety rules that speak against a start.
    """

    medicine = serializers.ChoiceField([each.value for each in Medicine])
    name = _text(80)
    daily_mg = serializers.DecimalField(
        max_digits=10, decimal_places=4, required=False, allow_null=True
    )
    route = serializers.ChoiceField([each.value for each in Route], default=Route.ORAL)
    started_on = _day()
    stopped_on = _day()
    inr_low = _inr()
    inr_high = _inr()

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Return the codes as what they stand for."""
        codes = {"medicine": Medicine(said["medicine"]), "route": Route(said["route"])}
        return said | codes


class StopIn(Strict):
    """The first day without a medicine."""

    stopped_on = DayField()


class AllergyOut(serializers.ModelSerializer[AllergyRecord]):
    """An allergy, or the answer that none is known."""

    class Meta:
        model = AllergyRecord
        fields = (
            *("id", "patient", "allergen", "name", "reaction", "since", "note"),
            *VOIDED,
        )


class AllergyIn(Strict):
    """An allergy; `none_known` is the answer that there is none."""

    allergen = serializers.ChoiceField([each.value for each in Allergen])
    name = _text(80)
    reaction = serializers.ChoiceField(
        [each.value for each in Reaction], default=Reaction.UNKNOWN
    )
    since = _day()
    note = _text(200)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Return the codes as what they stand for."""
        allergen, reaction = Allergen(said["allergen"]), Reaction(said["reaction"])
        return said | {"allergen": allergen, "reaction": reaction}


class ConditionOut(serializers.ModelSerializer[ConditionRecord]):
    """A condition; `ended_on` is the first day without it."""

    class Meta:
        model = ConditionRecord
        fields = (
            *("id", "patient", "condition", "from_on", "ended_on", "note"),
            *VOIDED,
        )


class ConditionIn(Strict):
    """A condition, from a day on or always."""

    condition = serializers.ChoiceField([each.value for each in Condition])
    from_on = _day()
    ended_on = _day()
    note = _text(200)

    def validate_condition(self, code: str) -> Condition:
        """Return what the code stands for."""
        return Condition(code)


class EndIn(Strict):
    """The first day without a condition."""

    ended_on = DayField()


class SampleOut(serializers.ModelSerializer[BaselineSample]):
    """Blood that was drawn for a test."""

    class Meta:
        model = BaselineSample
        fields = ("id", "patient", "sample", "drawn_on", *VOIDED)


class SamplesIn(Strict):
    """For which tests blood was drawn on a day."""

    samples = serializers.ListField(
        child=serializers.ChoiceField([each.value for each in Sample]),
        max_length=len(Sample),
    )
    drawn_on = DayField()

    def validate_samples(self, codes: list[str]) -> list[Sample]:
        """Return what the codes stand for, each once."""
        return [Sample(code) for code in dict.fromkeys(codes)]


class ConsentOut(serializers.ModelSerializer[Consent]):
    """What a patient said to being treated."""

    class Meta:
        model = Consent
        fields = ("id", "patient", "answer", "how", "said_on", *VOIDED)


class ConsentIn(Strict):
    """What a patient said, how we know it, and when it was said."""

    answer = serializers.ChoiceField([each.value for each in Agreement])
    how = serializers.CharField(max_length=120)
    said_on = DayField()

    def validate_answer(self, code: str) -> Agreement:
        """Return what the code stands for."""
        return Agreement(code)


class AnsweredOut(serializers.Serializer):
    """The last answer to a line of the checklist."""

    answer = serializers.ChoiceField([each.value for each in Answer])
    answered_on = serializers.DateField(source="on")
    by = serializers.CharField()


class ExclusionOut(serializers.Serializer):
    """A line of the checklist: what is asked, which claim asks it, and the answer."""

    exclusion = serializers.ChoiceField([each.value for each in Exclusion])
    text = serializers.CharField()
    rule = serializers.CharField()
    answered = AnsweredOut(allow_null=True)


class ChecklistIn(Strict):
    """Answers to lines of the checklist, by their codes X1 to X17."""

    def get_fields(self) -> dict[str, Any]:
        """Ask for each line; none of them must be said."""
        answers = [each.value for each in Answer]
        return {
            line.value: serializers.ChoiceField(answers, required=False)
            for line in Exclusion
        }

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Return the codes as what they stand for."""
        return {line: Answer(answer) for line, answer in said.items()}


class BackgroundOut(serializers.Serializer):
    """What is still open: before a start, by day 14, before the first dose."""

    on = serializers.DateField(source="known.on")
    has_consent = serializers.BooleanField(source="known.has_consent")
    has_allergy_answer = serializers.BooleanField(source="known.has_allergy_answer")
    is_pregnant = serializers.BooleanField(source="known.is_pregnant")
    is_breastfeeding = serializers.BooleanField(source="known.is_breastfeeding")
    missing_for_start = serializers.ListField(
        child=serializers.ChoiceField([each.value for each in Missing])
    )
    unanswered = serializers.ListField(
        source="known.unanswered",
        child=serializers.ChoiceField([each.value for each in Exclusion]),
    )
    pending = serializers.ListField(
        source="known.pending",
        child=serializers.ChoiceField([each.value for each in Exclusion]),
    )
    missing_samples = serializers.ListField(
        child=serializers.ChoiceField([each.value for each in Sample])
    )
