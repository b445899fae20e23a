"""How a person on the list may be reached."""

from dataclasses import dataclass
from typing import Literal

from patients import identifiers
from tracker.imports import answers
from tracker.imports.cells import Cells
from tracker.imports.columns import Column
from tracker.imports.problems import CellFault, Code

# Nothing here keeps a line out: without an address, a reminder is a nurse's task.


@dataclass(frozen=True, kw_only=True)
class Contact:
    """Addresses that can be right, and what the person said about them."""

    phone: str | None  # E.164
    email: str | None
    preferred: answers.Channel | Literal[""]
    sms_consent: bool


def read_contact(cells: Cells) -> Contact:
    """Return how a person may be reached, with a warning for what is wrong."""
    return Contact(
        phone=cells.read_leniently(Column.PHONE, _phone),
        email=cells.read_leniently(Column.EMAIL, _email),
        preferred=cells.read_leniently(Column.PREFERRED, answers.read_channel) or "",
        sms_consent=cells.read_leniently(Column.SMS_CONSENT, answers.read_consent)
        or False,
    )


def _phone(text: str) -> str:
    try:
        return identifiers.phone(text)
    except identifiers.NotAPhoneNumber:
        raise CellFault(Code.PHONE_MALFORMED) from None


def _email(text: str) -> str:
    try:
        return identifiers.email(text)
    except identifiers.NotAnEmailAddress:
        raise CellFault(Code.EMAIL_MALFORMED) from None
