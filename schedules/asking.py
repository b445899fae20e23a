"""
When symptoms are asked about (rules 4.3, R43).

    before dose 1     loading                     maintenance
    baseline          weekly; offered each time   at each dose
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from patients.symptoms import Assessed, emerged
from schedules.phases import Phase

WEEK = timedelta(days=7)


class Occasion(StrEnum):
    """Why symptoms are asked about now."""

    BASELINE = "baseline"
    WEEKLY = "weekly"
    AT_DOSE = "at_dose"
    OFFERED = "offered"


@dataclass(frozen=True, kw_only=True)
class Visit:
    """
    Where a plan stands when somebody looks at it.

    `phase` is that of treatment, seen through a pause. `assessed` are the days of the
    episode's assessments, `last_given_on` the day of its last injection, `opens_on` the
    first day of the open dose's window.
    """

    phase: Phase
    assessed: tuple[date, ...]
    last_given_on: date | None
    opens_on: date | None
    as_of: date


def asked_for(visit: Visit) -> Occasion | None:
    """Return why symptoms are to be asked about on this day, None if they are not."""
    treated = visit.last_given_on is not None
    if visit.phase is Phase.CLOSED:
        return None
    if not treated and not visit.assessed:
        return Occasion.BASELINE
    if not treated or visit.as_of in visit.assessed:
        return None
    if visit.phase is Phase.MAINTENANCE:
        return _at_maintenance(visit)
    return _in_loading(visit)


def _in_loading(visit: Visit) -> Occasion | None:
    """Ask each week, and offer it at each injection."""
    latest = max(visit.assessed, default=None)
    if latest is None or visit.as_of - latest >= WEEK:
        return Occasion.WEEKLY
    return Occasion.OFFERED if visit.last_given_on == visit.as_of else None


def _at_maintenance(visit: Visit) -> Occasion | None:
    """Ask at each dose: on the day it is given, and from its window on."""
    given_today = visit.last_given_on == visit.as_of
    is_open = visit.opens_on is not None and visit.opens_on <= visit.as_of
    if not (given_today or is_open) or is_fresh(visit.assessed, on=visit.as_of):
        return None
    return Occasion.AT_DOSE


def is_fresh(assessed: Iterable[date], *, on: date) -> bool:
    """Tell whether symptoms were assessed in the seven days up to a day (T4, T7)."""
    return any(on - WEEK <= day <= on for day in assessed)


def emerged_on(assessments: Iterable[Assessed]) -> tuple[date, ...]:
    """Return the days on which a neurological symptom scored 3 or more (T4)."""
    return tuple(each.on for each in assessments if emerged(each))
