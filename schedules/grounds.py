"""
What must be known of symptoms before the phase changes (rules 2.3, T4 and T7).

    T4  loading → maintenance, nerves affected   an assessment of the last 7 days;
                                                 without a suggestion, words as well
    T7  maintenance → loading                    an assessment of the last 7 days, or
                                                 words
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from patients.course import ENDS_LOADING, Suggestion
from schedules.asking import is_fresh
from schedules.phases import EventKind


class Missing(StrEnum):
    """What is missing for a decision."""

    ASSESSMENT = "assessment"
    WORDS = "words"
    EITHER = "either"


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What is known on the day of a decision; unknown nerves count as affected."""

    is_loading: bool
    is_neurological: bool
    assessed: Sequence[date]
    suggested: Iterable[Suggestion]
    has_words: bool
    on: date


def missing(kind: EventKind, grounds: Grounds) -> Missing | None:
    """Return what is missing for a decision, None if nothing is."""
    if kind is EventKind.MAINTAINED and grounds.is_loading:
        return _missing_for_maintenance(grounds)
    is_known = is_fresh(grounds.assessed, on=grounds.on) or grounds.has_words
    if kind is EventKind.RELOADED and not is_known:
        return Missing.EITHER
    return None


def _missing_for_maintenance(grounds: Grounds) -> Missing | None:
    if not grounds.is_neurological:
        return None
    if not is_fresh(grounds.assessed, on=grounds.on):
        return Missing.ASSESSMENT
    if grounds.has_words or not ENDS_LOADING.isdisjoint(grounds.suggested):
        return None
    return Missing.WORDS
