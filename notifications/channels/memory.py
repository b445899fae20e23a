"""Keeps messages in a list: for tests, and for whoever tries things out."""

from collections.abc import Iterable

from notifications.channels.base import (
    ChannelError,
    Connectionless,
    Message,
    Sent,
)

# Where messages land when the settings ask for memory; one list for the whole process.
OUTBOX: list[Message] = []


class MemoryChannel(Connectionless):
    """
    A list of messages.

    `failures` are met in order, one a message; None stands for a message that is taken,
    and so does the end of them.
    """

    name = "memory"

    def __init__(
        self,
        outbox: list[Message] | None = None,
        *,
        failures: Iterable[ChannelError | None] = (),
    ) -> None:
        self.outbox = OUTBOX if outbox is None else outbox
        self._failures = iter(failures)

    def send(self, message: Message) -> Sent:
        """Keep the message, unless a failure is next."""
        if failure := next(self._failures, None):
            raise failure
        self.outbox.append(message)
        return Sent(f"memory-{len(self.outbox)}")
