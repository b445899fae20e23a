"""Cells that answer a question: yes or no, which channel or gender, dead or alive."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from tracker.imports.dates import PastDates
from tracker.imports.problems import CellFault, Code

Channel = Literal["sms", "email", "phone"]
Gender = Literal["female", "male", "other", "unknown"]
Neurological = Literal["yes", "no", "unknown"]

_YES = frozenset({"y", "yes", "true"})
_NO = frozenset({"n", "no", "false"})
_NOT_KNOWN = frozenset({"?", "unknown", "not known", "nk", "u"})

_CHANNELS: Mapping[str, Channel] = {
    "sms": "sms",
    "text": "sms",
    "text message": "sms",
    "email": "email",
    "e-mail": "email",
    "phone": "phone",
    "telephone": "phone",
    "call": "phone",
    "phone call": "phone",
}
_GENDERS: Mapping[str, Gender] = {
    "f": "female",
    "female": "female",
    "woman": "female",
    "m": "male",
    "male": "male",
    "man": "male",
    "o": "other",
    "other": "other",
    "non-binary": "other",
    "i": "unknown",
    "indeterminate": "unknown",
    "u": "unknown",
    "unknown": "unknown",
    "not known": "unknown",
}


def read_consent(text: str) -> bool:
    """Return whether a cell says yes. Raises CellFault unless it is clear yes or no."""
    answer = _yes_or_no(text)
    if answer is None:
        raise CellFault(Code.CONSENT_NOT_CLEAR)
    return answer


def read_neurological(text: str) -> Neurological:
    """Return whether nerves are affected. Raises CellFault for free text."""
    if text.casefold() in _NOT_KNOWN:
        return "unknown"
    answer = _yes_or_no(text)
    if answer is None:
        raise CellFault(Code.NEUROLOGICAL_NOT_UNDERSTOOD)
    return "yes" if answer else "no"


def read_channel(text: str) -> Channel:
    """Return how a person wants to be reached. Raises CellFault for other words."""
    try:
        return _CHANNELS[text.casefold()]
    except KeyError:
        raise CellFault(Code.PREFERENCE_NOT_UNDERSTOOD) from None


def read_gender(text: str) -> Gender:
    """Return the gender on the record. Raises CellFault for other words."""
    try:
        return _GENDERS[text.casefold()]
    except KeyError:
        raise CellFault(Code.GENDER_NOT_UNDERSTOOD) from None


def read_death(text: str, past: PastDates) -> tuple[bool, date | None]:
    """
    Return whether a person has died, and when if the cell says.

    Raises CellFault for anything else than yes, no or a past date: to guess here is to
    write to the dead, or to drop somebody who lives.
    """
    answer = _yes_or_no(text)
    if answer is not None:
        return answer, None
    try:
        return True, past.read(text)
    except CellFault as fault:
        if fault.code is Code.DATE_NOT_UNDERSTOOD:
            raise CellFault(Code.DECEASED_NOT_UNDERSTOOD) from None
        raise


def _yes_or_no(text: str) -> bool | None:
    word = text.casefold()
    if word in _YES:
        return True
    return False if word in _NO else None
