from datetime import date, timedelta

import pytest

from schedules.early_panels import Care
from schedules.facts import Result
from schedules.lab_calendar import LabCalendar, LabFlag, first_dose, lab_calendar
from schedules.panels import Kind, State
from schedules.stabilised import GOOD, Sign
from tests.schedules.stories import EVERY_DAY, Story

FIRST = date(2026, 1, 5)
ALL = frozenset({"b12", "homocysteine", "haemoglobin"})
MISSING = Care(missing=("mma",))
PLAIN = Care()
AT_RISK = Care(potassium_risk=True)


def on(days: int) -> date:
    return FIRST + timedelta(days=days)


def loading() -> Story:
    return Story(calendar=EVERY_DAY).event("started", FIRST).dose(FIRST)


def told(
    story: Story,
    care: Care = PLAIN,
    days: int = 0,
) -> LabCalendar:
    return lab_calendar(
        story.until(on(days)).forecast,
        results=story.results,
        care=care,
        calendar=EVERY_DAY,
        as_of=on(days),
    )


def kinds(found: LabCalendar) -> list[Kind]:
    return [each.panel.kind for each in found.panels]


class TestLabCalendar:
    def test_is_empty_in_work_up(self) -> None:
        found = told(Story().event("opened", FIRST))

        assert (found.panels, found.flags, found.is_annual) == ((), set(), False)

    def test_has_all_that_is_asked_for_in_the_order_of_days(self) -> None:
        found = told(loading(), AT_RISK)

        assert kinds(found) == [
            Kind.BASELINE,
            Kind.POTASSIUM,
            Kind.POTASSIUM,
            Kind.QUARTERLY,
            Kind.REVIEW,
        ]
        assert found.panels[0].state is State.DONE

    def test_has_the_response_of_ill_blood(self) -> None:
        story = loading()
        low = frozenset({Sign.BLOOD_LOW})
        story.results = [Result(on=FIRST, tests=frozenset({"haemoglobin"}), signs=low)]

        assert kinds(told(story)).count(Kind.RESPONSE) == 2

    def test_asks_for_no_baseline_in_a_transfer_or_a_second_course(self) -> None:
        moved = Story(calendar=EVERY_DAY).transferred(on(-20), FIRST)
        again = loading().event("maintained", on(9), "2m").event("reloaded", on(30))

        assert kinds(told(moved, MISSING)) == [Kind.QUARTERLY, Kind.REVIEW]
        assert Kind.BASELINE not in kinds(told(again, MISSING, 30))

    def test_ends_with_the_plan(self) -> None:
        closed = loading().event("closed", on(1))

        assert kinds(told(closed, AT_RISK, 1)) == [Kind.BASELINE]

    def test_says_that_the_next_is_a_year_on(self) -> None:
        story = Story(calendar=EVERY_DAY).loaded(FIRST)
        for months in (6, 9):
            drawn = date(2026, 1 + months, 5)
            story.results.append(Result(on=drawn, tests=ALL, signs=GOOD))

        assert told(story, days=300).is_annual
        assert not told(story, days=200).is_annual

    def test_keeps_what_became_of_earlier_panels(self) -> None:
        story = Story(calendar=EVERY_DAY).loaded(FIRST)
        story.results = [Result(on=date(2026, 4, 5), tests=ALL)]

        found = [e for e in told(story, days=95).panels if e.panel.kind != Kind.REVIEW]

        assert [each.state for each in found] == [State.DONE, State.DONE, State.COMING]


class TestFlags:
    @pytest.mark.parametrize(
        ("care", "days", "flags"),
        [
            pytest.param(Care(), 0, set(), id="nothing"),
            pytest.param(MISSING, 0, {LabFlag.PRETX_SAMPLE_MISSING}, id="no sample"),
            pytest.param(AT_RISK, 1, set(), id="potassium may be checked"),
            pytest.param(AT_RISK, 2, {LabFlag.K_CHECK_DUE}, id="potassium is due"),
            pytest.param(AT_RISK, 4, {LabFlag.K_CHECK_DUE}, id="and overdue"),
            pytest.param(AT_RISK, 15, set(), id="and past"),
            pytest.param(Care(), 89, set(), id="the quarter is near"),
            pytest.param(Care(), 90, {LabFlag.LAB_DUE}, id="the quarter"),
            pytest.param(Care(), 104, {LabFlag.LAB_DUE}, id="its last day"),
            pytest.param(Care(), 105, {LabFlag.LAB_OVERDUE}, id="after its window"),
        ],
    )
    @pytest.mark.proves("R05", "R24")
    def test_follow_from_the_panels(
        self, care: Care, days: int, flags: set[LabFlag]
    ) -> None:
        assert told(loading(), care, days).flags == flags

    def test_name_the_last_b12_if_it_says_little(self) -> None:
        story = loading()
        recent = frozenset({Sign.RECENT_DOSE})
        story.results = [
            Result(on=on(3), tests=frozenset({"active_b12"}), signs=recent),
            Result(on=on(9), tests=frozenset({"homocysteine"})),
        ]
        flag = LabFlag.LAB_UNINTERPRETABLE_RECENT_DOSE

        assert told(story, days=10).flags == {flag}
        assert told(story, days=2).flags == set()
        story.results.append(Result(on=on(11), tests=frozenset({"b12"})))
        assert told(story, days=12).flags == set()


class TestFirstDose:
    def test_is_the_one_given(self) -> None:
        assert first_dose(loading().forecast) == (FIRST, True)

    def test_is_the_one_to_come(self) -> None:
        story = Story(calendar=EVERY_DAY).event("started", FIRST, start_on=on(3))

        assert first_dose(story.forecast) == (on(3), False)

    def test_is_none_without_loading(self) -> None:
        assert first_dose(Story().forecast) == (None, False)
        moved = Story(calendar=EVERY_DAY).transferred(on(-20), FIRST)
        assert first_dose(moved.forecast) == (None, False)
