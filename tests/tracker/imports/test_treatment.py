"""What the line says of the treatment; what no plan can be made of is refused."""

from datetime import date
from decimal import Decimal

import pytest

from schedules.intervals import Interval, Unit
from tests.tracker.imports.good_lines import faults, refused, row, warnings


class TestTreatment:
    @pytest.mark.parametrize(
        ("changes", "problems"),
        [
            pytest.param(
                {"last_injection": "31/02/2026"},
                [("Last injection", "no_such_date")],
                id="no such date",
            ),
            pytest.param(
                {"last_injection": "21/11/2026"},
                [("Last injection", "date_in_future")],
                id="tomorrow",
            ),
            pytest.param(
                {"last_injection": "30/12/1940"},
                [("Last injection", "before_birth")],
                id="before birth",
            ),
            pytest.param(
                {"interval": "when he feels like it"},
                [("Interval", "interval_not_understood")],
                id="interval not understood",
            ),
            pytest.param(
                {"interval": "6 monthly"},
                [("Interval", "interval_not_allowed")],
                id="interval not allowed",
            ),
            pytest.param(
                {"interval": ""}, [("Interval", "interval_missing")], id="no interval"
            ),
            pytest.param(
                {"drug": "Folic acid 5mg"},
                [("Drug", "product_unknown")],
                id="other drug",
            ),
            pytest.param({"drug": ""}, [("Drug", "product_missing")], id="no drug"),
            pytest.param(
                {"batch": "B" * 41}, [("Batch", "cell_too_long")], id="long batch"
            ),
            pytest.param(
                {"interval": "?", "last_injection": "46322", "surname": ""},
                [
                    ("Surname", "no_surname"),
                    ("Last injection", "spreadsheet_date"),
                    ("Interval", "interval_not_understood"),
                ],
                id="everything that is wrong",
            ),
        ],
    )
    def test_is_refused(
        self, changes: dict[str, str], problems: list[tuple[str, str]]
    ) -> None:
        assert faults(refused(**changes)) == problems

    def test_may_have_begun_today(self) -> None:
        assert row(last_injection="20/11/2026").last_injection_on == date(2026, 11, 20)

    @pytest.mark.parametrize("text", ["", "Never", "none"])
    def test_may_not_have_begun(self, text: str) -> None:
        waiting = row(last_injection=text)

        assert waiting.last_injection_on is None
        assert waiting.interval == Interval(2, Unit.MONTH)

    def test_that_has_not_begun_needs_neither_drug_nor_interval(self) -> None:
        waiting = row(last_injection="", interval="", drug="")

        assert (waiting.product, waiting.interval, waiting.dose_mg) == (
            None,
            None,
            None,
        )
        assert warnings(waiting) == []

    def test_that_has_not_begun_is_refused_for_an_interval_nobody_understands(
        self,
    ) -> None:
        refusal = refused(last_injection="", interval="soon")

        assert faults(refusal) == [("Interval", "interval_not_understood")]

    @pytest.mark.parametrize(
        ("text", "answer", "codes"),
        [
            pytest.param("Y", "yes", [], id="yes"),
            pytest.param("", "unknown", [], id="blank"),
            pytest.param(
                "tingling",
                "unknown",
                [("Neurological symptoms", "neurological_not_understood")],
                id="free text",
            ),
        ],
    )
    def test_is_neurological_unknown_unless_answered(
        self, text: str, answer: str, codes: list[tuple[str, str]]
    ) -> None:
        answered = row(neurological_symptoms=text)

        assert answered.neurological == answer
        assert warnings(answered) == codes

    @pytest.mark.parametrize("product", ["cyanocobalamin", "methylcobalamin"])
    def test_with_another_product_is_to_be_reviewed(self, product: str) -> None:
        other = row(drug=f"{product.title()} 1mg/ml injection")

        assert other.product == product
        assert warnings(other) == [("Drug", product)]

    @pytest.mark.parametrize(
        ("changes", "mg", "codes"),
        [
            pytest.param({"dose": "1000 mcg"}, Decimal(1), [], id="its own column"),
            pytest.param(
                {"dose": "500 mcg"},
                Decimal("0.5"),
                [("Dose", "dose_unusual")],
                id="half",
            ),
            pytest.param(
                {"drug": "Hydroxocobalamin 2.5mg"},
                Decimal("2.5"),
                [("Drug", "dose_unusual")],
                id="in the drug's name",
            ),
            pytest.param(
                {"dose": "one"}, None, [("Dose", "dose_not_understood")], id="words"
            ),
            pytest.param({"drug": "Hydroxocobalamin"}, None, [], id="not said"),
        ],
    )
    def test_has_a_dose(
        self, changes: dict[str, str], mg: Decimal | None, codes: list[tuple[str, str]]
    ) -> None:
        dosed = row(**changes)

        assert dosed.dose_mg == mg
        assert warnings(dosed) == codes

    def test_keeps_the_beginning_of_a_long_diagnosis(self) -> None:
        long = row(diagnosis="d" * 121)

        assert long.diagnosis == "d" * 120
        assert warnings(long) == [("Diagnosis", "diagnosis_shortened")]
