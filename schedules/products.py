"""
What can be injected, as data: a file of the cobalamins, and what protocols state.

Another injectable needs no code: its protocol's file says what its product is.

    "product": "hydroxocobalamin"                            a product of the file
    "product": {"code": "depot", "title": "some depot"}      one of its own
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product: what it is called, whether it is a form of B12, its usual dose."""

    code: str
    title: str
    cobalamin: bool
    dose_mg: Decimal
    route: str
    rule: str = ""
    note: str = ""

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """Return the product that an entry of a file describes."""
        return cls(**{**content, "dose_mg": Decimal(content["dose_mg"])})


FILE: dict[str, Any] = json.loads(
    Path(__file__).with_name("products.json").read_text(encoding="utf-8")
)
USUAL: str = FILE["usual"]
PRODUCTS = {
    product.code: product for product in map(Product.from_dict, FILE["products"])
}
COBALAMINS = frozenset(code for code, it in PRODUCTS.items() if it.cobalamin)


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A product that a protocol's file states itself."""

    code: str
    title: str
    note: str = ""


def code_of(stated: str | Mapping[str, Any]) -> str:
    """Return the code of the product that a protocol's file names or states."""
    return stated if isinstance(stated, str) else Stated(**stated).code


def catalogue(protocols: Iterable[Mapping[str, Any]]) -> dict[str, Product]:
    """Return every product: those of the file, then those that protocols name."""
    named = (content for content in protocols if isinstance(content["product"], dict))
    return PRODUCTS | {content["product"]["code"]: _named(content) for content in named}


def _named(content: Mapping[str, Any]) -> Product:
    stated = Stated(**content["product"])
    return Product(
        code=stated.code,
        title=stated.title,
        cobalamin=False,
        dose_mg=Decimal(content["dose_mg"]),
        route=content["route"],
        note=stated.note,
    )


def title(code: str) -> str:
    """Return what a product is called, of whatever catalogue its code comes from."""
    known = PRODUCTS.get(code)
    return known.title if known else code.replace("_", " ")


def alike(code: str) -> frozenset[str]:
    """
    Return the products that count as one with this one.

    Any form of B12 counts as B12, for dates and for the guard (rules 2.7); any other
    product only as itself.
    """
    return COBALAMINS if code in COBALAMINS else frozenset({code})
