"""Alerts of the schedule: each from its day on, and until what ends it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from schedules.alerts import Severity
from schedules.parameters import DEFAULTS
from schedules.windows import Standing, standing
from tests.schedules.alerts.watched import (
    OPENED,
    facts_of,
    heard,
    in_work_up,
    of_code,
    spans,
)
from tests.schedules.stories import NON_NEURO_3W2, Story

DAY = timedelta(days=1)
FRIDAY = date(2026, 6, 5)


class TestStartDelayed:
    @pytest.mark.proves("R01")
    def test_speaks_from_the_decision_until_the_first_dose(self) -> None:
        saturday = FRIDAY + DAY
        story = Story().event("started", FRIDAY, start_on=saturday)

        waiting = facts_of(story, started_on=FRIDAY)
        given = facts_of(story.dose(saturday), started_on=FRIDAY)

        [alert] = of_code(waiting, "START_DELAYED")
        assert (alert.since, alert.until) == (FRIDAY, None)
        assert alert.about == "1.1 due 2026-06-08"
        assert of_code(given, "START_DELAYED") == []

    def test_is_silent_where_the_clinic_is_open(self) -> None:
        story = Story().event("started", OPENED)

        assert of_code(facts_of(story, started_on=OPENED), "START_DELAYED") == []


@pytest.mark.proves("R13")
class TestNeuroStartOverdue:
    @pytest.mark.parametrize(
        ("opened_on", "since"),
        [
            pytest.param(OPENED, date(2026, 6, 3), id="24 hours"),
            pytest.param(FRIDAY, date(2026, 6, 9), id="the next open day"),
            pytest.param(date(2026, 5, 22), date(2026, 5, 27), id="a bank holiday"),
        ],
    )
    def test_speaks_a_day_after_the_last_chance(
        self, opened_on: date, since: date
    ) -> None:
        facts = in_work_up(neurological="yes", opened_on=opened_on)

        assert spans(facts, "NEURO_START_OVERDUE") == [(since, None)]

    @pytest.mark.parametrize(
        ("neurological", "speaks"), [("yes", True), ("unknown", True), ("no", False)]
    )
    def test_counts_what_is_not_answered_as_yes(
        self, neurological: str, speaks: bool
    ) -> None:
        facts = in_work_up(neurological=neurological)

        assert bool(of_code(facts, "NEURO_START_OVERDUE")) is speaks

    def test_goes_on_while_loading_waits_and_ends_with_the_dose(self) -> None:
        story = Story().event("started", OPENED)
        waiting = facts_of(story, neurological="yes")
        given = facts_of(story.dose(OPENED), neurological="yes")

        assert of_code(waiting, "NEURO_START_OVERDUE")
        assert not of_code(given, "NEURO_START_OVERDUE")

    def test_is_not_asked_of_maintenance(self) -> None:
        story = Story().event("transferred_in", OPENED, "2m")

        assert not of_code(facts_of(story, neurological="yes"), "NEURO_START_OVERDUE")


class TestLoadingGap:
    def test_speaks_from_the_dose_before_the_gap(self) -> None:
        # After Thursday: Christmas, a weekend and a bank holiday, and no day between.
        before = date(2026, 12, 24)
        story = Story().event("started", date(2026, 12, 23))
        story.dose(date(2026, 12, 23), before)

        facts = facts_of(story)

        assert spans(facts, "LOADING_GAP") == [(before, None)]
        assert of_code(facts, "LOADING_GAP")[0].about == "1.3 due 2026-12-29"

    def test_is_silent_over_an_ordinary_weekend(self) -> None:
        story = Story().event("started", FRIDAY).dose(FRIDAY)

        assert of_code(facts_of(story), "LOADING_GAP") == []


class TestLoadingIncomplete:
    def story(self) -> Story:
        return Story(protocol=NON_NEURO_3W2).event("started", OPENED).dose(OPENED)

    def test_speaks_from_day_22_of_a_fixed_course(self) -> None:
        facts = facts_of(self.story())

        assert spans(facts, "LOADING_INCOMPLETE") == [(OPENED + 22 * DAY, None)]

    def test_speaks_through_a_pause(self) -> None:
        story = self.story().event("paused", OPENED + DAY, reason="stock")

        assert of_code(facts_of(story), "LOADING_INCOMPLETE")

    @pytest.mark.parametrize(
        "story",
        [
            pytest.param(
                Story().event("started", OPENED).dose(OPENED), id="open-ended"
            ),
            pytest.param(
                Story(protocol=NON_NEURO_3W2, emerged=[OPENED])
                .event("started", OPENED)
                .dose(*(OPENED + n * DAY for n in (0, 2, 4, 7, 9, 11))),
                id="complete, and held",
            ),
            pytest.param(
                Story(protocol=NON_NEURO_3W2)
                .event("started", OPENED)
                .dose(*(OPENED + n * DAY for n in (0, 2, 4, 7, 9, 11))),
                id="complete",
            ),
            pytest.param(
                Story(protocol=NON_NEURO_3W2).event("started", OPENED), id="not begun"
            ),
        ],
    )
    def test_is_silent_otherwise(self, story: Story) -> None:
        assert of_code(facts_of(story), "LOADING_INCOMPLETE") == []


class TestTheLadder:
    def test_of_maintenance_says_one_rung_a_day(self) -> None:
        story = Story().transferred(date(2026, 4, 1), OPENED)  # due 1 June
        due = story.open.due_on
        facts = facts_of(story, last_contact_on=date(2026, 4, 1))

        assert due == OPENED
        assert of_code(facts, "DUE_TODAY")[0].about == "1.1 due 2026-06-01"
        assert spans(facts, "DUE_TODAY") == [(due, due + DAY)]
        assert spans(facts, "OVERDUE_1") == [(due + 8 * DAY, due + 28 * DAY)]
        assert spans(facts, "OVERDUE_2") == [(due + 28 * DAY, due + 60 * DAY)]
        silent = date(2026, 4, 1) + 180 * DAY
        assert spans(facts, "LTFU_SUSPECTED") == [(due + 60 * DAY, silent)]
        assert spans(facts, "LTFU_CONFIRMED") == [(silent, None)]

    def test_of_loading_has_rungs_of_its_own(self) -> None:
        story = Story().event("started", OPENED).dose(OPENED)
        due = story.open.due_on
        facts = facts_of(story, last_contact_on=OPENED)

        assert spans(facts, "OVERDUE_1") == [(due + 2 * DAY, due + 5 * DAY)]
        assert spans(facts, "LOADING_INTERRUPTED") == [(due + 5 * DAY, due + 14 * DAY)]
        assert spans(facts, "LTFU_SUSPECTED") == [(due + 14 * DAY, None)]
        assert spans(facts, "OVERDUE_2") == []

    def test_waits_for_silence_before_it_gives_somebody_up(self) -> None:
        story = Story().event("started", OPENED).dose(OPENED)
        due = story.open.due_on
        called = facts_of(story, last_contact_on=due + 10 * DAY)

        assert spans(called, "LTFU_SUSPECTED") == [(due + 24 * DAY, None)]

    def test_stands_where_the_list_stands_on_every_day(self) -> None:
        stories = (
            Story().event("started", OPENED).dose(OPENED),
            Story().transferred(date(2026, 4, 1), OPENED),
            Story().transferred(date(2026, 4, 1), OPENED, "3m"),
        )
        told = {str(rung) for rung in Standing} - {"NOT_DUE", "IN_LATE_WINDOW"}
        for story in stories:
            facts = facts_of(story, last_contact_on=date(2026, 4, 1))
            for n in range(-3, 250):
                day = story.open.due_on + n * DAY
                stands = standing(
                    due_on=story.open.due_on,
                    interval=story.forecast.pace,
                    phase=story.forecast.phase,
                    as_of=day,
                    last_contact_on=facts.last_contact_on,
                )
                said = [code for code in heard(facts, day) if code in told]
                assert said == [str(stands)] * (str(stands) in told), day

    def test_is_silent_in_work_up(self) -> None:
        assert of_code(in_work_up(), "DUE_TODAY") == []

    def test_only_informs_on_the_day(self) -> None:
        facts = facts_of(Story().transferred(date(2026, 4, 1), OPENED))

        [today] = of_code(facts, "DUE_TODAY")
        [late] = of_code(facts, "OVERDUE_1")

        assert (today.severity, late.severity) == (Severity.INFO, Severity.WARN)


class TestGapOverTwoIntervals:
    @pytest.mark.parametrize(
        ("interval", "since"),
        [
            pytest.param("2m", date(2026, 8, 1), id="two intervals"),
            pytest.param("3m", date(2026, 10, 1), id="six months"),
            pytest.param("6m", date(2026, 10, 1), id="never longer"),
        ],
    )
    def test_speaks_two_intervals_or_six_months_after_the_last(
        self, interval: str, since: date
    ) -> None:
        story = Story().transferred(date(2026, 4, 1), OPENED, interval)

        facts = facts_of(story)

        assert spans(facts, "GAP_OVER_TWO_INTERVALS") == [(since, None)]

    def test_counts_the_intervals_of_the_clinic(self) -> None:
        story = Story().transferred(date(2026, 4, 1), OPENED, "1m")
        in_force = replace(DEFAULTS, gap_intervals=3)

        facts = facts_of(story, parameters=in_force)

        assert spans(facts, "GAP_OVER_TWO_INTERVALS") == [(date(2026, 7, 1), None)]

    def test_is_not_asked_of_loading_or_without_a_dose(self) -> None:
        loading = Story().event("started", OPENED).dose(OPENED)
        bare = Story().event("transferred_in", OPENED, "2m")

        assert of_code(facts_of(loading), "GAP_OVER_TWO_INTERVALS") == []
        assert of_code(facts_of(bare), "GAP_OVER_TWO_INTERVALS") == []


class TestPendingExternal:
    def test_speaks_of_each_that_waits(self) -> None:
        facts = in_work_up(pending=(OPENED, FRIDAY))

        assert spans(facts, "PENDING_EXTERNAL") == [(OPENED, None), (FRIDAY, None)]


@pytest.mark.proves("T5")
class TestPauseReviewDue:
    def paused(self) -> Story:
        story = Story().transferred(date(2026, 4, 1), OPENED)
        return story.event("paused", FRIDAY, reason="travel")

    def test_speaks_from_the_review_on(self) -> None:
        facts = facts_of(self.paused(), review_on=FRIDAY + 30 * DAY)

        assert spans(facts, "PAUSE_REVIEW_DUE") == [(FRIDAY + 30 * DAY, None)]

    def test_speaks_at_once_where_nobody_set_a_day(self) -> None:
        once = self.paused()
        assert spans(facts_of(once), "PAUSE_REVIEW_DUE") == [(FRIDAY, None)]

        again = once.event("resumed", FRIDAY + DAY)
        again.event("paused", FRIDAY + 3 * DAY, reason="travel")
        since = FRIDAY + 3 * DAY
        assert spans(facts_of(again), "PAUSE_REVIEW_DUE") == [(since, None)]

    def test_ends_with_the_pause(self) -> None:
        story = self.paused().event("resumed", FRIDAY + DAY)

        facts = facts_of(story, review_on=FRIDAY + 30 * DAY)

        assert of_code(facts, "PAUSE_REVIEW_DUE") == []
