"""Folic acid never before B12 (S01, S01b, S02, S03; R19, R20)."""

from decimal import Decimal

from schedules.safety.facts import B12, Act, Facts
from schedules.safety.rule import (
    BLOCK,
    INFO,
    OK,
    STARTING,
    WARN,
    Evidence,
    Override,
    Rule,
)

TREATMENT_MG = 1  # a day
COVERED_DAYS = 90

_FOLATE_READS = ("folic_acid_mg", "b12")
_STARTED = frozenset({Act.START_MEDICINE})


def _folic_acid(facts: Facts) -> Decimal | None:
    return facts.folic_acid_mg


def _is_covered(facts: Facts) -> bool:
    days = facts.last_b12_dose_days_ago
    return days is not None and days <= COVERED_DAYS


def _is_alone(facts: Facts) -> bool:
    return not _is_covered(facts) and facts.b12 is not B12.NORMAL


def treats_without_b12(facts: Facts) -> bool:
    """S01: 1 mg a day or more, no B12 dose in 90 days, and B12 not shown normal."""
    dose = _folic_acid(facts)
    return dose is not None and dose >= TREATMENT_MG and _is_alone(facts)


def prevents_without_b12(facts: Facts) -> bool:
    """S01b: less than 1 mg a day in the same state."""
    dose = _folic_acid(facts)
    return dose is not None and dose < TREATMENT_MG and _is_alone(facts)


def follows_b12(facts: Facts) -> bool:
    """S02: the same day as a B12 dose, or after one."""
    return _folic_acid(facts) is not None and _is_covered(facts)


def lacks_both(facts: Facts) -> bool:
    """S03: folate is low, and B12 deficient or indeterminate."""
    return facts.folate_is_low and facts.b12 in {B12.DEFICIENT, B12.INDETERMINATE}


RULES = (
    Rule(
        id="S01",
        version=1,
        title="Folic acid before B12",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=_STARTED,
        speaks=treats_without_b12,
        reads=_FOLATE_READS,
        text="Folic acid alone can mend the blood while nerves go on being damaged. "
        "Give B12 first, or on the same day.",
        sources=("R19", "CKS (second-hand)", "FDA-CY"),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S01b",
        version=1,
        title="Low-dose folic acid, B12 not known",
        severity=WARN,
        override=Override.NURSE,
        acts=_STARTED,
        speaks=prevents_without_b12,
        reads=_FOLATE_READS,
        text="Check B12: even a low dose can mask a deficiency. Do not withhold "
        "folic acid that is taken for a pregnancy.",
        sources=("FDA-CY",),
        evidence=Evidence.DESIGN,
    ),
    Rule(
        id="S02",
        version=1,
        title="Folic acid with or after B12",
        severity=OK,
        override=Override.SHOWN,
        acts=_STARTED,
        speaks=follows_b12,
        reads=_FOLATE_READS,
        text="Folic acid on the day of a B12 injection or after it is in order.",
        sources=("R20",),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S03",
        version=1,
        title="Folate and B12 both low",
        severity=INFO,
        override=Override.SHOWN,
        acts=STARTING | _STARTED,
        speaks=lacks_both,
        reads=("folate_is_low", "b12"),
        text="Folate is low too. Plan both: B12 first, or together.",
        sources=("R20",),
        evidence=Evidence.SUPPORTED,
    ),
)
