"""What is said of a plan as a whole."""

from datetime import date

import pytest

from schedules.forecast import Event, Given, Phase, PlanFlag, Stretch, forecast
from schedules.intervals import Interval
from schedules.phases import EventKind
from tests.schedules.stories import (
    EVERY_DAY,
    MONDAY_TO_FRIDAY,
    NEURO_ALT,
    NON_NEURO_3W2,
    Story,
)

FEB_27 = date(2026, 2, 27)
APR_27 = date(2026, 4, 27)


def january(day: int) -> date:
    return date(2026, 1, day)


def may(day: int) -> date:
    return date(2026, 5, day)


class TestForecast:
    def test_of_nothing_is_work_up(self) -> None:
        plan = Story().event("opened", january(5)).forecast

        assert (plan.phase, plan.resume_phase, plan.episode) == (Phase.WORKUP, None, 0)
        assert (plan.dose, plan.panel, plan.last_given_on) == (None, None, None)
        assert (plan.answers, plan.lapsed, plan.stretches) == ((), (), ())
        assert (plan.flags, plan.courses) == (set(), ())
        assert plan.interval == Interval.parse("2m")

    def test_leaves_out_what_has_not_happened_yet(self) -> None:
        story = Story().loaded(FEB_27).dose(APR_27).event("closed", may(20))

        before = story.until(date(2026, 4, 26)).forecast

        assert (before.phase, before.last_given_on) == (Phase.MAINTENANCE, FEB_27)

    def test_moves_no_date_with_the_day_it_is_asked_on(self) -> None:
        story = Story().loaded(FEB_27)

        assert story.until(may(1)).open == story.until(date(2027, 5, 1)).open

    def test_does_not_depend_on_the_order_it_is_told_in(self) -> None:
        story = Story().loaded(FEB_27).dose(APR_27, date(2026, 7, 14))
        story.event("interval_changed", date(2026, 7, 20), "1m")
        told = story.forecast

        story.events.reverse()
        story.given.reverse()

        assert story.forecast == told

    def test_remembers_the_keys_of_its_caller(self) -> None:
        plan = forecast(
            protocol=NEURO_ALT,
            events=[Event(kind=EventKind.STARTED, on=january(5), entered=1)],
            given=[Given(on=january(5), entered=2, key=("row", 7))],
            calendar=MONDAY_TO_FRIDAY,
            as_of=january(5),
        )

        assert [answer.key for answer in plan.answers] == [("row", 7)]

    def test_forgets_an_injection_that_was_taken_back(self) -> None:
        story = Story().loaded(FEB_27)
        before = story.until(may(11)).forecast

        after = story.dose(may(11)).void(may(11)).forecast

        assert after == before

    def test_tells_the_phases_one_after_the_other(self) -> None:
        story = Story().event("started", january(5)).dose(january(5))
        story.event("maintained", january(7)).event("paused", january(20))
        story.event("resumed", january(22))

        plan = story.forecast

        assert plan.stretches == (
            Stretch(phase=Phase.LOADING, from_on=january(5), to_on=january(7)),
            Stretch(phase=Phase.MAINTENANCE, from_on=january(7), to_on=january(20)),
            Stretch(phase=Phase.PAUSED, from_on=january(20), to_on=january(22)),
            Stretch(phase=Phase.MAINTENANCE, from_on=january(22)),
        )
        assert plan.observed == ((january(5), None),)
        assert plan.spent_in(Phase.MAINTENANCE) == (
            (january(7), january(20)),
            (january(22), None),
        )

    def test_observes_from_the_first_due_date(self) -> None:
        story = Story().event("started", january(5), start_on=january(10))

        assert story.forecast.observed == ((january(12), None),)

    def test_has_observed_nothing_of_a_plan_closed_before_it_began(self) -> None:
        story = Story().event("started", january(5), start_on=january(12))

        assert story.event("closed", january(8)).forecast.observed == ()


class TestFlags:
    def test_tell_of_an_injection_elsewhere_that_waits(self) -> None:
        story = Story().loaded(FEB_27).dose(date(2026, 4, 10), pending=True)

        assert story.forecast.flags == {PlanFlag.PENDING_EXTERNAL}
        assert story.open.due_on == APR_27
        assert story.until(date(2026, 4, 9)).forecast.flags == set()

    @pytest.mark.parametrize(
        ("interval", "as_of", "raised"),
        [
            pytest.param("2m", date(2026, 6, 26), False, id="nearly two intervals"),
            pytest.param("2m", date(2026, 6, 27), True, id="two intervals"),
            pytest.param("1w", date(2026, 3, 12), False, id="nearly two weeks"),
            pytest.param("1w", date(2026, 3, 13), True, id="two weeks"),
            pytest.param("12m", date(2026, 8, 26), False, id="nearly six months"),
            pytest.param("12m", date(2026, 8, 27), True, id="six months"),
        ],
    )
    def test_tell_of_a_long_gap(self, interval: str, as_of: date, raised: bool) -> None:
        story = Story().loaded(FEB_27, interval).until(as_of)

        flags = {PlanFlag.GAP_OVER_TWO_INTERVALS} if raised else set()
        assert story.forecast.flags == flags

    def test_tell_of_no_gap_where_nothing_is_due_or_given(self) -> None:
        paused = Story().loaded(FEB_27).event("paused", date(2026, 3, 2))
        new = Story().event("transferred_in", FEB_27, "2m")

        assert paused.until(date(2027, 1, 1)).forecast.flags == set()
        assert new.until(date(2027, 1, 1)).forecast.flags == set()

    @pytest.mark.parametrize(
        ("doses", "as_of", "raised"),
        [
            pytest.param(5, january(28), False, id="day 21"),
            pytest.param(5, january(29), True, id="the day after"),
            pytest.param(6, january(29), False, id="complete"),
            pytest.param(0, date(2026, 3, 1), False, id="never begun"),
        ],
    )
    def test_tell_of_a_fixed_course_left_incomplete(
        self, doses: int, as_of: date, raised: bool
    ) -> None:
        story = Story(protocol=NON_NEURO_3W2).event("started", january(7))
        story.dose(*map(january, (7, 9, 12, 14, 16, 19)[:doses])).until(as_of)

        flags = {PlanFlag.LOADING_INCOMPLETE} if raised else set()
        assert story.forecast.flags == flags

    def test_tell_of_it_in_a_pause_too(self) -> None:
        story = Story(protocol=NON_NEURO_3W2).event("started", january(7))
        story.dose(january(7)).event("paused", january(9)).until(january(29))

        assert story.forecast.flags == {PlanFlag.LOADING_INCOMPLETE}

    @pytest.mark.proves("T4")
    @pytest.mark.parametrize(
        ("emerged", "flags"),
        [
            pytest.param((), set(), id="nothing"),
            pytest.param((january(6),), set(), id="before the course"),
            pytest.param((january(7),), {PlanFlag.NEURO_EMERGED}, id="in it"),
        ],
    )
    def test_know_a_held_course_for_complete(
        self, emerged: tuple[date, ...], flags: set[PlanFlag]
    ) -> None:
        story = Story(protocol=NON_NEURO_3W2, emerged=emerged)
        story.event("started", january(7))
        story.dose(*map(january, (7, 9, 12, 14, 16, 19))).until(january(29))

        assert story.forecast.flags == flags

    @pytest.mark.proves("T4")
    @pytest.mark.parametrize(
        ("day", "flags"),
        [
            pytest.param(9, {PlanFlag.NEURO_EMERGED}, id="today"),
            pytest.param(10, set(), id="tomorrow"),
        ],
    )
    def test_tell_of_a_neurological_symptom_at_once(
        self, day: int, flags: set[PlanFlag]
    ) -> None:
        story = Story(protocol=NON_NEURO_3W2, emerged=(january(day),))
        story.event("started", january(7)).dose(january(7)).until(january(9))

        assert story.forecast.flags == flags

    def test_tell_of_none_where_the_course_has_no_end(self) -> None:
        story = Story(emerged=(january(5),)).event("started", january(5))

        assert story.dose(january(5)).forecast.flags == set()

    def test_tell_of_none_that_belongs_to_a_course_before(self) -> None:
        story = Story(protocol=NON_NEURO_3W2, emerged=(january(9),))
        story.event("started", january(7)).dose(january(7))
        story.event("maintained", january(12), "2m").event("reloaded", january(20))

        assert story.forecast.flags == set()

    def test_tell_of_no_incomplete_course_that_is_open_ended(self) -> None:
        story = Story().event("started", january(5)).dose(january(5))

        assert story.until(date(2026, 6, 1)).forecast.flags == set()


class TestPanels:
    def test_are_counted_from_the_start_of_loading(self) -> None:
        story = Story(calendar=EVERY_DAY).event("started", january(5)).dose(january(9))

        panel = story.forecast.panel

        assert panel is not None
        assert (panel.number, panel.due_on) == (1, date(2026, 4, 5))

    def test_are_counted_from_a_transfer(self) -> None:
        story = Story(calendar=EVERY_DAY).transferred(january(5), on=FEB_27)

        panel = story.forecast.panel

        assert panel is not None
        assert panel.due_on == date(2026, 5, 27)

    def test_are_counted_again_from_a_reload(self) -> None:
        story = Story(calendar=EVERY_DAY).loaded(january(5)).event("reloaded", may(20))

        plan = story.forecast

        assert plan.panel is not None
        assert (plan.panel.number, plan.panel.due_on) == (2, date(2026, 8, 20))
        assert (plan.done_panels, plan.late_panels, plan.missed_panels) == (0, 0, 1)

    def test_are_done_by_results(self) -> None:
        story = Story(calendar=EVERY_DAY).loaded(january(5))
        story.result(date(2026, 4, 7), "b12", "haemoglobin")
        story.result(date(2026, 8, 1), "homocysteine", "haemoglobin")

        plan = story.forecast

        assert plan.panel is not None
        assert plan.panel.number == 3
        assert (plan.done_panels, plan.late_panels, plan.missed_panels) == (1, 1, 0)

    def test_are_asked_for_no_longer_once_the_plan_is_closed(self) -> None:
        story = Story(calendar=EVERY_DAY).loaded(january(5)).event("closed", may(1))

        plan = story.until(date(2027, 5, 1)).forecast

        assert (plan.panel, plan.missed_panels) == (None, 1)

    def test_move_no_dose(self) -> None:
        """Ten years of results, and not one date of a dose moves."""
        story = Story(calendar=EVERY_DAY).loaded(FEB_27)
        before = story.ahead(60)

        for panel in range(1, 40):
            on = Interval.parse("3m").after(FEB_27, panel)
            story.results += Story().result(on, "b12", "haemoglobin").results

        assert story.ahead(60) == before
        assert before[-1].due_on == date(2036, 2, 27)


class TestAhead:
    def test_begins_with_the_open_dose(self) -> None:
        story = Story().loaded(FEB_27)

        assert story.ahead()[0] == story.open

    def test_gives_each_dose_on_its_due_date(self) -> None:
        story = Story().loaded(FEB_27)

        dates = [dose.due_on for dose in story.ahead(3)]

        assert dates == [APR_27, date(2026, 6, 29), date(2026, 8, 27)]
        assert [dose.ordinal for dose in story.ahead(3)] == [2, 3, 4]

    @pytest.mark.parametrize(
        ("until", "n"),
        [
            pytest.param(date(2026, 10, 27), 4, id="on a due date"),
            pytest.param(date(2026, 10, 26), 3, id="the day before"),
            pytest.param(FEB_27, 2, id="two at least"),
        ],
    )
    def test_ends_with_the_last_by_a_day(self, until: date, n: int) -> None:
        assert len(Story().loaded(FEB_27).ahead(until=until)) == n

    def test_takes_a_late_dose_to_be_given_on_the_next_open_day(self) -> None:
        story = Story().loaded(FEB_27).until(may(16))

        assert [dose.due_on for dose in story.ahead()] == [APR_27, date(2026, 7, 20)]

    def test_goes_on_through_the_end_of_a_fixed_course(self) -> None:
        story = Story(protocol=NON_NEURO_3W2).event("started", january(7))

        doses = story.ahead(8)

        assert [dose.phase for dose in doses[5:]] == [
            Phase.LOADING,
            Phase.MAINTENANCE,
            Phase.MAINTENANCE,
        ]
        assert doses[6].due_on == date(2026, 3, 19)

    def test_knows_of_none_where_nothing_is_open(self) -> None:
        assert Story().ahead(until=date(2030, 1, 1)) == ()
