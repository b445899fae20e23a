"""
What a clinic asks of its laboratory, from which day on: policy and thresholds.

    1 Jan                 1 Jul
      |---------------------|------------------>
      the rules' own          the clinic's; what was before keeps the rules' own
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from patients.bands import Cuts, Thresholds
from patients.laboratory import Policy

THOUSAND = Decimal(1000)  # nmol in an umol: a limit is scaled, never a value


@dataclass(frozen=True, kw_only=True)
class LabRules:
    """The policy and the thresholds of a clinic from a day on."""

    from_on: date
    policy: Policy
    thresholds: Thresholds


@dataclass(frozen=True)
class LabTimeline:
    """All of them, the earliest first; before the first the rules' own hold."""

    rules: tuple[LabRules, ...] = ()

    def thresholds(self, day: date) -> Thresholds:
        """Return what results are held against that were drawn on a day."""
        begun = [each for each in self.rules if each.from_on <= day]
        return begun[-1].thresholds if begun else Thresholds()

    def policy(self, day: date) -> Policy:
        """Return the policy followed on a day."""
        begun = [each for each in self.rules if each.from_on <= day]
        return begun[-1].policy if begun else Policy.QUARTERLY_THEN_ANNUAL

    @property
    def policies(self) -> tuple[tuple[date, Policy], ...]:
        """Return from when on which policy is followed."""
        return tuple((each.from_on, each.policy) for each in self.rules)


def thresholds_from(numbers: Mapping[str, Decimal]) -> Thresholds:
    """Return thresholds from a clinic's numbers, by their names in `NUMBERS`."""
    mass = Cuts(low=numbers["b12_mass_low"], high=numbers["b12_mass_high"])
    moles = Cuts(low=numbers["b12_moles_low"], high=numbers["b12_moles_high"])
    active = Cuts(low=numbers["active_b12_low"], high=numbers["active_b12_high"])
    mma = numbers["mma_high"]
    return Thresholds(
        b12={
            "b12": {"pg/mL": mass, "ng/L": mass, "pmol/L": moles},
            "active_b12": {"pmol/L": active},
        },
        mma={"nmol/L": mma, "umol/L": mma / THOUSAND},
        homocysteine={"umol/L": numbers["homocysteine_high"]},
    )


@dataclass(frozen=True, kw_only=True)
class Number:
    """One number of a laboratory: what the rules give, and what is believed."""

    default: Decimal
    least: Decimal
    most: Decimal


def _number(default: str, least: str, most: str) -> Number:
    return Number(default=Decimal(default), least=Decimal(least), most=Decimal(most))


#: The numbers that a clinic may set (rules 3); the least and most are wide enough for
#: any laboratory and there to catch a number in another unit [design].
NUMBERS: Mapping[str, Number] = {
    "b12_mass_low": _number("180", "50", "500"),
    "b12_mass_high": _number("350", "100", "1000"),
    "b12_moles_low": _number("133", "40", "370"),
    "b12_moles_high": _number("258", "70", "740"),
    "active_b12_low": _number("25", "5", "100"),
    "active_b12_high": _number("70", "20", "300"),
    "mma_high": _number("271", "100", "1000"),
    "homocysteine_high": _number("15", "5", "50"),
}

#: Which number lies below which.
PAIRS = (
    ("b12_mass_low", "b12_mass_high"),
    ("b12_moles_low", "b12_moles_high"),
    ("active_b12_low", "active_b12_high"),
)


class ImplausibleThreshold(ValueError):
    """A threshold that no laboratory would set, or two in the wrong order."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


def check(numbers: Mapping[str, Decimal]) -> None:
    """Check a clinic's numbers; raise ImplausibleThreshold, naming the field."""
    for name, known in NUMBERS.items():
        if not known.least <= numbers[name] <= known.most:
            said = f"This number lies between {known.least} and {known.most}."
            raise ImplausibleThreshold(name, said)
    for low, high in PAIRS:
        if numbers[low] >= numbers[high]:
            raise ImplausibleThreshold(
                high, "The upper threshold is above the lower one."
            )
