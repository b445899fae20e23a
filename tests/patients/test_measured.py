from datetime import date, timedelta
from decimal import Decimal

import pytest

from patients.measured import Measured, Value, at_diagnosis, days_above, latest

MONDAY, TUESDAY = date(2026, 1, 5), date(2026, 1, 6)


def value(number: str = "300", on: date = MONDAY, **details: object) -> Value:
    said: dict[str, object] = {"test": "mma", "unit": "nmol/L"} | details
    return Value(value=Decimal(number), on=on, **said)  # type: ignore[arg-type]


class TestValue:
    @pytest.mark.parametrize(
        ("number", "low", "high", "is_in_range"),
        [
            pytest.param("99", True, False, False, id="below"),
            pytest.param("100", False, False, True, id="at the lower limit"),
            pytest.param("271", False, False, True, id="at the upper limit"),
            pytest.param("272", False, True, False, id="above"),
        ],
    )
    def test_lies_within_the_limits_of_its_laboratory(
        self, number: str, low: bool, high: bool, is_in_range: bool
    ) -> None:
        found = value(number, low=Decimal(100), high=Decimal(271))

        assert (found.is_low, found.is_high) == (low, high)
        assert found.is_in_range is is_in_range

    @pytest.mark.parametrize("limits", [{}, {"low": Decimal(1)}, {"high": Decimal(9)}])
    def test_is_not_known_to_lie_within_limits_that_are_not_given(
        self, limits: dict[str, Decimal]
    ) -> None:
        found = value("5", **limits)

        assert not found.has_range
        assert (found.is_low, found.is_high, found.is_in_range) == (False,) * 3

    @pytest.mark.parametrize(
        ("number", "below", "above"),
        [
            pytest.param("270", True, False, id="below"),
            pytest.param("271", False, False, id="at the limit"),
            pytest.param("272", False, True, id="above"),
        ],
    )
    def test_is_held_against_the_limit_in_its_unit(
        self, number: str, below: bool, above: bool
    ) -> None:
        limits = {"nmol/L": Decimal(271), "umol/L": Decimal("0.271")}

        assert value(number).below(limits) is below
        assert value(number).above(limits) is above

    def test_is_never_converted(self) -> None:
        assert value().below({"umol/L": Decimal("0.271")}) is None
        assert value().above({"umol/L": Decimal("0.271")}) is None


class TestLatest:
    def test_is_of_each_test(self) -> None:
        potassium = value("4", test="potassium", unit="mmol/L")

        found = latest([value("1", TUESDAY), potassium, value("2")], on=TUESDAY)

        assert found.get("mma") == value("1", TUESDAY)
        assert found.get("potassium") == potassium
        assert found.get("inr") is None
        assert len(list(found)) == 2

    def test_leaves_out_what_was_drawn_later(self) -> None:
        found = latest([value("1", TUESDAY), value("2")], on=MONDAY)

        assert found.get("mma") == value("2")

    def test_takes_the_later_entry_of_a_day(self) -> None:
        found = latest([value("1"), value("2")], on=MONDAY)

        assert found.get("mma") == value("2")


class TestMeasured:
    def test_holds_the_latest_against_a_limit(self) -> None:
        found = latest([value("300")], on=MONDAY)

        assert found.above("mma", {"nmol/L": Decimal(299)}) is True
        assert found.below("mma", {"nmol/L": Decimal(299)}) is False

    def test_knows_nothing_of_what_was_not_measured(self) -> None:
        assert Measured().above("mma", {"nmol/L": Decimal(1)}) is None
        assert Measured().below("mma", {"nmol/L": Decimal(1)}) is None

    def test_may_leave_out_what_is_old(self) -> None:
        found = latest([value()], on=TUESDAY)

        assert found.since(MONDAY).get("mma") == value()
        assert found.since(TUESDAY).get("mma") is None


class TestAtDiagnosis:
    FIRST = date(2026, 3, 1)

    def b12(self, number: str, days: int) -> Value:
        on = self.FIRST + timedelta(days=days)
        return value(number, on, test="b12", unit="ng/L")

    def mma(self, number: str, days: int) -> Value:
        return value(number, self.FIRST + timedelta(days=days))

    def found(
        self, *values: Value, treated: bool = True, days: int = 400
    ) -> set[Decimal]:
        measured = at_diagnosis(
            values,
            treated_from=self.FIRST if treated else None,
            on=self.FIRST + timedelta(days=days),
        )
        return {each.value for each in measured}

    def test_is_the_last_b12_before_treatment(self) -> None:
        drawn = (self.b12("1", -9), self.b12("2", 0), self.b12("3", 1))

        assert self.found(*drawn) == {Decimal(2)}

    def test_is_the_last_b12_of_all_if_none_was_drawn_before(self) -> None:
        assert self.found(self.b12("3", 1), self.b12("4", 9)) == {Decimal(4)}
        assert self.found(self.b12("5", -9), treated=False) == {Decimal(5)}

    def test_is_known_only_as_far_as_that_day(self) -> None:
        assert self.found(self.b12("1", -9), self.b12("2", -8), days=-9) == {Decimal(1)}
        assert self.found(self.b12("1", -9), days=-10) == set()

    def test_takes_what_was_drawn_within_a_quarter(self) -> None:
        b12 = self.b12("1", -100)

        assert self.found(b12, self.mma("2", -8)) == {Decimal(1), Decimal(2)}
        assert self.found(b12, self.mma("2", -7)) == {Decimal(1)}
        assert self.found(b12, self.mma("2", -192)) == {Decimal(1), Decimal(2)}
        assert self.found(b12, self.mma("2", -193)) == {Decimal(1)}

    def test_mixes_nothing_drawn_under_treatment_with_what_was_before(self) -> None:
        assert self.found(self.b12("1", -2), self.mma("2", 1)) == {Decimal(1)}

    def test_is_nothing_without_b12(self) -> None:
        assert self.found(self.mma("2", -1)) == set()


class TestDaysAbove:
    def test_counts_days_in_the_unit_reported(self) -> None:
        limits = {"mma": {"nmol/L": Decimal(271)}}
        drawn = [
            value("272", MONDAY),
            value("300", MONDAY),
            value("271", TUESDAY),
            value("1", TUESDAY, unit="umol/L"),
            value("999", TUESDAY, test="b12"),
        ]

        assert days_above(drawn, limits) == 1
        assert days_above([*drawn, value("272", TUESDAY)], limits) == 2
