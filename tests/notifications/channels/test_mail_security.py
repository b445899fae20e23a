"""E-mail to servers that ask for encryption and a login."""

import ssl
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from notifications.channels.base import ChannelError, Verdict
from notifications.channels.mail import MailChannel
from notifications.channels.smtp import SmtpServer
from tests.components.processes import HOST, free_port
from tests.notifications.channels.letters import a_letter
from tests.notifications.channels.servers import ScriptedSmtp, showing


class Guarded:
    """A server's handler that keeps what an authenticated client gives it."""

    def __init__(self) -> None:
        self.seen: list[tuple[object, bool]] = []

    async def handle_DATA(  # noqa: N802 -- aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.seen.append((session.auth_data, session.ssl is not None))
        return "250 kept"


def knows_the_clinic(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object
) -> AuthResult:
    is_known = data == LoginPassword(b"clinic", b"secret")
    return AuthResult(success=is_known, handled=False, auth_data="clinic")


@pytest.fixture(scope="module")
def guarded(certificate: Path) -> Iterator[tuple[Guarded, int]]:
    """Run a server that asks for STARTTLS, then for a login."""
    handler, port = Guarded(), free_port()
    controller = Controller(
        handler,
        hostname=HOST,
        port=port,
        tls_context=showing(certificate),
        require_starttls=True,
        auth_required=True,
        authenticator=knows_the_clinic,
    )
    controller.start()
    yield handler, port
    controller.stop()


class TestSecurity:
    def channel(self, url: str, port: int, trusted: Path | None = None) -> MailChannel:
        server = SmtpServer.from_url(url.replace("PORT", str(port)))
        tls = ssl.create_default_context(cafile=trusted)
        return MailChannel(server, sender="reminders@elm.example", timeout=5, tls=tls)

    def test_encrypts_and_logs_in(
        self, guarded: tuple[Guarded, int], certificate: Path
    ) -> None:
        handler, port = guarded
        url = f"smtp://clinic:secret@{HOST}:PORT?starttls=1"

        with self.channel(url, port, certificate) as channel:
            channel.send(a_letter())

        assert handler.seen == [("clinic", True)]

    @pytest.mark.parametrize(
        ("url", "is_trusted", "reason"),
        [
            pytest.param(
                f"smtp://clinic:wrong@{HOST}:PORT?starttls=1",
                True,
                "login 535",
                id="a wrong password",
            ),
            pytest.param(
                f"smtp://clinic:secret@{HOST}:PORT?starttls=1",
                False,
                "STARTTLS: TLS failed",
                id="a certificate of nobody we know",
            ),
            pytest.param(
                f"smtp://clinic:secret@{HOST}:PORT",
                True,
                "login: not offered",
                id="a login in the clear",
            ),
            pytest.param(
                f"smtps://{HOST}:PORT",
                True,
                "connect: TLS failed",
                id="TLS from the start where it comes later",
            ),
        ],
    )
    def test_has_sent_nothing_when_it_is_our_own_trouble(
        self,
        guarded: tuple[Guarded, int],
        certificate: Path,
        url: str,
        is_trusted: bool,
        reason: str,
    ) -> None:
        _, port = guarded
        channel = self.channel(url, port, certificate if is_trusted else None)

        with channel, pytest.raises(ChannelError) as caught:
            channel.send(a_letter())

        assert caught.value.verdict is Verdict.NOT_SENT
        assert caught.value.reason == reason

    def test_does_not_go_on_in_the_clear(self) -> None:
        with ScriptedSmtp() as server:
            channel = self.channel(f"smtp://{HOST}:PORT?starttls=1", server.port)
            with channel, pytest.raises(ChannelError) as caught:
                channel.send(a_letter())

        assert caught.value.reason == "STARTTLS: not offered"
        assert server.kept == []

    def test_delivers_over_tls_from_the_start(self, certificate: Path) -> None:
        with ScriptedSmtp(tls=showing(certificate)) as server:
            channel = self.channel(f"smtps://{HOST}:PORT", server.port, certificate)
            with channel:
                channel.send(a_letter())

        assert len(server.kept) == 1
