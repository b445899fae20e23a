from datetime import date, timedelta
from typing import Any

import pytest

from patients.laboratory import Policy
from schedules.facts import Result
from schedules.panel_log import (
    Monitoring,
    PanelLog,
    Policies,
    Settled,
    Worsened,
    follow,
    never,
)
from schedules.panels import Kind, Series, State
from schedules.phases import Phase
from schedules.stabilised import GOOD, Sign
from schedules.stretches import Stretch
from tests.schedules.stories import EVERY_DAY

START = date(2026, 1, 5)
DAY = timedelta(days=1)
ALL = ("b12", "homocysteine", "haemoglobin")
# Panels on a calendar without closed days: 5 Apr, 5 Jul, 5 Oct, 5 Jan.
FIRST_CLOSES = date(2026, 4, 19)
SECOND_OPENS = date(2026, 6, 21)


def result(on: date, *tests: str) -> Result:
    return Result(on=on, tests=frozenset(tests or ALL))


def good(on: date, *more: Sign, without: Sign | None = None) -> Result:
    return Result(on=on, tests=frozenset(ALL), signs=(GOOD - {without}) | set(more))


def followed(
    *results: Result,
    as_of: date,
    series: tuple[Series, ...] = (Series(from_on=START),),
    pauses: tuple[tuple[date, date | None], ...] = (),
    maintained_on: date | None = None,
    changes: tuple[date, ...] = (),
    policies: Policies = (),
    worsened: Worsened = never,
) -> PanelLog:
    stretches = [
        Stretch(phase=Phase.MAINTENANCE, from_on=on)
        for on in (maintained_on,)
        if on is not None
    ] + [
        Stretch(phase=Phase.PAUSED, from_on=begun, to_on=ended)
        for begun, ended in pauses
    ]
    return follow(
        series,
        results=results,
        stretches=stretches,
        calendar=EVERY_DAY,
        as_of=as_of,
        changes=changes,
        monitoring=Monitoring(policies=policies, worsened=worsened),
    )


def counts(log: PanelLog) -> tuple[int, int, int]:
    return log.done, log.late, log.missed


def number(log: PanelLog) -> int:
    assert log.open is not None
    return log.open.number


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


MAINTAINED = date(2026, 2, 27)
FIRST, SECOND = date(2026, 7, 5), date(2026, 10, 5)
A_YEAR_ON = date(2027, 10, 5)
PAIR = (good(FIRST), good(SECOND))


def steady(*results: Result, as_of: date = date(2026, 12, 31), **said: Any) -> PanelLog:
    return followed(*results, as_of=as_of, maintained_on=MAINTAINED, **said)


def asked(log: PanelLog) -> tuple[Kind, date]:
    assert log.open is not None
    return log.open.kind, log.open.due_on


@pytest.mark.proves("R24", "R44")
class TestFollowThroughAYear:
    def test_waits_a_year_after_the_second_of_two_good_panels(self) -> None:
        log = steady(*PAIR)

        assert log.open is not None
        assert (log.open.kind, log.open.due_on) == (Kind.ANNUAL, A_YEAR_ON)
        assert (log.open.opens_on, log.open.closes_on) == (
            date(2027, 9, 5),
            date(2027, 11, 4),
        )
        assert log.open.number == 4
        assert [reason.text for reason in log.open.reasons] == [
            "12 months after Mon 5 Oct, the second of two good panels"
        ]

    def test_counts_from_the_day_it_was_drawn(self) -> None:
        log = steady(good(FIRST), good(date(2026, 10, 12)))

        assert asked(log) == (Kind.ANNUAL, date(2027, 10, 12))

    @pytest.mark.parametrize(
        "results",
        [
            pytest.param((good(SECOND),), id="one panel only"),
            pytest.param(
                (good(FIRST, without=Sign.VITAMIN_GOOD), good(SECOND)), id="first"
            ),
            pytest.param(
                (good(FIRST), good(SECOND, without=Sign.MARKER_GOOD)), id="second"
            ),
            pytest.param(
                (good(FIRST), good(SECOND, Sign.MARKER_HIGH)), id="the other is high"
            ),
            pytest.param(
                (good(FIRST), good(SECOND, Sign.BLOOD_LOW)), id="blood low besides"
            ),
        ],
    )
    def test_stays_quarterly_without_two(self, results: tuple[Result, ...]) -> None:
        assert asked(steady(*results)) == (Kind.QUARTERLY, date(2027, 1, 5))

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param({"changes": (FIRST,)}, id="interval changed"),
            pytest.param({"worsened": lambda *_: True}, id="symptoms worse"),
        ],
    )
    def test_stays_quarterly_where_something_changed(
        self, said: dict[str, Any]
    ) -> None:
        assert asked(steady(*PAIR, **said)) == (Kind.QUARTERLY, date(2027, 1, 5))

    def test_stays_quarterly_outside_maintenance(self) -> None:
        log = followed(*PAIR, as_of=date(2026, 12, 31))

        assert asked(log) == (Kind.QUARTERLY, date(2027, 1, 5))

    def test_asks_about_symptoms_between_the_two(self) -> None:
        heard = []

        steady(*PAIR, worsened=lambda *days: bool(heard.append(days)))

        assert heard[-1] == (FIRST, SECOND)

    def test_was_not_stable_before_a_change_of_phase_had_passed(self) -> None:
        log = followed(*PAIR, as_of=date(2026, 12, 31), maintained_on=FIRST)

        assert asked(log) == (Kind.QUARTERLY, date(2027, 1, 5))

    def test_takes_what_was_drawn_within_the_window_together(self) -> None:
        before = good(date(2026, 9, 30), without=Sign.MARKER_GOOD)
        marker = Result(
            on=date(2026, 10, 19),
            tests=frozenset({"homocysteine"}),
            signs=frozenset({Sign.MARKER_GOOD}),
        )

        assert asked(steady(good(FIRST), before, marker))[0] is Kind.ANNUAL

    def test_takes_a_late_panel_as_a_second_one(self) -> None:
        late = date(2026, 11, 30)

        assert asked(steady(good(FIRST), good(late))) == (
            Kind.ANNUAL,
            date(2027, 11, 30),
        )

    def test_waits_another_year_after_a_good_annual_panel(self) -> None:
        log = steady(*PAIR, good(date(2027, 10, 9)), as_of=date(2028, 1, 1))

        assert asked(log) == (Kind.ANNUAL, date(2028, 10, 9))
        assert counts(log) == (3, 0, 1)

    def test_keeps_the_year_after_an_annual_panel_that_says_little(self) -> None:
        vague = good(A_YEAR_ON, without=Sign.VITAMIN_GOOD)

        log = steady(*PAIR, vague, as_of=date(2028, 1, 1))

        assert asked(log) == (Kind.ANNUAL, date(2028, 10, 5))

    def test_misses_an_annual_panel_when_the_next_one_opens(self) -> None:
        opens = date(2028, 9, 5)

        assert steady(*PAIR, as_of=opens - DAY).missed == 1
        log = steady(*PAIR, as_of=opens)
        assert (log.missed, asked(log)) == (2, (Kind.ANNUAL, date(2028, 10, 5)))


@pytest.mark.proves("R24", "R44")
class TestFollowBackToQuarterly:
    RESET = date(2027, 2, 1)
    THREE_MONTHS_ON = date(2027, 5, 1)

    @pytest.mark.parametrize("sign", [Sign.MARKER_HIGH, Sign.BLOOD_LOW])
    def test_from_the_day_of_a_bad_result(self, sign: Sign) -> None:
        bad = Result(
            on=self.RESET, tests=frozenset({"haemoglobin"}), signs=frozenset({sign})
        )

        log = steady(*PAIR, bad, as_of=self.RESET)

        assert asked(log) == (Kind.QUARTERLY, self.THREE_MONTHS_ON)
        assert log.open is not None
        assert log.open.number == 4

    def test_from_the_day_the_interval_changed(self) -> None:
        log = steady(*PAIR, changes=(self.RESET,), as_of=self.RESET)

        assert asked(log) == (Kind.QUARTERLY, self.THREE_MONTHS_ON)

    def test_from_the_first_of_several(self) -> None:
        bad = good(self.RESET + DAY, Sign.MARKER_HIGH)

        log = steady(*PAIR, bad, changes=(self.RESET,), as_of=self.RESET + DAY)

        assert asked(log) == (Kind.QUARTERLY, self.THREE_MONTHS_ON)

    def test_not_for_what_lay_before(self) -> None:
        log = steady(good(FIRST, Sign.MARKER_HIGH), good(SECOND))

        assert asked(log)[0] is Kind.ANNUAL

    def test_not_for_other_signs(self) -> None:
        odd = good(self.RESET, Sign.RECENT_DOSE, Sign.CELLS_LARGE)

        assert asked(steady(*PAIR, odd, as_of=self.RESET))[0] is Kind.ANNUAL

    def test_asks_for_two_good_panels_again(self) -> None:
        bad = good(self.RESET, Sign.MARKER_HIGH)
        third, fourth = date(2027, 5, 1), date(2027, 8, 1)

        once = steady(*PAIR, bad, good(third), as_of=date(2027, 9, 1))
        twice = steady(*PAIR, bad, good(third), good(fourth), as_of=date(2027, 9, 1))

        assert asked(once) == (Kind.QUARTERLY, date(2027, 8, 1))
        assert asked(twice) == (Kind.ANNUAL, date(2028, 8, 1))

    def test_misses_an_annual_panel_whose_window_was_over(self) -> None:
        over = date(2027, 11, 5)

        in_time = steady(*PAIR, changes=(over - DAY,), as_of=over)
        too_late = steady(*PAIR, changes=(over,), as_of=over)

        assert (in_time.missed, too_late.missed) == (1, 2)

    def test_ends_with_the_series(self) -> None:
        ended = (Series(from_on=START, to_on=self.RESET),)

        log = steady(*PAIR, series=ended, changes=(self.RESET,), as_of=self.RESET)

        assert log.open is None


@pytest.mark.proves("R24", "R25")
class TestFollowByPolicy:
    UK: Policies = ((date(2025, 1, 1), Policy.UK_CLINICAL),)

    def test_asks_for_a_yearly_count_alone(self) -> None:
        log = steady(policies=self.UK, as_of=START)

        assert asked(log) == (Kind.COUNT, date(2027, 1, 5))
        assert log.open is not None
        assert log.open.closes_on == date(2027, 2, 4)

    def test_takes_a_count_and_nothing_else(self) -> None:
        on = date(2027, 1, 5)
        vitamin = steady(result(on, "b12"), policies=self.UK, as_of=on)
        count = steady(result(on, "haemoglobin"), policies=self.UK, as_of=on)

        assert (vitamin.done, count.done) == (0, 1)
        assert asked(count) == (Kind.COUNT, date(2028, 1, 5))

    def test_knows_no_stability(self) -> None:
        good_ones = (good(date(2027, 1, 5)), good(date(2028, 1, 5)))

        log = steady(*good_ones, policies=self.UK, as_of=date(2028, 1, 5))

        assert asked(log) == (Kind.COUNT, date(2029, 1, 5))

    def test_rewrites_no_history(self) -> None:
        changed = date(2026, 9, 1)
        policies: Policies = ((changed, Policy.UK_CLINICAL),)

        before = steady(good(FIRST), as_of=changed - DAY, policies=policies)
        after = steady(good(FIRST), as_of=changed, policies=policies)

        assert asked(before) == (Kind.QUARTERLY, date(2026, 10, 5))
        assert asked(after) == (Kind.COUNT, date(2027, 1, 5))
        assert counts(before) == counts(after) == (1, 0, 1)
        assert [each.panel.number for each in after.settled] == [1, 2]

    def test_takes_up_the_panel_whose_window_is_open_when_it_changes_back(
        self,
    ) -> None:
        closes = date(2026, 10, 19)

        for on, due in ((closes, date(2026, 10, 5)), (closes + DAY, date(2027, 1, 5))):
            policies = (*self.UK, (on, Policy.QUARTERLY_THEN_ANNUAL))
            log = steady(as_of=on, policies=policies)
            assert asked(log) == (Kind.QUARTERLY, due)
            assert number(log) == 1

    def test_takes_no_panel_from_before_a_change_into_account(self) -> None:
        changed = date(2026, 8, 1)
        policies = (
            (changed, Policy.UK_CLINICAL),
            (changed + DAY, Policy.QUARTERLY_THEN_ANNUAL),
        )

        assert asked(steady(*PAIR, policies=policies))[0] is Kind.QUARTERLY

    def test_leaves_out_policies_of_other_times(self) -> None:
        ended = (Series(from_on=START, to_on=FIRST),)
        later: Policies = ((FIRST, Policy.UK_CLINICAL),)

        log = steady(series=ended, policies=later)

        assert log.open is None
        assert {each.panel.kind for each in log.settled} == {Kind.QUARTERLY}


class TestSettled:
    def test_tells_what_became_of_each(self) -> None:
        log = followed(
            result(FIRST),
            result(date(2026, 10, 30)),
            as_of=date(2027, 4, 1),
            pauses=((date(2027, 1, 1), date(2027, 2, 1)),),
        )

        told = [(each.state, each.done_on) for each in log.settled]
        assert told == [
            (State.MISSED, None),
            (State.DONE, FIRST),
            (State.LATE, date(2026, 10, 30)),
            (State.EXCUSED, None),
        ]
        assert isinstance(log.settled[0], Settled)
