"""The ways T1 to T9 between the phases, in words (rules 2.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

from schedules.phases import Phase
from schedules.rulebook.review import Review, read

FILE = "ways.v1.json"


@dataclass(frozen=True, kw_only=True)
class Way:
    """A decision that takes a plan from one phase to another, and who may take it."""

    id: str
    between: tuple[tuple[Phase, Phase], ...]
    says: str
    actor: str
    effect: str

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """Return a row as a way; raise KeyError or ValueError where it is none."""
        pairs = ((Phase(source), Phase(target)) for source, target in row["between"])
        return cls(**{**row, "between": tuple(pairs)})


@cache
def ways() -> tuple[Way, ...]:
    """Return the ways in order; together they are the thirteen legal pairs."""
    return tuple(map(Way.from_dict, read(FILE)["ways"]))


@cache
def review() -> Review:
    """Return who approved the ways, if anybody."""
    return Review.from_dict(read(FILE))
