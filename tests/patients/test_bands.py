from datetime import date
from decimal import Decimal

import pytest

from patients.bands import Band, Cuts, Kidney, Level, Thresholds, kidney, near
from patients.measured import Value


def value(test: str, number: str, unit: str, high: str | None = None) -> Value:
    return Value(
        test=test,
        value=Decimal(number),
        unit=unit,
        on=date(2026, 1, 5),
        high=None if high is None else Decimal(high),
    )


@pytest.mark.proves("R06")
class TestBand:
    @pytest.mark.parametrize(
        ("test", "unit", "number", "band"),
        [
            pytest.param("b12", "pg/mL", "179.9", Band.DEFICIENT, id="below 180 pg/mL"),
            pytest.param("b12", "pg/mL", "180", Band.INDETERMINATE, id="180 pg/mL"),
            pytest.param("b12", "ng/L", "350", Band.INDETERMINATE, id="350 ng/L"),
            pytest.param("b12", "ng/L", "350.1", Band.UNLIKELY, id="above 350 ng/L"),
            pytest.param("b12", "pmol/L", "132", Band.DEFICIENT, id="132 pmol/L"),
            pytest.param("b12", "pmol/L", "133", Band.INDETERMINATE, id="133 pmol/L"),
            pytest.param("b12", "pmol/L", "258", Band.INDETERMINATE, id="258 pmol/L"),
            pytest.param("b12", "pmol/L", "259", Band.UNLIKELY, id="259 pmol/L"),
            pytest.param("active_b12", "pmol/L", "24", Band.DEFICIENT, id="active 24"),
            pytest.param(
                "active_b12", "pmol/L", "25", Band.INDETERMINATE, id="active 25"
            ),
            pytest.param(
                "active_b12", "pmol/L", "70", Band.INDETERMINATE, id="active 70"
            ),
            pytest.param("active_b12", "pmol/L", "71", Band.UNLIKELY, id="active 71"),
        ],
    )
    def test_is_that_of_the_unit_reported(
        self, test: str, unit: str, number: str, band: Band
    ) -> None:
        found = value(test, number, unit)

        assert Thresholds().cuts(found).band(found.value) is band

    def test_may_have_cuts_of_another_laboratory(self) -> None:
        auckland = Cuts(low=Decimal(110), high=Decimal(170))
        here = Thresholds(b12={"b12": {"pmol/L": auckland}})
        found = value("b12", "171", "pmol/L")

        assert here.cuts(found).band(found.value) is Band.UNLIKELY


class TestNear:
    @pytest.mark.parametrize(
        ("number", "is_near"),
        [("161.9", False), ("162", True), ("180", True), ("198", True), ("199", False)],
    )
    def test_is_within_a_tenth(self, number: str, is_near: bool) -> None:
        assert near(Decimal(number), Decimal(180)) is is_near

    def test_names_the_cut(self) -> None:
        cuts = Cuts(low=Decimal(180), high=Decimal(350))

        assert cuts.near(Decimal(181)) == 180
        assert cuts.near(Decimal(349)) == 350
        assert cuts.near(Decimal(250)) is None


class TestLevel:
    @pytest.mark.parametrize(
        ("found", "level"),
        [
            pytest.param(None, Level.MISSING, id="not measured"),
            pytest.param(value("mma", "271", "nmol/L"), Level.NOT_HIGH, id="271"),
            pytest.param(value("mma", "271.1", "nmol/L"), Level.HIGH, id="above 271"),
            pytest.param(value("mma", "0.271", "umol/L"), Level.NOT_HIGH, id="0.271"),
            pytest.param(value("mma", "0.272", "umol/L"), Level.HIGH, id="0.272"),
            pytest.param(
                value("mma", "378", "nmol/L", "378"), Level.NOT_HIGH, id="at its limit"
            ),
            pytest.param(
                value("mma", "379", "nmol/L", "378"), Level.HIGH, id="above its limit"
            ),
            pytest.param(
                value("homocysteine", "15", "umol/L"), Level.NOT_HIGH, id="Hcy 15"
            ),
            pytest.param(
                value("homocysteine", "15.1", "umol/L"), Level.HIGH, id="Hcy over 15"
            ),
        ],
    )
    @pytest.mark.proves("R07", "R09")
    def test_is_high_only_above_the_limit(
        self, found: Value | None, level: Level
    ) -> None:
        assert Thresholds().level(found) is level


class TestKidney:
    @pytest.mark.parametrize(
        ("number", "expected"),
        [
            pytest.param("60", Kidney.GOOD, id="60"),
            pytest.param("59.9", Kidney.REDUCED, id="below 60"),
            pytest.param("30", Kidney.REDUCED, id="30"),
            pytest.param("29.9", Kidney.POOR, id="below 30"),
        ],
    )
    def test_is_read_from_the_egfr(self, number: str, expected: Kidney) -> None:
        assert kidney(value("egfr", number, "mL/min/{1.73_m2}")) is expected

    def test_may_be_unknown(self) -> None:
        assert kidney(None) is Kidney.UNKNOWN
