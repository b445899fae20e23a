"""
One round of the reminders: what beat wakes, and what a command does without it.

    reap ─► settle ─► expire ─► plan ─► drain ─► tick

Rounds may overlap, on one machine or many. What one leaves, the next makes up for.
"""

import logging
from dataclasses import asdict, dataclass
from datetime import timedelta

from notifications import dispatcher, leases, outcomes, planner
from notifications.dispatcher import Channels, Clock
from notifications.models import Tick

NAME = "remind"

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Tally:
    """What a round did, in rows."""

    reaped: int
    settled: int
    expired: int
    withdrawn: int
    planned: int
    tried: int

    def __str__(self) -> str:
        return " ".join(f"{name} {number}" for name, number in asdict(self).items())


def go_round(
    *, clock: Clock, budget: timedelta, channels: Channels = dispatcher.open_channel
) -> Tally:
    """
    Do all that is to be done about reminders now, for `budget` at most.

    It ends by telling when it did: a tick that grows old is how people learn that
    reminders have stopped.
    """
    now = clock()
    tally = Tally(
        reaped=leases.reap(now=now),
        settled=outcomes.settle(now=now),
        expired=outcomes.expire(now=now),
        withdrawn=planner.withdraw_tasks(now),
        planned=planner.plan(now),
        tried=dispatcher.drain(clock=clock, until=now + budget, channels=channels),
    )
    Tick.objects.update_or_create(name=NAME, defaults={"struck_at": clock()})
    log.info("reminders: %s", tally)
    return tally
