"""
The dispatcher: from a row to a message that left, and back to the row.

    claim 200 ─► intend 20 ─► send 20, one by one ─► record 20 ─► intend 20 …
    └─ short transactions ─┘  └─ none ────────────┘  └─ one ───┘

Many may run at once, as tasks, as commands, on many machines. The clock is passed in:
a drain asks it again and again.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError

from notifications import leases, outcomes
from notifications.channels.base import Channel, ChannelError, Message, Verdict
from notifications.channels.registry import channel_for
from notifications.leases import GROUP
from notifications.models import Attempt, Reminder
from notifications.outcomes import Outcome

Clock = Callable[[], datetime]
Channels = Callable[[str], Channel]

#: A message takes no longer than this, far less than half a lease.
PATIENCE = timedelta(seconds=10)
#: So long an intent is taken at its word; behind a slow server it is asked again.
FRESH = timedelta(seconds=2)

log = logging.getLogger(__name__)


def open_channel(kind: str) -> Channel:
    """Return the channel that the settings name for "sms" or "email"."""
    return channel_for(kind, timeout=PATIENCE.total_seconds())


class Carriers:
    """The channels of one drain, each with one connection that is kept."""

    def __init__(self, channels: Channels) -> None:
        self._channels = channels
        self._stack = ExitStack()
        self._open: dict[str, Channel] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()

    def carry(self, kind: str, message: Message) -> str:
        """Send `message` and return the provider's id, or raise ChannelError."""
        return self._channel(kind).send(message).provider_id

    def _channel(self, kind: str) -> Channel:
        if kind not in self._open:
            try:
                channel = self._channels(kind)
            except ImproperlyConfigured as error:
                raise ChannelError(Verdict.NOT_SENT, "not configured") from error
            self._open[kind] = self._stack.enter_context(channel)
        return self._open[kind]


def drain(*, clock: Clock, until: datetime, channels: Channels = open_channel) -> int:
    """
    Send what is due until nothing is left or it is `until`; count the tries.

    It may end later than that by one message, never by more.
    """
    tries = 0
    with Carriers(channels) as carriers:
        while clock() < until:
            claim = leases.claim(now=clock())
            if not claim.found_any:
                break
            tries += _send_all(claim.taken, carriers, clock, until)
    return tries


def _send_all(
    leased: Sequence[Reminder], carriers: Carriers, clock: Clock, until: datetime
) -> int:
    tries = 0
    for group in _groups(leased):
        if clock() >= until:
            leases.give_back(group, now=clock())
            continue
        tries += _send_apart(group, carriers, clock, until)
    return tries


def _send_apart(
    group: Sequence[Reminder], carriers: Carriers, clock: Clock, until: datetime
) -> int:
    """
    Send a group; where that fails, one by one, so that one row keeps back no other.

    What had come to an intent before it failed is not sent again: only what is still
    leased can come to one.
    """
    try:
        return _send(group, carriers, clock, until)
    except (OperationalError, InterfaceError):
        raise  # the database is away: for all of them
    except Exception as error:  # noqa: BLE001 -- whatever it is, the others are sent
        ids = [each.pk for each in group]
        log.error("reminders %s could not be sent: %s", ids, type(error).__name__)
    if len(group) == 1:
        return 0
    return sum(_send_apart([each], carriers, clock, until) for each in group)


def _send(
    group: Sequence[Reminder], carriers: Carriers, clock: Clock, until: datetime
) -> int:
    attempts = leases.intend(group, now=clock())
    came_of_it = [deliver(each, carriers, clock, until) for each in attempts]
    outcomes.record(came_of_it, now=clock())
    return sum(outcome.was_tried for outcome in came_of_it)


def deliver(
    attempt: Attempt, carriers: Carriers, clock: Clock, until: datetime
) -> Outcome:
    """
    Send one message, outside any transaction, and say what came of it.

    It is not tried from `until` on, nor where its lease might end on the way.
    """
    now, leased_until = clock(), attempt.reminder.leased_until
    if now >= until or leased_until is None or now + PATIENCE > leased_until:
        return _untried(attempt, "no time left")
    if now - attempt.started_at > FRESH and not leases.may_still_leave(
        attempt.reminder
    ):
        return _untried(attempt, "no longer wanted")
    return _try(attempt, carriers, now)


def _untried(attempt: Attempt, detail: str) -> Outcome:
    return Outcome(
        attempt=attempt, verdict=Verdict.NOT_SENT, was_tried=False, detail=detail
    )


def _try(attempt: Attempt, carriers: Carriers, now: datetime) -> Outcome:
    reminder = attempt.reminder
    message = Message(
        reference=reminder.reference,
        to=attempt.recipient,
        subject=attempt.subject,
        body=attempt.body,
        sent_at=now,
    )
    try:
        provider_id = carriers.carry(reminder.channel, message)
    except ChannelError as error:
        return Outcome(
            attempt=attempt,
            verdict=error.verdict,
            detail=error.reason,
            retry_after=error.retry_after,
        )
    except Exception as error:  # noqa: BLE001 -- one message must not stop the others
        log.error("reminder %d: %s in its channel", reminder.pk, type(error).__name__)
        detail = f"{type(error).__name__} in the channel"
        return Outcome(attempt=attempt, verdict=Verdict.UNKNOWN, detail=detail)
    return Outcome(attempt=attempt, provider_id=provider_id)


def _groups(reminders: Sequence[Reminder]) -> Iterator[Sequence[Reminder]]:
    for start in range(0, len(reminders), GROUP):
        yield reminders[start : start + GROUP]
