"""
One conversation with an SMTP server, which knows how far it has come.

`smtplib` reports a lost connection in one way, whenever it was lost. What it means for
the message depends on the moment:

                     4xx        5xx        cut, silent or senseless
    up to MAIL       not sent   not sent   not sent    our trouble, not the patient's
    RCPT, DATA       not sent   refused    not sent
    the letter       -          -          not sent    its end never left us
    after the dot    not sent   refused    UNKNOWN     it may have arrived
"""

import contextlib
import re
import smtplib
import socket
import ssl
import time
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from notifications.channels.address import ServerAddress
from notifications.channels.base import ChannelError, Verdict

GOODBYE_SECONDS = 2.0
CLOSING = 421  # the code with which a server takes its leave
FINAL_DOT = b".\r\n"
SENSELESS = -1  # what smtplib makes of an answer without a code


class Stage(StrEnum):
    """How far a letter has come."""

    CONNECT = "connect"
    EHLO = "EHLO"
    STARTTLS = "STARTTLS"
    LOGIN = "login"
    RSET = "RSET"
    MAIL = "MAIL"
    RCPT = "RCPT"
    DATA = "DATA"
    LETTER = "the letter"
    END = "after the letter"
    QUIT = "QUIT"


class Security(StrEnum):
    """When a connection is encrypted."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"


_DEFAULT_PORTS = {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}

# Stages at which a permanent refusal is about this message or its recipient.
_PERSONAL = frozenset({Stage.RCPT, Stage.DATA, Stage.END})
# Codes that speak of our commands or our login, at whatever stage.
_OURS = frozenset({500, 502, 503, 504, 530, 535, 538})
_ENHANCED = re.compile(rb"[245]\.\d{1,3}\.\d{1,3}(?= |$)")


def judge(stage: Stage, code: int = SENSELESS) -> Verdict:
    """Return what it means that the server answered `code`, or nothing, at `stage`."""
    if stage is Stage.END and not 400 <= code <= 599:
        return Verdict.UNKNOWN
    if stage in _PERSONAL and 500 <= code <= 599 and code not in _OURS:
        return Verdict.REFUSED
    return Verdict.NOT_SENT


@dataclass(frozen=True, kw_only=True)
class SmtpServer:
    """Where the server is, and who we are to it."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    security: Security = Security.NONE

    @classmethod
    def from_url(cls, url: str) -> Self:
        """
        Read smtp://user:password@host:port?starttls=1; smtps:// is TLS from the start.

        Raises ValueError, which never repeats the password.
        """
        address = ServerAddress.parse(url)
        security = _security(address)
        return cls(
            host=address.host,
            port=address.port or _DEFAULT_PORTS[security],
            user=address.user,
            password=address.password,
            security=security,
        )


def _security(address: ServerAddress) -> Security:
    if address.scheme == "smtps" and not address.options:
        return Security.TLS
    if address.scheme == "smtp" and not address.options:
        return Security.NONE
    if address.scheme == "smtp" and address.options == {"starttls": "1"}:
        return Security.STARTTLS
    raise ValueError("it is smtp://…, smtp://…?starttls=1 or smtps://…")


class Conversation:
    """
    One connection, opened when it is made. Whatever goes wrong is a ChannelError.

    A deadline is an instant of `time.monotonic()`: all stages up to it share the time,
    since a server that is slow at each of them would outlast any limit of one.
    """

    def __init__(
        self, server: SmtpServer, *, our_name: str, tls: ssl.SSLContext, deadline: float
    ) -> None:
        self.is_over = False
        self._deadline = deadline
        self._tls = tls
        self._smtp = _connect(server, our_name, tls, deadline)
        self._introduce(server)

    def deliver(self, letter: bytes, *, sender: str, to: str, deadline: float) -> None:
        """Hand one letter over, or raise ChannelError."""
        self._deadline = deadline
        self._say(Stage.MAIL, f"MAIL FROM:<{sender}>", {250})
        self._say(Stage.RCPT, f"RCPT TO:<{to}>", {250, 251, 252})
        self._say(Stage.DATA, "DATA", {354})
        with self._at(Stage.LETTER):
            self._smtp.send(_stuffed(letter))
            # On its own: if the server has hung up, this is what cannot be written, and
            # we know that the letter never ended.
            self._smtp.send(FINAL_DOT)
        with self._at(Stage.END):
            self._expect(Stage.END, *self._smtp.getreply(), range(200, 300))

    def begin_again(self, *, deadline: float) -> bool:
        """Prepare for another letter; return whether the server is still there."""
        if not self.is_over:
            self._deadline = deadline
            with contextlib.suppress(ChannelError):
                self._say(Stage.RSET, "RSET", {250})
                return True
        self.hang_up()
        return False

    def take_leave(self) -> None:
        """Say goodbye, but wait for no answer that does not come."""
        if not self.is_over:
            self._deadline = time.monotonic() + GOODBYE_SECONDS
            with contextlib.suppress(ChannelError):
                self._say(Stage.QUIT, "QUIT", {221})
        self.hang_up()

    def hang_up(self) -> None:
        """Close the connection without a word."""
        self.is_over = True
        self._smtp.close()

    def _introduce(self, server: SmtpServer) -> None:
        with self._at(Stage.EHLO):
            self._smtp.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            with self._at(Stage.STARTTLS):
                self._smtp.starttls(context=self._tls)
                self._smtp.ehlo_or_helo_if_needed()
        if server.user:
            with self._at(Stage.LOGIN):
                self._smtp.login(server.user, server.password)

    def _say(self, stage: Stage, line: str, welcome: Container[int]) -> None:
        with self._at(stage):
            self._expect(stage, *self._smtp.docmd(line), welcome)

    def _expect(
        self, stage: Stage, code: int, text: bytes, welcome: Container[int]
    ) -> None:
        if code in welcome:
            return
        if code == CLOSING or not 400 <= code <= 599:
            self.hang_up()  # it leaves, or we are out of step with it
        enhanced = _ENHANCED.match(text)
        detail = f" {enhanced[0].decode()}" if enhanced else ""
        raise ChannelError(judge(stage, code), f"{stage} {code}{detail}")

    @contextlib.contextmanager
    def _at(self, stage: Stage) -> Iterator[None]:
        """Give a stage the time that is left; say what being cut off there means."""
        try:
            _socket(self._smtp).settimeout(_time_until(self._deadline))
            yield
        except OSError as error:  # smtplib's own exceptions are of this family too
            self.hang_up()
            raise ChannelError(judge(stage), _reason(stage, error)) from error


def _connect(
    server: SmtpServer, our_name: str, tls: ssl.SSLContext, deadline: float
) -> smtplib.SMTP:
    try:
        timeout = _time_until(deadline)
        if server.security is Security.TLS:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, our_name, timeout=timeout, context=tls
            )
        else:
            smtp = smtplib.SMTP(server.host, server.port, our_name, timeout=timeout)
    except OSError as error:
        reason = _reason(Stage.CONNECT, error)
        raise ChannelError(judge(Stage.CONNECT), reason) from error
    # Or the kernel would hold the final dot back until the letter is acknowledged.
    _socket(smtp).setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return smtp


def _socket(smtp: smtplib.SMTP) -> socket.socket:
    if smtp.sock is None:
        raise smtplib.SMTPServerDisconnected("the connection is closed")
    return smtp.sock


def _time_until(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no time left")
    return left


def _stuffed(letter: bytes) -> bytes:
    """Return the letter as it travels: no line of it is a lone dot."""
    return re.sub(rb"(?m)^\.", b"..", letter)


def _reason(stage: Stage, error: OSError) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{stage} {error.smtp_code}"
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return f"{stage}: timed out"
    if isinstance(error, ssl.SSLError):
        return f"{stage}: TLS failed"
    if type(error) in {smtplib.SMTPException, smtplib.SMTPNotSupportedError}:
        return f"{stage}: not offered"
    return f"{stage}: no connection"
