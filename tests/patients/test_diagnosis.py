import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from patients.bands import Band, Kidney, Level, Thresholds
from patients.diagnosis import Interpretation, interpret
from patients.diagnosis_table import ROWS, Category, Context, Flag
from patients.findings import About
from patients.measured import Measured, Value

UNITS = {
    "b12": "pg/mL",
    "active_b12": "pmol/L",
    "mma": "nmol/L",
    "homocysteine": "umol/L",
    "egfr": "mL/min/{1.73_m2}",
    "folate": "ng/mL",
}
DAY = date(2026, 1, 5)
PLAIN = About()
DOUBTED = About(suspicion=True)
GAS = About(nitrous_oxide=True)


def values(**numbers: float) -> dict[str, Value]:
    return {
        test: Value(test=test, value=Decimal(str(number)), unit=UNITS[test], on=DAY)
        for test, number in numbers.items()
    }


def told(found: dict[str, Value], about: About = PLAIN) -> Interpretation:
    said = interpret(Measured(values=found), about=about, thresholds=Thresholds())
    assert said is not None
    return said


class TestRows:
    def test_are_thirteen(self) -> None:
        assert {row.number for row in ROWS} == set(range(1, 14))

    def test_hold_one_at_a_time_for_all_that_can_be_found(self) -> None:
        for found in product(Band, Level, Kidney, Context, Level):
            assert len([row for row in ROWS if row.holds(*found)]) == 1, found

    def test_say_the_next_step_in_a_sentence(self) -> None:
        for row in ROWS:
            assert re.fullmatch(r"(?!XX)[A-Z].+[A-Za-z]\.", row.step), row.number


class TestInterpret:
    @pytest.mark.parametrize(
        ("numbers", "about", "row", "category"),
        [
            pytest.param({"b12": 100}, PLAIN, 1, Category.CONFIRMED, id="1"),
            pytest.param(
                {"b12": 100, "mma": 100, "egfr": 90},
                DOUBTED,
                1,
                Category.CONFIRMED,
                id="1, whatever MMA says",
            ),
            pytest.param({"b12": 250}, PLAIN, 2, Category.AWAITING_MMA, id="2"),
            pytest.param(
                {"b12": 250, "mma": 400, "egfr": 60},
                PLAIN,
                3,
                Category.FUNCTIONAL_CONFIRMED,
                id="3",
            ),
            pytest.param(
                {"b12": 250, "mma": 400, "egfr": 59},
                PLAIN,
                4,
                Category.FUNCTIONAL_PROBABLE,
                id="4",
            ),
            pytest.param(
                {"b12": 250, "mma": 400, "egfr": 29},
                PLAIN,
                5,
                Category.UNINTERPRETABLE_RENAL,
                id="5",
            ),
            pytest.param(
                {"b12": 250, "mma": 400},
                PLAIN,
                6,
                Category.FUNCTIONAL_PROBABLE,
                id="6",
            ),
            pytest.param(
                {"b12": 250, "mma": 271},
                PLAIN,
                7,
                Category.FUNCTIONAL_UNLIKELY,
                id="7",
            ),
            pytest.param({"b12": 400}, PLAIN, 8, Category.UNLIKELY, id="8"),
            pytest.param(
                {"b12": 400, "mma": 100, "homocysteine": 40},
                PLAIN,
                8,
                Category.UNLIKELY,
                id="8, whatever homocysteine says",
            ),
            pytest.param(
                {"b12": 400}, DOUBTED, 9, Category.AWAITING_MMA, id="9, suspicion"
            ),
            pytest.param({"b12": 400}, GAS, 9, Category.AWAITING_MMA, id="9, N2O"),
            pytest.param(
                {"b12": 400, "mma": 400, "egfr": 90},
                PLAIN,
                10,
                Category.FUNCTIONAL_CONFIRMED,
                id="10, good kidneys",
            ),
            pytest.param(
                {"b12": 400, "mma": 400, "egfr": 20},
                GAS,
                10,
                Category.UNINTERPRETABLE_RENAL,
                id="10, poor kidneys",
            ),
            pytest.param(
                {"b12": 400, "homocysteine": 16},
                GAS,
                11,
                Category.FUNCTIONAL_PROBABLE,
                id="11",
            ),
            pytest.param(
                {"b12": 400, "homocysteine": 16},
                replace(GAS, suspicion=True),
                11,
                Category.FUNCTIONAL_PROBABLE,
                id="11, with suspicion besides",
            ),
            pytest.param(
                {"b12": 400, "homocysteine": 16},
                DOUBTED,
                12,
                Category.CLINICAL_REVIEW,
                id="12",
            ),
            pytest.param(
                {"b12": 400, "homocysteine": 15},
                DOUBTED,
                13,
                Category.UNLIKELY,
                id="13, homocysteine",
            ),
            pytest.param(
                {"b12": 400, "mma": 100, "homocysteine": 40},
                GAS,
                13,
                Category.UNLIKELY,
                id="13, MMA",
            ),
        ],
    )
    @pytest.mark.proves("R06", "R07", "R08", "R10")
    def test_follows_the_table(
        self, numbers: dict[str, float], about: About, row: int, category: Category
    ) -> None:
        said = told(values(**numbers), about)

        assert (said.row, said.category) == (row, category)

    def test_says_nothing_without_b12(self) -> None:
        measured = Measured(values=values(mma=400))

        assert interpret(measured, about=PLAIN, thresholds=Thresholds()) is None

    @pytest.mark.proves("R08")
    def test_never_ends_the_search_where_suspicion_is_high(self) -> None:
        said = told(values(b12=400), DOUBTED)

        assert said.step == "Order MMA or homocysteine."

    def test_hears_the_b12_that_was_drawn_later(self) -> None:
        found = values(b12=400, active_b12=20)
        later = replace(found["b12"], on=date(2026, 1, 6))

        assert told(found).category is Category.CONFIRMED
        assert told(found | {"b12": later}).category is Category.UNLIKELY


class TestFlags:
    @pytest.mark.parametrize(
        ("numbers", "about", "flags"),
        [
            pytest.param({"b12": 100}, PLAIN, set(), id="none"),
            pytest.param(
                {"b12": 100},
                About(neurological=True),
                {Flag.DO_NOT_DELAY_TREATMENT},
                id="nerves do not wait, whatever the category",
            ),
            pytest.param(
                {"b12": 100}, GAS, {Flag.N2O_USE_FUNCTIONAL_TEST}, id="nitrous oxide"
            ),
            pytest.param(
                {"b12": 900},
                About(recent_b12=True),
                {Flag.RESULT_UNRELIABLE_RECENT_B12},
                id="B12 taken shortly before",
            ),
            pytest.param(
                {"b12": 250, "mma": 100},
                About(suspicion=True),
                {Flag.CLINICAL_OVERRIDE_POSSIBLE},
                id="suspicion against MMA",
            ),
            pytest.param(
                {"b12": 250, "mma": 100},
                About(neurological=True),
                {Flag.CLINICAL_OVERRIDE_POSSIBLE, Flag.DO_NOT_DELAY_TREATMENT},
                id="nerves against MMA",
            ),
            pytest.param({"b12": 250, "mma": 100}, PLAIN, set(), id="nobody objects"),
            pytest.param(
                {"b12": 250, "mma": 400},
                PLAIN,
                {Flag.RENAL_FUNCTION_UNKNOWN},
                id="kidneys not known",
            ),
            pytest.param(
                {"b12": 250, "mma": 400, "egfr": 45},
                PLAIN,
                {Flag.RENAL_CAVEAT},
                id="kidneys reduced",
            ),
            pytest.param(
                {"b12": 100, "mma": 100, "homocysteine": 16},
                PLAIN,
                {Flag.HCY_HIGH_MMA_NORMAL},
                id="homocysteine alone is high",
            ),
            pytest.param(
                {"b12": 100, "homocysteine": 16},
                PLAIN,
                set(),
                id="homocysteine high, MMA not measured",
            ),
            pytest.param(
                {"b12": 100, "homocysteine": 9.9}, PLAIN, set(), id="below the target"
            ),
            pytest.param(
                {"b12": 100, "homocysteine": 10},
                PLAIN,
                {Flag.HCY_ABOVE_TARGET},
                id="at the article's target",
            ),
            pytest.param(
                {"b12": 100, "homocysteine": 15},
                PLAIN,
                {Flag.HCY_ABOVE_TARGET},
                id="at the upper limit",
            ),
            pytest.param(
                {"b12": 100, "folate": 2}, PLAIN, set(), id="folate, no limit"
            ),
        ],
    )
    @pytest.mark.proves("R07", "R09", "R10")
    def test_stand_beside_the_category(
        self, numbers: dict[str, float], about: About, flags: set[Flag]
    ) -> None:
        assert told(values(**numbers), about).flags == flags

    def test_ask_for_b12_first_where_folate_is_low(self) -> None:
        found = values(b12=160, folate=2)
        found["folate"] = replace(found["folate"], low=Decimal(3))

        said = told(found)

        assert said.flags == {Flag.FOLATE_LOW}
        assert said.reasons[-1] == (
            "Folate, serum 2 ng/mL on 5 Jan 2026: below the laboratory’s limit"
        )


class TestWords:
    def test_are_the_numbers_that_led_there(self) -> None:
        found = values(b12=205, mma=3600, egfr=95, homocysteine=49.1)
        found["mma"] = replace(found["mma"], high=Decimal(378))

        said = told(found)

        assert said.reasons == (
            "Vitamin B12, total 205 pg/mL on 5 Jan 2026: from 180 to 350, "
            "indeterminate",
            "Methylmalonic acid 3600 nmol/L on 5 Jan 2026: above 378, the "
            "laboratory’s limit",
            "Homocysteine 49.1 umol/L on 5 Jan 2026: above 15",
            "eGFR 95 mL/min/{1.73_m2} on 5 Jan 2026: 60 or more",
        )
        assert set(said.used) == set(found.values())
        assert said.near == ()

    def test_say_which_number_is_near_a_threshold(self) -> None:
        said = told(values(b12=185, mma=260, homocysteine=14))

        assert said.near == (
            "Vitamin B12, total is near the threshold of 180",
            "Methylmalonic acid is near the threshold of 271",
            "Homocysteine is near the threshold of 15",
        )

    @pytest.mark.parametrize(
        ("numbers", "about", "beginning"),
        [
            ({"b12": 900}, About(on_treatment=True), "The blood was drawn under"),
            ({"b12": 900}, About(pregnant=True), "In pregnancy total B12 falls"),
            ({"b12": 900}, About(contraceptive_pill=True), "A combined contraceptive"),
            ({"b12": 250}, PLAIN, "The reference range may be higher"),
            ({"b12": 900, "mma": 400}, PLAIN, "MMA rises with age"),
            ({"b12": 900}, About(very_high_twice=True), "B12 was above 1000 pg/mL"),
        ],
    )
    def test_inform(
        self, numbers: dict[str, float], about: About, beginning: str
    ) -> None:
        [line] = told(values(**numbers), about).information

        assert line.startswith(beginning)

    def test_are_silent_where_there_is_nothing_to_know(self) -> None:
        assert told(values(b12=900)).information == ()
