"""Every reason can be said, and every move."""

from datetime import date
from enum import StrEnum

import pytest

from schedules import decisions, words
from schedules.intervals import Interval
from schedules.phases import TRANSITIONS

FRIDAY, MONDAY = date(2026, 11, 27), date(2027, 1, 25)


class TestReasons:
    @pytest.mark.parametrize(
        "reasons",
        [
            decisions.IntervalReason,
            *(r for way in TRANSITIONS for r in way.ways.values()),
        ],
    )
    def test_have_words(self, reasons: tuple[StrEnum, ...]) -> None:
        offered = words.reason_choices(reasons)

        assert [code for code, _ in offered] == [reason.value for reason in reasons]


class TestNextDose:
    @pytest.mark.parametrize(
        ("before", "after", "said"),
        [
            pytest.param(
                FRIDAY,
                MONDAY,
                "Next dose: Mon 25 Jan 2027 (was Fri 27 Nov 2026).",
                id="moved",
            ),
            pytest.param(FRIDAY, FRIDAY, "Next dose: Fri 27 Nov 2026.", id="stayed"),
            pytest.param(None, MONDAY, "Next dose: Mon 25 Jan 2027.", id="new"),
            pytest.param(FRIDAY, None, "No dose is due.", id="gone"),
        ],
    )
    def test_says_when_and_what_it_was(
        self, before: date | None, after: date | None, said: str
    ) -> None:
        assert words.next_dose(before, after) == said


class TestEvery:
    @pytest.mark.parametrize(
        ("interval", "said"),
        [("1m", "every month"), ("2m", "every 2 months"), ("6w", "every 6 weeks")],
    )
    def test_says_how_often(self, interval: str, said: str) -> None:
        assert words.every(Interval.parse(interval)) == said
