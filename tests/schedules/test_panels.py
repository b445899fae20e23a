from datetime import date

import pytest

from schedules.facts import Result
from schedules.intervals import Interval
from schedules.panels import PanelLog, Series, follow, slot
from schedules.phases import Phase
from schedules.stretches import Stretch
from tests.schedules.stories import EVERY_DAY, MONDAY_TO_FRIDAY

START = date(2026, 1, 5)
ALL = ("b12", "homocysteine", "haemoglobin")
# Panels on a calendar without closed days: 5 Apr, 5 Jul, 5 Oct, 5 Jan.
FIRST_CLOSES = date(2026, 4, 19)
SECOND_OPENS = date(2026, 6, 21)


def result(on: date, *tests: str) -> Result:
    return Result(on=on, tests=frozenset(tests or ALL))


def followed(
    *results: Result,
    as_of: date,
    series: tuple[Series, ...] = (Series(from_on=START),),
    pauses: tuple[tuple[date, date | None], ...] = (),
) -> PanelLog:
    stretches = [
        Stretch(phase=Phase.PAUSED, from_on=begun, to_on=ended)
        for begun, ended in pauses
    ]
    return follow(
        series, results=results, stretches=stretches, calendar=EVERY_DAY, as_of=as_of
    )


def counts(log: PanelLog) -> tuple[int, int, int]:
    return log.done, log.late, log.missed


def number(log: PanelLog) -> int:
    assert log.open is not None
    return log.open.number


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


class TestFollow:
    def test_begins_with_the_first(self) -> None:
        log = followed(as_of=START)

        assert counts(log) == (0, 0, 0)
        assert number(log) == 1

    def test_has_nothing_to_follow_without_a_series(self) -> None:
        assert followed(as_of=START, series=()) == PanelLog()

    @pytest.mark.parametrize(
        ("as_of", "open_number", "missed"),
        [
            pytest.param(FIRST_CLOSES, 1, 0, id="its last day"),
            pytest.param(date(2026, 6, 20), 1, 0, id="until the next one opens"),
            pytest.param(SECOND_OPENS, 2, 1, id="then it is missed"),
            pytest.param(date(2026, 9, 20), 2, 1, id="until the third"),
            pytest.param(date(2026, 9, 21), 3, 2, id="then both are"),
        ],
    )
    def test_keeps_a_panel_open_until_the_next_one_opens(
        self, as_of: date, open_number: int, missed: int
    ) -> None:
        log = followed(as_of=as_of)

        assert number(log) == open_number
        assert counts(log) == (0, 0, missed)

    @pytest.mark.parametrize(
        ("on", "expected", "open_number"),
        [
            pytest.param(date(2026, 3, 21), (0, 0, 0), 1, id="too early"),
            pytest.param(date(2026, 3, 22), (1, 0, 0), 2, id="the first day"),
            pytest.param(FIRST_CLOSES, (1, 0, 0), 2, id="the last day"),
            pytest.param(date(2026, 4, 20), (0, 1, 0), 2, id="late"),
            pytest.param(date(2026, 6, 20), (0, 1, 0), 2, id="very late"),
        ],
    )
    def test_takes_results_for_the_panel_that_is_open(
        self, on: date, expected: tuple[int, int, int], open_number: int
    ) -> None:
        log = followed(result(on), as_of=date(2026, 6, 20))

        assert counts(log) == expected
        assert number(log) == open_number

    @pytest.mark.parametrize(
        ("tests", "done"),
        [
            pytest.param(("b12", "haemoglobin"), 1, id="B12 and a blood count"),
            pytest.param(("active_b12", "haemoglobin"), 1, id="active B12"),
            pytest.param(("homocysteine", "haemoglobin"), 1, id="homocysteine"),
            pytest.param(("b12", "homocysteine"), 0, id="no blood count"),
            pytest.param(("haemoglobin", "mma"), 0, id="neither of the two"),
        ],
    )
    @pytest.mark.proves("R24", "R25")
    def test_asks_for_b12_or_homocysteine_and_a_blood_count(
        self, tests: tuple[str, ...], done: int
    ) -> None:
        log = followed(result(date(2026, 4, 5), *tests), as_of=date(2026, 4, 6))

        assert log.done == done

    def test_collects_results_over_days_in_whatever_order_they_are_told(self) -> None:
        b12 = result(date(2026, 4, 5), "b12")
        blood_count = result(date(2026, 4, 25), "haemoglobin")

        log = followed(blood_count, b12, as_of=date(2026, 4, 25))

        assert counts(log) == (0, 1, 0)

    def test_leaves_out_results_that_have_not_happened(self) -> None:
        log = followed(result(date(2026, 4, 5)), as_of=date(2026, 4, 4))

        assert counts(log) == (0, 0, 0)

    def test_does_not_take_one_result_twice(self) -> None:
        log = followed(result(date(2026, 6, 20)), as_of=date(2026, 9, 21))

        assert counts(log) == (0, 1, 1)
        assert number(log) == 3


class TestFollowThroughPauses:
    @pytest.mark.parametrize(
        ("begun", "ended", "missed"),
        [
            pytest.param(date(2026, 4, 1), date(2026, 4, 10), 0, id="due in the pause"),
            pytest.param(date(2026, 4, 5), None, 0, id="from the day it was due"),
            pytest.param(date(2026, 3, 1), date(2026, 4, 5), 1, id="over by then"),
            pytest.param(date(2026, 4, 6), date(2026, 5, 1), 1, id="later"),
        ],
    )
    def test_blames_nobody_for_a_panel_due_in_a_pause(
        self, begun: date, ended: date | None, missed: int
    ) -> None:
        log = followed(as_of=SECOND_OPENS, pauses=((begun, ended),))

        assert counts(log) == (0, 0, missed)

    def test_counts_it_all_the_same_if_it_was_done(self) -> None:
        log = followed(
            result(date(2026, 4, 6)),
            as_of=SECOND_OPENS,
            pauses=((date(2026, 4, 1), date(2026, 4, 10)),),
        )

        assert counts(log) == (1, 0, 0)


class TestFollowSeveralSeries:
    RELOAD = date(2026, 5, 20)

    def series(self, ended: date, *, again: bool = True) -> tuple[Series, ...]:
        first = Series(from_on=START, to_on=ended)
        return (first, Series(from_on=ended)) if again else (first,)

    def test_numbers_them_through(self) -> None:
        log = followed(as_of=date(2026, 6, 1), series=self.series(self.RELOAD))

        assert log.open is not None
        assert (log.open.number, log.open.due_on) == (2, date(2026, 8, 20))
        assert counts(log) == (0, 0, 1)

    def test_goes_on_through_the_later_one(self) -> None:
        log = followed(as_of=date(2026, 11, 6), series=self.series(self.RELOAD))

        assert log.open is not None
        assert (log.open.number, log.open.due_on) == (3, date(2026, 11, 20))
        assert counts(log) == (0, 0, 2)

    def test_forgets_a_panel_that_had_not_opened(self) -> None:
        ended = date(2026, 3, 22)

        log = followed(as_of=ended, series=self.series(ended))

        assert number(log) == 1
        assert counts(log) == (0, 0, 0)

    @pytest.mark.parametrize(
        ("ended", "missed"),
        [
            pytest.param(FIRST_CLOSES, 0, id="while its window was open"),
            pytest.param(date(2026, 4, 20), 1, id="after it"),
        ],
    )
    def test_misses_a_panel_whose_window_was_over(
        self, ended: date, missed: int
    ) -> None:
        log = followed(as_of=ended, series=self.series(ended, again=False))

        assert counts(log) == (0, 0, missed)
        assert log.open is None

    def test_takes_no_results_from_after_the_end(self) -> None:
        ended = date(2026, 4, 20)

        log = followed(
            result(ended),
            as_of=date(2026, 5, 1),
            series=self.series(ended, again=False),
        )

        assert counts(log) == (0, 0, 1)
