"""What holds for every history (rules, section 7)."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from schedules.adherence import measure
from schedules.forecast import PanelSlot, Result
from schedules.intervals import Interval
from schedules.parameters import DEFAULTS, Parameters, Timeline
from schedules.phases import Phase
from tests.schedules.histories import BEGIN, reversed_entry, stories
from tests.schedules.stories import Story

ALL_TESTS = frozenset({"b12", "homocysteine", "haemoglobin", "mma"})


class TestADueDate:
    @given(stories())
    def test_is_an_open_day(self, story: Story) -> None:
        plan = story.forecast

        answered = [answer.due_on for answer in plan.answers if answer.due_on]
        opened = [plan.dose.due_on] if plan.dose else []
        assert all(map(story.calendar.is_open, answered + opened))

    @given(stories())
    def test_is_after_the_last_injection(self, story: Story) -> None:
        plan = story.forecast

        if plan.dose and plan.last_given_on:
            assert plan.dose.due_on > plan.last_given_on

    @given(stories())
    def test_is_inside_its_own_window(self, story: Story) -> None:
        dose = story.forecast.dose
        assume(dose is not None)

        assert dose is not None
        assert dose.opens_on <= dose.due_on <= dose.closes_on

    @given(stories(closures=False))
    def test_is_half_an_interval_away_unless_a_closure_intervenes(
        self, story: Story
    ) -> None:
        doses = story.ahead(6)
        plan = story.forecast
        days = [plan.last_given_on, *(dose.due_on for dose in doses)]
        least = plan.interval.nominal_days // 2

        gaps = [
            (dose.due_on - last).days
            for dose, last in zip(doses, days, strict=False)
            if last and dose.phase is Phase.MAINTENANCE and not dose.first
        ]
        assert all(gap >= least for gap in gaps)

    @given(stories(), st.integers(0, 4000))
    def test_does_not_depend_on_the_day_it_is_asked_on(
        self, story: Story, later: int
    ) -> None:
        dose = story.forecast.dose

        story.until(story.as_of + timedelta(days=later))

        assert story.forecast.dose == dose


class TestAForecast:
    @given(stories(), st.randoms())
    def test_does_not_depend_on_the_order_of_its_arguments(
        self, story: Story, random: Random
    ) -> None:
        plan = story.forecast

        random.shuffle(story.events)
        random.shuffle(story.given)

        assert story.forecast == plan

    @given(stories())
    def test_does_not_depend_on_the_order_of_entry(self, story: Story) -> None:
        assert reversed_entry(story).forecast == story.forecast

    @given(stories())
    def test_is_the_same_every_time(self, story: Story) -> None:
        assert story.forecast == story.forecast

    @given(stories(), st.integers(0, 2000))
    def test_of_an_earlier_day_knows_nothing_of_later_facts(
        self, story: Story, days: int
    ) -> None:
        on = BEGIN + timedelta(days=days)
        then = story.until(on).forecast

        story.events = [event for event in story.events if event.on <= on]
        story.given = [dose for dose in story.given if dose.on <= on]

        assert story.forecast == then

    @given(stories(), st.integers(0, 900))
    def test_forgets_an_injection_that_is_taken_back(
        self, story: Story, days: int
    ) -> None:
        on = BEGIN + timedelta(days=days)
        assume(on not in {dose.on for dose in story.given})
        as_of = max(story.as_of, on)
        before = story.until(as_of).forecast

        story.dose(on).void(on)

        assert story.until(as_of).forecast == before

    @given(stories(), st.randoms())
    def test_is_possible_whichever_injections_are_taken_back(
        self, story: Story, random: Random
    ) -> None:
        story.given = [dose for dose in story.given if random.random() < 0.5]

        assert story.forecast.phase in Phase

    @given(stories())
    def test_gives_every_dose_an_identity_of_its_own(self, story: Story) -> None:
        plan = story.forecast
        doses = [(answer.episode, answer.ordinal) for answer in plan.answers]
        doses += [(plan.dose.episode, plan.dose.ordinal)] if plan.dose else []

        assert len(doses) == len(set(doses))

    @given(stories())
    def test_answers_every_injection_once(self, story: Story) -> None:
        keys = [answer.key for answer in story.forecast.answers]

        assert sorted(keys) == sorted(dose.on for dose in story.given)

    @given(stories())
    def test_has_an_open_dose_exactly_under_treatment(self, story: Story) -> None:
        plan = story.forecast
        treated = plan.phase in (Phase.LOADING, Phase.MAINTENANCE)

        assert (plan.dose is not None) is treated
        assert (plan.panel is not None) is treated


class TestAProjection:
    @given(stories(most=12))
    def test_is_what_comes_true_if_each_dose_is_given_when_due(
        self, story: Story
    ) -> None:
        projected = story.ahead(5)
        assume(projected and projected[0].due_on >= story.as_of)

        for n, dose in enumerate(projected):
            assert replace(story.open, reasons=()) == replace(dose, reasons=())
            assert story.ahead(5 - n) == projected[n:]
            story.dose(dose.due_on)

    @given(stories())
    @pytest.mark.proves("R04")
    def test_goes_on_for_ever(self, story: Story) -> None:
        doses = story.ahead(30)
        assume(doses)

        days = [dose.due_on for dose in doses]
        assert len(days) == 30
        assert days == sorted(set(days))


class TestALaboratoryResult:
    @given(stories(), st.lists(st.integers(0, 3000), max_size=30))
    @pytest.mark.proves("R26", "R35")
    def test_moves_neither_a_dose_nor_a_phase(
        self, story: Story, days: list[int]
    ) -> None:
        before = story.forecast

        story.results = [
            Result(on=BEGIN + timedelta(days=n), tests=ALL_TESTS) for n in days
        ]
        after = story.forecast

        assert (after.phase, after.dose) == (before.phase, before.dose)
        assert (after.answers, after.stretches) == (before.answers, before.stretches)

    @given(stories(), st.integers(0, 800))
    def test_leaves_one_panel_open_and_in_the_future_of_the_last(
        self, story: Story, later: int
    ) -> None:
        first = story.forecast.panel
        assume(first is not None)
        assert isinstance(first, PanelSlot)

        second = story.until(story.as_of + timedelta(days=later)).forecast.panel

        assert isinstance(second, PanelSlot)
        assert second.number >= first.number
        assert second.due_on >= first.due_on


class TestAdherence:
    @given(stories(), st.integers(0, 400), st.integers(1, 1500))
    def test_is_a_share(self, story: Story, start: int, length: int) -> None:
        first = BEGIN + timedelta(days=start)

        counts = measure(
            story.forecast, start=first, end=first + timedelta(days=length)
        )

        assert 0 <= counts.on_time <= counts.answered <= counts.evaluable
        assert 0 <= counts.covered <= counts.observed <= length
        assert counts.excluded >= 0
        assert counts.mpr is None or 0 <= counts.mpr <= 1

    @given(stories(), st.integers(1, 700), st.integers(1, 700))
    def test_counts_each_day_in_one_period_only(
        self, story: Story, one: int, two: int
    ) -> None:
        middle = BEGIN + timedelta(days=one)
        end = middle + timedelta(days=two)
        plan = story.forecast

        parts = [
            measure(plan, start=BEGIN, end=middle),
            measure(plan, start=middle, end=end),
        ]
        whole = measure(plan, start=BEGIN, end=end)

        assert sum(part.covered for part in parts) == whole.covered
        assert sum(part.observed for part in parts) == whole.observed

    @given(stories(most=12))
    def test_covers_every_day_where_each_dose_is_given_when_due(
        self, story: Story
    ) -> None:
        doses = story.ahead(5)
        assume(doses and doses[0].due_on >= story.as_of)
        answered = [answer.due_on for answer in story.forecast.answers]
        # One given too early for a day of the period is not what is asked here.
        assume(all(due is None or due < doses[0].due_on for due in answered))
        # A decision of a day comes after its injections (E3b): it asked for none yet.
        assume(all(event.on < doses[0].due_on for event in story.events))

        story.dose(*(dose.due_on for dose in doses))
        start, end = doses[0].due_on, doses[-1].due_on
        counts = measure(story.forecast, start=start, end=end)

        assert counts.covered == counts.observed == (end - start).days
        assert counts.on_time == counts.evaluable


class TestAnInterval:
    @given(
        st.dates(date(1990, 1, 1), date(2090, 1, 1)),
        st.integers(1, 12),
        st.integers(1, 60),
    )
    def test_of_months_keeps_the_day_of_its_anchor(
        self, anchor: date, months: int, k: int
    ) -> None:
        day = Interval.parse(f"{months}m").after(anchor, k)

        following = day + timedelta(days=1)
        assert day.day == anchor.day or (day.day < anchor.day and following.day == 1)
        assert (day.year * 12 + day.month) - (
            anchor.year * 12 + anchor.month
        ) == months * k


class TestAVersionOfTheParameters:
    """Rules 2.1, E3a: what holds from a day on rewrites nothing before it."""

    STRANGE = Parameters.of(
        {
            "max_load_gap_days": 2,
            "max_forward_roll_days": 0,
            "max_back_roll_days": 2,
            "tolerances": [
                [3, 0, 0],
                [7, 0, 0],
                [14, 0, 0],
                [28, 0, 0],
                [60, 0, 0],
                [None, 0, 0],
            ],
        }
    )

    @given(stories(), st.integers(0, 900))
    def test_changes_no_answer_given_before_it(self, story: Story, n: int) -> None:
        from_on = BEGIN + timedelta(days=n)
        before = told_until(story, from_on)

        story.protocol = replace(story.protocol, overrides={})
        story.timeline = Timeline(((from_on, self.STRANGE),))

        assert told_until(story, from_on) == before

    @given(stories())
    def test_that_says_what_the_defaults_say_changes_nothing(
        self, story: Story
    ) -> None:
        before = story.forecast

        story.timeline = Timeline(((BEGIN, Parameters.of(DEFAULTS.values)),))

        assert story.forecast == before


def told_until(story: Story, day: date) -> list[tuple[object, ...]]:
    """Return what was answered before a day, but for how long the last one lasts."""
    return [
        (a.given_on, a.episode, a.ordinal, a.due_on, a.timing, a.closes_on)
        for a in story.forecast.answers
        if a.given_on < day
    ]
