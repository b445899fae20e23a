"""docs/protocol.md draws the protocol as the engine follows it."""

import re
from datetime import date
from pathlib import Path

import pytest

from tests.schedules.drawing import CASES, line

FENCED = re.compile(r"^```\n(.*?)\n```$", re.MULTILINE | re.DOTALL)


@pytest.mark.proves("R02", "R03", "R04")
class TestThePage:
    def test_holds_what_the_engine_draws_and_nothing_else(self, root: Path) -> None:
        page = (root / "docs" / "protocol.md").read_text()

        assert FENCED.findall(page) == [draw() for draw in CASES.values()]

    def test_says_that_nobody_approved_it(self, root: Path) -> None:
        page = (root / "docs" / "protocol.md").read_text()

        assert "clinically approved" in page


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
