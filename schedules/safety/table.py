"""All safety rules (rules section 5), the strongest and strictest first."""

from schedules.safety import blood, folate, giving, people, planning, products
from schedules.safety.rule import Rule

_ROWS: tuple[Rule, ...] = (
    *folate.RULES,
    *products.RULES,
    *blood.RULES,
    *giving.RULES,
    *people.RULES,
    *planning.RULES,
)


def _strength(rule: Rule) -> tuple[int, int]:
    return rule.severity.rank, rule.override.rank


TABLE: tuple[Rule, ...] = tuple(sorted(_ROWS, key=_strength, reverse=True))
