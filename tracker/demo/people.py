"""
Who is in the demo, and what has befallen each: days ago, so that it is always today.

Everybody is invented. The numbers are of ranges that nobody has: 999 for patients,
07700 900 for telephones.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self


@dataclass(frozen=True)
class Maintained:
    """
    On maintenance at `interval`, injected so many days ago, the latest first.

    The earliest was given elsewhere. `bloods` are taken whenever they are due.
    """

    interval: str = "8w"
    given_ago: tuple[int, ...] = ()
    bloods: bool = False
    unverified_ago: int | None = None
    paused_ago: int | None = None
    review_in: int = 0


@dataclass(frozen=True)
class Loading:
    """On alternate days since `began_ago`, without those after `stopped_ago`."""

    began_ago: int
    stopped_ago: int = 1
    maintained_ago: int | None = None


@dataclass(frozen=True)
class Workup:
    """Waiting for a prescriber's decision."""

    unverified_ago: int | None = None


@dataclass(frozen=True)
class Someone:
    """A person of the demo."""

    family_name: str
    given_name: str
    birth_date: date
    nhs_number: str
    story: Maintained | Loading | Workup
    neurological: str = "no"
    cause: str = "Pernicious anaemia"
    product: str = "hydroxocobalamin"
    medicines: tuple[tuple[str, str], ...] = ()  # each with its milligrams a day
    conditions: tuple[str, ...] = ()
    allergy: str = ""  # empty: nobody has asked
    preferred: str = "sms"
    is_reachable: bool = True

    @classmethod
    def from_dict(cls, row: Mapping[str, Any]) -> Self:
        """Return the person that a row of `people.json` describes."""
        told = dict(row["story"])
        story = STORIES[told.pop("kind")](**_frozen(told))
        birth_date = date.fromisoformat(row["birth_date"])
        return cls(**{**_frozen(row), "story": story, "birth_date": birth_date})


STORIES = {"maintained": Maintained, "loading": Loading, "workup": Workup}


def _frozen(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row with tuples where the file has lists, inner ones as well."""
    return {name: _tuple(value) for name, value in row.items()}


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value


def _people(place: str) -> tuple[Someone, ...]:
    file = Path(__file__).with_name("people.json")
    return tuple(map(Someone.from_dict, json.loads(file.read_text("utf-8"))[place]))


ELM_STREET = _people("elm_street")
MILL_LANE = _people("mill_lane")
