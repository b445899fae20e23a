"""Writing down what else is known of a patient, and reading it for the rules."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import patients.actions as actions
from patients.background import (
    Agreement,
    Allergen,
    Allergy,
    Condition,
    Had,
    Reaction,
    missing_for_start,
)
from patients.exclusions import Answer, Exclusion
from patients.known_background import background_of
from patients.medicines import Medicine, Taken
from patients.models import AllergyRecord, Consent, Patient
from patients.refusals import Refused
from patients.samples import Sample
from tests.factories import NOON, TODAY, make_clinic, make_patient, system

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
YESTERDAY, TOMORROW = TODAY - DAY, TODAY + DAY


@pytest.fixture
def ada() -> Patient:
    return make_patient(make_clinic())


def who() -> dict[str, Any]:
    return {"now": NOON, "by": system()}


def refusal(act: Callable[..., object], **details: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        act(**who(), **details)
    return refused.value.field, refused.value.reason


class TestMedicines:
    def test_are_recorded_stopped_and_taken_back(self, ada: Patient) -> None:
        taken = Taken(
            medicine=Medicine.FOLIC_ACID, daily_mg=Decimal("0.4"), started_on=YESTERDAY
        )

        use = actions.record_medicine(patient=ada, taken=taken, **who())

        assert str(use) == "Folic acid 0.4 mg a day"
        assert background_of(ada, on=TODAY).medicines == (taken,)
        assert refusal(actions.record_medicine, patient=ada, taken=taken) == (
            "medicine",
            "This medicine is on the list. Stop it there first if the dose changed.",
        )

        use = actions.stop_medicine(use=use, on=TODAY, **who())
        known = background_of(ada, on=TODAY)
        assert (known.folic_acid_mg, known.as_of(YESTERDAY).folic_acid_mg) == (
            0,
            Decimal("0.4"),
        )
        assert refusal(actions.stop_medicine, use=use, on=TODAY) == (
            "",
            "This medicine was stopped before.",
        )

        actions.void_fact(fact=use, reason=" another Ada ", **who())
        assert background_of(ada, on=YESTERDAY).medicines == ()
        use.refresh_from_db()
        assert use.void_reason == "another Ada"
        assert refusal(actions.void_fact, fact=use, reason="again") == (
            "",
            "This was taken back before.",
        )

    def test_that_are_over_may_be_recorded_beside_one_that_is_not(
        self, ada: Patient
    ) -> None:
        for stopped_on in (YESTERDAY, None):
            taken = Taken(medicine=Medicine.WARFARIN, stopped_on=stopped_on)
            use = actions.record_medicine(patient=ada, taken=taken, **who())

        assert str(use) == "Warfarin"
        assert background_of(ada, on=TODAY).takes_anticoagulant

    @pytest.mark.parametrize(
        ("details", "field", "reason"),
        [
            pytest.param(
                {"started_on": TOMORROW},
                "started_on",
                "The start of the medicine lies between birth and today.",
                id="starts tomorrow",
            ),
            pytest.param(
                {"started_on": date(1975, 12, 9)},
                "started_on",
                "The start of the medicine lies between birth and today.",
                id="starts before birth",
            ),
            pytest.param(
                {"stopped_on": TOMORROW},
                "stopped_on",
                "The last of the medicine lies between birth and today.",
                id="stops tomorrow",
            ),
            pytest.param(
                {"medicine": Medicine.OTHER, "name": "  "},
                "name",
                "Write the name of the medicine.",
                id="a name of blanks",
            ),
        ],
    )
    def test_refuse_what_cannot_be(
        self, ada: Patient, details: dict[str, Any], field: str, reason: str
    ) -> None:
        taken = Taken(**({"medicine": Medicine.METFORMIN} | details))

        assert refusal(actions.record_medicine, patient=ada, taken=taken) == (
            field,
            reason,
        )
        assert not ada.medicines.exists()

    def test_are_not_stopped_before_they_started(self, ada: Patient) -> None:
        taken = Taken(medicine=Medicine.METFORMIN, started_on=TODAY)
        use = actions.record_medicine(patient=ada, taken=taken, **who())

        assert refusal(actions.stop_medicine, use=use, on=YESTERDAY) == (
            "stopped_on",
            "The medicine was stopped before it was started.",
        )


class TestAllergies:
    def test_replace_the_answer_that_there_is_none(self, ada: Patient) -> None:
        none = actions.record_no_allergies(patient=ada, **who())
        assert actions.record_no_allergies(patient=ada, **who()) == none
        assert background_of(ada, on=TODAY).has_allergy_answer

        allergy = Allergy(
            allergen=Allergen.CYANOCOBALAMIN, reaction=Reaction.SERIOUS, since=TODAY
        )
        record = actions.record_allergy(patient=ada, allergy=allergy, **who())

        assert background_of(ada, on=TODAY).dangers == (allergy,)
        none.refresh_from_db()
        assert none.void_reason == "an allergy was recorded"
        assert refusal(actions.record_no_allergies, patient=ada) == (
            "allergen",
            "An allergy is recorded. Take it back first.",
        )

        actions.void_fact(fact=record, reason="another Ada", **who())
        assert not background_of(ada, on=TODAY).has_allergy_answer

    def test_refuse_what_says_nothing_new(self, ada: Patient) -> None:
        peanuts = Allergy(allergen=Allergen.OTHER, name="Peanuts")
        record = actions.record_allergy(patient=ada, allergy=peanuts, **who())

        assert str(record) == "Peanuts"
        assert str(AllergyRecord(allergen=Allergen.COBALT)) == "Cobalt"
        for name, expected in {
            " peanuts ": ("allergen", "This is recorded already."),
            " ": ("name", "Write what the patient reacts to."),
        }.items():
            other = Allergy(allergen=Allergen.OTHER, name=name)
            assert refusal(actions.record_allergy, patient=ada, allergy=other) == (
                expected
            )
        late = Allergy(allergen=Allergen.COBALT, since=TOMORROW)
        assert refusal(actions.record_allergy, patient=ada, allergy=late) == (
            "since",
            "The first reaction lies between birth and today.",
        )


class TestConditions:
    def test_are_recorded_and_end(self, ada: Patient) -> None:
        had = Had(condition=Condition.PREGNANCY, from_on=YESTERDAY)
        record = actions.record_condition(patient=ada, had=had, **who())
        assert str(record) == "Pregnancy"
        assert background_of(ada, on=TODAY).is_pregnant
        assert refusal(actions.record_condition, patient=ada, had=had) == (
            "condition",
            "This is recorded already.",
        )

        for on, reason in {
            TOMORROW: "The end of the condition lies between birth and today.",
            YESTERDAY - DAY: "The condition ended before it began.",
        }.items():
            assert refusal(actions.end_condition, record=record, on=on) == (
                "ended_on",
                reason,
            )
        record = actions.end_condition(record=record, on=TODAY, **who())
        assert not background_of(ada, on=TODAY).is_pregnant
        assert refusal(actions.end_condition, record=record, on=TODAY) == (
            "",
            "This condition ended before.",
        )

    def test_lie_ahead_only_where_they_are_planned(self, ada: Patient) -> None:
        planned = Condition.NITROUS_OXIDE_PLANNED
        had = Had(condition=planned, from_on=TOMORROW)
        actions.record_condition(patient=ada, had=had, **who())
        assert background_of(ada, on=TODAY).has(planned)

        for condition, on, reason in (
            (planned, date(1975, 12, 9), "The planned day lies before birth."),
            (
                Condition.DIABETES,
                TOMORROW,
                "The start of the condition lies between birth and today.",
            ),
        ):
            had = Had(condition=condition, from_on=on)
            assert refusal(actions.record_condition, patient=ada, had=had) == (
                "from_on",
                reason,
            )

    def test_may_have_an_end_at_once(self, ada: Patient) -> None:
        for days in (3, 1):
            had = Had(condition=Condition.BREASTFEEDING, ended_on=TODAY - days * DAY)
            actions.record_condition(patient=ada, had=had, **who())

        assert not background_of(ada, on=TODAY).is_breastfeeding


class TestAnswers:
    @pytest.mark.proves("R30", "R34a")
    def test_are_written_down_where_they_are_new(self, ada: Patient) -> None:
        first = {
            Exclusion.NEUROTOXIC_DRUGS: Answer.EXCLUDED,
            Exclusion.COPPER: Answer.PENDING,
        }
        second = first | {Exclusion.COPPER: Answer.PRESENT}

        made = [
            len(actions.answer_exclusions(patient=ada, answers=answers, **who()))
            for answers in (first, first, second)
        ]

        assert made == [2, 0, 1]
        known = background_of(ada, on=TODAY)
        assert {line: each.answer for line, each in known.answers.items()} == second
        assert (known.answers[Exclusion.COPPER].on, len(known.unanswered)) == (
            TODAY,
            15,
        )
        last = ada.exclusion_answers.last()
        assert str(last) == "Copper deficiency: present"


class TestSamples:
    @pytest.mark.proves("R05")
    def test_are_known_from_the_record_and_from_results(self, ada: Patient) -> None:
        drawn = {"samples": [Sample.MMA, Sample.FOLATE], "drawn_on": YESTERDAY}
        made = [
            len(actions.record_samples(patient=ada, **drawn, **who())) for _ in range(2)
        ]
        actions.record_result(
            patient=ada,
            test="haemoglobin",
            value=Decimal(130),
            unit="g/L",
            drawn_on=YESTERDAY,
            **who(),
        )

        assert made == [2, 0]
        assert background_of(ada, on=TODAY).missing_samples(before=TODAY) == (
            Sample.B12,
            Sample.KIDNEYS,
        )
        assert refusal(
            actions.record_samples, patient=ada, samples=[], drawn_on=TODAY
        ) == ("samples", "Choose at least one test.")
        assert refusal(
            actions.record_samples, patient=ada, samples=[Sample.B12], drawn_on=TOMORROW
        ) == ("drawn_on", "The day of drawing lies between birth and today.")


class TestConsent:
    @pytest.mark.proves("T1")
    def test_is_the_last_word(self, ada: Patient) -> None:
        said = {"patient": ada, "how": " signed form ", "on": TODAY}
        for answer in Agreement.GIVEN, Agreement.WITHDRAWN:
            last = actions.state_consent(answer=answer, **said, **who())
        actions.record_no_allergies(patient=ada, **who())

        known = background_of(ada, on=TODAY)
        assert known.consent is not None
        assert (known.consent.how, known.has_consent) == ("signed form", False)
        assert missing_for_start(known) == ("consent",)

        actions.void_fact(fact=last, reason="another Ada", **who())
        assert missing_for_start(background_of(ada, on=TODAY)) == ()

    def test_says_how_and_when(self, ada: Patient) -> None:
        given = {"patient": ada, "answer": Agreement.GIVEN}

        assert refusal(actions.state_consent, how=" ", on=TODAY, **given) == (
            "how",
            "Say how we know it, and from whom.",
        )
        assert refusal(actions.state_consent, how="x", on=TOMORROW, **given) == (
            "on",
            "The day of the answer lies between birth and today.",
        )
        assert str(Consent(answer="refused")) == "refused"


class TestVoidFact:
    def test_needs_a_reason(self, ada: Patient) -> None:
        fact = actions.record_no_allergies(patient=ada, **who())

        assert refusal(actions.void_fact, fact=fact, reason=" ") == (
            "reason",
            "Say why it is taken back.",
        )


class TestBackgroundOf:
    def test_asks_six_questions(self, ada: Patient) -> None:
        with CaptureQueriesContext(connection) as asked:
            known = background_of(ada, on=TODAY)

        assert len(asked) == 6
        assert (known.on, known.consent, known.has_allergy_answer) == (
            TODAY,
            None,
            False,
        )


class TestAfterDeath:
    def test_nothing_begins_and_no_blood_is_drawn(self, ada: Patient) -> None:
        actions.mark_deceased(patient=ada, on=YESTERDAY, today=TODAY, by=system())
        ada.refresh_from_db()
        said: dict[str, Any] = {"patient": ada, "answer": Agreement.GIVEN, "how": "x"}
        drawn: dict[str, Any] = {"patient": ada, "test": "b12", "unit": "ng/L"}
        drawn["value"] = Decimal(300)

        refused = [
            refusal(actions.state_consent, **said, on=TODAY),
            refusal(actions.record_result, **drawn, drawn_on=TODAY),
        ]

        had_died = "The patient had died by that day."
        assert refused == [("on", had_died), ("drawn_on", had_died)]
        assert actions.state_consent(**said, on=YESTERDAY, **who())
        assert actions.record_result(**drawn, drawn_on=YESTERDAY, **who())
