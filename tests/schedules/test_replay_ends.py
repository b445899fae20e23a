"""What ends a course, and what cannot have happened."""

from datetime import date

import pytest

from schedules.forecast import ImpossibleHistory
from schedules.phases import EventKind
from schedules.protocol import Protocol
from tests.schedules.stories import NEURO_ALT, NON_NEURO_3W2, Story


def january(day: int) -> date:
    return date(2026, 1, day)


def may(day: int) -> date:
    return date(2026, 5, day)


class TestACourse:
    @pytest.mark.parametrize("kind", ["maintained", "closed"])
    def test_plans_no_slot_after_somebody_ended_it(self, kind: str) -> None:
        story = Story().event("started", january(5)).dose(january(5), january(9))

        story.event(kind, january(13)).until(may(1))

        (course,) = story.forecast.courses
        assert (course.given, course.planned) == (2, 4)

    def test_of_its_own_length_plans_no_slot_after_it(self) -> None:
        story = Story(protocol=NON_NEURO_3W2).event("started", january(7))
        story.dose(*map(january, (7, 9, 12, 14, 16, 19))).until(may(1))

        (course,) = story.forecast.courses

        assert (course.given, course.planned) == (6, 6)
        assert course.complete_on == january(19)


class TestAnImpossibleHistory:
    @pytest.mark.parametrize("protocol", [NEURO_ALT, NON_NEURO_3W2])
    @pytest.mark.parametrize(
        ("kinds", "phase"),
        [
            pytest.param(["resumed"], "workup", id="nothing was paused"),
            pytest.param(["maintained"], "workup", id="nothing was begun"),
            pytest.param(["started", "started"], "loading", id="begun twice"),
            pytest.param(["started", "resumed"], "loading", id="going on anyway"),
            pytest.param(["started", "reopened"], "loading", id="never closed"),
            pytest.param(
                ["transferred_in", "maintained"], "maintenance", id="on it already"
            ),
            pytest.param(
                ["started", "maintained", "maintained"],
                "maintenance",
                id="decided twice",
            ),
            pytest.param(["started", "paused", "paused"], "paused", id="paused twice"),
            pytest.param(["closed", "started"], "closed", id="not opened again"),
        ],
    )
    def test_is_refused_by_its_fact(
        self, kinds: list[str], phase: str, protocol: Protocol
    ) -> None:
        story = Story(protocol=protocol)
        for n, kind in enumerate(kinds):
            story.event(kind, may(20 + n))
        words = f"{kinds[-1]} on {may(19 + len(kinds))} cannot follow {phase}"

        with pytest.raises(ImpossibleHistory, match=words) as refused:
            _ = story.forecast

        assert refused.value.event.kind is EventKind(kinds[-1])
        assert refused.value.phase == phase

    def test_is_a_reload_in_the_middle_of_an_open_ended_course(self) -> None:
        story = Story().event("started", may(20)).event("reloaded", may(21))

        with pytest.raises(ImpossibleHistory, match="cannot follow loading"):
            _ = story.forecast
