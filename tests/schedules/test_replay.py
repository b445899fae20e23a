"""What each fact does to a plan (rules 2.3-2.8)."""

from dataclasses import replace
from datetime import date

import pytest

from schedules.calendar import ONE_DAY
from schedules.forecast import Flag, ImpossibleHistory, NothingToLoad, Timing
from schedules.phases import Phase
from tests.schedules.stories import (
    EVERY_DAY,
    MAINTENANCE_ONLY,
    NON_NEURO_3W2,
    Story,
)

FEB_27 = date(2026, 2, 27)
APR_27 = date(2026, 4, 27)
JUN_29 = date(2026, 6, 29)


def january(day: int) -> date:
    return date(2026, 1, day)


def may(day: int) -> date:
    return date(2026, 5, day)


COURSE = tuple(map(january, (7, 9, 12, 14, 16, 19)))


def fixed_course() -> Story:
    """Tell a non-neurological course of six, all given."""
    story = Story(protocol=NON_NEURO_3W2).event("started", COURSE[0])
    return story.dose(*COURSE)


@pytest.mark.proves("T1")
class TestStarting:
    def test_opens_the_first_dose(self) -> None:
        dose = Story().event("started", january(5)).open

        assert (dose.episode, dose.ordinal, dose.phase) == (1, 1, Phase.LOADING)
        assert (dose.target_on, dose.due_on) == (january(5), january(5))
        assert (dose.opens_on, dose.closes_on) == (january(5), january(6))
        assert dose.first

    def test_waits_for_the_day_it_is_wanted(self) -> None:
        story = Story().event("started", january(5), start_on=january(10))

        assert story.open.due_on == january(12)
        assert story.open.flags == {Flag.START_DELAYED}

    def test_answers_with_the_first_injection_but_not_late(self) -> None:
        story = Story().event("started", january(5)).dose(january(9))

        assert (story.last.timing, story.last.delay_days) == (Timing.FIRST, 4)
        assert story.open.due_on == january(12)
        assert not story.open.first

    def test_takes_no_account_of_an_earlier_injection(self) -> None:
        story = Story().dose(january(2)).event("started", january(5))

        assert story.last.timing is Timing.OUTSIDE
        assert (story.last.episode, story.last.ordinal) == (0, 1)
        assert story.last.due_on is None
        assert story.last.covered_until is None
        assert story.open.due_on == january(5)

    def test_refuses_a_protocol_without_loading(self) -> None:
        story = Story(protocol=MAINTENANCE_ONLY).event("started", january(5))

        with pytest.raises(NothingToLoad, match="MAINTENANCE_ONLY has no loading"):
            _ = story.forecast


@pytest.mark.proves("R02")
class TestLoading:
    @pytest.mark.parametrize(
        ("given", "timing", "delay"),
        [
            pytest.param(january(6), Timing.EARLY, -1, id="the day before"),
            pytest.param(january(7), Timing.ON_TIME, 0, id="the day"),
            pytest.param(january(8), Timing.ON_TIME, 1, id="the day after"),
            pytest.param(january(9), Timing.LATE, 2, id="two days after"),
        ],
    )
    def test_judges_by_the_day(self, given: date, timing: Timing, delay: int) -> None:
        story = Story(calendar=EVERY_DAY).event("started", january(5))
        story.dose(january(5), given)

        assert (story.last.timing, story.last.delay_days) == (timing, delay)
        assert story.last.interval_days == 2

    def test_counts_from_the_last_injection_and_never_catches_up(self) -> None:
        story = Story().event("started", january(5)).dose(january(5), january(15))

        assert story.open.due_on == january(19)
        assert story.open.ordinal == 3

    def test_covers_until_the_next_due_date(self) -> None:
        story = Story().event("started", january(5)).dose(january(5), january(9))

        covered = [answer.covered_until for answer in story.forecast.answers]

        assert covered == [january(7), january(12)]

    def test_takes_a_second_injection_of_a_day_for_nothing(self) -> None:
        once = Story().event("started", january(5)).dose(january(5))
        twice = Story().event("started", january(5)).dose(january(5), january(5))

        assert twice.open.due_on == once.open.due_on == january(7)
        assert twice.last.timing is Timing.OUTSIDE
        assert (twice.last.ordinal, twice.last.covered_until) == (2, None)
        assert twice.open.ordinal == 3
        assert twice.forecast.courses[0].given == 1


@pytest.mark.proves("R14", "T4")
class TestAFixedCourse:
    def test_goes_to_maintenance_by_itself(self) -> None:
        story = fixed_course()

        assert story.forecast.phase is Phase.MAINTENANCE
        assert story.open.due_on == date(2026, 3, 19)
        assert (story.open.episode, story.open.ordinal) == (1, 7)
        assert story.last.covered_until == date(2026, 3, 19)

    def test_takes_the_interval_that_was_ordered_with_it(self) -> None:
        story = Story(protocol=NON_NEURO_3W2).event("started", COURSE[0], "3m")

        assert story.dose(*COURSE).open.due_on == date(2026, 4, 20)

    def test_goes_back_when_one_of_the_six_is_taken_back(self) -> None:
        story = fixed_course().void(january(12))

        assert story.forecast.phase is Phase.LOADING
        assert story.open.due_on == january(21)

    @pytest.mark.proves("T4")
    @pytest.mark.parametrize(
        ("day", "phase"),
        [
            pytest.param(COURSE[0], Phase.LOADING, id="with the first dose"),
            pytest.param(COURSE[5], Phase.LOADING, id="with the last dose"),
            pytest.param(COURSE[0] - ONE_DAY, Phase.MAINTENANCE, id="before it"),
            pytest.param(COURSE[5] + ONE_DAY, Phase.MAINTENANCE, id="after it"),
        ],
    )
    def test_is_held_where_a_neurological_symptom_emerged(
        self, day: date, phase: Phase
    ) -> None:
        story = fixed_course()
        story.emerged = (day,)

        assert story.forecast.phase is phase

    @pytest.mark.proves("T4")
    def test_goes_on_while_it_is_held_until_somebody_decides(self) -> None:
        story = fixed_course()
        story.emerged = (COURSE[2],)

        assert story.open.due_on == january(21)
        assert story.dose(january(21)).forecast.phase is Phase.LOADING
        decided = story.event("maintained", january(22), "2m").forecast
        assert (decided.phase, decided.flags) == (Phase.MAINTENANCE, set())

    def test_may_end_in_a_pause(self) -> None:
        story = Story(protocol=NON_NEURO_3W2).event("started", COURSE[0])
        story.dose(*COURSE[:5]).event("paused", january(17)).dose(COURSE[5])

        assert story.forecast.phase is Phase.PAUSED
        assert story.forecast.resume_phase is Phase.MAINTENANCE
        story.event("resumed", january(20))
        assert story.open.due_on == date(2026, 3, 19)

    def test_may_be_confirmed_by_a_person(self) -> None:
        story = fixed_course().event("maintained", COURSE[5])

        assert story.open.due_on == date(2026, 3, 19)
        assert story.open.flags == set()

    def test_may_be_confirmed_with_another_interval(self) -> None:
        story = fixed_course().event("maintained", COURSE[5], "3m")

        assert story.open.due_on == date(2026, 4, 20)

    def test_is_confirmed_once(self) -> None:
        story = fixed_course().event("maintained", january(20))
        story.event("maintained", january(21))

        with pytest.raises(ImpossibleHistory):
            _ = story.forecast

    def test_may_be_reloaded_though_one_dose_was_taken_back_since(self) -> None:
        story = fixed_course().event("reloaded", may(20))
        before = story.open

        after = story.void(january(12)).open

        assert (before.due_on, after.due_on) == (may(20), may(20))
        assert (before.episode, after.episode) == (2, 2)

    def test_may_be_maintained_from_a_pause_in_which_it_ended(self) -> None:
        story = Story(protocol=NON_NEURO_3W2).event("started", COURSE[0])
        story.dose(*COURSE[:5]).event("paused", january(17))
        story.event("maintained", january(20)).dose(january(19))

        assert story.forecast.phase is Phase.MAINTENANCE


@pytest.mark.proves("T2")
class TestTransferringIn:
    def test_counts_from_the_last_injection_elsewhere(self) -> None:
        story = Story().transferred(FEB_27, on=date(2026, 3, 20))

        assert (story.open.due_on, story.open.first) == (APR_27, False)
        assert (story.open.episode, story.open.ordinal) == (1, 1)
        assert story.last.covered_until == APR_27

    def test_leaves_a_late_dose_in_the_past(self) -> None:
        story = Story().transferred(FEB_27, on=date(2026, 7, 1))

        assert story.open.due_on == APR_27

    def test_lets_an_injection_of_the_same_day_answer(self) -> None:
        story = Story().transferred(FEB_27, on=may(11)).dose(may(11))

        assert (story.last.timing, story.last.delay_days) == (Timing.LATE, 14)
        assert story.open.due_on == date(2026, 7, 13)

    def test_asks_for_an_injection_at_once_if_none_is_known(self) -> None:
        story = Story().event("transferred_in", may(9), "2m")

        assert (story.open.due_on, story.open.first) == (may(11), True)
        assert story.dose(may(11)).open.due_on == date(2026, 7, 13)
        assert story.last.timing is Timing.FIRST


@pytest.mark.proves("R03", "T4")
class TestMaintenance:
    def test_begins_at_the_last_loading_dose(self) -> None:
        story = Story().event("started", january(5)).dose(january(5), january(7))

        story.event("maintained", january(20), "2m")

        assert story.open.due_on == date(2026, 3, 9)
        assert story.open.ordinal == 3
        assert story.last.covered_until == date(2026, 3, 9)

    def test_keeps_the_interval_of_the_plan_unless_told(self) -> None:
        story = Story().event("started", january(5)).dose(january(5))

        assert story.event("maintained", january(5)).forecast.interval.count == 2

    @pytest.mark.parametrize(
        ("given", "timing", "following"),
        [
            pytest.param(date(2026, 4, 19), Timing.EARLY, date(2026, 6, 19), id="-8"),
            pytest.param(date(2026, 4, 20), Timing.ON_TIME, JUN_29, id="-7"),
            pytest.param(may(4), Timing.ON_TIME, JUN_29, id="+7"),
            pytest.param(may(5), Timing.LATE, date(2026, 7, 6), id="+8"),
        ],
    )
    def test_keeps_its_grid_inside_the_window_only(
        self, given: date, timing: Timing, following: date
    ) -> None:
        story = Story().loaded(FEB_27).dose(given)

        assert (story.last.timing, story.open.due_on) == (timing, following)

    def test_begins_a_grid_with_the_first_injection_where_none_was_given(self) -> None:
        story = Story().event("started", january(5)).event("maintained", january(9))

        assert (story.open.due_on, story.open.first) == (january(9), True)
        assert story.dose(january(20)).open.due_on == date(2026, 3, 20)

    def test_never_asks_for_a_dose_before_the_last_one(self) -> None:
        """A weekly dose, kept waiting by a long closure past the next of its grid."""
        closed = {date(2026, 1, day): "flood" for day in range(8, 20)}
        story = Story(calendar=replace(EVERY_DAY, closed=closed)).loaded(
            january(7), "1w"
        )

        assert story.open.due_on == january(20)
        assert story.open.flags == {Flag.ROLLED_FORWARD, Flag.LONG_CLOSURE}
        assert story.dose(january(21)).last.timing is Timing.ON_TIME
        assert story.open.due_on == january(28)
