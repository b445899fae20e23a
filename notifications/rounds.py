"""
One round of the reminders: what beat wakes, and what a command does without it.

    reap ─► settle ─► expire ─► plan ─► drain ─► tick

Rounds may overlap, on one machine or many. What one leaves, the next makes up for. A
step that fails is logged, and keeps no other from being done.
"""

import logging
import traceback
from collections.abc import Callable
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
    until = now + budget
    tally = Tally(
        reaped=_apart(lambda: leases.reap(now=now), "reap"),
        settled=_apart(lambda: outcomes.settle(now=now), "settle"),
        expired=_apart(lambda: outcomes.expire(now=now), "expire"),
        withdrawn=_apart(lambda: planner.withdraw_tasks(now), "withdraw tasks"),
        planned=_apart(lambda: planner.plan(now), "plan"),
        tried=_apart(
            lambda: dispatcher.drain(clock=clock, until=until, channels=channels),
            "drain",
        ),
    )
    Tick.objects.update_or_create(name=NAME, defaults={"struck_at": clock()})
    log.info("reminders: %s", tally)
    return tally


def _apart(work: Callable[[], int], name: str) -> int:
    """Return what `work` counts; where it fails, nothing, and the log says so."""
    try:
        return work()
    except Exception as error:  # noqa: BLE001 -- whatever it is, the others are done
        # Not the error's own words: a database puts the row into them, and with it
        # whom the row is about.
        where = "".join(traceback.format_tb(error.__traceback__))
        log.error("reminders: %s: %s\n%s", name, type(error).__name__, where)
        return 0
