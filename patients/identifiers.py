"""
Numbers and addresses as people write them, brought to the one form that is stored.

Each function returns the stored form or raises an InvalidIdentifier that says in one
plain sentence what is wrong. None repeats what was typed: it may end up in a log.
"""

import re

import phonenumbers

# Spaces, no-break spaces and hyphens: how people group the digits of a number.
_GROUPING = re.compile(r"[\s-]")
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_PHONE = re.compile(r"[+(]?[0-9][0-9\s().-]*")
_LOCAL_PART = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
)
_DOMAIN = re.compile(
    r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])"
)
_LONGEST_LOCAL_PART = 64
_LONGEST_EMAIL = 254


class InvalidIdentifier(ValueError):
    """A number or an address that cannot be right."""

    sentence = ""

    def __init__(self) -> None:
        super().__init__(self.sentence)


class NotTenDigits(InvalidIdentifier):
    """An NHS number of another length, or with something else in it than digits."""

    sentence = "An NHS number has ten digits."


class WrongCheckDigit(InvalidIdentifier):
    """An NHS number that nobody can have: a digit was mistyped."""

    sentence = "The check digit of this NHS number is wrong; a digit is mistyped."


class PlaceholderNumber(InvalidIdentifier):
    """One digit ten times: typed to fill the field, and passes the check digit."""

    sentence = "An NHS number of one repeated digit stands for nobody."


class NotAPhoneNumber(InvalidIdentifier):
    """A phone number that cannot be called."""

    sentence = "This phone number cannot be called; check its length."


class NotAnEmailAddress(InvalidIdentifier):
    """An e-mail address to which nothing can be sent."""

    sentence = "This e-mail address is not complete, as in name@example.org."


def nhs_number(text: str) -> str:
    """
    Return the ten digits of an NHS number written with or without spaces.

    Its last digit is checked modulus 11, as the NHS Data Dictionary defines it. Raises
    NotTenDigits, PlaceholderNumber or WrongCheckDigit.
    """
    digits = _GROUPING.sub("", text)
    if not _TEN_DIGITS.fullmatch(digits):
        raise NotTenDigits
    if len(set(digits)) == 1:
        raise PlaceholderNumber
    if _check_digit(digits[:9]) != int(digits[9]):
        raise WrongCheckDigit
    return digits


def _check_digit(nine: str) -> int:
    """Return the tenth digit; 10 means that no number begins with these nine."""
    weighted = sum(
        int(digit) * weight
        for digit, weight in zip(nine, range(10, 1, -1), strict=True)
    )
    return (11 - weighted % 11) % 11


def phone(text: str, region: str = "GB") -> str:
    """
    Return a phone number as E.164, "+447700900123".

    `region` is where a number without "+" is dialled from. Raises NotAPhoneNumber, also
    for two numbers in one field and for words beside the number.
    """
    if not _PHONE.fullmatch(text.strip()):
        raise NotAPhoneNumber
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        raise NotAPhoneNumber from None
    if not (_is_as_long_as_a_mobile(number) or phonenumbers.is_valid_number(number)):
        raise NotAPhoneNumber
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _is_as_long_as_a_mobile(number: phonenumbers.PhoneNumber) -> bool:
    """
    Return whether the length at least is right.

    For the numbers that are kept for fiction, which are assigned to nobody. "Possible"
    alone is too kind: seven digits pass, since one freephone number has as many, and so
    do eleven zeros.
    """
    if number.italian_leading_zero:
        return False
    result = phonenumbers.is_possible_number_for_type_with_reason(
        number, phonenumbers.PhoneNumberType.MOBILE
    )
    return bool(result == phonenumbers.ValidationResult.IS_POSSIBLE)


def email(text: str) -> str:
    """
    Return an e-mail address with its domain in lower case.

    Strict: plain ASCII, a dotted domain, no comments and no quotes, so that no address
    can smuggle a header into a message. Raises NotAnEmailAddress.
    """
    address = text.strip()
    local_part, at, domain = address.rpartition("@")
    if not at or len(address) > _LONGEST_EMAIL or len(local_part) > _LONGEST_LOCAL_PART:
        raise NotAnEmailAddress
    if not _LOCAL_PART.fullmatch(local_part.lower()) or not address.isascii():
        raise NotAnEmailAddress
    if not _DOMAIN.fullmatch(domain.lower()):
        raise NotAnEmailAddress
    return f"{local_part}@{domain.lower()}"
