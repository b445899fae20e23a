"""
What is found in the numbers and known of the person, and the flags that it raises.

Flags stand beside the category and never change it (rules 3, modifiers).
"""

from collections.abc import Callable
from dataclasses import dataclass

from patients.bands import (
    HOMOCYSTEINE_TARGET,
    Band,
    Kidney,
    Level,
    Thresholds,
    kidney,
)
from patients.diagnosis_table import ROWS, Category, Context, Flag, Row
from patients.measured import Value


@dataclass(frozen=True, kw_only=True)
class About:
    """
    What is known of the person besides the numbers.

    `recent_b12`: an injection, or at least 50 µg a day by mouth, shortly before the
    blood was drawn. `on_treatment`: injections had begun before it was.
    """

    neurological: bool = False
    nitrous_oxide: bool = False
    suspicion: bool = False
    recent_b12: bool = False
    on_treatment: bool = False
    pregnant: bool = False
    contraceptive_pill: bool = False
    very_high_twice: bool = False

    @property
    def context(self) -> Context:
        """Return what makes a normal B12 doubtful."""
        if self.nitrous_oxide:
            return Context.N2O
        return Context.SUSPICION if self.suspicion else Context.NONE


@dataclass(frozen=True, kw_only=True)
class Findings:
    """The numbers and the circumstances, held against the thresholds."""

    b12: Value
    mma: Value | None
    homocysteine: Value | None
    egfr: Value | None
    folate: Value | None
    about: About
    thresholds: Thresholds

    @property
    def band(self) -> Band:
        """Return where B12 lies."""
        return self.thresholds.cuts(self.b12).band(self.b12.value)

    @property
    def kidney(self) -> Kidney:
        """Return how far the kidneys let MMA be read."""
        return kidney(self.egfr)

    def level(self, value: Value | None) -> Level:
        """Return what a marker of function says."""
        return self.thresholds.level(value)

    @property
    def row(self) -> Row:
        """Return the row that holds: there is exactly one."""
        hcy = self.level(self.homocysteine)
        said = (self.band, self.level(self.mma), self.kidney, self.about.context, hcy)
        return next(row for row in ROWS if row.holds(*said))

    @property
    def is_hcy_above_target(self) -> bool:
        """Tell whether homocysteine is above the article's target and not high."""
        hcy = self.homocysteine
        if hcy is None or hcy.value < HOMOCYSTEINE_TARGET:
            return False
        return self.level(hcy) is Level.NOT_HIGH


#: Flags that circumstances raise, whatever the row, but for the first.
MODIFIERS: tuple[tuple[Flag, Callable[[Findings], bool]], ...] = (
    (
        Flag.CLINICAL_OVERRIDE_POSSIBLE,
        lambda found: (
            found.row.category is Category.FUNCTIONAL_UNLIKELY
            and (found.about.neurological or found.about.suspicion)
        ),
    ),
    (Flag.DO_NOT_DELAY_TREATMENT, lambda found: found.about.neurological),
    (Flag.N2O_USE_FUNCTIONAL_TEST, lambda found: found.about.nitrous_oxide),
    (Flag.RESULT_UNRELIABLE_RECENT_B12, lambda found: found.about.recent_b12),
    (
        Flag.HCY_HIGH_MMA_NORMAL,
        lambda found: (
            found.level(found.homocysteine) is Level.HIGH
            and found.level(found.mma) is Level.NOT_HIGH
        ),
    ),
    (Flag.HCY_ABOVE_TARGET, lambda found: found.is_hcy_above_target),
    (
        Flag.FOLATE_LOW,
        lambda found: found.folate is not None and found.folate.is_low,
    ),
)

#: Lines to know about, each with its source; they change nothing.
INFORMATION: tuple[tuple[str, Callable[[Findings], bool]], ...] = (
    (
        "The blood was drawn under treatment: a normal or high B12 says nothing about "
        "the diagnosis (BNSSG).",
        lambda found: found.about.on_treatment,
    ),
    (
        "In pregnancy total B12 falls: active B12 is asked for (NG239).",
        lambda found: found.about.pregnant,
    ),
    (
        "A combined contraceptive pill lowers total B12 (NG239).",
        lambda found: found.about.contraceptive_pill,
    ),
    (
        "The reference range may be higher in people of Black ethnicity (NG239 "
        "1.3.13, second-hand).",
        lambda found: found.band is Band.INDETERMINATE,
    ),
    (
        "MMA rises with age and falling kidney function (LAB).",
        lambda found: found.level(found.mma) is Level.HIGH,
    ),
    (
        "B12 was above 1000 pg/mL twice without treatment: seen together with "
        "malignancy (AFP25).",
        lambda found: found.about.very_high_twice,
    ),
)
