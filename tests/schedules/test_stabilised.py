from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest

from patients.bands import Thresholds
from patients.measured import Value
from patients.symptoms import Assessed, Domain
from schedules.phases import Phase
from schedules.stabilised import (
    GOOD,
    Drawn,
    Sign,
    is_recent,
    signs,
    stabilised,
    worsened,
)

DAY = date(2026, 7, 6)
LATER = DAY + timedelta(days=75)
UNITS = {
    "b12": "pg/mL",
    "active_b12": "pmol/L",
    "mma": "nmol/L",
    "homocysteine": "umol/L",
    "egfr": "mL/min/{1.73_m2}",
    "haemoglobin": "g/L",
    "mcv": "fL",
    "potassium": "mmol/L",
}


def value(test: str, number: str, limits: str = "", **details: object) -> Value:
    low, _, high = limits.partition("-")
    said: dict[str, object] = {"unit": UNITS[test], "on": DAY} | details
    return Value(
        test=test,
        value=Decimal(number),
        low=Decimal(low) if low else None,
        high=Decimal(high) if high else None,
        **said,  # type: ignore[arg-type]
    )


def good(on: date, without: Sign | None = None) -> Drawn:
    return Drawn(on=on, signs=GOOD - {without})


@pytest.mark.proves("R44")
class TestStabilised:
    def test_needs_two_good_panels_in_maintenance(self) -> None:
        assert self.asked()
        assert self.asked(good(DAY - timedelta(days=9)), good(DAY), good(LATER))
        assert self.asked(good(LATER), good(DAY)), "in whatever order"

    @pytest.mark.parametrize("panels", [(), (good(LATER),)])
    def test_is_not_told_by_fewer(self, panels: tuple[Drawn, ...]) -> None:
        assert not self.asked(*panels, none=True)

    def test_asks_for_75_days_between(self) -> None:
        assert not self.asked(good(DAY), good(LATER - timedelta(days=1)))

    @pytest.mark.parametrize("sign", sorted(GOOD))
    def test_asks_for_every_part_in_both(self, sign: Sign) -> None:
        assert not self.asked(good(DAY, without=sign), good(LATER))
        assert not self.asked(good(DAY), good(LATER, without=sign))

    @pytest.mark.parametrize("phase", [p for p in Phase if p is not Phase.MAINTENANCE])
    def test_is_of_maintenance_only(self, phase: Phase) -> None:
        assert not self.asked(phase=phase)

    @pytest.mark.parametrize(
        ("days", "expected"),
        [
            pytest.param(-1, True, id="before the earlier panel"),
            pytest.param(0, False, id="on its day"),
            pytest.param(1, False, id="since"),
        ],
    )
    def test_asks_for_no_change_since_the_earlier(
        self, days: int, expected: bool
    ) -> None:
        changed = DAY + timedelta(days=days)

        assert self.asked(last_change_on=changed) is expected

    def test_asks_for_symptoms_that_did_not_get_worse(self) -> None:
        assert not self.asked(symptom_worsened=True)

    def asked(
        self,
        *panels: Drawn,
        phase: Phase = Phase.MAINTENANCE,
        last_change_on: date | None = None,
        symptom_worsened: bool = False,
        none: bool = False,
    ) -> bool:
        told: Sequence[Drawn] = panels or (() if none else (good(DAY), good(LATER)))
        return stabilised(
            told,
            phase=phase,
            last_change_on=last_change_on,
            symptom_worsened=symptom_worsened,
        )


class TestWorsened:
    @pytest.mark.parametrize(
        ("scores", "expected"),
        [
            pytest.param({-9: 3, 9: 5}, True, id="by 2"),
            pytest.param({-9: 3, 9: 4}, False, id="by 1"),
            pytest.param({-9: 5, 9: 3}, False, id="better"),
            pytest.param({-9: 3, 75: 5}, True, id="on the later day"),
            pytest.param({-9: 3, 76: 5}, False, id="after the later day"),
            pytest.param({-9: 3, 0: 5}, False, id="on the earlier day already"),
            pytest.param({-9: 5, -8: 3, 9: 5}, True, id="against what held last"),
            pytest.param({-9: 3, 9: 5, 10: 3}, True, id="and better again"),
            pytest.param({5: 3, 9: 5}, True, id="scored first between them"),
            pytest.param({5: 5}, False, id="scored once"),
            pytest.param({-9: 0, 9: 2}, False, id="a trace is not tracked"),
            pytest.param({-9: 0, 9: 3}, True, id="clear enough to be tracked"),
            pytest.param({-9: 1, 9: 3}, True, id="there from the first"),
            pytest.param({}, False, id="never scored"),
        ],
    )
    def test_is_by_2_points_between_two_days(
        self, scores: dict[int, int], expected: bool
    ) -> None:
        told = [
            Assessed(on=DAY + timedelta(days=days), scores={Domain.GAIT: score})
            for days, score in scores.items()
        ]

        assert worsened(told, DAY, LATER) is expected

    def test_asks_each_symptom_by_itself(self) -> None:
        told = [
            Assessed(on=DAY, scores={Domain.GAIT: 6, Domain.PAIN: 3}),
            Assessed(on=LATER, scores={Domain.GAIT: 2, Domain.PAIN: 5}),
        ]

        assert worsened(told, DAY, LATER)


class TestIsRecent:
    @pytest.mark.parametrize(
        ("days_before", "expected"),
        [
            pytest.param(15, False, id="15 days before"),
            pytest.param(14, True, id="14 days before"),
            pytest.param(1, True, id="the day before"),
            pytest.param(0, False, id="the same day, after the blood was drawn"),
            pytest.param(-1, False, id="the day after"),
        ],
    )
    @pytest.mark.parametrize("test", ["b12", "active_b12"])
    def test_is_within_14_days_before_the_blood(
        self, test: str, days_before: int, expected: bool
    ) -> None:
        given = [DAY - timedelta(days=days_before), DAY - timedelta(days=60)]

        assert is_recent(value(test, "400"), given) is expected

    def test_does_not_matter_to_another_test(self) -> None:
        assert not is_recent(value("homocysteine", "9"), [DAY - timedelta(days=1)])


class TestSigns:
    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            pytest.param(
                value("homocysteine", "15"), {Sign.MARKER_GOOD}, id="homocysteine 15"
            ),
            pytest.param(
                value("homocysteine", "16"), {Sign.MARKER_HIGH}, id="homocysteine 16"
            ),
            pytest.param(value("mma", "271"), {Sign.MARKER_GOOD}, id="MMA 271"),
            pytest.param(value("mma", "272"), {Sign.MARKER_HIGH}, id="MMA 272"),
            pytest.param(value("b12", "350"), set(), id="B12 350"),
            pytest.param(value("b12", "351"), {Sign.VITAMIN_GOOD}, id="B12 351"),
            pytest.param(value("active_b12", "70"), set(), id="active B12 70"),
            pytest.param(
                value("active_b12", "71"), {Sign.VITAMIN_GOOD}, id="active B12 71"
            ),
            pytest.param(value("haemoglobin", "130"), set(), id="Hb without limits"),
            pytest.param(
                value("haemoglobin", "120", "120-150"), {Sign.BLOOD_GOOD}, id="Hb good"
            ),
            pytest.param(
                value("haemoglobin", "119", "120-150"), {Sign.BLOOD_LOW}, id="Hb low"
            ),
            pytest.param(value("haemoglobin", "151", "120-150"), set(), id="Hb high"),
            pytest.param(value("haemoglobin", "80"), set(), id="Hb 80 g/L"),
            pytest.param(
                value("haemoglobin", "79"), {Sign.BLOOD_VERY_LOW}, id="Hb 79 g/L"
            ),
            pytest.param(
                value("haemoglobin", "7.9", unit="g/dL"),
                {Sign.BLOOD_VERY_LOW},
                id="Hb 7.9 g/dL",
            ),
            pytest.param(value("haemoglobin", "8", unit="g/dL"), set(), id="8 g/dL"),
            pytest.param(value("mcv", "90", "80-100"), {Sign.CELLS_GOOD}, id="MCV"),
            pytest.param(
                value("mcv", "101", "80-100"), {Sign.CELLS_LARGE}, id="macrocytosis"
            ),
            pytest.param(value("mcv", "79", "80-100"), set(), id="small cells"),
            pytest.param(value("potassium", "3.5"), set(), id="potassium 3.5"),
            pytest.param(
                value("potassium", "3.4"), {Sign.POTASSIUM_LOW}, id="potassium 3.4"
            ),
        ],
    )
    def test_are_what_a_value_came_to(self, found: Value, expected: set[Sign]) -> None:
        assert self.said(found) == expected

    def test_let_no_mma_stand_in_without_good_kidneys(self) -> None:
        mma = value("mma", "200")

        assert self.said(mma, egfr=value("egfr", "60")) == {Sign.MARKER_GOOD}
        assert self.said(mma, egfr=value("egfr", "59")) == set()
        assert self.said(mma, egfr=None) == set()

    def test_let_homocysteine_speak_without_them(self) -> None:
        assert self.said(value("homocysteine", "9"), egfr=None) == {Sign.MARKER_GOOD}

    @pytest.mark.parametrize("test", ["b12", "active_b12"])
    def test_count_no_b12_that_was_drawn_after_an_injection(self, test: str) -> None:
        found = self.said(value(test, "900"), given=[DAY - timedelta(days=14)])

        assert found == {Sign.RECENT_DOSE}

    def test_are_of_all_values_together(self) -> None:
        found = self.said(value("b12", "900"), value("homocysteine", "16"))

        assert found == {Sign.VITAMIN_GOOD, Sign.MARKER_HIGH}

    def said(
        self,
        *values: Value,
        egfr: Value | None = value("egfr", "90"),  # noqa: B008
        given: Sequence[date] = (),
    ) -> frozenset[Sign]:
        return signs(values, egfr=egfr, given=given, thresholds=Thresholds())
