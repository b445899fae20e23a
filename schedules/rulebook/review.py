"""Who has read a file of rules and stands for it (R45)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Self

FOLDER = Path(__file__).parent
NOT_APPROVED = "not clinically approved"


@dataclass(frozen=True, kw_only=True)
class Review:
    """A version of a file of rules, and the clinician who approved it, if any."""

    version: int
    reviewed_by: str | None
    reviewed_on: date | None

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Self:
        """Return the review that a file states; raise KeyError where it states none."""
        on = content["reviewed_on"]
        return cls(
            version=content["version"],
            reviewed_by=content["reviewed_by"],
            reviewed_on=date.fromisoformat(on) if on else None,
        )

    @property
    def is_approved(self) -> bool:
        """Tell whether somebody put their name and a day to it."""
        return self.reviewed_by is not None and self.reviewed_on is not None

    @property
    def words(self) -> str:
        """Say in a few words who approved it, or that nobody did (R45)."""
        if not self.is_approved:
            return NOT_APPROVED
        return f"approved by {self.reviewed_by} on {self.reviewed_on}"


def read(name: str) -> dict[str, Any]:
    """Return the content of a file of the rulebook."""
    content: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return content
