"""
A protocol as data: the regimen the engine follows and the rules it rests on.

Protocols live in files, one per version, and become a `Protocol` here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Self

from schedules.intervals import Interval
from schedules.products import code_of


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
    interval unless the prescriber orders another. `overrides` are the parameters that
    its file states itself: they win over the clinic's (see `schedules.parameters`).
    `laboratory` says that the laboratory calendar of B12 goes with it (rules 2.9).
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
    overrides: Mapping[str, int] = field(default_factory=dict)
    laboratory: bool = True
    review_status: str = "draft"
    rules: tuple[CitedRule, ...] = ()

    def __post_init__(self) -> None:
        _refuse_below(1, version=self.version)
        _refuse_below(0, **self.overrides)

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


# Where a file states a parameter, and what the parameter is called.
OVERRIDES = (
    ("loading", "max_gap_days", "max_load_gap_days"),
    ("maintenance", "max_forward_days", "max_forward_roll_days"),
    ("maintenance", "max_back_days", "max_back_roll_days"),
)


def _fields(content: Mapping[str, Any]) -> dict[str, Any]:
    loading, maintenance = content["loading"], dict(content["maintenance"])
    _refuse_unknown(maintenance)
    return {
        "code": content["code"],
        "version": content["version"],
        "title": content["title"],
        "product": code_of(content["product"]),
        "dose_mg": Decimal(content["dose_mg"]),
        "route": content["route"],
        "neurological": content["neurological"],
        "loading": None if loading is None else Loading(**loading),
        "maintenance": Interval.parse(maintenance["interval"]),
        "overrides": dict(_overrides(content)),
        "laboratory": bool(content.get("laboratory", True)),
        "review_status": content["review_status"],
        "rules": tuple(map(_cited, content["rules"])),
    }


def _overrides(content: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for part, entry, parameter in OVERRIDES:
        stated = (content[part] or {}).get(entry)
        if stated is not None:
            yield parameter, int(stated)


def _refuse_unknown(maintenance: Mapping[str, Any]) -> None:
    known = {entry for part, entry, _ in OVERRIDES if part == "maintenance"}
    if unknown := set(maintenance) - known - {"interval"}:
        raise ProtocolNotUnderstood(f"unknown in maintenance: {sorted(unknown)}")


def _cited(rule: Mapping[str, Any]) -> CitedRule:
    return CitedRule(**{**rule, "sources": tuple(rule["sources"])})


def _refuse_below(least: int, **numbers: int | None) -> None:
    for name, number in numbers.items():
        if number is not None and number < least:
            raise ProtocolNotUnderstood(f"{name} is {number}, less than {least}")
