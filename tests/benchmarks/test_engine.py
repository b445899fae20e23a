"""A replay costs what its facts cost, and says what bare loops say."""

import sys
from datetime import date

import pytest

from schedules.calendar import Calendar
from tests.bare import Week
from tests.benchmarks.engine import (
    WEEKDAYS,
    History,
    closures,
    history,
    looped,
    replayed,
)
from tests.schedules.stories import LONG_AGO


def calendar(times: int) -> Calendar:
    closed = dict.fromkeys(closures(12 * times), "")
    return Calendar(patterns=((LONG_AGO, WEEKDAYS),), closed=closed)


def calls(told: History, where: Calendar) -> int:
    """Return how many functions a replay calls: its cost, without a watch."""
    found = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal found
        found += event == "call"

    sys.setprofile(count)
    try:
        replayed(told, where)
    finally:
        sys.setprofile(None)
    return found


class TestTenYears:
    def test_are_as_long_as_they_should_be(self) -> None:
        told = history(1)

        counts = len(told.given), len(told.results), len(told.events)
        assert counts == (70, 40, 20)
        assert told.as_of > date(2034, 1, 1)

    def test_have_the_dates_of_bare_loops(self) -> None:
        told = history(1)

        dates = looped(told, Week(WEEKDAYS, closures(12)))
        assert replayed(told, calendar(1)) == dates
        assert len(dates) == 71


class TestTheCost:
    @pytest.mark.parametrize("times", [2, 4, 8])
    def test_grows_as_the_history_does(self, times: int) -> None:
        once = calls(history(1), calendar(1))

        several = calls(history(times), calendar(times))

        assert several <= 1.2 * times * once
