"""The worked examples of the rules, section 6, and the edges between them."""

from datetime import date

import pytest

from schedules import adherence
from schedules.adherence import Adherence, Cohort, LostToFollowUp, measure, share
from schedules.forecast import Course, Phase
from tests.schedules.stories import NON_NEURO_3W2, Story

FEB_27 = date(2026, 2, 27)
APR_27 = date(2026, 4, 27)
NEW_YEAR = date(2027, 1, 1)
COURSE = Course(episode=1, count=None, first_on=FEB_27, given=5, planned=6)


def january(day: int) -> date:
    return date(2026, 1, day)


def may(day: int) -> date:
    return date(2026, 5, day)


def over(story: Story, start: date, end: date) -> Adherence:
    """Measure the days [start, end), as seen on the last of them."""
    story.until(date.fromordinal(end.toordinal() - 1))
    return measure(story.forecast, start=start, end=end)


def a_year() -> Story:
    """Tell worked example 1: 2-monthly from 27 Feb 2026, Monday to Friday."""
    given = (date(2026, 4, 29), date(2026, 7, 13), date(2026, 9, 14), date(2026, 11, 9))
    return Story().loaded(FEB_27).dose(*given)


class TestTheWorkedExamples:
    def test_1_a_year_of_maintenance(self) -> None:
        counts = over(a_year(), FEB_27, NEW_YEAR)

        assert (counts.on_time, counts.evaluable, counts.answered) == (3, 4, 4)
        assert counts.on_time_rate == 0.75
        assert (counts.mean_signed_delay, counts.mean_days_late) == (3.0, 4.0)
        assert (counts.covered, counts.observed) == (292, 308)
        assert counts.supplied == 59 + 61 + 63 + 60 + 65
        assert counts.mpr == 1.0

    @pytest.mark.parametrize(
        ("reason", "covered", "observed"),
        [
            pytest.param("hospital", 96, 96, id="a clinical pause is left out"),
            pytest.param("travel", 103, 124, id="the patient's own is not"),
        ],
    )
    def test_2_a_pause_and_a_death(
        self, reason: str, covered: int, observed: int
    ) -> None:
        story = Story().loaded(FEB_27)
        story.event("paused", date(2026, 4, 20), reason=reason)
        story.event("resumed", may(18)).dose(may(18))
        story.event("closed", date(2026, 7, 1), reason="died")

        counts = over(story, FEB_27, NEW_YEAR)

        assert (counts.covered, counts.observed) == (covered, observed)
        assert (counts.evaluable, counts.on_time) == (1, 1)

    def test_3_a_missed_friday_in_loading(self) -> None:
        story = Story().event("started", january(5))
        story.dose(*map(january, (5, 7, 12, 14, 16)))

        counts = over(story, january(5), january(19))

        assert (counts.covered, counts.observed) == (11, 14)
        (course,) = story.forecast.courses
        assert (course.given, course.planned) == (5, 6)

    def test_4_panels(self) -> None:
        story = Story().loaded(january(5))
        for on in (date(2026, 4, 7), date(2026, 7, 6), date(2026, 10, 5)):
            story.result(on, "b12", "haemoglobin")
        story.until(date(2027, 3, 22))

        assert adherence.panel_rate(story.forecast) == 0.75

    def test_4_panels_count_late_ones_as_not_done_in_time(self) -> None:
        story = Story().loaded(january(5)).result(may(20), "b12", "haemoglobin")
        story.result(date(2026, 7, 6), "b12", "haemoglobin")

        assert adherence.panel_rate(story.forecast) == 0.5

    def test_5_lost_to_follow_up(self) -> None:
        assert LostToFollowUp(active=40, suspected=2, confirmed=1).rate == 0.075


class TestOnTime:
    def test_judges_an_open_dose_once_its_window_is_over(self) -> None:
        story = Story().loaded(FEB_27)

        before = over(story, FEB_27, may(4))
        after = over(story, FEB_27, may(5))

        assert (before.evaluable, before.excluded) == (0, 2)
        assert (after.evaluable, after.on_time, after.excluded) == (1, 0, 1)
        assert (after.answered, after.mean_signed_delay) == (0, None)

    def test_judges_a_dose_given_after_the_period_as_not_given(self) -> None:
        story = Story().loaded(FEB_27).dose(date(2026, 6, 1))

        in_window = measure(story.forecast, start=FEB_27, end=may(4))
        after = measure(story.forecast, start=FEB_27, end=may(5))

        assert (in_window.evaluable, in_window.excluded) == (0, 2)
        assert (after.evaluable, after.answered) == (1, 0)

    def test_does_not_know_what_is_given_on_the_day_the_period_ends(self) -> None:
        plan = Story().loaded(FEB_27).dose(may(5)).forecast

        counts = measure(plan, start=FEB_27, end=may(5))

        assert (counts.evaluable, counts.answered, counts.on_time) == (1, 0, 0)

    def test_leaves_out_doses_due_outside_the_period(self) -> None:
        story = a_year()

        counts = measure(story.forecast, start=may(1), end=date(2026, 9, 14))

        assert (counts.evaluable, counts.answered, counts.excluded) == (1, 1, 0)

    def test_counts_a_dose_that_was_left_behind(self) -> None:
        reloaded = Story().loaded(FEB_27).event("reloaded", may(20))
        sooner = Story().loaded(FEB_27).event("reloaded", may(4))

        assert over(reloaded, FEB_27, may(21)).evaluable == 1
        assert over(sooner, FEB_27, may(21)).evaluable == 0

    def test_never_judges_a_first_dose(self) -> None:
        late = Story().event("started", january(5)).dose(january(9))
        never = Story().event("started", january(5))

        assert over(late, january(5), january(10)).evaluable == 0
        assert over(never, january(5), date(2026, 3, 1)).evaluable == 0

    def test_leaves_out_an_injection_that_answered_nothing(self) -> None:
        story = Story().loaded(FEB_27).event("paused", date(2026, 3, 2))

        counts = over(story.dose(date(2026, 3, 9)), FEB_27, date(2026, 3, 20))

        assert (counts.evaluable, counts.excluded) == (0, 2)

    def test_knows_nothing_of_a_plan_in_work_up(self) -> None:
        counts = over(Story().dose(january(5)), january(1), NEW_YEAR)

        assert counts == Adherence()
        assert (counts.on_time_rate, counts.mean_days_late) == (None, None)
        assert (counts.pdc, counts.mpr) == (None, None)


class TestCoverage:
    def test_carries_nothing_over_unless_asked(self) -> None:
        plan = Story().loaded(FEB_27).dose(date(2026, 4, 20)).until(NEW_YEAR).forecast
        asked = {
            "answers": plan.answers,
            "observed": plan.observed,
            "start": FEB_27,
            "end": NEW_YEAR,
        }

        grid = adherence.count(**asked)
        refills = adherence.count(**asked, carry_over=True)

        # Covered until 29 June; the 7 days of the early dose are added only on request.
        assert grid.covered == 122
        assert refills.covered == 129

    def test_has_gaps_where_a_dose_was_late(self) -> None:
        story = Story().loaded(FEB_27).dose(may(11))

        assert over(story, FEB_27, may(12)).covered == 59 + 1

    def test_looks_back_before_the_period(self) -> None:
        counts = over(Story().loaded(FEB_27), date(2026, 4, 20), may(4))

        assert (counts.covered, counts.observed) == (7, 14)
        assert (counts.supplied, counts.mpr) == (0, 0.0)

    def test_lasts_from_the_last_loading_dose_to_maintenance(self) -> None:
        story = Story().event("started", january(5)).dose(january(5))
        story.event("maintained", january(20), "2m")

        assert over(story, january(5), january(30)).covered == 25

    def test_is_told_by_phase(self) -> None:
        story = Story().event("started", january(5)).dose(*map(january, (5, 7, 12)))
        story.event("maintained", january(12), "2m")
        plan = story.until(january(31)).forecast

        loading = measure(plan, start=january(1), end=NEW_YEAR, phase=Phase.LOADING)
        maintenance = measure(
            plan, start=january(1), end=date(2026, 2, 1), phase=Phase.MAINTENANCE
        )

        assert (loading.covered, loading.observed) == (4, 7)
        assert (maintenance.covered, maintenance.observed) == (20, 20)


class TestLoadingCompletion:
    def test_of_an_open_ended_course_is_of_its_slots(self) -> None:
        assert adherence.loading_completion(COURSE) == 5 / 6

    def test_of_a_fixed_course_is_of_its_count(self) -> None:
        story = Story(protocol=NON_NEURO_3W2).event("started", january(7))
        story.dose(january(7), january(9), january(12)).until(january(12))

        assert adherence.loading_completion(story.forecast.courses[0]) == 0.5

    def test_is_one_at_most(self) -> None:
        early = Course(episode=1, count=None, first_on=FEB_27, given=7, planned=6)

        assert adherence.loading_completion(early) == 1.0

    @pytest.mark.parametrize(
        ("complete_on", "in_time"),
        [
            pytest.param(date(2026, 3, 20), True, id="day 21"),
            pytest.param(date(2026, 3, 21), False, id="the day after"),
            pytest.param(None, False, id="never"),
        ],
    )
    def test_is_in_time_within_21_days(
        self, complete_on: date | None, in_time: bool
    ) -> None:
        course = Course(
            episode=1,
            count=6,
            first_on=FEB_27,
            given=6,
            planned=6,
            complete_on=complete_on,
        )

        assert adherence.completed_in_time(course) is in_time


class TestCohort:
    def test_adds_its_plans(self) -> None:
        ada = Adherence(
            evaluable=4, answered=4, on_time=3, signed_days=12, late_days=16
        )
        grace = Adherence(evaluable=2, answered=1, on_time=0, signed_days=-2)
        new = Adherence(excluded=1, observed=10)

        cohort = Cohort.of([ada, grace, new])

        assert (cohort.n, cohort.excluded_n) == (2, 1)
        assert cohort.total == Adherence(
            evaluable=6,
            answered=5,
            on_time=3,
            excluded=1,
            signed_days=10,
            late_days=16,
            observed=10,
        )
        assert cohort.total.on_time_rate == 0.5
        assert cohort.total.mean_signed_delay == 2.0
        assert cohort.total.mean_days_late == 3.2

    def test_of_nobody_divides_nothing(self) -> None:
        cohort = Cohort.of([])

        assert (cohort.n, cohort.excluded_n) == (0, 0)
        assert cohort.total.on_time_rate is None


class TestShare:
    def test_of_nothing_is_none(self) -> None:
        assert share(0, 0) is None
        assert share(1, 4) == 0.25

    def test_is_none_without_panels_or_patients(self) -> None:
        assert adherence.panel_rate(Story().forecast) is None
        assert LostToFollowUp(active=0, suspected=0, confirmed=0).rate is None

    def test_of_a_course_without_slots_is_none(self) -> None:
        empty = Course(episode=1, count=None, first_on=FEB_27, given=0, planned=0)

        assert adherence.loading_completion(empty) is None
