"""
Where a laboratory value lies, in the unit it was reported in (rules 3, R06-R09).

                      low                       high
      DEFICIENT        |      INDETERMINATE       |      UNLIKELY
    ------------------)[-------------------------](------------------

Every cut has a number for each unit. A value is never converted to reach one: 133
pmol/L is 180.3 pg/mL, and would change its band on the way. The numbers are those of a
laboratory and a clinic may set its own; none is clinically approved.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from patients.measured import Limits, Value

NEAR = Decimal("0.1")  # of a cut: less than two samples of one person differ


class Band(StrEnum):
    """Where a B12 value lies."""

    DEFICIENT = "DEFICIENT"
    INDETERMINATE = "INDETERMINATE"
    UNLIKELY = "UNLIKELY"


class Level(StrEnum):
    """What a marker of function says: it was high, was not, or was not measured."""

    HIGH = "high"
    NOT_HIGH = "not high"
    MISSING = "missing"


class Kidney(StrEnum):
    """How far the kidneys let methylmalonic acid be read."""

    GOOD = "60 or more"
    REDUCED = "30 to 59"
    POOR = "under 30"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Cuts:
    """Between `low` and `high`, both included, a value is indeterminate."""

    low: Decimal
    high: Decimal

    def band(self, value: Decimal) -> Band:
        """Return where a value lies."""
        if value < self.low:
            return Band.DEFICIENT
        return Band.INDETERMINATE if value <= self.high else Band.UNLIKELY

    def near(self, value: Decimal) -> Decimal | None:
        """Return the cut that a value is near to, None if there is none."""
        return next((cut for cut in (self.low, self.high) if near(value, cut)), None)


def near(value: Decimal, cut: Decimal) -> bool:
    """Tell whether a value is within a tenth of a cut (SOLOMON: samples vary more)."""
    return abs(value - cut) <= cut * NEAR


def _cuts(low: str, high: str) -> Cuts:
    return Cuts(low=Decimal(low), high=Decimal(high))


B12_CUTS: Mapping[str, Mapping[str, Cuts]] = {
    "b12": {
        "pg/mL": _cuts("180", "350"),
        "ng/L": _cuts("180", "350"),
        "pmol/L": _cuts("133", "258"),
    },
    "active_b12": {"pmol/L": _cuts("25", "70")},
}
MMA_LIMITS: Limits = {"nmol/L": Decimal(271), "umol/L": Decimal("0.271")}
HOMOCYSTEINE_LIMITS: Limits = {"umol/L": Decimal(15)}
#: Twice above it without treatment: information (AFP25). 1000 pg/mL are 738 pmol/L.
VERY_HIGH_B12: Mapping[str, Limits] = {
    "b12": {"pg/mL": Decimal(1000), "ng/L": Decimal(1000), "pmol/L": Decimal(738)}
}
HOMOCYSTEINE_TARGET = Decimal(10)  # umol/L, of the article alone (R09)


@dataclass(frozen=True, kw_only=True)
class Thresholds:
    """
    The numbers that results are held against: a clinic's own, or these.

    The upper limit that a laboratory printed beside a marker of function comes first.
    """

    b12: Mapping[str, Mapping[str, Cuts]] = field(default_factory=lambda: B12_CUTS)
    mma: Limits = field(default_factory=lambda: MMA_LIMITS)
    homocysteine: Limits = field(default_factory=lambda: HOMOCYSTEINE_LIMITS)

    def cuts(self, value: Value) -> Cuts:
        """Return the cuts of a B12 value, in its unit."""
        return self.b12[value.test][value.unit]

    def limit(self, value: Value) -> Decimal:
        """Return above what a marker of function is high, in its unit."""
        if value.high is not None:
            return value.high
        limits = self.mma if value.test == "mma" else self.homocysteine
        return limits[value.unit]

    def level(self, value: Value | None) -> Level:
        """Return what a marker of function says; its limit itself is not high."""
        if value is None:
            return Level.MISSING
        return Level.HIGH if value.value > self.limit(value) else Level.NOT_HIGH


def kidney(egfr: Value | None) -> Kidney:
    """Return how far an eGFR, in mL/min/1.73 m², lets MMA be read (rules 3)."""
    if egfr is None:
        return Kidney.UNKNOWN
    if egfr.value >= 60:
        return Kidney.GOOD
    return Kidney.REDUCED if egfr.value >= 30 else Kidney.POOR
