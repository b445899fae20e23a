"""Which vitamin B12 a practice's list means, and how much of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.imports.problems import CellFault, Code


class Product(StrEnum):
    """The forms of vitamin B12 that a plan can have."""

    HYDROXOCOBALAMIN = "hydroxocobalamin"
    CYANOCOBALAMIN = "cyanocobalamin"
    METHYLCOBALAMIN = "methylcobalamin"


@dataclass(frozen=True, kw_only=True)
class Dose:
    """How much, as it is written ("1000 micrograms") and in mg."""

    written: str
    mg: Decimal


# "Hydroxycobalamin" is no substance, and half of all lists write it.
_NAMES: Mapping[str, Product] = {
    "hydroxocobalamin": Product.HYDROXOCOBALAMIN,
    "hydroxycobalamin": Product.HYDROXOCOBALAMIN,
    "cobalin-h": Product.HYDROXOCOBALAMIN,
    "neo-cytamen": Product.HYDROXOCOBALAMIN,
    "cyanocobalamin": Product.CYANOCOBALAMIN,
    "methylcobalamin": Product.METHYLCOBALAMIN,
    "mecobalamin": Product.METHYLCOBALAMIN,
}
_NAME = re.compile("|".join(_NAMES))
# A tablet on the list would come out as an injection that nobody gave.
_NOT_INJECTED = re.compile(
    r"\b(tablets?|tabs?|capsules?|caps|oral|lozenges?|sublingual|nasal|spray|drops)\b"
)
_DOSE = re.compile(
    r"([0-9]+(?:\.[0-9]+)?) ?(mg|milligrams?|mcg|micrograms?|microg|[µμ]g|ug)\b"
)
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3})")
_MICROGRAMS_IN_MG = 1000
# What the record of an injection can hold; beyond it, it was no injection of B12.
_LEAST_MG, _MOST_MG = Decimal("0.01"), Decimal("999")


def read_product(text: str) -> Product:
    """
    Return the one product that a cell names, whatever strength stands beside it.

    Raises CellFault if it names none, several, or a form that is not injected.
    """
    words = text.lower()
    named = {_NAMES[name] for name in _NAME.findall(words)}
    if len(named) != 1:
        raise CellFault(Code.PRODUCT_UNKNOWN)
    if _NOT_INJECTED.search(words):
        raise CellFault(Code.PRODUCT_NOT_INJECTED)
    return named.pop()


def find_dose(text: str) -> Dose | None:
    """Return the first dose in a text, as 1 mg of "1mg/1ml"; None if there is none."""
    found = _DOSE.search(_THOUSANDS.sub("", text.lower()))
    if found is None:
        return None
    unit = found[2]
    amount = Decimal(found[1])
    if not unit.startswith(("mg", "milli")):
        amount /= _MICROGRAMS_IN_MG
    return (
        Dose(written=found[0], mg=amount) if _LEAST_MG <= amount <= _MOST_MG else None
    )
