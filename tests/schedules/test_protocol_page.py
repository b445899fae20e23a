"""docs/protocol.md draws the protocol as the engine follows it."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.schedules.drawing import CASES, line

PAGE = Path(__file__).parents[2] / "docs" / "protocol.md"
FENCED = re.compile(r"^```\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


@pytest.mark.proves("R02", "R03", "R04")
class TestThePage:
    def test_holds_what_the_engine_draws_and_nothing_else(self) -> None:
        assert FENCED.findall(PAGE.read_text()) == [draw() for draw in CASES.values()]

    def test_says_that_nobody_approved_it(self) -> None:
        assert "Nothing here is\nclinically approved." in PAGE.read_text()


class TestLine:
    def test_draws_each_day_in_its_place(self) -> None:
        points = [
            (date(2026, 1, 1), "first"),
            (date(2026, 1, 3), "second"),
            (date(2026, 1, 6), "third"),
        ]

        assert line(points, days=1).splitlines() == [
            "o-o--o",
            "| |  Tue 6 Jan 2026  third",
            "| Sat 3 Jan 2026  second",
            "Thu 1 Jan 2026  first",
        ]
