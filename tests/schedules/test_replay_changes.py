"""What changes of a plan do to its dates (rules 2.3, 2.8)."""

from datetime import date

import pytest

from schedules.forecast import Flag, NothingToLoad, Stretch, Timing
from schedules.phases import Phase
from tests.schedules.stories import MAINTENANCE_ONLY, NON_NEURO_3W2, Story

FEB_27 = date(2026, 2, 27)
APR_27 = date(2026, 4, 27)


def january(day: int) -> date:
    return date(2026, 1, day)


def may(day: int) -> date:
    return date(2026, 5, day)


@pytest.mark.proves("R12")
class TestChangingTheInterval:
    def test_counts_again_from_the_last_injection(self) -> None:
        story = Story().loaded(FEB_27).dose(APR_27)

        story.event("interval_changed", may(5), "1m")

        assert (story.open.target_on, story.open.due_on) == (may(27), may(27))
        assert story.open.flags == set()
        assert story.last.covered_until == may(27)

    def test_is_due_now_where_the_new_date_has_passed(self) -> None:
        story = Story().loaded(FEB_27)

        story.event("interval_changed", date(2026, 4, 11), "1m")

        assert story.open.target_on == date(2026, 3, 27)
        assert story.open.due_on == date(2026, 4, 13)
        assert story.open.flags == {Flag.DUE_NOW}

    def test_counts_from_a_dose_given_when_due_now(self) -> None:
        story = Story().loaded(FEB_27)

        story.event("interval_changed", date(2026, 4, 13), "1m").dose(date(2026, 4, 15))

        assert story.last.timing is Timing.ON_TIME
        assert story.open.due_on == may(15)

    def test_comes_after_an_injection_of_its_day(self) -> None:
        story = Story().loaded(FEB_27)

        story.event("interval_changed", date(2026, 4, 13), "1m").dose(date(2026, 4, 13))

        assert story.last.timing is Timing.EARLY  # for 27 April, as it was asked for
        assert story.open.due_on == may(13)

    def test_keeps_the_identity_of_the_dose(self) -> None:
        story = Story().loaded(FEB_27)
        before = story.open

        after = story.event("interval_changed", date(2026, 3, 10), "1m").open

        assert (after.episode, after.ordinal) == (before.episode, before.ordinal)

    def test_waits_in_loading_for_maintenance(self) -> None:
        story = Story().event("started", january(5)).dose(january(5))

        story.event("interval_changed", january(6), "3m")

        assert story.open.due_on == january(7)
        assert story.event("maintained", january(6)).open.due_on == date(2026, 4, 7)

    def test_waits_in_a_pause_for_its_end(self) -> None:
        story = Story().loaded(FEB_27).event("paused", date(2026, 3, 2))

        story.event("interval_changed", date(2026, 3, 3), "1m")

        assert story.forecast.dose is None
        story.event("resumed", date(2026, 3, 9))
        assert story.open.due_on == date(2026, 3, 27)

    def test_takes_the_last_of_one_day(self) -> None:
        story = Story().loaded(FEB_27)

        story.event("interval_changed", date(2026, 3, 2), "1m")
        story.event("interval_changed", date(2026, 3, 2), "3m")

        assert story.open.due_on == may(27)


@pytest.mark.proves("T5")
class TestPausing:
    def test_leaves_nothing_due(self) -> None:
        story = Story().loaded(FEB_27).event("paused", date(2026, 3, 2))

        assert story.forecast.phase is Phase.PAUSED
        assert story.forecast.resume_phase is Phase.MAINTENANCE
        assert (story.forecast.dose, story.forecast.panel) == (None, None)
        assert story.ahead() == ()

    def test_takes_an_injection_as_the_new_anchor(self) -> None:
        story = Story().loaded(FEB_27).event("paused", date(2026, 3, 2))

        story.dose(date(2026, 3, 9)).event("resumed", date(2026, 3, 16))

        assert (story.last.timing, story.last.phase) == (Timing.OUTSIDE, Phase.PAUSED)
        assert story.last.covered_until == may(11)
        assert story.open.due_on == may(11)

    @pytest.mark.parametrize(
        ("reason", "clinical"),
        [("hospital", True), ("stock", True), ("travel", False), ("choice", False)],
    )
    def test_remembers_whose_reason_it_was(self, reason: str, clinical: bool) -> None:
        story = Story().loaded(FEB_27).event("paused", may(1), reason=reason)

        assert story.forecast.pauses == (
            Stretch(phase=Phase.PAUSED, from_on=may(1), clinical=clinical),
        )


@pytest.mark.proves("T6")
class TestResuming:
    def test_changes_nothing_before_the_due_date(self) -> None:
        story = Story().loaded(FEB_27).event("paused", date(2026, 3, 2))

        story.event("resumed", APR_27)

        assert (story.open.due_on, story.open.flags) == (APR_27, set())
        assert story.dose(APR_27).open.due_on == date(2026, 6, 29)

    def test_is_due_now_after_it(self) -> None:
        story = Story().loaded(FEB_27).event("paused", date(2026, 3, 2))

        story.event("resumed", may(2))

        assert (story.open.target_on, story.open.due_on) == (APR_27, may(5))
        assert story.open.flags == {Flag.DUE_NOW}
        assert story.last.covered_until == APR_27

    @pytest.mark.parametrize(
        ("resumed", "target", "due"),
        [
            pytest.param(january(6), january(7), january(7), id="in time"),
            pytest.param(january(13), january(13), january(13), id="too late"),
            pytest.param(january(17), january(17), january(19), id="on a Saturday"),
        ],
    )
    def test_goes_on_with_loading(self, resumed: date, target: date, due: date) -> None:
        story = Story().event("started", january(5)).dose(january(5))

        story.event("paused", january(6)).event("resumed", resumed)

        assert (story.open.target_on, story.open.due_on) == (target, due)
        assert (story.open.phase, story.open.ordinal) == (Phase.LOADING, 2)

    def test_goes_on_before_the_first_dose(self) -> None:
        story = Story().event("started", january(5)).event("paused", january(5))

        story.event("resumed", january(10))

        assert (story.open.due_on, story.open.first) == (january(12), True)

    def test_may_follow_a_pause_of_the_same_day(self) -> None:
        story = Story().loaded(FEB_27)

        story.event("paused", date(2026, 3, 2)).event("resumed", date(2026, 3, 2))

        assert story.forecast.phase is Phase.MAINTENANCE
        assert story.open.due_on == APR_27

    def test_may_be_to_maintenance_from_loading(self) -> None:
        story = Story().event("started", january(5)).dose(january(5))

        story.event("paused", january(6)).event("maintained", date(2026, 3, 20), "2m")

        assert (story.open.target_on, story.open.due_on) == (
            date(2026, 3, 5),
            date(2026, 3, 20),
        )
        assert story.open.flags == {Flag.DUE_NOW}

    def test_leaves_no_date_in_the_pause_when_loading_ends(self) -> None:
        story = Story().event("started", january(5)).dose(january(5))
        story.event("paused", january(6)).event("resumed", date(2026, 3, 20))

        story.event("maintained", date(2026, 3, 25), "2m")

        assert (story.open.target_on, story.open.due_on) == (
            date(2026, 3, 5),
            date(2026, 3, 20),
        )
        assert story.open.flags == {Flag.DUE_NOW}


@pytest.mark.proves("T7")
class TestReloading:
    def test_begins_another_episode(self) -> None:
        story = Story().loaded(FEB_27).event("reloaded", may(20))

        assert (story.open.episode, story.open.ordinal) == (2, 1)
        assert (story.open.due_on, story.open.first) == (may(20), True)
        assert story.open.phase is Phase.LOADING

    def test_leaves_the_open_dose_behind(self) -> None:
        story = Story().loaded(FEB_27).event("reloaded", may(20))

        (lapsed,) = story.forecast.lapsed

        assert (lapsed.dose.due_on, lapsed.on) == (APR_27, may(20))

    def test_leaves_nothing_behind_from_a_pause(self) -> None:
        story = Story().loaded(FEB_27).event("paused", date(2026, 3, 2))

        assert story.event("reloaded", may(20)).forecast.lapsed == ()
        assert story.open.due_on == may(20)

    def test_goes_back_to_the_interval_there_was(self) -> None:
        story = Story().loaded(FEB_27, "1m").event("reloaded", may(20)).dose(may(20))

        assert story.event("maintained", may(20)).open.due_on == date(2026, 6, 22)

    def test_counts_its_own_course(self) -> None:
        story = Story().loaded(FEB_27).event("reloaded", may(20))
        story.dose(may(20), may(22)).event("maintained", may(22))

        first, second = story.forecast.courses

        assert (first.episode, first.given) == (1, 1)
        assert (second.episode, second.given, second.planned) == (2, 2, 2)

    def test_may_follow_another_protocol_from_then_on(self) -> None:
        story = Story(protocol=MAINTENANCE_ONLY).transferred(FEB_27, on=FEB_27)
        before = story.last

        story.event("reloaded", may(20), protocol=NON_NEURO_3W2, interval="3m")
        story.dose(*map(may, (20, 22, 26, 28)), date(2026, 6, 1), date(2026, 6, 3))

        assert story.forecast.answers[0] == before
        assert story.forecast.courses[0].complete_on == date(2026, 6, 3)
        assert (story.open.phase, story.open.due_on) == (
            Phase.MAINTENANCE,
            date(2026, 9, 3),
        )

    def test_needs_a_protocol_with_loading(self) -> None:
        story = Story(protocol=MAINTENANCE_ONLY).transferred(FEB_27, on=FEB_27)

        with pytest.raises(NothingToLoad):
            _ = story.event("reloaded", may(20)).forecast


@pytest.mark.proves("T8")
class TestClosing:
    def test_ends_everything(self) -> None:
        story = Story().loaded(FEB_27).event("closed", may(20), reason="died")

        assert story.forecast.phase is Phase.CLOSED
        assert (story.forecast.dose, story.forecast.panel) == (None, None)
        assert [each.dose.due_on for each in story.forecast.lapsed] == [APR_27]
        assert story.forecast.observed == ((FEB_27, may(20)),)

    def test_takes_an_injection_of_its_day_first(self) -> None:
        story = Story().loaded(FEB_27).event("closed", APR_27).dose(APR_27)

        assert story.last.timing is Timing.ON_TIME

    def test_still_counts_an_injection_after_it(self) -> None:
        story = Story().loaded(FEB_27).event("closed", APR_27).dose(may(5))

        assert story.last.timing is Timing.OUTSIDE
        assert story.forecast.last_given_on == may(5)


@pytest.mark.proves("T9")
class TestReopening:
    def test_begins_anew_in_work_up(self) -> None:
        story = Story().loaded(FEB_27).event("closed", may(4)).event("reopened", may(5))

        assert (story.forecast.phase, story.forecast.dose) == (Phase.WORKUP, None)

    def test_may_be_followed_by_another_episode(self) -> None:
        story = Story().loaded(FEB_27).event("closed", may(4)).event("reopened", may(5))

        story.event("started", may(6))

        assert (story.open.episode, story.open.due_on) == (2, may(6))
        assert story.forecast.observed == ((FEB_27, may(4)), (may(6), None))

    def test_forgets_when_an_earlier_pause_ended(self) -> None:
        story = (
            Story().loaded(FEB_27).event("paused", may(11)).event("resumed", may(12))
        )
        story.event("closed", may(13)).event("reopened", may(14))

        assert story.event("transferred_in", may(15), "2m").open.due_on == APR_27

    def test_may_happen_within_a_day_and_never_asks_twice_for_it(self) -> None:
        story = Story().loaded(FEB_27).dose(APR_27)

        for kind in ("started", "reopened", "closed"):
            story.event(kind, APR_27)

        assert (story.open.episode, story.open.due_on) == (2, date(2026, 4, 28))
