"""
Where a patient stands on the day's list: in exactly one group.

                        no plan was ever opened ──► waiting to start
    closed, nothing left to do ──► not on the list  ▲
                                                    │ work-up
      dose   due_on        closes_on                │
    --------|--------------|------------►     or else, first match:
    coming  |     due      |  overdue         blood test due, cannot be reached, review,
                                              unverified, waiting, paused, coming later

The ladder is read from the top and the first match wins. What else is true of the
patient stays in sight as a mark on the row.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from schedules.phases import UNDER_TREATMENT, Phase


class Group(StrEnum):
    """A counted group of the list, in the order in which they are shown."""

    OVERDUE = "overdue"
    DUE = "due"
    PANEL = "blood-tests"
    UNREACHED = "unreached"
    REVIEW = "reviews"
    UNVERIFIED = "unverified"
    LINES = "lines"  # of a practice's list: not yet anybody's patient
    WAITING = "waiting"
    PAUSED = "paused"
    COMING = "coming"


class Slot(Protocol):
    """The open dose or panel: from when it is due, until when it is on time."""

    @property
    def due_on(self) -> date: ...

    @property
    def closes_on(self) -> date: ...


@dataclass(frozen=True, kw_only=True)
class Care:
    """
    What decides where a living patient stands.

    `phase` is that of the open plan, None if there is none; `was_planned` tells whether
    there ever was one.
    """

    phase: Phase | None
    was_planned: bool
    dose: Slot | None = None
    panel: Slot | None = None
    has_task: bool = False
    has_review: bool = False
    has_unverified: bool = False

    @property
    def has_lost_its_date(self) -> bool:
        """Tell whether treatment goes on without a next dose (hazard H02)."""
        return self.dose is None and self.phase in {Phase.LOADING, Phase.MAINTENANCE}


def _is_overdue(care: Care, today: date) -> bool:
    return care.dose is not None and care.dose.closes_on < today


def _is_due(care: Care, today: date) -> bool:
    return care.dose is not None and care.dose.due_on <= today


def _needs_blood_test(care: Care, today: date) -> bool:
    return care.panel is not None and care.panel.due_on <= today


def _cannot_be_reached(care: Care, _: date) -> bool:
    return care.has_task


def _needs_review(care: Care, _: date) -> bool:
    return care.has_review or care.has_lost_its_date


def _is_unverified(care: Care, _: date) -> bool:
    return care.has_unverified


def _waits_to_start(care: Care, _: date) -> bool:
    return care.phase is Phase.WORKUP or not care.was_planned


def _is_paused(care: Care, _: date) -> bool:
    return care.phase is Phase.PAUSED


def _comes_later(care: Care, _: date) -> bool:
    return care.phase in UNDER_TREATMENT


LADDER: tuple[tuple[Group, Callable[[Care, date], bool]], ...] = (
    (Group.OVERDUE, _is_overdue),
    (Group.DUE, _is_due),
    (Group.PANEL, _needs_blood_test),
    (Group.UNREACHED, _cannot_be_reached),
    (Group.REVIEW, _needs_review),
    (Group.UNVERIFIED, _is_unverified),
    (Group.WAITING, _waits_to_start),
    (Group.PAUSED, _is_paused),
    (Group.COMING, _comes_later),
)


def group_of(care: Care, *, today: date) -> Group | None:
    """Return the group in which a patient stands; None once nothing is left to do."""
    return next((group for group, holds in LADDER if holds(care, today)), None)


LOADING_WEIGHT, NEUROLOGICAL_WEIGHT = 3, 2


def harm(
    *, days_late: int, interval_days: int, is_loading: bool, is_neurological: bool
) -> float:
    """
    Return how much a late dose may cost, to put the worst first.

    The delay in intervals, three times that in loading and twice that with neurological
    symptoms. It orders the list and says nothing else.
    """
    weight = (LOADING_WEIGHT if is_loading else 1) * (
        NEUROLOGICAL_WEIGHT if is_neurological else 1
    )
    return weight * days_late / interval_days
