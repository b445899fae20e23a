"""
The safety rules: what speaks against an intended act (rules section 5).

A row of data and a small predicate each; `judge` asks them all. Nothing here writes,
and what already happened is recorded whatever a rule says of it.
"""

from schedules.safety.facts import B12, Act, Allergy, Condition, Facts
from schedules.safety.judging import Verdict, judge, verdict
from schedules.safety.overriding import (
    Answer,
    OverrideReason,
    may_alone,
    may_ask,
    may_sign,
    who,
)
from schedules.safety.rule import Evidence, Finding, Override, Rule, Severity
from schedules.safety.table import TABLE

__all__ = [
    "B12",
    "TABLE",
    "Act",
    "Allergy",
    "Answer",
    "Condition",
    "Evidence",
    "Facts",
    "Finding",
    "Override",
    "OverrideReason",
    "Rule",
    "Severity",
    "Verdict",
    "judge",
    "may_alone",
    "may_ask",
    "may_sign",
    "verdict",
    "who",
]
