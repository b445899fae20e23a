"""Why a reminder stands where it stands: a closed list, shown to staff."""

from enum import StrEnum


class Reason(StrEnum):
    """What decided over a reminder. What a provider said is kept with the attempt."""

    MOVED = "moved"  # given meanwhile, or due on another day
    DECEASED = "deceased"
    CLOSED = "closed"
    PAUSED = "paused"
    NOT_THIS_WAY = "not_this_way"  # no consent, no address, or would rather be called
    TOO_LATE = "too_late"
    HELD_TOO_LONG = "held_too_long"
    NEWER_TASK = "newer_task"
    OUT_OF_TRIES = "out_of_tries"
    REFUSED = "refused"
    COPY_POSSIBLE = "copy_possible"  # sent again after a try of which nothing is known
    NURSE_ASKED = "nurse_asked"  # nothing is known, and a person has to find out
