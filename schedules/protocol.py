"""
A protocol as data: the regimen the engine follows and the rules it rests on.

Protocols live in files, one per version, and become a `Protocol` here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from schedules.intervals import Interval


class ProtocolNotUnderstood(ValueError):
    """Say that a protocol's content is not what the engine can follow."""


@dataclass(frozen=True, kw_only=True)
class Loading:
    """
    How loading doses follow each other (rules 2.4).

    `count` doses, or open-ended if None; at most `cap_per_7d` in any 7 days; a gap of
    more than `max_gap_days` is bridged or flagged.
    """

    step_days: int = 2
    count: int | None = None
    cap_per_7d: int | None = None
    max_gap_days: int = 4

    def __post_init__(self) -> None:
        _refuse_below(1, step_days=self.step_days, max_gap_days=self.max_gap_days)
        _refuse_below(1, count=self.count, cap_per_7d=self.cap_per_7d)


@dataclass(frozen=True, kw_only=True)
class CitedRule:
    """What a protocol rests on: a claim in a few words, its status, its sources."""

    id: str
    says: str
    status: str
    sources: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """
    One version of a regimen.

    `neurological` says which plans it is for, None for either. `maintenance` is the
    interval unless the prescriber orders another. A target on a closed day moves
    forward by at most `max_forward_days`, else back by at most `max_back_days`.
    """

    code: str
    version: int
    title: str
    product: str
    dose_mg: Decimal
    route: str
    neurological: bool | None
    loading: Loading | None
    maintenance: Interval
    max_forward_days: int = 3
    max_back_days: int = 14
    review_status: str = "draft"
    rules: tuple[CitedRule, ...] = ()

    def __post_init__(self) -> None:
        _refuse_below(1, version=self.version)
        _refuse_below(
            0,
            max_forward_days=self.max_forward_days,
            max_back_days=self.max_back_days,
        )

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """
        Return the protocol that a file's content describes.

        Raises `ProtocolNotUnderstood` where something is missing, unknown or absurd.
        """
        try:
            return cls(**_fields(content))
        except MISTAKES as mistake:
            raise ProtocolNotUnderstood(f"not a protocol: {mistake!r}") from mistake


# What reading a content with missing, unknown or absurd entries runs into.
MISTAKES = (KeyError, TypeError, ValueError, InvalidOperation)


def _fields(content: Mapping[str, Any]) -> dict[str, Any]:
    loading, maintenance = content["loading"], dict(content["maintenance"])
    return {
        "code": content["code"],
        "version": content["version"],
        "title": content["title"],
        "product": content["product"],
        "dose_mg": Decimal(content["dose_mg"]),
        "route": content["route"],
        "neurological": content["neurological"],
        "loading": None if loading is None else Loading(**loading),
        "maintenance": Interval.parse(maintenance.pop("interval")),
        **maintenance,
        "review_status": content["review_status"],
        "rules": tuple(map(_cited, content["rules"])),
    }


def _cited(rule: Mapping[str, Any]) -> CitedRule:
    return CitedRule(**{**rule, "sources": tuple(rule["sources"])})


def _refuse_below(least: int, **numbers: int | None) -> None:
    for name, number in numbers.items():
        if number is not None and number < least:
            raise ProtocolNotUnderstood(f"{name} is {number}, less than {least}")
