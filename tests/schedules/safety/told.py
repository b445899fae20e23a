"""Facts in few words, and what the rules make of them."""

from decimal import Decimal
from typing import Any

from schedules.safety import Act, Facts, Severity, judge
from schedules.safety.rule import Rule
from schedules.safety.table import TABLE

NUMBERS = {
    "dose_mg", "folic_acid_mg", "egfr", "acr", "potassium", "haemoglobin", "platelets",
    "inr", "inr_top",
}  # fmt: skip
Said = list[tuple[str, Severity, str]]


def facts(act: Act, **known: Any) -> Facts:
    """Return facts; numbers may be written as text."""
    read = {
        name: Decimal(str(value)) if name in NUMBERS else value
        for name, value in known.items()
    }
    return Facts(act=act, **read)


def said(act: Act, **known: Any) -> Said:
    """Return each rule that speaks, how loudly, and who may overrule it."""
    return [
        (found.rule.id, found.severity, found.rule.override)
        for found in judge(facts(act, **known))
    ]


def rows(rule: str) -> list[Rule]:
    """Return the rows of a rule."""
    return [row for row in TABLE if row.id == rule]
