"""A real SMTP server that keeps what it is given."""

from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.components.processes import HOST, free_port


class Sink:
    """The server's handler, and what it was given so far, oldest first."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.url = ""

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Keep the message, and say so."""
        content = envelope.content
        assert isinstance(content, bytes)
        lines = content.replace(b"\r\n", b"\n")  # as they were before they travelled
        message = message_from_bytes(lines, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.messages.append(message)
        return "250 kept"

    def to(self, address: str) -> list[EmailMessage]:
        """Return what was sent to `address`."""
        return [message for message in self.messages if message["To"] == address]


@pytest.fixture(scope="session")
def smtp_server() -> Iterator[Sink]:
    """Run an SMTP server on loopback."""
    sink, port = Sink(), free_port()
    sink.url = f"smtp://{HOST}:{port}"
    controller = Controller(sink, hostname=HOST, port=port)
    controller.start()
    yield sink
    controller.stop()


@pytest.fixture
def smtp_sink(smtp_server: Sink) -> Sink:
    """Give the SMTP server, emptied."""
    smtp_server.messages.clear()
    return smtp_server
