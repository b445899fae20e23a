"""Bleeding into the muscle, and potassium that falls (S09, S12, S13)."""

from schedules.safety.facts import IM, Condition, Facts
from schedules.safety.medicines import ANTICOAGULANTS, BY_INR, POTASSIUM_RISKS
from schedules.safety.rule import (
    BLOCK,
    GIVING,
    LOADING,
    WARN,
    Evidence,
    Override,
    Rule,
)

EARLY_DAYS = 7
LOW_HAEMOGLOBIN = 80
LOW_POTASSIUM = 3.5
DANGEROUS_POTASSIUM = 3.0
POTASSIUM_GOOD_FOR_DAYS = 7
LEAST_PLATELETS = 50
# The widest gap between checks of somebody who is stable, 12 weeks [design].
INR_GOOD_FOR_DAYS = 84
USUAL_INR_TOP = 3

_POTASSIUM_READS = ("haemoglobin", "potassium", "medicines", "conditions")
_POTASSIUM_MINDS = POTASSIUM_RISKS | {Condition.CARDIAC_DISEASE}
_INR_READS = ("inr", "inr_top", "medicines", "platelets", "route")


def _is_early(facts: Facts) -> bool:
    day = facts.loading_day
    return day is not None and day < EARLY_DAYS


def _is_at_risk(facts: Facts) -> bool:
    anaemic = facts.haemoglobin is not None and facts.haemoglobin < LOW_HAEMOGLOBIN
    cardiac = Condition.CARDIAC_DISEASE in facts.conditions
    return anaemic or cardiac or not facts.medicines.isdisjoint(POTASSIUM_RISKS)


def _has_no_recent_potassium(facts: Facts) -> bool:
    age = facts.potassium_age_days
    return facts.potassium is None or (age or 0) > POTASSIUM_GOOD_FOR_DAYS


def may_fall_in_potassium(facts: Facts) -> bool:
    """
    S09: the first week of loading, and K not known at risk, or below 3.5.

    At risk is who has Hb < 80 g/L, a diuretic, digoxin or cardiac disease; known is a
    K of the last 7 days. Below 3.0 the other row speaks.
    """
    if not _is_early(facts) or falls_in_potassium(facts):
        return False
    low = facts.potassium is not None and facts.potassium < LOW_POTASSIUM
    return low or (_is_at_risk(facts) and _has_no_recent_potassium(facts))


def falls_in_potassium(facts: Facts) -> bool:
    """S09: the first week of loading, and K below 3.0."""
    low = facts.potassium is not None and facts.potassium < DANGEROUS_POTASSIUM
    return low and _is_early(facts)


def may_bleed(facts: Facts) -> bool:
    """S12: into the muscle, with an anticoagulant, two antiplatelets, a disorder."""
    thin = not facts.medicines.isdisjoint(ANTICOAGULANTS)
    doubled = facts.antiplatelets > 1
    disorder = Condition.BLEEDING_DISORDER in facts.conditions
    return facts.route == IM and (thin or doubled or disorder)


def would_bleed(facts: Facts) -> bool:
    """S13: into the muscle, INR above its range or too old, or platelets below 50."""
    if facts.route != IM:
        return False
    few = facts.platelets is not None and facts.platelets < LEAST_PLATELETS
    return few or _has_bad_inr(facts)


def _has_bad_inr(facts: Facts) -> bool:
    if facts.inr is None:
        return False
    top = USUAL_INR_TOP if facts.inr_top is None else facts.inr_top
    return facts.inr > top or _is_overdue_for_inr(facts)


def _is_overdue_for_inr(facts: Facts) -> bool:
    is_dosed_by_it = not facts.medicines.isdisjoint(BY_INR)
    return is_dosed_by_it and (facts.inr_age_days or 0) > INR_GOOD_FOR_DAYS


RULES = (
    Rule(
        id="S09",
        version=1,
        title="Potassium below 3.0 in early loading",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=LOADING,
        speaks=falls_in_potassium,
        reads=_POTASSIUM_READS,
        minds=_POTASSIUM_MINDS,
        text="Potassium is below 3.0 mmol/L, and falls further while blood is formed. "
        "Replace it first, and record an ECG.",
        sources=("SMPC-C", "FDA-CY", "LOTH"),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S09",
        version=1,
        title="Potassium in early loading",
        severity=WARN,
        override=Override.PRESCRIBER,
        acts=LOADING,
        speaks=may_fall_in_potassium,
        reads=_POTASSIUM_READS,
        minds=_POTASSIUM_MINDS,
        text="Potassium is low, or not known in the last 7 days in somebody at risk. "
        "Check it and replace it; record an ECG if it is low.",
        sources=("SMPC-C", "FDA-CY", "LOTH"),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S13",
        version=1,
        title="INR or platelets forbid the muscle",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=GIVING,
        speaks=would_bleed,
        reads=_INR_READS,
        minds=BY_INR,
        text="The INR is above its range, or older than 12 weeks in somebody dosed by "
        "it, or platelets are below 50 × 10⁹/L. Defer the injection, or choose another "
        "route.",
        sources=("SPS",),
        evidence=Evidence.PARTLY,
    ),
    Rule(
        id="S12",
        version=1,
        title="Bleeding into the muscle",
        severity=WARN,
        override=Override.NURSE,
        acts=GIVING,
        speaks=may_bleed,
        reads=("medicines", "antiplatelets", "conditions", "route"),
        minds=ANTICOAGULANTS | {Condition.BLEEDING_DISORDER},
        text="An anticoagulant, two antiplatelets or a bleeding disorder. Small "
        "volume, fine needle, firm pressure; consider another route.",
        sources=("SPS",),
        evidence=Evidence.SUPPORTED,
    ),
)
