from dataclasses import replace
from datetime import date

import pytest

from schedules.reasons import TEXTS, Code, Reason, because
from tests.schedules.stories import EVERY_DAY, MONDAY_TO_FRIDAY, Story

FEB_27 = date(2026, 2, 27)
SATURDAY = date(2026, 7, 11)
MONDAY = date(2026, 7, 13)


class TestReason:
    def test_speaks_plainly(self) -> None:
        reason = Reason.of(Code.ROLLED_FORWARD, target=SATURDAY, why="", due=MONDAY)

        assert reason.text == ("target Sat 11 Jul, clinic closed, next open Mon 13 Jul")

    @pytest.mark.parametrize("code", Code)
    def test_has_a_text_for_every_code(self, code: Code) -> None:
        assert TEXTS[code]


class TestBecause:
    def test_follows_the_words_clinic_closed(self) -> None:
        assert because("Christmas Day") == " (Christmas Day)"

    @pytest.mark.parametrize("why", ["", None])
    def test_is_empty_without_a_cause(self, why: str | None) -> None:
        assert because(why) == ""


class TestTheReasonsOfADose:
    """Every date explains itself."""

    def test_tell_a_first_dose_on_a_closed_day(self) -> None:
        story = Story().event("started", date(2026, 1, 10))

        assert said(story) == [
            "first injection wanted on Sat 10 Jan",
            "target Sat 10 Jan, clinic closed, next open Mon 12 Jan",
        ]

    def test_tell_a_loading_dose(self) -> None:
        story = Story().event("started", date(2026, 1, 5)).dose(date(2026, 1, 5))

        assert said(story) == ["2 days after the injection of Mon 5 Jan"]

    def test_tell_a_bridge_and_a_gap(self) -> None:
        story = Story().event("started", date(2026, 4, 1)).dose(date(2026, 4, 1))

        assert said(story)[1:] == [
            "target Fri 3 Apr, clinic closed (Good Friday) until Tue 7 Apr, "
            "bridged on Thu 2 Apr",
        ]
        assert said(story.dose(date(2026, 4, 2))) == [
            "2 days after the injection of Thu 2 Apr",
            "target Sat 4 Apr, clinic closed, next open Tue 7 Apr",
            "5 days after the injection of Thu 2 Apr, more than 4",
        ]

    def test_tell_a_grid(self) -> None:
        story = Story().loaded(date(2026, 2, 27))

        assert said(story) == ["2 months after the injection of Fri 27 Feb"]
        assert said(story.dose(date(2026, 4, 27))) == [
            "4 months after the injection of Fri 27 Feb",
            "target Sat 27 Jun, clinic closed, next open Mon 29 Jun",
        ]

    @pytest.mark.parametrize(
        ("given", "why"),
        [
            pytest.param(
                date(2026, 5, 11),
                "given 14 days late, outside the 7-day window, counted from 11 May",
                id="late",
            ),
            pytest.param(
                date(2026, 4, 10),
                "given 17 days early, outside the 7-day window, counted from 10 Apr",
                id="early",
            ),
        ],
    )
    def test_tell_why_the_grid_began_anew(self, given: date, why: str) -> None:
        story = Story().loaded(date(2026, 2, 27)).dose(given)

        assert said(story)[0] == why

    @pytest.mark.parametrize(
        "given",
        [
            pytest.param(date(2026, 5, 18), id="as early as the window allows"),
            pytest.param(date(2026, 6, 1), id="as late as it does"),
        ],
    )
    def test_blame_nobody_inside_the_window_of_a_dose_that_was_moved(
        self, given: date
    ) -> None:
        week = {date(2026, 5, day): "closed" for day in range(18, 25)}
        story = Story(calendar=replace(EVERY_DAY, closed=week)).loaded(FEB_27)
        story.event("paused", date(2026, 4, 20)).event("resumed", date(2026, 5, 18))

        assert story.open.due_on == date(2026, 5, 25)
        assert said(story.dose(given))[0].startswith("2 months after the injection of")

    def test_tell_a_long_closure(self) -> None:
        days = {date(2026, 12, day): "closed for Christmas" for day in (29, 30, 31)}
        closed = {**MONDAY_TO_FRIDAY.closed, **days}
        calendar = replace(MONDAY_TO_FRIDAY, closed=closed)
        story = Story(calendar=calendar).loaded(date(2026, 10, 25))

        assert said(story) == [
            "2 months after the injection of Sun 25 Oct",
            "target Fri 25 Dec, clinic closed (Christmas Day) until Mon 4 Jan, "
            "last open day before Thu 24 Dec",
        ]

    def test_tell_a_pause_over_the_due_date(self) -> None:
        story = Story().loaded(date(2026, 2, 27))
        story.event("paused", date(2026, 4, 20)).event("resumed", date(2026, 5, 18))

        assert said(story)[-1] == (
            "Mon 27 Apr had passed by Mon 18 May, next open Mon 18 May"
        )


class TestTheReasonsOfAnAnswer:
    """Each injection keeps why its dose was then, and what it led to."""

    def test_are_those_of_its_dose(self) -> None:
        story = Story().loaded(date(2026, 4, 11)).dose(date(2026, 6, 11))

        assert kept(story) == ["2 months after the injection of Sat 11 Apr"]

    def test_tell_a_dose_on_a_closed_day(self) -> None:
        story = Story().loaded(date(2026, 5, 11)).dose(date(2026, 7, 13))

        assert kept(story) == [
            "2 months after the injection of Mon 11 May",
            "target Sat 11 Jul, clinic closed, next open Mon 13 Jul",
        ]

    @pytest.mark.parametrize(
        ("given", "led_to"),
        [
            pytest.param(date(2026, 4, 20), [], id="at the edge of the window, early"),
            pytest.param(
                date(2026, 4, 19),
                ["given 8 days early, outside the 7-day window, counted from 19 Apr"],
                id="a day before it",
            ),
            pytest.param(date(2026, 5, 4), [], id="at the edge of the window, late"),
            pytest.param(
                date(2026, 5, 5),
                ["given 8 days late, outside the 7-day window, counted from 5 May"],
                id="a day after it",
            ),
        ],
    )
    def test_end_with_what_it_led_to(self, given: date, led_to: list[str]) -> None:
        story = Story().loaded(date(2026, 2, 27)).dose(given)

        dose = "2 months after the injection of Fri 27 Feb"
        assert kept(story) == [dose, *led_to]

    def test_are_none_where_no_dose_was_open(self) -> None:
        assert kept(Story().dose(date(2026, 2, 27))) == []


class TestSaid:
    def test_is_a_code_and_a_sentence(self) -> None:
        reason = Reason.of(Code.LATE, days=14, window=7, given=date(2026, 5, 11))

        assert reason.said == {
            "code": "late",
            "text": "given 14 days late, outside the 7-day window, counted from 11 May",
        }


def kept(story: Story) -> list[str]:
    return [reason.text for reason in story.last.reasons]


def said(story: Story) -> list[str]:
    return [reason.text for reason in story.open.reasons]
