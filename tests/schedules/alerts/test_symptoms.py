"""Alerts of symptoms: on the days on which the latest assessment says so."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from patients.symptoms import Assessed, Domain, RedFlag
from schedules.alerts import Facts
from schedules.suggesting import Dismissed
from tests.schedules.alerts.watched import OPENED, facts_of, of_code, spans
from tests.schedules.stories import NON_NEURO_3W2, Story

DAY = timedelta(days=1)


def on(days: int) -> date:
    return OPENED + days * DAY


def scored(days: int, score: int, **details: Any) -> Assessed:
    """Return an assessment of tremor, so many days after the first dose."""
    return Assessed(on=on(days), scores={Domain.TREMOR: score}, **details)


def loading(*assessed: Assessed, doses: int = 6) -> Facts:
    """Return the facts of alternate-day loading, with so many doses by now."""
    story = Story().event("started", OPENED)
    story.dose(*(on(2 * n) for n in range(doses)))
    return facts_of(story, assessed=assessed, today=on(40))


class TestSuggestions:
    @pytest.mark.proves("S21")
    def test_say_a_red_flag_until_it_is_asked_again(self) -> None:
        flag = scored(3, 4, red_flags=frozenset({RedFlag.VISION}))

        flagged = loading(scored(0, 4), flag)
        cleared = loading(scored(0, 4), flag, scored(5, 4))

        assert spans(flagged, "RED_FLAG") == [(on(3), None)]
        assert of_code(flagged, "RED_FLAG")[0].about == "assessed 2026-06-04"
        assert of_code(cleared, "RED_FLAG") == []

    @pytest.mark.proves("R29")
    @pytest.mark.parametrize(
        ("days", "code"),
        [(14, "PARADOXICAL_WORSENING"), (15, "WORSENING")],
    )
    def test_tell_when_symptoms_are_worse(self, days: int, code: str) -> None:
        facts = loading(scored(0, 4), scored(days, 6))

        found = {
            code
            for code in ("PARADOXICAL_WORSENING", "WORSENING")
            if spans(facts, code) == [(on(days), None)]
        }

        assert found == {code}

    @pytest.mark.parametrize(
        ("days", "since"),
        [
            pytest.param(10, 21, id="by time alone"),
            pytest.param(25, 25, id="with the assessment"),
        ],
    )
    def test_tell_that_nothing_got_better_in_21_days(
        self, days: int, since: int
    ) -> None:
        facts = loading(scored(0, 4), scored(days, 4))

        assert spans(facts, "NO_RESPONSE_21D") == [(on(since), None)]

    def test_tell_a_plateau_while_its_assessments_are_fresh(self) -> None:
        facts = loading(
            scored(0, 6),
            scored(10, 4, pgic=3),
            scored(16, 4, pgic=4),
            scored(23, 4, pgic=4),
        )

        # On day 28 the baseline is no longer one of those before; on day 30 that of day
        # 16 is, and one recent assessment is not enough.
        assert spans(facts, "PLATEAU_SUGGESTED") == [(on(28), on(30))]

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            pytest.param(20, [(15, 20), (34, None)], id="for a fortnight"),
            pytest.param(15, [(29, None)], id="at once"),
            pytest.param(0, [(15, None)], id="long ago"),
        ],
    )
    def test_are_silent_while_dismissed(
        self, day: int, said: list[tuple[int, int | None]]
    ) -> None:
        dismissed = Dismissed(code="RESOLVED_SUGGESTED", on=on(day))
        facts = loading(scored(0, 6), scored(8, 1), scored(15, 0))

        found = spans(replace(facts, dismissed=(dismissed,)), "RESOLVED_SUGGESTED")

        assert found == [(on(a), b if b is None else on(b)) for a, b in said]

    def test_tell_that_symptoms_are_gone(self) -> None:
        facts = loading(scored(0, 6), scored(8, 1), scored(15, 0))

        assert spans(facts, "RESOLVED_SUGGESTED") == [(on(15), None)]

    def test_are_none_without_an_assessment_or_before_treatment(self) -> None:
        before = facts_of(
            Story().event("started", OPENED), assessed=(scored(0, 6),), today=on(40)
        )

        assert of_code(loading(), "NO_RESPONSE_21D") == []
        assert of_code(before, "NO_RESPONSE_21D") == []


@pytest.mark.proves("T4")
class TestNeuroEmerged:
    def story(self, *days: int) -> Story:
        story = Story(protocol=NON_NEURO_3W2, emerged=[on(n) for n in days])
        return story.event("started", OPENED).dose(OPENED)

    def test_speaks_from_the_first_assessment_of_the_course_that_says_so(self) -> None:
        assessed = (scored(-1, 5), scored(2, 2), scored(4, 3), scored(6, 7))
        story = self.story(-1, 4, 6).until(on(8))

        facts = facts_of(story, assessed=assessed)

        assert spans(facts, "NEURO_EMERGED") == [(on(4), None)]

    def test_is_silent_where_none_did(self) -> None:
        facts = facts_of(self.story(-1), assessed=(scored(-1, 5),))

        assert of_code(facts, "NEURO_EMERGED") == []
