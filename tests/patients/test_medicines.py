"""What of a medicine can be kept, and what the rules read of it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from patients.medicines import (
    COBALAMINS,
    MOST_MG,
    ImplausibleMedicine,
    Medicine,
    Route,
    Taken,
    check,
    most_mg,
)

DAY = date(2026, 11, 20)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)


def taken(medicine: Medicine = Medicine.METFORMIN, **details: Any) -> Taken:
    return Taken(medicine=medicine, **details)


def folic(mg: str) -> Taken:
    return taken(Medicine.FOLIC_ACID, daily_mg=Decimal(mg))


def warfarin(low: str | None, high: str | None) -> Taken:
    ends = {"inr_low": low, "inr_high": high}
    said = {name: Decimal(end) for name, end in ends.items() if end is not None}
    return taken(Medicine.WARFARIN, **said)


class TestTaken:
    @pytest.mark.parametrize(
        ("started_on", "stopped_on", "expected"),
        [
            pytest.param(None, None, True, id="always"),
            pytest.param(DAY, None, True, id="from the day on"),
            pytest.param(AFTER, None, False, id="from the day after on"),
            pytest.param(None, AFTER, True, id="until the day after"),
            pytest.param(None, DAY, False, id="stopped on the day"),
            pytest.param(BEFORE, BEFORE, False, id="stopped at once"),
        ],
    )
    def test_is_taken(
        self, started_on: date | None, stopped_on: date | None, expected: bool
    ) -> None:
        it = taken(started_on=started_on, stopped_on=stopped_on)

        assert it.is_taken(DAY) is expected

    @pytest.mark.parametrize(
        ("started_on", "stopped_on", "expected"),
        [
            pytest.param(DAY, None, True, id="on the day"),
            pytest.param(BEFORE, None, False, id="the day before"),
            pytest.param(AFTER, None, False, id="the day after"),
            pytest.param(None, None, False, id="nobody knows when"),
            pytest.param(DAY, DAY, False, id="and is stopped at once"),
        ],
    )
    def test_begins(
        self, started_on: date | None, stopped_on: date | None, expected: bool
    ) -> None:
        it = taken(started_on=started_on, stopped_on=stopped_on)

        assert it.begins(DAY) is expected

    @pytest.mark.parametrize("medicine", sorted(COBALAMINS))
    def test_replaces_injections_where_b12_is_swallowed(
        self, medicine: Medicine
    ) -> None:
        assert taken(medicine).replaces_injections
        assert taken(medicine, route=Route.SUBLINGUAL).replaces_injections
        assert not taken(medicine, route=Route.TOPICAL).replaces_injections
        assert not taken(Medicine.FOLIC_ACID).replaces_injections

    @pytest.mark.parametrize(
        ("medicine", "route", "expected"),
        [
            (Medicine.CHLORAMPHENICOL, Route.INTRAVENOUS, True),
            (Medicine.CHLORAMPHENICOL, Route.INTRAMUSCULAR, True),
            (Medicine.CHLORAMPHENICOL, Route.TOPICAL, False),
            (Medicine.METFORMIN, Route.INTRAVENOUS, False),
        ],
    )
    def test_may_attenuate(
        self, medicine: Medicine, route: Route, expected: bool
    ) -> None:
        assert taken(medicine, route=route).may_attenuate is expected


class TestMostMg:
    def test_is_less_where_micrograms_are_usual(self) -> None:
        assert most_mg(Medicine.LEVOTHYROXINE) == 1
        assert most_mg(Medicine.FOLIC_ACID) == 50
        assert most_mg(Medicine.METFORMIN) == MOST_MG == 50_000


@pytest.mark.proves("R27", "R28")
class TestCheck:
    @pytest.mark.parametrize("medicine", sorted(set(Medicine) - {Medicine.FOLIC_ACID}))
    def test_takes_every_medicine_that_has_a_name(self, medicine: Medicine) -> None:
        check(taken(medicine, name="as the box says"))

    @pytest.mark.parametrize(
        "it",
        [
            pytest.param(folic("50"), id="the most that is believed"),
            pytest.param(folic("0.0001"), id="very little"),
            pytest.param(taken(daily_mg=MOST_MG), id="the most of anything"),
            pytest.param(warfarin("1", "5"), id="the widest range"),
            pytest.param(warfarin("2", "2.1"), id="the narrowest range"),
            pytest.param(taken(started_on=DAY, stopped_on=DAY), id="stopped at once"),
            pytest.param(taken(stopped_on=DAY), id="stopped, nobody knows since when"),
        ],
    )
    def test_takes(self, it: Taken) -> None:
        check(it)

    @pytest.mark.parametrize(
        ("it", "field", "reason"),
        [
            pytest.param(
                taken(Medicine.OTHER),
                "name",
                "Write the name of the medicine.",
                id="another without a name",
            ),
            pytest.param(
                taken(Medicine.ANTIPLATELET),
                "name",
                "Write the name of the medicine.",
                id="an antiplatelet without a name",
            ),
            pytest.param(
                taken(Medicine.CYANOCOBALAMIN, route=Route.INTRAMUSCULAR),
                "route",
                "B12 that is injected is recorded as an injection; here it is oral or "
                "sublingual.",
                id="an injection of B12",
            ),
            pytest.param(
                taken(Medicine.FOLIC_ACID),
                "daily_mg",
                "Enter the milligrams a day: rule S01 reads them (400 micrograms are "
                "0.4 mg).",
                id="folic acid without a dose",
            ),
            pytest.param(
                folic("50.0001"),
                "daily_mg",
                "A day’s dose of this lies above 0 and up to 50 mg; 400 micrograms "
                "are 0.4 mg.",
                id="micrograms as milligrams",
            ),
            pytest.param(
                taken(started_on=DAY, stopped_on=BEFORE),
                "stopped_on",
                "The medicine was stopped before it was started.",
                id="stopped before it was started",
            ),
            pytest.param(
                taken(inr_low=Decimal(2), inr_high=Decimal(3)),
                "inr_high",
                "An INR range belongs to warfarin.",
                id="an INR range of another medicine",
            ),
        ],
    )
    def test_refuses(self, it: Taken, field: str, reason: str) -> None:
        with pytest.raises(ImplausibleMedicine) as refusal:
            check(it)

        assert (refusal.value.field, str(refusal.value)) == (field, reason)

    @pytest.mark.parametrize("mg", ["0", "-1", "50001", "NaN", "Infinity"])
    def test_refuses_a_dose_beyond_belief(self, mg: str) -> None:
        with pytest.raises(ImplausibleMedicine, match="up to 50000 mg"):
            check(taken(daily_mg=Decimal(mg)))

    @pytest.mark.parametrize(
        ("low", "high"),
        [("2", None), (None, "3"), ("2", "2"), ("3", "2"), ("0.9", "3"), ("2", "5.1")],
    )
    def test_refuses_half_a_range_or_an_odd_one(
        self, low: str | None, high: str | None
    ) -> None:
        with pytest.raises(ImplausibleMedicine) as refusal:
            check(warfarin(low, high))

        assert refusal.value.field == "inr_high"
        assert str(refusal.value) == (
            "Enter both ends of the INR range, such as 2 and 3; it lies between 1 and "
            "5."
        )
