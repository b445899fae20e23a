"""
The life of a reminder.

    planned ─claim──► leased ──intent──► dispatching ──record──► accepted ─► delivered
       ▲                │                    │   │                    └────► undelivered
       └─ lease ran out ┘                    │   └─ lease ran out ──► unknown
       └────── definitely not sent ──────────┘

and out of it: suppressed (somebody or something forbids it), superseded (the dose moved
or was given), expired (too late to be of use), failed (refused for good). A nurse's
task is `accepted` when it is on the list and `delivered` when a person has dealt with
it.
"""

from enum import StrEnum


class State(StrEnum):
    """Where a reminder stands."""

    PLANNED = "planned"
    LEASED = "leased"
    DISPATCHING = "dispatching"
    ACCEPTED = "accepted"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"
    UNKNOWN = "unknown"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


#: Reminders that no longer stand for their occasion: another may take their place.
WITHDRAWN = frozenset({State.SUPPRESSED, State.SUPERSEDED, State.EXPIRED})

EDGES: frozenset[tuple[State, State]] = frozenset(
    {
        (State.PLANNED, State.LEASED),
        (State.PLANNED, State.SUPPRESSED),
        (State.PLANNED, State.SUPERSEDED),
        (State.PLANNED, State.EXPIRED),
        (State.PLANNED, State.ACCEPTED),  # a nurse's task: nothing travels
        (State.LEASED, State.PLANNED),
        (State.LEASED, State.DISPATCHING),
        (State.LEASED, State.SUPPRESSED),
        (State.LEASED, State.SUPERSEDED),
        (State.LEASED, State.EXPIRED),
        (State.DISPATCHING, State.PLANNED),
        (State.DISPATCHING, State.ACCEPTED),
        (State.DISPATCHING, State.FAILED),
        (State.DISPATCHING, State.UNKNOWN),
        (State.UNKNOWN, State.PLANNED),
        (State.UNKNOWN, State.ACCEPTED),
        (State.UNKNOWN, State.DELIVERED),
        (State.UNKNOWN, State.UNDELIVERED),
        (State.UNKNOWN, State.FAILED),
        (State.ACCEPTED, State.DELIVERED),
        (State.ACCEPTED, State.UNDELIVERED),
        (State.ACCEPTED, State.SUPERSEDED),
        (State.UNDELIVERED, State.DELIVERED),  # receipts come in any order
    }
)
