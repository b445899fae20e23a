"""An e-mail as the bytes that travel (RFC 5322), the same for the same message."""

import re
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import parseaddr

from notifications.channels.base import ChannelError, Message, Verdict

# What every server takes, without quoting and without extensions.
_ADDRESS = re.compile(r"[\w!#$%&'*+/=?^`{|}~.-]{1,64}@[A-Za-z0-9.-]{1,190}", re.ASCII)


def address(text: str) -> str:
    """Return the bare address of "Somebody <a@b.example>"; raise ValueError if none."""
    bare = parseaddr(text)[1]
    if not _ADDRESS.fullmatch(bare):
        raise ValueError(f"not an e-mail address: {text!r}")
    return bare


def domain(sender: str) -> str:
    """Return the part of the sender's address after the @."""
    return address(sender).rpartition("@")[2]


def message_id(message: Message, *, sender: str) -> str:
    """Return a Message-ID that stays the same at every try of the message."""
    return f"<{message.fingerprint}@{domain(sender)}>"


def compose(message: Message, *, sender: str) -> bytes:
    """Return the letter, or raise ChannelError if it cannot be one."""
    if not _ADDRESS.fullmatch(message.to):
        raise ChannelError(Verdict.REFUSED, "the address cannot be used")
    letter = EmailMessage(policy=SMTP)
    try:
        for name, value in _headers(message, sender).items():
            letter[name] = value
    except ValueError as error:
        raise ChannelError(Verdict.REFUSED, "the header cannot be written") from error
    letter.set_content(message.body, cte="quoted-printable")
    return letter.as_bytes()


def _headers(message: Message, sender: str) -> dict[str, object]:
    return {
        "From": sender,
        "To": message.to,
        "Subject": message.subject,
        "Date": message.sent_at,
        "Message-ID": message_id(message, sender=sender),
        "Auto-Submitted": "auto-generated",  # no holiday replies, please (RFC 3834)
    }
