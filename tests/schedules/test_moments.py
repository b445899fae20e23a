"""A time on a wall is one instant, or none."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from schedules.moments import NoSuchTime, instant

LONDON = ZoneInfo("Europe/London")


class TestInstant:
    @pytest.mark.parametrize(
        ("on", "at", "moment"),
        [
            pytest.param(
                date(2026, 11, 20),
                time(11, 30),
                datetime(2026, 11, 20, 11, 30, tzinfo=UTC),
                id="in winter",
            ),
            pytest.param(
                date(2026, 7, 1),
                time(0, 30),
                datetime(2026, 6, 30, 23, 30, tzinfo=UTC),
                id="in summer, just after midnight",
            ),
            pytest.param(
                date(2026, 10, 25),
                time(1, 30),
                datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
                id="the first of two",
            ),
            pytest.param(
                date(2026, 3, 29),
                time(2, 0),
                datetime(2026, 3, 29, 1, 0, tzinfo=UTC),
                id="right after the clocks went forward",
            ),
        ],
    )
    def test_is(self, on: date, at: time, moment: datetime) -> None:
        assert instant(on, at, LONDON) == moment

    def test_never_was_while_the_clocks_went_forward(self) -> None:
        with pytest.raises(NoSuchTime):
            instant(date(2026, 3, 29), time(1, 0), LONDON)
