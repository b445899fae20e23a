from datetime import date, timedelta

import pytest

from schedules.intervals import Interval
from schedules.phases import Phase
from schedules.windows import Standing, bounds, standing, tolerance, window

DUE = date(2026, 4, 27)
TWO_MONTHS = Interval.parse("2m")
OTHER_DAY = Interval.parse("2d")


class TestTolerance:
    @pytest.mark.parametrize(
        ("nominal", "early", "late"),
        [
            pytest.param(2, 0, 1, id="every other day"),
            pytest.param(3, 0, 1, id="the last of them"),
            pytest.param(4, 1, 1, id="the next"),
            pytest.param(7, 1, 1, id="weekly"),
            pytest.param(8, 2, 2, id="longer than a week"),
            pytest.param(14, 2, 2, id="fortnightly"),
            pytest.param(15, 4, 4, id="longer than a fortnight"),
            pytest.param(28, 4, 4, id="4-weekly"),
            pytest.param(29, 7, 7, id="longer than 4 weeks"),
            pytest.param(60, 7, 7, id="2-monthly"),
            pytest.param(61, 14, 14, id="longer than 2 months"),
            pytest.param(180, 14, 14, id="however long"),
        ],
    )
    def test_follows_the_table(self, nominal: int, early: int, late: int) -> None:
        assert tolerance(nominal) == (early, late)


class TestWindow:
    @pytest.mark.parametrize(
        ("interval", "expected"),
        [
            ("1m", (7, 7)),
            ("4w", (4, 4)),
            ("6w", (7, 7)),
            ("8w", (7, 7)),
            ("10w", (14, 14)),
            ("3m", (14, 14)),
        ],
    )
    def test_counts_nominal_days(
        self, interval: str, expected: tuple[int, int]
    ) -> None:
        assert window(Interval.parse(interval)) == expected


class TestBounds:
    def test_are_the_first_and_the_last_day_on_time(self) -> None:
        assert bounds(DUE, OTHER_DAY) == (DUE, date(2026, 4, 28))
        assert bounds(DUE, TWO_MONTHS) == (date(2026, 4, 20), date(2026, 5, 4))


class TestStanding:
    @pytest.mark.parametrize(
        ("late", "expected"),
        [
            pytest.param(-8, "NOT_DUE", id="long before"),
            pytest.param(-1, "NOT_DUE", id="the day before"),
            pytest.param(0, "DUE_TODAY", id="the day"),
            pytest.param(1, "IN_LATE_WINDOW", id="the day after"),
            pytest.param(7, "IN_LATE_WINDOW", id="the last day on time"),
            pytest.param(8, "OVERDUE_1", id="outside the window"),
            pytest.param(27, "OVERDUE_1", id="nearly 4 weeks"),
            pytest.param(28, "OVERDUE_2", id="4 weeks"),
            pytest.param(59, "OVERDUE_2", id="nearly 60 days"),
            pytest.param(60, "LTFU_SUSPECTED", id="60 days"),
            pytest.param(179, "LTFU_SUSPECTED", id="silent for 179 days"),
            pytest.param(180, "LTFU_CONFIRMED", id="silent for 180 days"),
        ],
    )
    def test_climbs_the_ladder_of_maintenance(self, late: int, expected: str) -> None:
        assert self.of(Phase.MAINTENANCE, late) == expected

    @pytest.mark.parametrize(
        ("late", "expected"),
        [
            pytest.param(0, "DUE_TODAY", id="the day"),
            pytest.param(1, "IN_LATE_WINDOW", id="the day after"),
            pytest.param(2, "OVERDUE_1", id="two days"),
            pytest.param(4, "OVERDUE_1", id="four days"),
            pytest.param(5, "LOADING_INTERRUPTED", id="five days"),
            pytest.param(13, "LOADING_INTERRUPTED", id="nearly a fortnight"),
            pytest.param(14, "LTFU_SUSPECTED", id="a fortnight of silence"),
        ],
    )
    def test_climbs_the_ladder_of_loading(self, late: int, expected: str) -> None:
        assert self.of(Phase.LOADING, late) == expected

    @pytest.mark.parametrize(
        ("silent", "expected"),
        [
            pytest.param(179, "LTFU_SUSPECTED", id="heard of lately"),
            pytest.param(180, "LTFU_CONFIRMED", id="not heard of for 180 days"),
        ],
    )
    def test_confirms_nobody_lost_who_was_in_contact(
        self, silent: int, expected: str
    ) -> None:
        assert self.of(Phase.MAINTENANCE, 60, silent=silent) == expected

    def test_suspects_nobody_in_loading_who_was_in_contact(self) -> None:
        assert self.of(Phase.LOADING, 14, silent=13) == "LOADING_INTERRUPTED"
        assert self.of(Phase.LOADING, 13, silent=14) == "LOADING_INTERRUPTED"

    def test_confirms_nobody_lost_before_60_days(self) -> None:
        assert self.of(Phase.MAINTENANCE, 59, silent=300) == "OVERDUE_2"

    @staticmethod
    def of(phase: Phase, late: int, silent: int | None = None) -> Standing:
        as_of = DUE + timedelta(days=late)
        return standing(
            due_on=DUE,
            interval=OTHER_DAY if phase is Phase.LOADING else TWO_MONTHS,
            phase=phase,
            as_of=as_of,
            last_contact_on=None if silent is None else as_of - timedelta(days=silent),
        )
