"""
How many parts a text message takes.

    alphabet      one part       each of several
    GSM-7         160 septets    153
    UCS-2          70 units       67

The alphabet is that of 3GPP TS 23.038. One letter outside it turns the whole text to
UCS-2, which more than doubles the price.
"""

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")  # an escape and a letter: two septets

# What word processors put in place of plain signs.
_PLAIN = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "…": "...",
        "\u00a0": " ",
        "\u2011": "-",
    }
)


def plain(text: str) -> str:
    """Return `text` with typographic signs replaced by those of GSM-7."""
    return text.translate(_PLAIN)


def fits(text: str) -> bool:
    """Return whether every letter of `text` is in the GSM-7 alphabet."""
    return _BASIC.union(_EXTENDED).issuperset(text)


def sms_segments(text: str) -> int:
    """Return the number of parts in which a phone network carries `text`."""
    if fits(text):
        return _parts([2 if letter in _EXTENDED else 1 for letter in text], 160, 153)
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
