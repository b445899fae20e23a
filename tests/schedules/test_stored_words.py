"""Words that are stored, sent and compared stay what they are."""

from enum import StrEnum
from types import ModuleType

import pytest

from schedules import (
    asking,
    causes,
    decisions,
    doses,
    forecast,
    grounds,
    guard,
    intervals,
    panels,
    phases,
    placement,
    reasons,
    reviewing,
    stabilised,
    windows,
)
from schedules.alerts import nouns as alerts_nouns
from schedules.rulebook import claims as rulebook_claims
from schedules.safety import (
    facts as safety_facts,
)
from schedules.safety import (
    overriding as safety_overriding,
)
from schedules.safety import (
    rule as safety_rule,
)

MODULES = (
    asking,
    causes,
    decisions,
    doses,
    forecast,
    grounds,
    guard,
    intervals,
    panels,
    phases,
    placement,
    reasons,
    reviewing,
    stabilised,
    windows,
    alerts_nouns,
    rulebook_claims,
    safety_facts,
    safety_overriding,
    safety_rule,
)

# Those that are not their own name: a standard or a form says them so.
OTHERWISE = {
    "alerts.nouns.Listener.LEAD": "clinical_lead",
    "intervals.Unit.DAY": "d",
    "intervals.Unit.WEEK": "w",
    "intervals.Unit.MONTH": "m",
    "panels.Kind.BASELINE": "P0",
    "panels.Kind.POTASSIUM": "P1",
    "panels.Kind.RESPONSE": "P2",
    "panels.Kind.QUARTERLY": "P3",
    "panels.Kind.ANNUAL": "P4",
    "panels.Kind.COUNT": "FBC",
    "panels.Kind.REVIEW": "R3",
    "safety.rule.Override.NURSE": "N",
    "safety.rule.Override.PRESCRIBER": "P",
    "safety.rule.Override.TWO_PRESCRIBERS": "P+P",
    "safety.rule.Override.LEAD": "L",
    "safety.rule.Override.NEVER": "none",
    "stabilised.Sign.RECENT_DOSE": "UNINTERPRETABLE_RECENT_DOSE",
}


def words(module: ModuleType) -> list[StrEnum]:
    """Return the words that a module defines."""
    return [
        word
        for noun in vars(module).values()
        if isinstance(noun, type) and issubclass(noun, StrEnum)
        if noun.__module__ == module.__name__
        for word in noun
    ]


def is_otherwise(word: StrEnum) -> bool:
    return word.value not in (word.name, word.name.lower())


def address(word: StrEnum) -> str:
    module = type(word).__module__.partition(".")[2]
    return f"{module}.{type(word).__name__}.{word.name}"


class TestWords:
    @pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
    def test_are_their_own_names_but_for_a_few(self, module: ModuleType) -> None:
        found = {address(it): it.value for it in words(module) if is_otherwise(it)}

        here = tuple(address(word) for word in words(module))
        assert here
        assert found == {k: v for k, v in OTHERWISE.items() if k in here}
