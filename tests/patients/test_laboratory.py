from decimal import Decimal

import pytest

from patients.laboratory import TESTS, ImplausibleResult, Test, check, check_range


class TestCheck:
    @pytest.mark.parametrize(
        ("test", "value", "unit", "loinc"),
        [
            pytest.param("b12", "180", "ng/L", "2132-9", id="B12 by mass"),
            pytest.param("b12", "133", "pmol/L", "14685-2", id="B12 by moles"),
            pytest.param("b12", "10", "pg/mL", "2132-9", id="the least B12"),
            pytest.param("b12", "20000", "pg/mL", "2132-9", id="the most B12"),
            pytest.param("mma", "20", "nmol/L", "13964-2", id="the least MMA"),
            pytest.param("haemoglobin", "6.8", "g/dL", "718-7", id="Hb in g/dL"),
        ],
    )
    def test_knows_the_unit(self, test: str, value: str, unit: str, loinc: str) -> None:
        assert check(test=test, value=Decimal(value), unit=unit).loinc == loinc

    @pytest.mark.parametrize(
        ("test", "value", "unit", "field", "reason"),
        [
            pytest.param(
                "b21",
                "1",
                "ng/L",
                "test",
                "There is no test called “b21”.",
                id="no such test",
            ),
            pytest.param(
                "b12",
                "300",
                "nmol/L",
                "unit",
                "Vitamin B12, total is reported in pg/mL, ng/L, pmol/L.",
                id="another test's unit",
            ),
            pytest.param(
                "b12",
                "9.9",
                "pg/mL",
                "value",
                "Vitamin B12, total lies between 10 and 20000 pg/mL; check the value "
                "and its unit.",
                id="too little to believe",
            ),
            pytest.param(
                "haemoglobin",
                "118",
                "g/dL",
                "value",
                "Haemoglobin lies between 2 and 25 g/dL; check the value and its unit.",
                id="g/L typed as g/dL",
            ),
            pytest.param(
                "potassium",
                "NaN",
                "mmol/L",
                "value",
                "Potassium lies between 1 and 10 mmol/L; check the value and its unit.",
                id="no number",
            ),
        ],
    )
    def test_refuses(
        self, test: str, value: str, unit: str, field: str, reason: str
    ) -> None:
        with pytest.raises(ImplausibleResult) as refusal:
            check(test=test, value=Decimal(value), unit=unit)

        assert (refusal.value.field, str(refusal.value)) == (field, reason)


class TestUnits:
    @pytest.mark.parametrize("test", TESTS.values(), ids=lambda test: test.code)
    def test_believe_something(self, test: Test) -> None:
        assert all(unit.least < unit.most for unit in test.units)

    def test_are_coded_where_the_meaning_was_verified_and_nowhere_else(self) -> None:
        coded = {u.loinc for test in TESTS.values() for u in test.units if u.loinc}

        assert coded == {
            "2132-9", "14685-2", "13964-2", "13965-9", "2284-8", "718-7", "787-2",
            "789-8", "2276-4", "4548-4", "14682-9", "2160-0", "62238-1", "2823-3",
        }  # fmt: skip


class TestCheckRange:
    @pytest.mark.parametrize(
        ("low", "high"),
        [
            pytest.param(None, None, id="none"),
            pytest.param("0", "271", id="from nought"),
            pytest.param(None, "20", id="the least upper limit"),
            pytest.param("100000", None, id="the most"),
            pytest.param(None, "100000", id="the most upper limit"),
            pytest.param("270", "271", id="in order"),
        ],
    )
    def test_believes(self, low: str | None, high: str | None) -> None:
        self.check(low, high)

    @pytest.mark.parametrize(
        ("low", "high", "field"),
        [
            pytest.param("-1", None, "range_low", id="below nought"),
            pytest.param("100001", None, "range_low", id="too high a lower limit"),
            pytest.param("NaN", None, "range_low", id="no number"),
            pytest.param(None, "0.27", "range_high", id="a limit in umol/L"),
            pytest.param(None, "100001", "range_high", id="too high a limit"),
            pytest.param(None, "Infinity", "range_high", id="no limit at all"),
            pytest.param("271", "271", "range_high", id="the same twice"),
        ],
    )
    def test_refuses(self, low: str | None, high: str | None, field: str) -> None:
        with pytest.raises(ImplausibleResult) as refusal:
            self.check(low, high)

        assert refusal.value.field == field

    def check(self, low: str | None, high: str | None) -> None:
        unit = TESTS["mma"].unit("nmol/L")
        assert unit is not None
        check_range(
            unit=unit,
            low=None if low is None else Decimal(low),
            high=None if high is None else Decimal(high),
        )
