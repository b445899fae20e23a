"""What every channel is, and the one way in which it says that it could not."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self


@dataclass(frozen=True, kw_only=True)
class Message:
    """
    One thing to say to one person.

    `reference` is our own key of it, the same at every try; `sent_at` is the instant of
    this try, in UTC.
    """

    reference: str
    to: str
    subject: str = ""
    body: str
    sent_at: datetime

    @property
    def fingerprint(self) -> str:
        """Return the reference as 32 hexadecimal digits, fit for names and headers."""
        return hashlib.sha256(self.reference.encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Sent:
    """A message that the provider has taken over; `provider_id` is its name for it."""

    provider_id: str


class Verdict(StrEnum):
    """What became of a message that was not accepted."""

    NOT_SENT = "not_sent"  # certainly not gone: try again later
    REFUSED = "refused"  # certainly not gone, and never will: the next rung
    UNKNOWN = "unknown"  # it may have gone: to be settled, never just sent again


class ChannelError(Exception):
    """
    A message was not accepted.

    `reason` is kept and shown to staff: it names stages and codes, never a person, an
    address or the words of a provider, which like to repeat the address.
    """

    def __init__(
        self, verdict: Verdict, reason: str, retry_after: timedelta | None = None
    ) -> None:
        super().__init__(f"{verdict}: {reason}")
        self.verdict = verdict
        self.reason = reason
        self.retry_after = retry_after


class Channel(Protocol):
    """
    One way to reach people.

    Entered once for many messages, it keeps one connection open between them. It opens
    at the first message, so that a provider that is away is an answer to that message.
    """

    @property
    def name(self) -> str: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def send(self, message: Message) -> Sent:
        """Hand one message over, or raise ChannelError."""
        ...


class Connectionless:
    """A channel that has nothing to keep open between two messages."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave without a trace."""
