"""Writes messages to the screen, for somebody who watches."""

import sys
from typing import TextIO

from notifications.channels.base import (
    ChannelError,
    Connectionless,
    Message,
    Sent,
    Verdict,
)


class ConsoleChannel(Connectionless):
    """A stream, standard output unless told otherwise."""

    name = "console"

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout

    def send(self, message: Message) -> Sent:
        """Write the message out, or raise ChannelError where nobody can read it."""
        try:
            self._stream.write(_page(message))
            self._stream.flush()
        except OSError as error:
            raise ChannelError(Verdict.UNKNOWN, "the screen is gone") from error
        return Sent(message.fingerprint)


def _page(message: Message) -> str:
    subject = f"Subject: {message.subject}\n" if message.subject else ""
    return f"To: {message.to}\n{subject}\n{message.body.rstrip()}\n{'-' * 72}\n"
