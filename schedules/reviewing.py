"""
The review of a protocol's version by a clinic, and who may take which step (R45).

    draft ──submit──► submitted ──approve──► approved
      ▲                   │                     │
      └──── send back ────┴──── send back ──────┘

A version that nobody approved works, and says "not clinically approved".
"""

from collections.abc import Sequence
from enum import StrEnum

from schedules.phases import CLINICAL_LEAD, PRESCRIBER


class Step(StrEnum):
    """What somebody says of a version."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    SENT_BACK = "sent_back"


class Standing(StrEnum):
    """How far the review has come."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"


FOLLOWS = {
    Standing.DRAFT: (Step.SUBMITTED,),
    Standing.SUBMITTED: (Step.APPROVED, Step.SENT_BACK),
    Standing.APPROVED: (Step.SENT_BACK,),
}


def standing(steps: Sequence[str]) -> Standing:
    """Return how a version stands after the steps that were taken, oldest first."""
    if not steps or steps[-1] == Step.SENT_BACK:
        return Standing.DRAFT
    return Standing(steps[-1])


def may(role: str, step: Step) -> bool:
    """Tell whether a role may take a step: a prescriber submits, a lead decides."""
    if role == CLINICAL_LEAD:
        return True
    return role == PRESCRIBER and step is Step.SUBMITTED


def steps_for(role: str, steps: Sequence[str]) -> tuple[Step, ...]:
    """Return the steps that somebody may take next."""
    return tuple(step for step in FOLLOWS[standing(steps)] if may(role, step))
