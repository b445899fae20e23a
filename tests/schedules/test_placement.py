from dataclasses import replace
from datetime import date

import pytest

from schedules.calendar import Calendar
from schedules.placement import (
    Flag,
    Placement,
    due_now,
    place_first,
    place_loading,
    place_maintenance,
)
from schedules.protocol import Loading
from tests.schedules.stories import EVERY_DAY, LONG_AGO, MONDAY_TO_FRIDAY

OPEN_ENDED = Loading()
THREE_A_WEEK = Loading(count=6, cap_per_7d=3)
CHRISTMAS_CLOSURE = replace(
    MONDAY_TO_FRIDAY,
    closed={
        **MONDAY_TO_FRIDAY.closed,
        **{date(2026, 12, day): "closure" for day in (29, 30, 31)},
    },
)


def january(day: int) -> date:
    return date(2026, 1, day)


class TestPlaceFirst:
    def test_is_on_the_day_wanted(self) -> None:
        assert place_first(january(5), calendar=MONDAY_TO_FRIDAY) == Placement(
            target_on=january(5), due_on=january(5)
        )

    def test_says_when_it_has_to_be_later(self) -> None:
        placed = place_first(january(10), calendar=MONDAY_TO_FRIDAY)

        assert (placed.target_on, placed.due_on) == (january(10), january(12))
        assert placed.flags == {Flag.START_DELAYED}


class TestPlaceLoading:
    @pytest.mark.parametrize(
        ("last", "target", "due", "flags"),
        [
            pytest.param(january(5), january(7), january(7), set(), id="open"),
            pytest.param(
                january(9),
                january(11),
                january(12),
                {Flag.ROLLED_FORWARD},
                id="over a weekend",
            ),
            pytest.param(
                january(8),
                january(10),
                january(12),
                {Flag.ROLLED_FORWARD},
                id="a gap of 4 days is allowed",
            ),
            pytest.param(
                date(2026, 4, 1),
                date(2026, 4, 3),
                date(2026, 4, 2),
                {Flag.BRIDGE_DOSE},
                id="bridged before Easter",
            ),
            pytest.param(
                date(2026, 4, 2),
                date(2026, 4, 4),
                date(2026, 4, 7),
                {Flag.ROLLED_FORWARD, Flag.LOADING_GAP},
                id="no day left to bridge",
            ),
        ],
    )
    def test_follows_the_ladder(
        self, last: date, target: date, due: date, flags: set[Flag]
    ) -> None:
        placed = place_loading(last, loading=OPEN_ENDED, calendar=MONDAY_TO_FRIDAY)

        assert (placed.target_on, placed.due_on) == (target, due)
        assert placed.flags == flags

    def test_bridges_on_the_latest_day_of_a_longer_step(self) -> None:
        placed = place_loading(
            date(2026, 3, 31),
            loading=Loading(step_days=4, max_gap_days=5),
            calendar=MONDAY_TO_FRIDAY,
        )

        assert placed.due_on == date(2026, 4, 2)
        assert placed.flags == {Flag.BRIDGE_DOSE}

    @pytest.mark.parametrize(
        ("not_before", "target", "due", "flags"),
        [
            pytest.param(january(6), january(7), january(7), set(), id="soon"),
            pytest.param(january(13), january(13), january(13), set(), id="later"),
            pytest.param(
                january(17),
                january(17),
                january(19),
                {Flag.ROLLED_FORWARD, Flag.LOADING_GAP},
                id="on a closed day",
            ),
        ],
    )
    def test_waits_for_the_end_of_a_pause(
        self, not_before: date, target: date, due: date, flags: set[Flag]
    ) -> None:
        placed = place_loading(
            january(5),
            loading=OPEN_ENDED,
            calendar=MONDAY_TO_FRIDAY,
            not_before=not_before,
        )

        assert (placed.target_on, placed.due_on) == (target, due)
        assert placed.flags == flags

    def test_never_bridges_into_a_pause(self) -> None:
        placed = place_loading(
            date(2026, 4, 1),
            loading=OPEN_ENDED,
            calendar=MONDAY_TO_FRIDAY,
            not_before=date(2026, 4, 3),
        )

        assert placed.due_on == date(2026, 4, 7)

    def test_keeps_a_weekly_cap(self) -> None:
        placed = place_loading(
            january(5),
            loading=THREE_A_WEEK,
            calendar=EVERY_DAY,
            recent=[january(1), january(3)],
        )

        assert (placed.target_on, placed.due_on) == (january(7), january(8))
        assert placed.flags == {Flag.WEEKLY_CAP}
        assert [reason.text for reason in placed.reasons] == [
            "Wed 7 Jan would be more than 3 in 7 days, next open Thu 8 Jan"
        ]

    def test_forgets_what_is_seven_days_ago(self) -> None:
        placed = place_loading(
            january(6),
            loading=THREE_A_WEEK,
            calendar=EVERY_DAY,
            recent=[january(1), january(4)],
        )

        assert placed.due_on == january(8)
        assert placed.flags == set()

    def test_drops_a_bridge_that_the_cap_forbids(self) -> None:
        placed = place_loading(
            date(2026, 4, 1),
            loading=THREE_A_WEEK,
            calendar=MONDAY_TO_FRIDAY,
            recent=[date(2026, 3, 27), date(2026, 3, 30)],
        )

        assert placed.due_on == date(2026, 4, 7)
        assert placed.flags == {Flag.WEEKLY_CAP}

    def test_keeps_the_other_flags_under_the_cap(self) -> None:
        placed = place_loading(
            january(9),
            loading=Loading(cap_per_7d=2),
            calendar=MONDAY_TO_FRIDAY,
            recent=[january(7)],
        )

        assert placed.due_on == january(14)
        assert placed.flags == {Flag.ROLLED_FORWARD, Flag.WEEKLY_CAP}


class TestPlaceMaintenance:
    @pytest.mark.parametrize(
        ("target", "due", "flags"),
        [
            pytest.param(date(2026, 4, 27), date(2026, 4, 27), set(), id="open"),
            pytest.param(
                date(2026, 6, 27),
                date(2026, 6, 29),
                {Flag.ROLLED_FORWARD},
                id="over a weekend",
            ),
            pytest.param(
                date(2026, 12, 26),
                date(2026, 12, 29),
                {Flag.ROLLED_FORWARD},
                id="three days are allowed",
            ),
            pytest.param(
                date(2026, 12, 25),
                date(2026, 12, 24),
                {Flag.ROLLED_BACK},
                id="four are not",
            ),
        ],
    )
    def test_follows_the_ladder(
        self, target: date, due: date, flags: set[Flag]
    ) -> None:
        placed = place_maintenance(target, calendar=MONDAY_TO_FRIDAY)

        assert (placed.target_on, placed.due_on) == (target, due)
        assert placed.flags == flags

    def test_stays_after_the_last_dose(self) -> None:
        placed = place_maintenance(
            date(2026, 12, 30), calendar=CHRISTMAS_CLOSURE, last=date(2026, 12, 24)
        )

        assert placed.due_on == date(2027, 1, 4)
        assert placed.flags == {Flag.ROLLED_FORWARD, Flag.LONG_CLOSURE}

    @pytest.mark.parametrize(
        ("opened", "due"),
        [
            pytest.param(date(2026, 7, 1), date(2026, 7, 1), id="14 days before"),
            pytest.param(date(2026, 6, 30), date(2026, 8, 1), id="15 days before"),
        ],
    )
    def test_goes_back_two_weeks_at_most(self, opened: date, due: date) -> None:
        calendar = Calendar(
            patterns=((LONG_AGO, frozenset()),),
            opened=frozenset({opened, date(2026, 8, 1)}),
        )

        assert place_maintenance(date(2026, 7, 15), calendar=calendar).due_on == due

    def test_takes_the_bounds_of_its_protocol(self) -> None:
        forward = place_maintenance(
            date(2026, 12, 25), calendar=MONDAY_TO_FRIDAY, max_forward_days=4
        )
        neither = place_maintenance(
            date(2026, 12, 27),
            calendar=MONDAY_TO_FRIDAY,
            max_forward_days=1,
            max_back_days=2,
        )

        assert forward.due_on == date(2026, 12, 29)
        assert neither.flags == {Flag.ROLLED_FORWARD, Flag.LONG_CLOSURE}


class TestDueNow:
    PLACED = Placement(
        target_on=date(2026, 6, 27),
        due_on=date(2026, 6, 29),
        flags=frozenset({Flag.ROLLED_FORWARD}),
    )

    @pytest.mark.parametrize("day", [date(2026, 6, 28), date(2026, 6, 29)])
    def test_leaves_a_dose_that_is_still_ahead(self, day: date) -> None:
        assert due_now(self.PLACED, day, calendar=MONDAY_TO_FRIDAY) is self.PLACED

    def test_moves_one_that_has_passed_and_keeps_its_flags(self) -> None:
        moved = due_now(self.PLACED, date(2026, 7, 4), calendar=MONDAY_TO_FRIDAY)

        assert (moved.target_on, moved.due_on) == (date(2026, 6, 27), date(2026, 7, 6))
        assert moved.flags == {Flag.ROLLED_FORWARD, Flag.DUE_NOW}

    def test_moves_one_that_was_due_the_day_before(self) -> None:
        moved = due_now(self.PLACED, date(2026, 6, 30), calendar=MONDAY_TO_FRIDAY)

        assert moved.due_on == date(2026, 6, 30)
