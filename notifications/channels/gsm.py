"""
The alphabet of text messages (GSM-7, 3GPP TS 23.038).

One letter outside it turns the whole text to UCS-2, which more than doubles the price.
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
