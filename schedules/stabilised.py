"""
What a panel's results came to, in words, and when a patient counts as stable (2.9).

The laboratory calendar reads these words, never a number. All they can move is the day
of the next blood test: no function here, or that reads them, returns a phase, an
interval or a dose.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from patients.bands import Band, Kidney, Level, Thresholds, kidney
from patients.course import ONCE_PRESENT, WORSE
from patients.measured import Limits, Value
from patients.symptoms import PRESENT, Assessed, Domain
from schedules.phases import Phase

APART = timedelta(days=75)
RECENT = timedelta(days=14)  # an injection so near makes B12 unreadable (LAB)

#: Below these potassium is checked in the first week of loading (P1, S09) [design].
VERY_LOW_HAEMOGLOBIN: Limits = {"g/L": Decimal(80), "g/dL": Decimal(8)}
LOW_POTASSIUM: Limits = {"mmol/L": Decimal("3.5")}


class Sign(StrEnum):
    """What a result came to."""

    MARKER_GOOD = "marker_good"  # homocysteine, or MMA with good kidneys, not high
    MARKER_HIGH = "marker_high"  # homocysteine or MMA
    BLOOD_GOOD = "blood_good"  # haemoglobin within the laboratory's limits
    BLOOD_LOW = "blood_low"  # haemoglobin below them
    BLOOD_VERY_LOW = "blood_very_low"
    CELLS_GOOD = "cells_good"  # MCV within the laboratory's limits
    CELLS_LARGE = "cells_large"  # MCV above them
    VITAMIN_GOOD = "vitamin_good"
    RECENT_DOSE = "UNINTERPRETABLE_RECENT_DOSE"
    POTASSIUM_LOW = "potassium_low"


#: All of a panel that counts for stability.
GOOD = frozenset(
    {Sign.MARKER_GOOD, Sign.BLOOD_GOOD, Sign.CELLS_GOOD, Sign.VITAMIN_GOOD}
)
#: Any of these goes back to quarterly panels (rules 2.9).
UNSETTLING = frozenset({Sign.MARKER_HIGH, Sign.BLOOD_LOW})


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A panel that was done: when, and what it came to."""

    on: date
    signs: frozenset[Sign]


def stabilised(
    panels: Sequence[Drawn],
    *,
    phase: Phase,
    last_change_on: date | None,
    symptom_worsened: bool,
) -> bool:
    """
    Tell whether the last two panels let the next one wait a year (rules 2.9) [design].

    Both are good and at least 75 days apart, in maintenance, with no change of phase
    or interval since the earlier one (strictly before it), and no tracked symptom worse
    by 2 points or more between them.
    """
    if len(panels) < 2 or phase is not Phase.MAINTENANCE or symptom_worsened:
        return False
    earlier, later = sorted(panels, key=lambda panel: panel.on)[-2:]
    if last_change_on is not None and last_change_on >= earlier.on:
        return False
    return later.on - earlier.on >= APART and earlier.signs >= GOOD <= later.signs


def worsened(assessments: Sequence[Assessed], earlier: date, later: date) -> bool:
    """
    Tell whether a tracked symptom got worse by 2 points between two days (2.9).

    The score that held on the earlier day, or the first after it, is held against every
    one up to the later day; `assessments` are in the order of their days.
    """
    told = [each for each in assessments if each.on <= later]
    return any(_is_worse(domain, told, earlier) for domain in Domain)


def _is_worse(domain: Domain, told: Sequence[Assessed], earlier: date) -> bool:
    scored = [(each.on, each.scores[domain]) for each in told if domain in each.scores]
    scores = [score for _, score in scored]
    if not scores or (scores[0] < ONCE_PRESENT and max(scores) < PRESENT):
        return False
    before = [score for on, score in scored if on <= earlier][-1:]
    between = [*before, *(score for on, score in scored if on > earlier)]
    return max(between) - between[0] >= WORSE


def is_recent(value: Value, given: Iterable[date]) -> bool:
    """
    Tell whether an injection within 14 days before makes a B12 unreadable (rules 2.9).

    One of the same day does not: the blood is drawn immediately before it.
    """
    if value.test not in ("b12", "active_b12"):
        return False
    return any(value.on - RECENT <= on < value.on for on in given)


def signs(
    values: Iterable[Value],
    *,
    egfr: Value | None,
    given: Sequence[date],
    thresholds: Thresholds,
) -> frozenset[Sign]:
    """
    Return what the values of a day came to; `given` are the days of injections.

    `egfr` is the latest up to then: without 60 or more, MMA cannot stand in for
    homocysteine. A value whose laboratory gave no limits is neither good nor bad.
    """
    found: set[Sign] = set()
    for value in values:
        if value.test in ("mma", "homocysteine"):
            found |= _marker(value, egfr, thresholds)
        elif value.test in ("b12", "active_b12"):
            found |= _vitamin(value, given, thresholds)
        else:
            found |= _blood(value)
    return frozenset(found)


def _marker(value: Value, egfr: Value | None, thresholds: Thresholds) -> set[Sign]:
    if thresholds.level(value) is Level.HIGH:
        return {Sign.MARKER_HIGH}
    stands = value.test == "homocysteine" or kidney(egfr) is Kidney.GOOD
    return {Sign.MARKER_GOOD} if stands else set()


def _vitamin(value: Value, given: Sequence[date], thresholds: Thresholds) -> set[Sign]:
    if is_recent(value, given):
        return {Sign.RECENT_DOSE}
    band = thresholds.cuts(value).band(value.value)
    return {Sign.VITAMIN_GOOD} if band is Band.UNLIKELY else set()


def _blood(value: Value) -> set[Sign]:
    speaks = {
        Sign.BLOOD_GOOD: value.test == "haemoglobin" and value.is_in_range,
        Sign.BLOOD_LOW: value.test == "haemoglobin" and value.is_low,
        Sign.BLOOD_VERY_LOW: value.test == "haemoglobin"
        and value.below(VERY_LOW_HAEMOGLOBIN),
        Sign.CELLS_GOOD: value.test == "mcv" and value.is_in_range,
        Sign.CELLS_LARGE: value.test == "mcv" and value.is_high,
        Sign.POTASSIUM_LOW: value.test == "potassium" and value.below(LOW_POTASSIUM),
    }
    return {sign for sign, up in speaks.items() if up}
