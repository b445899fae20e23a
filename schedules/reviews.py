"""
The reviews of loading (rules 2.2, R23): days 14 and 21, then every 14 days.

    first dose          14     21            35            49   ...   90
        |----------------|------|-------------|-------------|----------|
                                                            long loading

Loading has no end; a review asks whether it still helps, and ends nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

FIRST, SECOND, STEP, LONG = 14, 21, 14, 90


@dataclass(frozen=True, kw_only=True)
class Review:
    """A review that is due: its code, the day of loading it belongs to, and when."""

    code: str
    day: int
    due_on: date


def loading_reviews(first_on: date, *, as_of: date) -> tuple[Review, ...]:
    """
    Return the reviews of a loading course that are due by a day.

    The newest review stands for those before it: LOADING_REVIEW_14, LOADING_REVIEW_21,
    then LOADING_REVIEW with its `day`; LONG_LOADING from day 90 on stands beside it.
    `first_on` is the day of the first dose of the course.
    """
    loaded = (as_of - first_on).days
    newest = list(_days(loaded))[-1:]
    long = [LONG] if loaded >= LONG else []
    return tuple(
        Review(code=_code(day), day=day, due_on=first_on + timedelta(days=day))
        for day in (*newest, *long)
    )


def _days(loaded: int) -> Iterator[int]:
    """Yield the days of review up to a day of loading."""
    yield from (day for day in (FIRST, SECOND) if day <= loaded)
    yield from range(SECOND + STEP, loaded + 1, STEP)


def _code(day: int) -> str:
    if day == LONG:
        return "LONG_LOADING"
    return f"LOADING_REVIEW_{day}" if day in (FIRST, SECOND) else "LOADING_REVIEW"
