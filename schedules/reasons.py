"""
Why a date is what it is, in words a nurse would use.

A reason keeps a code and the dates and numbers behind it; its text is written only when
somebody asks.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """What happened to a date."""

    WANTED = "wanted"
    COUNTED = "counted"
    LATE = "late"
    EARLY = "early"
    ROLLED_FORWARD = "rolled_forward"
    ROLLED_BACK = "rolled_back"
    BRIDGE = "bridge"
    GAP = "gap"
    CAP = "cap"
    PASSED = "passed"
    PANEL = "panel"
    STABILISED = "stabilised"


TEXTS = {
    Code.WANTED: "first injection wanted on {wanted}",
    Code.COUNTED: "{interval} after the injection of {anchor}",
    Code.LATE: "given {days} days late, outside the {window}-day window, "
    "counted from {given}",
    Code.EARLY: "given {days} days early, outside the {window}-day window, "
    "counted from {given}",
    Code.ROLLED_FORWARD: "target {target}, clinic closed{why}, next open {due}",
    Code.ROLLED_BACK: "target {target}, clinic closed{why} until {next}, "
    "last open day before {due}",
    Code.BRIDGE: "target {target}, clinic closed{why} until {next}, bridged on {due}",
    Code.GAP: "{days} days after the injection of {last}, more than {most}",
    Code.CAP: "{day} would be more than {cap} in 7 days, next open {due}",
    Code.PASSED: "{planned} had passed by {day}, next open {due}",
    Code.PANEL: "{interval} after {start}",
    Code.STABILISED: "{interval} after {start}, the second of two good panels",
}

Detail = date | int | str

#: Where grids begin anew: said without its weekday, as people say an anchor.
PLAIN_DAY = "given"


@dataclass(frozen=True)
class Reason:
    """One step on the way to a date."""

    code: Code
    details: tuple[tuple[str, Detail], ...]

    @classmethod
    def of(cls, code: Code, **details: Detail) -> Self:
        """Return a reason with the dates and numbers behind it."""
        return cls(code, tuple(details.items()))

    @property
    def text(self) -> str:
        """Say the reason plainly: `target Sat 11 Jul, clinic closed, next open ...`."""
        return TEXTS[self.code].format(
            **{name: _say(name, it) for name, it in self.details}
        )

    @property
    def said(self) -> dict[str, str]:
        """Return the reason as a code and as a sentence, ready to be kept or sent."""
        return {"code": self.code.value, "text": self.text}


def because(why: str | None) -> str:
    """Return the cause of a closed day, ready to follow the words `clinic closed`."""
    return f" ({why})" if why else ""


def _say(name: str, detail: Detail) -> str:
    if not isinstance(detail, date):
        return str(detail)
    plain = f"{detail.day} {detail:%b}"
    return plain if name == PLAIN_DAY else f"{detail:%a} {plain}"
