"""What the rules say of an intended act."""

import hashlib
from collections.abc import Collection, Sequence

from schedules.safety.facts import Facts
from schedules.safety.rule import Finding, Rule, Severity
from schedules.safety.table import TABLE

Verdict = tuple[Severity, str | None]


def judge(facts: Facts, *, rules: Collection[Rule] = TABLE) -> tuple[Finding, ...]:
    """
    Return what the rules find, the strongest first (rules section 5).

    Nothing is stopped here: a finding says how severe it is and who may overrule it.
    """
    return tuple(
        Finding(rule=rule, digest=digest(rule, facts))
        for rule in rules
        if facts.act in rule.acts and rule.speaks(facts)
    )


def verdict(findings: Sequence[Finding]) -> Verdict:
    """Return the strongest severity and the rule that gives it; OK if none speaks."""
    if not findings:
        return Severity.OK, None
    return findings[0].severity, findings[0].rule.id


def digest(rule: Rule, facts: Facts) -> str:
    """Return a mark of the facts that a rule reads: another mark, other facts."""
    read = [rule.id, str(rule.version)]
    for name in rule.reads:
        read.append(f"{name}={_said(getattr(facts, name), rule.minds)}")
    return hashlib.sha256("\n".join(read).encode()).hexdigest()


def _said(value: object, minds: frozenset[str]) -> str:
    if isinstance(value, frozenset):
        return ",".join(sorted(value & minds))
    return str(value)
