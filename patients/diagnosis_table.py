"""
The table of thirteen rows: from findings to a category and a next step (rules 3).

Data, to be read beside the rules. Every combination of findings has exactly one row; no
row starts, stops or changes a treatment. Not clinically approved.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from patients.bands import Band, Kidney, Level


class Category(StrEnum):
    """What the numbers say together."""

    CONFIRMED = "CONFIRMED"
    AWAITING_MMA = "AWAITING_MMA"
    FUNCTIONAL_CONFIRMED = "FUNCTIONAL_CONFIRMED"
    FUNCTIONAL_PROBABLE = "FUNCTIONAL_PROBABLE"
    FUNCTIONAL_UNLIKELY = "FUNCTIONAL_UNLIKELY"
    UNINTERPRETABLE_RENAL = "UNINTERPRETABLE_RENAL"
    CLINICAL_REVIEW = "CLINICAL_REVIEW"
    UNLIKELY = "UNLIKELY"


class Flag(StrEnum):
    """What is to be kept in mind beside the category, and never changes it."""

    RENAL_CAVEAT = "RENAL_CAVEAT"
    RENAL_FUNCTION_UNKNOWN = "RENAL_FUNCTION_UNKNOWN"
    CLINICAL_OVERRIDE_POSSIBLE = "CLINICAL_OVERRIDE_POSSIBLE"
    DO_NOT_DELAY_TREATMENT = "DO_NOT_DELAY_TREATMENT"
    N2O_USE_FUNCTIONAL_TEST = "N2O_USE_FUNCTIONAL_TEST"
    RESULT_UNRELIABLE_RECENT_B12 = "RESULT_UNRELIABLE_RECENT_B12"
    HCY_HIGH_MMA_NORMAL = "HCY_HIGH_MMA_NORMAL_CHECK_FOLATE_B6_RENAL_THYROID"
    HCY_ABOVE_TARGET = "HCY_ABOVE_TARGET_10"
    FOLATE_LOW = "FOLATE_LOW_TREAT_B12_FIRST_OR_TOGETHER"


class Context(StrEnum):
    """What makes a normal B12 doubtful. Nitrous oxide speaks before suspicion."""

    NONE = "none"
    SUSPICION = "high clinical suspicion"
    N2O = "nitrous oxide"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of the table: when it holds, what it says, what to do next."""

    number: int
    band: Band
    category: Category
    step: str
    mma: frozenset[Level] = frozenset(Level)
    kidney: frozenset[Kidney] = frozenset(Kidney)
    context: frozenset[Context] = frozenset(Context)
    homocysteine: frozenset[Level] = frozenset(Level)
    flags: frozenset[Flag] = frozenset()

    def holds(
        self, band: Band, mma: Level, kidneys: Kidney, context: Context, hcy: Level
    ) -> bool:
        """Tell whether this row is about these findings."""
        return (
            band is self.band
            and mma in self.mma
            and kidneys in self.kidney
            and context in self.context
            and hcy in self.homocysteine
        )


_HIGH = frozenset({Level.HIGH})
_NOT_HIGH = frozenset({Level.NOT_HIGH})
_MISSING = frozenset({Level.MISSING})
_DOUBTED = frozenset({Context.N2O, Context.SUSPICION})

_HIGH_MMA = (
    Row(
        number=3,
        band=Band.INDETERMINATE,
        mma=_HIGH,
        kidney=frozenset({Kidney.GOOD}),
        category=Category.FUNCTIONAL_CONFIRMED,
        step="Treatment is indicated if it fits the person; find the cause.",
    ),
    Row(
        number=4,
        band=Band.INDETERMINATE,
        mma=_HIGH,
        kidney=frozenset({Kidney.REDUCED}),
        category=Category.FUNCTIONAL_PROBABLE,
        flags=frozenset({Flag.RENAL_CAVEAT}),
        step="The kidneys may explain the MMA: a clinician decides.",
    ),
    Row(
        number=5,
        band=Band.INDETERMINATE,
        mma=_HIGH,
        kidney=frozenset({Kidney.POOR}),
        category=Category.UNINTERPRETABLE_RENAL,
        flags=frozenset({Flag.RENAL_CAVEAT}),
        step="MMA cannot be read here: a clinical decision, or a trial of treatment.",
    ),
    Row(
        number=6,
        band=Band.INDETERMINATE,
        mma=_HIGH,
        kidney=frozenset({Kidney.UNKNOWN}),
        category=Category.FUNCTIONAL_PROBABLE,
        flags=frozenset({Flag.RENAL_FUNCTION_UNKNOWN}),
        step="Measure creatinine and eGFR before MMA is relied on.",
    ),
)

ROWS: tuple[Row, ...] = (
    Row(
        number=1,
        band=Band.DEFICIENT,
        category=Category.CONFIRMED,
        step="Treat; find the cause. MMA is not needed.",
    ),
    Row(
        number=2,
        band=Band.INDETERMINATE,
        mma=_MISSING,
        category=Category.AWAITING_MMA,
        step="Order MMA.",
    ),
    *_HIGH_MMA,
    Row(
        number=7,
        band=Band.INDETERMINATE,
        mma=_NOT_HIGH,
        category=Category.FUNCTIONAL_UNLIKELY,
        step="Look for another cause.",
    ),
    Row(
        number=8,
        band=Band.UNLIKELY,
        mma=_MISSING | _NOT_HIGH,
        context=frozenset({Context.NONE}),
        category=Category.UNLIKELY,
        step="Look for other causes.",
    ),
    Row(
        number=9,
        band=Band.UNLIKELY,
        mma=_MISSING,
        context=_DOUBTED,
        homocysteine=_MISSING,
        category=Category.AWAITING_MMA,
        step="Order MMA or homocysteine.",
    ),
    # A measured high MMA always speaks: as in rows 3 to 6, by the kidneys.
    *(replace(row, number=10, band=Band.UNLIKELY) for row in _HIGH_MMA),
    Row(
        number=11,
        band=Band.UNLIKELY,
        mma=_MISSING,
        context=frozenset({Context.N2O}),
        homocysteine=_HIGH,
        category=Category.FUNCTIONAL_PROBABLE,
        step="With nitrous oxide, B12 may be normal: order MMA; a clinician decides.",
    ),
    Row(
        number=12,
        band=Band.UNLIKELY,
        mma=_MISSING,
        context=frozenset({Context.SUSPICION}),
        homocysteine=_HIGH,
        category=Category.CLINICAL_REVIEW,
        step="Homocysteine is not specific: order MMA; a clinician looks at it.",
    ),
    Row(
        number=13,
        band=Band.UNLIKELY,
        mma=_NOT_HIGH,
        context=_DOUBTED,
        category=Category.UNLIKELY,
        flags=frozenset({Flag.CLINICAL_OVERRIDE_POSSIBLE}),
        step="Look for other causes; a clinician may decide otherwise.",
    ),
    Row(
        number=13,
        band=Band.UNLIKELY,
        mma=_MISSING,
        context=_DOUBTED,
        homocysteine=_NOT_HIGH,
        category=Category.UNLIKELY,
        flags=frozenset({Flag.CLINICAL_OVERRIDE_POSSIBLE}),
        step="Look for other causes; a clinician may decide otherwise.",
    ),
)
