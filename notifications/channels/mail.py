"""E-mail through an SMTP server."""

import ssl
import time
from types import TracebackType
from typing import Self

from notifications.channels import letter
from notifications.channels.base import Message, Sent
from notifications.channels.smtp import Conversation, SmtpServer


class MailChannel:
    """
    An SMTP server, and the address that its letters come from.

    `timeout` is in seconds, for one letter with all its stages, connecting included.
    """

    name = "smtp"

    def __init__(
        self,
        server: SmtpServer,
        *,
        sender: str,
        timeout: float = 10.0,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._server = server
        self._sender = sender
        self._envelope_sender = letter.address(sender)
        self._timeout = timeout
        self._tls = tls or ssl.create_default_context()
        self._conversation: Conversation | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._conversation:
            self._conversation.take_leave()
        self._conversation = None

    def send(self, message: Message) -> Sent:
        """Hand one letter over, or raise ChannelError. Its id is its Message-ID."""
        written = letter.compose(message, sender=self._sender)
        deadline = time.monotonic() + self._timeout
        self._ready(deadline).deliver(
            written, sender=self._envelope_sender, to=message.to, deadline=deadline
        )
        return Sent(letter.message_id(message, sender=self._sender))

    def _ready(self, deadline: float) -> Conversation:
        """Return a conversation that can carry a letter: the kept one, or a new one."""
        kept, self._conversation = self._conversation, None
        if kept and kept.begin_again(deadline=deadline):
            self._conversation = kept
        else:
            self._conversation = Conversation(
                self._server,
                our_name=letter.domain(self._sender),
                tls=self._tls,
                deadline=deadline,
            )
        return self._conversation
