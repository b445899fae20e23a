"""The interval at which somebody relapsed, as the forecast tells it (rules 2.8, T7)."""

from datetime import date

import pytest

from tests.schedules.stories import EVERY_DAY, Story

FEB_27 = date(2026, 2, 27)


def story(interval: str = "3m") -> Story:
    return Story(calendar=EVERY_DAY).loaded(FEB_27, interval)


@pytest.mark.proves("T7", "R12")
class TestRelapsedAt:
    def test_is_the_interval_before_the_relapse_while_loading_goes_on(self) -> None:
        told = story().event("reloaded", date(2026, 5, 1), reason="relapse")

        assert str(told.forecast.relapsed_at) == "3m"
        told.dose(date(2026, 5, 1))
        assert str(told.forecast.relapsed_at) == "3m"
        told.event("maintained", date(2026, 5, 10), "2m")
        assert told.forecast.relapsed_at is None

    def test_is_seen_through_a_pause(self) -> None:
        told = story("1m").event("paused", date(2026, 3, 10), reason="travel")
        told.event("reloaded", date(2026, 3, 20), reason="relapse")

        assert str(told.forecast.relapsed_at) == "1m"

    def test_is_nothing_where_no_interval_failed(self) -> None:
        gap = story().event("reloaded", date(2026, 5, 1), reason="prolonged_gap")
        loading = Story().event("started", FEB_27).dose(FEB_27)
        loading.event("paused", date(2026, 3, 1), reason="travel")
        loading.event("reloaded", date(2026, 3, 3), reason="relapse")

        assert gap.forecast.relapsed_at is None
        assert loading.forecast.relapsed_at is None
        assert story().forecast.relapsed_at is None
