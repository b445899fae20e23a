from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from schedules.calendar import Calendar, ClinicNeverOpens, civil_day
from tests.schedules.stories import LONG_AGO, MONDAY_TO_FRIDAY

FRIDAY = date(2026, 7, 10)
SATURDAY = date(2026, 7, 11)
SUNDAY = date(2026, 7, 12)
MONDAY = date(2026, 7, 13)
CHRISTMAS = date(2026, 12, 25)
WEEKDAYS = ((LONG_AGO, frozenset(range(5))),)


class TestCivilDay:
    @pytest.mark.parametrize(
        ("at", "zone", "day"),
        [
            pytest.param(
                datetime(2026, 6, 30, 23, 30, tzinfo=UTC),
                "Europe/London",
                date(2026, 7, 1),
                id="half past midnight in summer time",
            ),
            pytest.param(
                datetime(2026, 3, 8, 4, 59, tzinfo=UTC),
                "America/New_York",
                date(2026, 3, 7),
                id="still yesterday west of it",
            ),
        ],
    )
    def test_is_the_day_where_the_clinic_is(
        self, at: datetime, zone: str, day: date
    ) -> None:
        assert civil_day(at, ZoneInfo(zone)) == day


class TestCalendar:
    def test_needs_a_pattern(self) -> None:
        with pytest.raises(ValueError, match="at least one pattern"):
            Calendar(patterns=())

    @pytest.mark.parametrize(
        ("day", "is_open"),
        [
            pytest.param(FRIDAY, True, id="a weekday of ours"),
            pytest.param(SATURDAY, False, id="not a weekday of ours"),
            pytest.param(CHRISTMAS, False, id="a holiday"),
        ],
    )
    def test_knows_its_days(self, day: date, is_open: bool) -> None:
        assert MONDAY_TO_FRIDAY.is_open(day) is is_open

    def test_lets_an_extra_day_win(self) -> None:
        calendar = Calendar(
            patterns=WEEKDAYS,
            closed={CHRISTMAS: "Christmas Day"},
            opened=frozenset({CHRISTMAS, SATURDAY}),
        )

        assert calendar.is_open(CHRISTMAS)
        assert calendar.is_open(SATURDAY)

    def test_holds_each_pattern_from_its_date_whatever_their_order(self) -> None:
        calendar = Calendar(
            patterns=((MONDAY, frozenset({0, 5})), (LONG_AGO, frozenset({4})))
        )

        assert calendar.is_open(FRIDAY)
        assert not calendar.is_open(SATURDAY)
        assert calendar.is_open(MONDAY)
        assert calendar.is_open(SATURDAY + timedelta(days=7))
        assert not calendar.is_open(FRIDAY + timedelta(days=7))

    def test_reaches_back_for_ever_with_the_earliest_pattern(self) -> None:
        calendar = Calendar(patterns=((MONDAY, frozenset({4})),))

        assert calendar.is_open(FRIDAY)
        assert not calendar.is_open(SATURDAY)

    @pytest.mark.parametrize(
        ("day", "why"),
        [
            pytest.param(FRIDAY, None, id="open"),
            pytest.param(SATURDAY, "", id="not ours"),
            pytest.param(CHRISTMAS, "Christmas Day", id="a holiday"),
        ],
    )
    def test_says_why_it_is_closed(self, day: date, why: str | None) -> None:
        assert MONDAY_TO_FRIDAY.why_closed(day) == why

    @pytest.mark.parametrize(
        ("day", "following"),
        [
            pytest.param(FRIDAY, FRIDAY, id="open itself"),
            pytest.param(SATURDAY, MONDAY, id="over a weekend"),
            pytest.param(CHRISTMAS, date(2026, 12, 29), id="over Christmas"),
        ],
    )
    def test_finds_the_next_open_day(self, day: date, following: date) -> None:
        assert MONDAY_TO_FRIDAY.next_open(day) == following

    def test_looks_400_days_ahead_and_no_further(self) -> None:
        last = FRIDAY + timedelta(days=399)
        never = frozenset[int]()
        open_once = Calendar(patterns=((LONG_AGO, never),), opened=frozenset({last}))

        assert open_once.next_open(FRIDAY) == last
        with pytest.raises(ClinicNeverOpens, match="within 400 days from 2026-07-09"):
            open_once.next_open(FRIDAY - timedelta(days=1))

    @pytest.mark.parametrize(
        ("day", "after", "previous"),
        [
            pytest.param(FRIDAY, SATURDAY, None, id="nothing is left"),
            pytest.param(FRIDAY, FRIDAY, None, id="later than itself"),
            pytest.param(FRIDAY, FRIDAY - timedelta(days=1), FRIDAY, id="open itself"),
            pytest.param(SUNDAY, date(2026, 7, 9), FRIDAY, id="back over a weekend"),
            pytest.param(SUNDAY, FRIDAY, None, id="not as far back as asked"),
        ],
    )
    def test_finds_the_previous_open_day(
        self, day: date, after: date, previous: date | None
    ) -> None:
        assert MONDAY_TO_FRIDAY.previous_open(day, after=after) == previous
