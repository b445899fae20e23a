"""
Reviews of loading (R23): days 14 and 21, every 14 days after; long from day 90.

    first dose          14     21            35            49   ...   90
        |----------------|------|-------------|-------------|----------|
                                                            long loading

Loading has no end; a review asks whether it still helps, and ends nothing.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from schedules.alerts.facts import Facts
from schedules.alerts.nouns import Occasion, Rule


def first_review(facts: Facts) -> Iterator[Occasion]:
    """Speak from day 14 of loading until the next review (R23)."""
    for first_on in _loaded_since(facts):
        yield Occasion(
            since=_day(first_on, facts.parameters.first_review_day),
            until=_day(first_on, facts.parameters.second_review_day),
            about=f"course of {first_on}",
        )


def second_review(facts: Facts) -> Iterator[Occasion]:
    """Speak from day 21 of loading until the next review (R23)."""
    day, step = facts.parameters.second_review_day, facts.parameters.review_every_days
    for first_on in _loaded_since(facts):
        yield Occasion(
            since=_day(first_on, day),
            until=_day(first_on, day + step),
            about=f"course of {first_on}",
        )


def later_review(facts: Facts) -> Iterator[Occasion]:
    """Speak every 14 days after day 21, each time anew: this one and the next (R23)."""
    day, step = facts.parameters.second_review_day, facts.parameters.review_every_days
    for first_on in _loaded_since(facts):
        passed = max((facts.today - first_on).days - day, step) // step
        for n in (passed, passed + 1):
            since = day + n * step
            yield Occasion(
                since=_day(first_on, since),
                until=_day(first_on, since + step),
                about=f"day {since}",
            )


def long_loading(facts: Facts) -> Iterator[Occasion]:
    """Speak from day 90 of loading on: is the diagnosis right? (rules 2.2, H05)."""
    for first_on in _loaded_since(facts):
        yield Occasion(
            since=_day(first_on, facts.parameters.long_loading_day),
            about=f"course of {first_on}",
        )


def _day(first_on: date, number: int) -> date:
    return first_on + timedelta(days=number)


def _loaded_since(facts: Facts) -> Iterator[date]:
    if facts.course is not None:
        yield facts.course.first_on


REVIEW = (
    "Review the loading course: assess the symptoms, and let a prescriber decide how "
    "it goes on. It continues as long as it helps."
)

RULES = (
    Rule(code="LOADING_REVIEW_14", cites="R23", reads=first_review, text=REVIEW),
    Rule(code="LOADING_REVIEW_21", cites="R23", reads=second_review, text=REVIEW),
    Rule(code="LOADING_REVIEW", cites="R23", reads=later_review, text=REVIEW),
    Rule(
        code="LONG_LOADING",
        cites="R23",
        reads=long_loading,
        text="Loading has gone on for a long time. Reconsider the diagnosis and what "
        "else could cause the symptoms; nothing stops by itself.",
    ),
)
