"""What is known of a patient, in the words of the safety rules."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from patients.background import (
    Allergen,
    Allergy,
    Background,
    Condition,
    Had,
    Reaction,
)
from patients.exclusions import Answer, Answered, Exclusion
from patients.measured import Measured, Value
from patients.medicines import Medicine, Route, Taken
from schedules.safety import B12, Act, Facts
from schedules.safety import Allergy as Intolerance
from schedules.safety import Condition as Told
from schedules.safety.known import CONDITIONS, facts_of

TODAY = date(2026, 11, 20)


def value(test: str, number: str, unit: str, days_ago: int = 0, **more: Any) -> Value:
    return Value(
        test=test,
        value=Decimal(number),
        unit=unit,
        on=TODAY - timedelta(days=days_ago),
        **more,
    )


def facts(
    *values: Value, untreated: Value | None = None, red: bool = False, **known: Any
) -> Facts:
    return facts_of(
        Act.GIVE,
        background=Background(on=TODAY, **({"answers": {}} | known)),
        measured=Measured(values={each.test: each for each in values}),
        untreated=Measured(values={"b12": untreated} if untreated else {}),
        has_red_flag=red,
    )


class TestB12:
    @pytest.mark.parametrize(
        ("number", "unit", "expected"),
        [
            pytest.param("179.9", "pg/mL", B12.DEFICIENT, id="below 180"),
            pytest.param("180", "ng/L", B12.INDETERMINATE, id="at 180"),
            pytest.param("350", "pg/mL", B12.INDETERMINATE, id="at 350"),
            pytest.param("350.1", "ng/L", B12.NORMAL, id="above 350"),
            pytest.param("132.9", "pmol/L", B12.DEFICIENT, id="below 133"),
            pytest.param("133", "pmol/L", B12.INDETERMINATE, id="at 133"),
            pytest.param("258", "pmol/L", B12.INDETERMINATE, id="at 258"),
            pytest.param("258.1", "pmol/L", B12.NORMAL, id="above 258"),
            pytest.param("9", "furlongs", B12.UNKNOWN, id="a unit nobody knows"),
        ],
    )
    def test_is_read_in_its_unit(self, number: str, unit: str, expected: B12) -> None:
        assert facts(untreated=value("b12", number, unit)).b12 is expected

    def test_drawn_under_treatment_says_nothing(self) -> None:
        assert facts(value("b12", "900", "pg/mL")).b12 is B12.UNKNOWN


class TestNumbers:
    def test_come_in_the_units_of_the_limits(self) -> None:
        known = facts(
            value("egfr", "42", "mL/min/{1.73_m2}"),
            value("urine_acr", "30", "mg/g"),
            value("potassium", "3.4", "mmol/L", days_ago=3),
            value("haemoglobin", "7.9", "g/dL"),
            value("platelets", "49", "10*9/L"),
            value("inr", "3.2", "{INR}", days_ago=85),
        )

        assert (known.egfr, known.acr, known.haemoglobin) == (42, 3, 79)
        assert (known.potassium, known.potassium_age_days) == (Decimal("3.4"), 3)
        assert (known.inr, known.inr_age_days) == (Decimal("3.2"), 85)
        assert known.platelets == 49

    def test_are_not_known_where_nothing_was_measured(self) -> None:
        known = facts()

        assert (known.egfr, known.acr, known.platelets, known.inr) == (None,) * 4
        assert (known.potassium, known.potassium_age_days) == (None, None)
        assert (known.inr_age_days, known.inr_top, known.haemoglobin) == (None,) * 3

    @pytest.mark.parametrize(
        ("folate", "expected"),
        [
            pytest.param(value("folate", "2.9", "ng/mL"), True, id="below 3"),
            pytest.param(value("folate", "3", "ug/L"), False, id="at 3"),
            pytest.param(value("folate", "6.9", "nmol/L"), True, id="below 7"),
            pytest.param(value("folate", "7", "nmol/L"), False, id="at 7"),
            pytest.param(
                value("folate", "4", "ng/mL", low=Decimal(5)), True, id="its own limit"
            ),
        ],
    )
    def test_of_folate_may_be_low(self, folate: Value, expected: bool) -> None:
        assert facts(folate).folate_is_low is expected
        assert facts().folate_is_low is False


class TestMedicines:
    def test_are_those_of_the_day(self) -> None:
        known = facts(
            medicines=(
                Taken(
                    medicine=Medicine.WARFARIN,
                    inr_low=Decimal(2),
                    inr_high=Decimal("3.5"),
                ),
                Taken(medicine=Medicine.METFORMIN, stopped_on=TODAY),
                Taken(medicine=Medicine.FOLIC_ACID, daily_mg=Decimal("0.4")),
                Taken(medicine=Medicine.ASPIRIN),
                Taken(medicine=Medicine.ANTIPLATELET, name="Ticagrelor"),
            )
        )

        assert known.medicines == {"warfarin", "folic_acid", "aspirin", "antiplatelet"}
        assert known.antiplatelets == 2
        assert known.inr_top == Decimal("3.5")
        assert known.folic_acid_mg == Decimal("0.4")

    @pytest.mark.parametrize(
        ("route", "expected"),
        [(Route.TOPICAL, set()), (Route.INTRAVENOUS, {"chloramphenicol"})],
    )
    def test_hold_chloramphenicol_where_it_reaches_the_blood(
        self, route: Route, expected: set[str]
    ) -> None:
        taken = (Taken(medicine=Medicine.CHLORAMPHENICOL, route=route),)

        assert facts(medicines=taken).medicines == expected

    def test_of_nobody_are_none(self) -> None:
        known = facts()

        assert (known.medicines, known.antiplatelets) == (frozenset(), 0)
        assert known.folic_acid_mg is None


class TestIntolerances:
    @pytest.mark.parametrize(
        ("allergen", "reaction", "expected"),
        [
            pytest.param(
                Allergen.EXCIPIENT,
                Reaction.SERIOUS,
                {Intolerance.COBALAMIN},
                id="serious",
            ),
            pytest.param(
                Allergen.CYANOCOBALAMIN,
                Reaction.UNKNOWN,
                {Intolerance.COBALAMIN},
                id="not weighed",
            ),
            pytest.param(Allergen.CYANOCOBALAMIN, Reaction.MILD, set(), id="mild"),
            pytest.param(
                Allergen.COBALT, Reaction.MILD, {Intolerance.COBALT}, id="cobalt"
            ),
            pytest.param(Allergen.OTHER, Reaction.SERIOUS, set(), id="another"),
        ],
    )
    def test_are_of_what_is_in_the_syringe(
        self, allergen: Allergen, reaction: Reaction, expected: set[Intolerance]
    ) -> None:
        known = (Allergy(allergen=allergen, reaction=reaction),)

        assert facts(allergies=known).allergies == expected


class TestConditions:
    @pytest.mark.parametrize("condition", CONDITIONS)
    def test_are_told(self, condition: Condition) -> None:
        had = (Had(condition=condition),)

        assert facts(conditions=had).conditions == {CONDITIONS[condition]}

    def test_hold_a_red_flag(self) -> None:
        assert facts(red=True).conditions == {Told.RED_FLAG}
        assert facts().conditions == frozenset()


class TestTheChecklist:
    def test_is_counted(self) -> None:
        answered = Answered(
            exclusion=Exclusion.COPPER, answer=Answer.EXCLUDED, on=TODAY, by="Grace"
        )

        assert facts().exclusions_unanswered == 17
        some = facts(answers={Exclusion.COPPER: answered})
        assert some.exclusions_unanswered == 16
        assert some.act is Act.GIVE
