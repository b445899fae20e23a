"""
The one clock that doors read.

Rules and actions take `now` or `today` as an argument. Outside production the clock may
be shifted, for every process alike, so that a rehearsal can live through months.
"""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def now() -> datetime:
    """Return the present instant in UTC, shifted as `B12_CLOCK_SHIFT` says."""
    return datetime.now(tz=UTC) + _shift(settings.CLOCK_SHIFT)


def _shift(said: str) -> timedelta:
    if not said:
        return timedelta()
    if settings.IS_PRODUCTION:
        raise ImproperlyConfigured("B12_CLOCK_SHIFT has no place in production")
    # A file can be written again while processes run: they all move together.
    file = Path(said)
    seconds = file.read_text() if file.is_file() else said
    try:
        return timedelta(seconds=float(seconds))
    except ValueError as problem:
        raise ImproperlyConfigured(
            "B12_CLOCK_SHIFT takes seconds, or a file that holds them"
        ) from problem
