"""What a newer version of a protocol does to the dates of a plan (design D7)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from schedules.forecast import ImpossibleHistory
from schedules.intervals import Interval
from schedules.protocol import Loading
from tests.schedules.stories import EVERY_DAY, MAINTENANCE_ONLY, NEURO_ALT, Story


class TestAnotherVersion:
    """A plan moves to a newer version of its protocol, from the day of the decision."""

    MONTHLY = replace(MAINTENANCE_ONLY, version=9, maintenance=Interval.parse("1m"))

    def told(self, **details: Any) -> Story:
        story = Story(calendar=EVERY_DAY, protocol=MAINTENANCE_ONLY)
        return story.transferred(date(2026, 2, 27), date(2026, 2, 27), **details)

    def test_counts_again_by_its_interval_but_not_into_the_past(self) -> None:
        story = self.told().event(
            "protocol_changed", date(2026, 3, 10), protocol=self.MONTHLY
        )
        assert story.open.due_on == date(2026, 3, 27)

        late = self.told().event(
            "protocol_changed", date(2026, 4, 10), protocol=self.MONTHLY
        )
        assert (late.open.due_on, late.open.flags) == (date(2026, 4, 10), {"DUE_NOW"})

    def test_keeps_the_interval_that_was_ordered(self) -> None:
        story = self.told(interval="3m").event(
            "protocol_changed", date(2026, 3, 10), protocol=self.MONTHLY
        )

        assert story.open.due_on == date(2026, 5, 27)
        assert str(story.forecast.interval) == "3m"

    def test_makes_nothing_less_late(self) -> None:
        newer = replace(MAINTENANCE_ONLY, version=9)
        story = self.told().event("protocol_changed", date(2026, 5, 1), protocol=newer)

        assert (story.open.due_on, story.open.flags) == (date(2026, 4, 27), set())

    def test_of_a_dose_due_today_is_due_today(self) -> None:
        story = self.told().event(
            "protocol_changed", date(2026, 4, 27), protocol=self.MONTHLY
        )

        assert story.open.due_on == date(2026, 4, 27)

    def test_changes_nothing_in_a_pause_until_it_ends(self) -> None:
        story = self.told().event("paused", date(2026, 3, 1), reason="travel")
        story.event("protocol_changed", date(2026, 3, 5), protocol=self.MONTHLY)
        assert story.forecast.dose is None

        story.event("resumed", date(2026, 3, 10))

        assert story.open.due_on == date(2026, 3, 27)

    def test_leaves_what_was_given_as_it_was(self) -> None:
        story = self.told().dose(date(2026, 4, 27))
        before = story.forecast.answers[0]

        story.event("protocol_changed", date(2026, 5, 1), protocol=self.MONTHLY)

        assert story.forecast.answers[0] == before
        assert story.last.covered_until == story.open.due_on == date(2026, 5, 27)

    def test_sets_the_pace_of_loading_and_not_its_ordered_maintenance(self) -> None:
        slower = replace(NEURO_ALT, version=9, loading=Loading(step_days=3))
        story = Story(calendar=EVERY_DAY).event("started", date(2026, 3, 2))
        story.dose(date(2026, 3, 2), date(2026, 3, 4))

        story.event("protocol_changed", date(2026, 3, 4), protocol=slower)

        assert story.open.due_on == date(2026, 3, 7)

    def test_is_possible_under_treatment_only(self) -> None:
        story = Story().event("protocol_changed", date(2026, 3, 4), protocol=NEURO_ALT)

        with pytest.raises(ImpossibleHistory):
            _ = story.forecast
