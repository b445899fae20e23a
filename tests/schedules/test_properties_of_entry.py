"""What holds however the facts of a history were entered (rules, section 7; E1)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schedules.facts import Given, Result, in_order
from schedules.phases import Phase
from schedules.replay import Replay
from schedules.stabilised import Sign
from tests.schedules.histories import BEGIN, stories
from tests.schedules.stories import Story

DAYS = st.integers(0, 2500).map(lambda n: BEGIN + timedelta(days=n))
RESULTS = st.builds(
    Result,
    on=DAYS,
    tests=st.frozensets(st.sampled_from(["b12", "homocysteine", "mma", "haemoglobin"])),
    signs=st.frozensets(st.sampled_from(Sign)),
)


def entered(story: Story, order: list[int]) -> Story:
    """Return the same plan, its facts entered in another order."""
    n = len(story.events)
    events = [replace(it, entered=order[k]) for k, it in enumerate(story.events)]
    doses = [replace(it, entered=order[n + k]) for k, it in enumerate(story.given)]
    return replace(story, events=events, given=doses)


class TestAnEntry:
    @given(stories(), st.data())
    def test_may_come_in_any_order(self, story: Story, data: st.DataObject) -> None:
        n = len(story.events) + len(story.given)

        order = data.draw(st.permutations(range(n)))

        assert entered(story, order).forecast == story.forecast

    @given(stories(), st.data())
    def test_may_come_with_more_to_follow(
        self, story: Story, data: st.DataObject
    ) -> None:
        facts = in_order(story.events, story.given, as_of=story.as_of)
        cut = data.draw(st.integers(0, len(facts)))

        whole, parts = replayed(story), replayed(story)
        whole.take(facts)
        # One fact a day: a cut is never inside a day.
        parts.take(facts[:cut])
        parts.take(facts[cut:])

        assert state(parts) == state(whole)

    @given(stories(), DAYS)
    def test_that_nobody_accepted_moves_no_date(self, story: Story, on: date) -> None:
        before = story.until(max(story.as_of, on)).forecast

        story.dose(on, pending=True)
        after = story.forecast

        assert (after.phase, after.dose) == (before.phase, before.dose)
        assert after.answers == before.answers

    @given(stories(), DAYS)
    def test_that_is_accepted_is_as_if_given_here(self, story: Story, on: date) -> None:
        assume(all(fact.on != on for fact in (*story.given, *story.events)))
        waiting = Given(on=on, entered=99, key=on, pending=True)
        story.until(max(story.as_of, on))

        here = replace(story, given=[*story.given, replace(waiting, pending=False)])
        early = replace(here, given=here.given[::-1])

        assert here.forecast == early.forecast
        assert on in {answer.given_on for answer in here.forecast.answers}

    @given(stories(), DAYS)
    def test_that_is_voided_leaves_no_trace(self, story: Story, on: date) -> None:
        before = story.until(max(story.as_of, on)).forecast

        assert story.dose(on, counts=False).forecast == before


@pytest.mark.proves("R04", "R26", "R35", "R37", "S08")
class TestALaboratoryValue:
    @given(stories(), st.lists(RESULTS, max_size=30))
    def test_whatever_it_says_moves_no_dose_no_phase_and_no_interval(
        self, story: Story, results: list[Result]
    ) -> None:
        before, ahead = story.forecast, story.ahead(6)

        story.results = results
        after = story.forecast

        assert (after.phase, after.resume_phase) == (before.phase, before.resume_phase)
        assert (after.dose, after.interval) == (before.dose, before.interval)
        assert after.stretches == before.stretches
        assert story.ahead(6) == ahead

    def test_of_ten_normal_years_ends_nothing(self) -> None:
        story = Story().loaded(date(2026, 2, 27))
        for _ in range(60):
            due = story.open.due_on
            story.dose(due)
            story.results.append(
                Result(on=due, tests=frozenset({"b12", "homocysteine"}))
            )

        assert story.as_of >= date(2036, 2, 27)
        assert story.forecast.phase is Phase.MAINTENANCE
        assert story.open.due_on > story.as_of


def replayed(story: Story) -> Replay:
    return Replay(
        protocol=story.protocol,
        calendar=story.calendar,
        emerged=story.emerged,
        timeline=story.timeline,
    )


def state(replay: Replay) -> tuple[object, ...]:
    """Return what a replay has come to."""
    return (
        replay.phase,
        replay.resume_phase,
        replay.episode,
        replay.regimen,
        replay.position,
        replay.dose,
        replay.answers,
        replay.lapsed,
        replay.chronicle,
    )
