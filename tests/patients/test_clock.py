from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured

from patients import clock

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


class TestNow:
    def test_is_the_present_instant(self, settings) -> None:
        settings.CLOCK_SHIFT = ""

        assert clock.now() == NOON

    def test_is_shifted_by_seconds(self, settings) -> None:
        settings.CLOCK_SHIFT = "-86400"

        assert clock.now() == NOON - timedelta(days=1)

    def test_moves_with_the_file_that_holds_the_seconds(
        self, settings, tmp_path: Path
    ) -> None:
        file = tmp_path / "shift"
        settings.CLOCK_SHIFT = str(file)

        file.write_text("3600")
        assert clock.now() == NOON + timedelta(hours=1)

        file.write_text("7200\n")
        assert clock.now() == NOON + timedelta(hours=2)

    def test_refuses_what_is_no_number(self, settings) -> None:
        settings.CLOCK_SHIFT = "tomorrow"

        with pytest.raises(ImproperlyConfigured, match="takes seconds, or a file"):
            clock.now()

    def test_is_never_shifted_in_production(self, settings) -> None:
        settings.CLOCK_SHIFT = "60"
        settings.IS_PRODUCTION = True

        with pytest.raises(ImproperlyConfigured, match="no place in production"):
            clock.now()
