"""
Who may overrule a rule (rules section 5: N nurse, P prescriber, L lead, P+P two).

Some may alone. Others ask, and somebody else signs with them: never the same person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from schedules.phases import CLINICAL_LEAD, NURSE, PRESCRIBER
from schedules.safety.rule import Override

_PRESCRIBERS = frozenset({PRESCRIBER, CLINICAL_LEAD})
_LEAD = frozenset({CLINICAL_LEAD})
_NOBODY: frozenset[str] = frozenset()

_ALONE: Mapping[Override, frozenset[str]] = {
    Override.NURSE: _PRESCRIBERS | {NURSE},
    Override.PRESCRIBER: _PRESCRIBERS,
    Override.LEAD: _LEAD,
}
_ASKING: Mapping[Override, frozenset[str]] = {
    Override.PRESCRIBER: frozenset({NURSE}),
    Override.TWO_PRESCRIBERS: _PRESCRIBERS,
    Override.LEAD: frozenset({PRESCRIBER}),
}
_SIGNING: Mapping[Override, frozenset[str]] = {
    Override.PRESCRIBER: _PRESCRIBERS,
    Override.TWO_PRESCRIBERS: _PRESCRIBERS,
    Override.LEAD: _LEAD,
}
_WORDS: Mapping[Override, str] = {
    Override.SHOWN: "Nobody has to agree.",
    Override.NURSE: "A nurse or a prescriber may go on, with a reason.",
    Override.PRESCRIBER: "A prescriber may go on, with a reason.",
    Override.TWO_PRESCRIBERS: "Two prescribers may go on together, with a reason.",
    Override.LEAD: "The clinical lead has to agree, with a reason.",
    Override.NEVER: "Nobody may go on in spite of this.",
}


class OverrideReason(StrEnum):
    """Why somebody goes on in spite of a rule; free words come with it."""

    CLINICAL_JUDGEMENT = "clinical_judgement"
    SPECIALIST_ADVICE = "specialist_advice"
    NO_ALTERNATIVE = "no_alternative"
    INFORMED_CHOICE = "informed_choice"
    PRECAUTIONS_TAKEN = "precautions_taken"


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What somebody says to a rule that speaks against an act: a code, and words."""

    rule: str
    reason: OverrideReason
    note: str


def may_alone(role: str, override: Override) -> bool:
    """Tell whether somebody may overrule without another."""
    return role in _ALONE.get(override, _NOBODY)


def may_ask(role: str, override: Override) -> bool:
    """Tell whether somebody may overrule once another has signed."""
    return role in _ASKING.get(override, _NOBODY)


def may_sign(role: str, override: Override) -> bool:
    """Tell whether somebody may sign what another asked for."""
    return role in _SIGNING.get(override, _NOBODY)


def who(override: Override) -> str:
    """Say who may overrule."""
    return _WORDS[override]
