"""What is known of a person on one day, and the questions that rules ask of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from patients.background import (
    Agreement,
    Allergen,
    Allergy,
    Background,
    Condition,
    Had,
    Missing,
    Reaction,
    Said,
    missing_for_start,
)
from patients.exclusions import WORDINGS, Answer, Answered, Exclusion
from patients.laboratory import TESTS
from patients.medicines import Medicine, Route, Taken
from patients.samples import CORE, PROVEN_BY, Sample, Sampled

DAY = date(2026, 11, 20)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def known(**details: Any) -> Background:
    return Background(**({"on": DAY, "answers": {}} | details))


def takes(*medicines: Taken) -> Background:
    return known(medicines=medicines)


def of(medicine: Medicine, **details: Any) -> Taken:
    return Taken(medicine=medicine, **details)


def answered(**said: Answer) -> dict[Exclusion, Answered]:
    return {
        Exclusion(code): Answered(
            exclusion=Exclusion(code), answer=answer, on=DAY, by="Grace"
        )
        for code, answer in said.items()
    }


def everything(answer: Answer = Answer.EXCLUDED) -> dict[str, Answer]:
    return dict.fromkeys(Exclusion, answer)


class TestMedicines:
    def test_are_those_of_the_day(self) -> None:
        metformin = of(Medicine.METFORMIN, started_on=DAY)
        aspirin = of(Medicine.ASPIRIN, stopped_on=DAY)

        it = takes(metformin, aspirin)

        assert it.taken == (metformin,)
        assert it.as_of(BEFORE).taken == (aspirin,)
        assert it.takes(Medicine.METFORMIN, Medicine.DIGOXIN)
        assert not it.takes(Medicine.ASPIRIN)
        assert not it.takes()

    def test_add_up_folic_acid(self) -> None:
        it = takes(
            of(Medicine.FOLIC_ACID, daily_mg=Decimal("0.4")),
            of(Medicine.FOLIC_ACID, daily_mg=Decimal(5), started_on=AFTER),
            of(Medicine.FOLIC_ACID, daily_mg=Decimal(1)),
            of(Medicine.FOLIC_ACID),
            of(Medicine.METFORMIN, daily_mg=Decimal(500)),
        )

        assert it.folic_acid_mg == Decimal("1.4")
        assert takes().folic_acid_mg == 0

    def test_name_b12_that_is_swallowed(self) -> None:
        oral = of(Medicine.CYANOCOBALAMIN, daily_mg=Decimal(1))

        assert takes(oral, of(Medicine.METFORMIN)).oral_cobalamins == (oral,)

    @pytest.mark.parametrize(
        ("medicine", "expected"),
        [
            (Medicine.WARFARIN, True),
            (Medicine.DOAC, True),
            (Medicine.ASPIRIN, False),
        ],
    )
    def test_tell_an_anticoagulant(self, medicine: Medicine, expected: bool) -> None:
        assert takes(of(medicine)).takes_anticoagulant is expected

    def test_count_different_antiplatelets(self) -> None:
        it = takes(
            of(Medicine.ASPIRIN),
            of(Medicine.ASPIRIN),
            of(Medicine.ANTIPLATELET, name="Ticagrelor"),
            of(Medicine.ANTIPLATELET, name="ticagrelor"),
            of(Medicine.CLOPIDOGREL, stopped_on=DAY),
            of(Medicine.WARFARIN),
        )

        assert it.antiplatelets == 2

    def test_name_what_may_be_the_cause_or_weaken_the_answer(self) -> None:
        cause = of(Medicine.METFORMIN)
        drip = of(Medicine.CHLORAMPHENICOL, route=Route.INTRAVENOUS)

        it = takes(cause, drip, of(Medicine.GABAPENTIN))

        assert it.causes_of_deficiency == (cause,)
        assert it.attenuating == (drip,)


class TestAllergies:
    def test_are_told_apart_by_allergen_and_reaction(self) -> None:
        serious = Allergy(allergen=Allergen.HYDROXOCOBALAMIN, reaction=Reaction.SERIOUS)
        unweighed = Allergy(allergen=Allergen.EXCIPIENT)
        mild = Allergy(allergen=Allergen.CYANOCOBALAMIN, reaction=Reaction.MILD)
        cobalt = Allergy(allergen=Allergen.COBALT, reaction=Reaction.SERIOUS)

        it = known(allergies=(serious, unweighed, mild, cobalt))

        assert it.dangers == (serious,)
        assert it.uncertain == (unweighed,)
        assert it.reacts_to(Allergen.COBALT)
        assert it.reacts_to(Allergen.OTHER, Allergen.CYANOCOBALAMIN)
        assert not it.reacts_to(Allergen.METHYLCOBALAMIN)


class TestConditions:
    @pytest.mark.parametrize(
        ("had", "expected"),
        [
            pytest.param({}, True, id="always"),
            pytest.param({"from_on": DAY}, True, id="from the day on"),
            pytest.param({"from_on": AFTER}, False, id="from the day after on"),
            pytest.param({"ended_on": AFTER}, True, id="until the day after"),
            pytest.param({"ended_on": DAY}, False, id="ended on the day"),
        ],
    )
    def test_are_those_of_the_day(self, had: dict[str, Any], expected: bool) -> None:
        it = known(conditions=(Had(condition=Condition.PREGNANCY, **had),))

        assert it.is_pregnant is expected
        assert it.has(Condition.DIABETES, Condition.PREGNANCY) is expected
        assert not it.is_breastfeeding

    def test_are_there_at_once_where_they_are_planned(self) -> None:
        planned = Had(condition=Condition.NITROUS_OXIDE_PLANNED, from_on=AFTER)

        assert known(conditions=(planned,)).has(Condition.NITROUS_OXIDE_PLANNED)

    def test_tell_breastfeeding(self) -> None:
        it = known(conditions=(Had(condition=Condition.BREASTFEEDING),))

        assert it.is_breastfeeding
        assert not it.is_pregnant


@pytest.mark.proves("R30", "R31", "R32", "R33", "R34", "R34a")
class TestChecklist:
    def test_has_seventeen_lines_in_order_each_with_its_rule(self) -> None:
        assert [str(each) for each in Exclusion] == [f"X{n}" for n in range(1, 18)]
        assert [WORDINGS[each].rule for each in Exclusion] == [
            *("R30", "R31", "R31", "R31", "R32", "R32", "R32", "R33", "R33"),
            *("R34", "R34", "R34a", "R34a", "R34a", "R34a", "R34a", "R34a"),
        ]
        assert all(WORDINGS[each].text for each in Exclusion)

    @pytest.mark.parametrize("missing", list(Exclusion))
    def test_names_the_line_that_nobody_answered(self, missing: Exclusion) -> None:
        said = everything() | {missing: Answer.NOT_DONE}
        left_out = {code: Answer.PRESENT for code in Exclusion if code != missing}

        assert known(answers=answered(**said)).unanswered == (missing,)
        assert known(answers=answered(**left_out)).unanswered == (missing,)

    def test_keeps_what_is_pending_apart(self) -> None:
        said = everything() | {"X6": Answer.PENDING, "X1": Answer.PENDING}

        it = known(answers=answered(**said))

        assert it.unanswered == ()
        assert it.pending == (Exclusion.NEUROTOXIC_DRUGS, Exclusion.COPPER)
        assert known().pending == ()

    @pytest.mark.parametrize(
        ("said", "days", "expected"),
        [
            pytest.param({}, 13, False, id="open on day 13"),
            pytest.param({}, 14, True, id="open on day 14"),
            pytest.param(everything(), 14, False, id="answered on day 14"),
            pytest.param(everything(Answer.PENDING), 14, True, id="pending on day 14"),
        ],
    )
    def test_is_late_from_day_14_on(
        self, said: dict[str, Answer], days: int, expected: bool
    ) -> None:
        it = known(answers=answered(**said))

        assert it.is_checklist_late(DAY - timedelta(days=days)) is expected


def drawn(*samples: Sample, on: date = DAY) -> Background:
    return known(samples=tuple(Sampled(sample=each, drawn_on=on) for each in samples))


@pytest.mark.proves("R05")
class TestSamples:
    def test_are_all_missing_where_nothing_was_drawn(self) -> None:
        assert known().missing_samples(before=DAY) == (
            Sample.B12,
            Sample.FOLATE,
            Sample.BLOOD_COUNT,
            Sample.KIDNEYS,
            Sample.MMA,
        )

    @pytest.mark.parametrize("b12", [Sample.B12, Sample.ACTIVE_B12])
    def test_are_complete_with_either_b12(self, b12: Sample) -> None:
        it = drawn(b12, Sample.FOLATE, Sample.BLOOD_COUNT, Sample.KIDNEYS, Sample.MMA)

        assert it.missing_samples(before=DAY) == ()

    @pytest.mark.parametrize(
        ("on", "expected"), [(BEFORE, True), (DAY, True), (AFTER, False)]
    )
    def test_count_up_to_the_day_of_the_dose(self, on: date, expected: bool) -> None:
        it = drawn(Sample.MMA, on=on)

        assert it.was_sampled(Sample.MMA, before=DAY) is expected
        assert not it.was_sampled(Sample.FOLATE, before=DAY)

    def test_are_proven_by_results(self) -> None:
        assert set(PROVEN_BY) <= set(TESTS)
        assert set(CORE) <= set(PROVEN_BY.values())
        assert PROVEN_BY["mcv"] is Sample.BLOOD_COUNT
        assert PROVEN_BY["egfr"] is PROVEN_BY["potassium"] is Sample.KIDNEYS


def said(answer: Agreement) -> Said:
    return Said(answer=answer, how="in writing", on=DAY)


@pytest.mark.proves("T1")
class TestConsent:
    def test_is_refused_only_by_a_word_that_was_said(self) -> None:
        given, refused = said(Agreement.GIVEN), said(Agreement.REFUSED)

        found = [known(consent=each).refusal for each in (None, given, refused)]

        assert found == [None, None, refused]


@pytest.mark.proves("T1")
class TestMissingForStart:
    @pytest.mark.parametrize(
        ("consent", "has_allergy_answer", "expected"),
        [
            (None, False, (Missing.CONSENT, Missing.ALLERGIES)),
            (said(Agreement.GIVEN), False, (Missing.ALLERGIES,)),
            (said(Agreement.REFUSED), True, (Missing.CONSENT,)),
            (said(Agreement.WITHDRAWN), True, (Missing.CONSENT,)),
            (said(Agreement.GIVEN), True, ()),
        ],
    )
    def test_asks_consent_and_allergies_and_nothing_more(
        self,
        consent: Said | None,
        has_allergy_answer: bool,
        expected: tuple[Missing, ...],
    ) -> None:
        it = known(consent=consent, has_allergy_answer=has_allergy_answer)

        assert missing_for_start(it) == expected
