"""
How many parts a text message takes.

    alphabet      one part       each of several
    GSM-7         160 septets    153
    UCS-2          70 units       67
"""

from notifications.channels import gsm

EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape and a letter: two septets


def sms_segments(text: str) -> int:
    """Return the number of parts in which a phone network carries `text`."""
    if gsm.fits(text):
        return _parts([2 if letter in EXTENDED else 1 for letter in text], 160, 153)
    return _parts([2 if ord(letter) > 0xFFFF else 1 for letter in text], 70, 67)


def _parts(costs: list[int], alone: int, of_several: int) -> int:
    """Fill parts one by one: a letter of two halves is not torn between two parts."""
    if sum(costs) <= alone:
        return 1
    parts, room = 0, 0
    for cost in costs:
        if cost > room:
            parts, room = parts + 1, of_several
        room -= cost
    return parts
