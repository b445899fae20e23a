"""Text messages through Kannel's HTTP interface, `sendsms`."""

import re
import ssl
from dataclasses import dataclass, field
from datetime import timedelta
from types import TracebackType
from typing import Self

import requests
from urllib3.exceptions import MaxRetryError, NewConnectionError

from notifications.channels import gsm
from notifications.channels.address import ServerAddress
from notifications.channels.base import (
    ChannelError,
    Message,
    Sent,
    Verdict,
)

_NUMBER = re.compile(r"\+?[0-9]{5,15}", re.ASCII)
_HEADER = re.compile(r"[!-~](?:[ -~]*[!-~])?")

# Kannel says 202 to much. Only these two mean that it has the message: the first it has
# handed on, the second it keeps until its carrier is back.
_TAKEN = re.compile(r"(?:0: Accepted|3: Queued) for")

_ABOUT_THIS_MESSAGE = frozenset({400, 413, 422})
_BUSY = frozenset({429, 503})
UNICODE = "2"  # Kannel's `coding` of UCS-2


@dataclass(frozen=True, kw_only=True)
class Gateway:
    """Where the gateway is, who we are to it, and what the patient sees as sender."""

    url: str
    user: str
    password: str = field(repr=False)
    sender: str

    @classmethod
    def from_url(cls, url: str) -> Self:
        """
        Read http://user:password@host:port/cgi-bin/sendsms?from=Clinic.

        Raises ValueError, which never repeats the password.
        """
        address = ServerAddress.parse(url)
        sender = address.options.get("from", "")
        if address.scheme not in {"http", "https"} or set(address.options) != {"from"}:
            raise ValueError("it is http://…/cgi-bin/sendsms?from=Sender")
        if not all(map(_HEADER.fullmatch, (address.user, address.password, sender))):
            raise ValueError("user, password and sender must be plain ASCII, not empty")
        return cls(
            url=address.bare,
            user=address.user,
            password=address.password,
            sender=sender,
        )


class KannelChannel:
    """
    A gateway, and one HTTP session with it.

    Requests are posted, with number and text in header and body: the query of a GET
    ends up in the access log of whatever stands between. `timeout` is in seconds, one
    half to connect, one half to be answered.
    """

    name = "kannel"

    def __init__(self, gateway: Gateway, *, timeout: float = 10.0) -> None:
        self._gateway = gateway
        self._timeouts = (timeout / 2, timeout / 2)
        self._session = requests.Session()
        self._session.trust_env = False  # no proxy, no .netrc: to the gateway, directly

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session.close()

    def send(self, message: Message) -> Sent:
        """
        Hand one text over, or raise ChannelError.

        Kannel gives no id of its own, so the message is known by our reference.
        """
        if not _NUMBER.fullmatch(message.to):
            raise ChannelError(Verdict.REFUSED, "the number cannot be used")
        response = self._post(message)
        if response.status_code == 202 and _TAKEN.match(response.text):
            return Sent(message.fingerprint)
        raise refusal(response.status_code, response.headers.get("Retry-After", ""))

    def _post(self, message: Message) -> requests.Response:
        try:
            return self._session.post(
                self._gateway.url,
                data=message.body.encode(),
                headers=self._headers(message),
                timeout=self._timeouts,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise _interruption(error) from error

    def _headers(self, message: Message) -> dict[str, str]:
        headers = {
            "Content-Type": "text/plain; charset=UTF-8",
            "X-Kannel-Username": self._gateway.user,
            "X-Kannel-Password": self._gateway.password,
            "X-Kannel-From": self._gateway.sender,
            "X-Kannel-To": message.to,
        }
        if not gsm.fits(message.body):
            headers["X-Kannel-Coding"] = UNICODE
        return headers


def refusal(status: int, retry_after: str = "") -> ChannelError:
    """
    Return what an answer means that is not "taken over".

        400, 413, 422     refused      this number, or this text
        other 4xx         not sent     our login, our address: our trouble
        429, 503          not sent     not now
        all else          UNKNOWN      a 202 we cannot read, a proxy's 502, a redirect …
    """
    reason = f"gateway said {status}"
    if status in _ABOUT_THIS_MESSAGE:
        return ChannelError(Verdict.REFUSED, reason)
    if status in _BUSY:
        return ChannelError(Verdict.NOT_SENT, reason, _pause(retry_after))
    if 400 <= status <= 499:
        return ChannelError(Verdict.NOT_SENT, reason)
    return ChannelError(Verdict.UNKNOWN, reason)


def _pause(retry_after: str) -> timedelta | None:
    """Return the wait that was asked for in seconds; a date is not worth a clock."""
    if re.fullmatch(r"[0-9]{1,5}", retry_after):
        return timedelta(seconds=int(retry_after))
    return None


def _interruption(error: requests.RequestException) -> ChannelError:
    """Return what it means that no answer came: had we been connected?"""
    if isinstance(error, requests.ConnectTimeout):
        return ChannelError(Verdict.NOT_SENT, "gateway: connecting timed out")
    if _never_connected(error):
        return ChannelError(Verdict.NOT_SENT, "gateway: no connection")
    if isinstance(error, requests.Timeout):
        return ChannelError(Verdict.UNKNOWN, "gateway: no answer in time")
    return ChannelError(Verdict.UNKNOWN, "gateway: cut before its answer")


def _never_connected(error: requests.RequestException) -> bool:
    """Return whether not a byte of the request can have left."""
    cause = error.args[0] if error.args else None
    reason = cause.reason if isinstance(cause, MaxRetryError) else None
    if isinstance(reason, NewConnectionError):
        return True
    certificate = reason.args[0] if reason and reason.args else None
    return isinstance(certificate, ssl.SSLCertVerificationError)
