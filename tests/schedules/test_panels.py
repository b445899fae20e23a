from datetime import date

import pytest

from schedules.intervals import Interval
from schedules.panels import PanelSlot, Series, State, slot
from tests.schedules.stories import EVERY_DAY, MONDAY_TO_FRIDAY

START = date(2026, 1, 5)


@pytest.mark.proves("R24")
class TestSlot:
    @pytest.mark.parametrize(
        ("n", "target", "due"),
        [
            (1, date(2026, 4, 5), date(2026, 4, 7)),
            (2, date(2026, 7, 5), date(2026, 7, 6)),
            (3, date(2026, 10, 5), date(2026, 10, 5)),
            (4, date(2027, 1, 5), date(2027, 1, 5)),
        ],
    )
    def test_is_every_three_months_on_an_open_day(
        self, n: int, target: date, due: date
    ) -> None:
        panel = slot(Series(from_on=START), n, calendar=MONDAY_TO_FRIDAY)

        assert (panel.number, panel.target_on, panel.due_on) == (n, target, due)

    def test_has_a_fortnight_either_side(self) -> None:
        panel = slot(Series(from_on=START), 1, calendar=MONDAY_TO_FRIDAY)

        assert (panel.opens_on, panel.closes_on) == (
            date(2026, 3, 24),
            date(2026, 4, 21),
        )

    def test_explains_itself(self) -> None:
        panel = slot(Series(from_on=START), 1, calendar=MONDAY_TO_FRIDAY, before=4)

        assert panel.number == 5
        assert [reason.text for reason in panel.reasons] == [
            "3 months after Mon 5 Jan",
            "target Sun 5 Apr, clinic closed, next open Tue 7 Apr",
        ]

    def test_may_be_annual(self) -> None:
        annual = Series(from_on=START, interval=Interval.parse("12m"), window_days=30)

        panel = slot(annual, 1, calendar=EVERY_DAY)

        assert panel.due_on == date(2027, 1, 5)
        assert (panel.opens_on, panel.closes_on) == (
            date(2026, 12, 6),
            date(2027, 2, 4),
        )


class TestState:
    @pytest.mark.parametrize(
        ("day", "state"),
        [
            pytest.param(21, State.COMING, id="the day before it opens"),
            pytest.param(22, State.OPEN, id="the day it opens"),
            pytest.param(4 + 31, State.OPEN, id="the day before it is due"),
            pytest.param(5 + 31, State.DUE, id="the day it is due"),
            pytest.param(19 + 31, State.DUE, id="the last day of its window"),
            pytest.param(20 + 31, State.OVERDUE, id="the day after"),
        ],
    )
    def test_follows_from_the_day(self, day: int, state: State) -> None:
        panel = slot(Series(from_on=START), 1, calendar=EVERY_DAY)

        assert isinstance(panel, PanelSlot)
        assert (
            panel.state(date.fromordinal(date(2026, 2, 28).toordinal() + day)) is state
        )
