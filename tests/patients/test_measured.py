from datetime import date
from decimal import Decimal

import pytest

from patients.measured import Measured, Value, latest

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
