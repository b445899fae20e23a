"""
The claims R01 to R46: what the article says and how it stands to the guidelines.

The article is a requirement and no evidence; its status beside the sources says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Self

from schedules.rulebook.review import Review, read

FILE = "claims.v1.json"
SOURCES = "sources.v1.json"


class Status(StrEnum):
    """How a claim stands to guidelines, licences and studies (rules 1)."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    DIFFERS = "differs"
    UNVERIFIED = "unverified"
    ADDED = "added"  # left out of the article, and put in
    DESIGN = "design"  # no guideline speaks of it: a clinician has to accept it
    REQUIREMENT = "requirement"  # about the product, not about medicine


@dataclass(frozen=True, kw_only=True)
class Source:
    """Something that was read, and how much of it was."""

    key: str
    title: str
    seen: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """
    One claim, in our words.

    `does` is what the software makes of it, `acts` whether that is more than words.
    `note` says where guidelines agree, where they do not, and with what figures.
    """

    id: str
    says: str
    does: str
    acts: bool
    status: Status
    note: str
    sources: tuple[Source, ...]

    @classmethod
    def from_dict(cls, row: Mapping[str, Any], known: Mapping[str, Source]) -> Self:
        """Return a row as a claim; raise KeyError or ValueError where it is none."""
        return cls(
            id=row["id"],
            says=row["says"],
            does=row["does"],
            acts=row["acts"],
            status=Status(row["status"]),
            note=row["note"],
            sources=tuple(known[key] for key in row["sources"]),
        )


@cache
def claims() -> tuple[Claim, ...]:
    """Return every claim, in the order of the article."""
    known = sources()
    return tuple(Claim.from_dict(row, known) for row in read(FILE)["claims"])


@cache
def sources() -> dict[str, Source]:
    """Return what was read, by its key."""
    return {row["key"]: Source(**row) for row in read(SOURCES)["sources"]}


@cache
def review() -> Review:
    """Return who approved the claims, if anybody."""
    return Review.from_dict(read(FILE))
