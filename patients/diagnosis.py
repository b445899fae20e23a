"""
What the numbers say about a deficiency, and what to ask next (rules 3, R05-R10).

    B12 band, MMA, kidneys, homocysteine, circumstances  ──►  one row of thirteen
                                                         ──►  flags, beside it

The category is advice about numbers. It starts, stops and changes nothing: no treatment
is decided here, or from here. None of it is clinically approved.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from patients.bands import Band, Level, Thresholds, near
from patients.diagnosis_table import Category, Flag
from patients.findings import INFORMATION, MODIFIERS, About, Findings
from patients.laboratory import TESTS
from patients.measured import Measured, Value

RULE = "3 v1"
ADVICE = "Advice about these numbers, never a treatment decision: a prescriber decides."


@dataclass(frozen=True, kw_only=True)
class Interpretation:
    """
    What the numbers say, the numbers that led there, and what they do not say.

    `reasons` are the numbers and what they were held against; `near` those so close to
    a cut that another sample might fall on its other side.
    """

    row: int
    category: Category
    flags: frozenset[Flag]
    step: str
    used: tuple[Value, ...]
    reasons: tuple[str, ...]
    near: tuple[str, ...]
    information: tuple[str, ...]


def interpret(
    measured: Measured, *, about: About, thresholds: Thresholds
) -> Interpretation | None:
    """
    Return what the numbers say; None where no B12 was measured.

    Of total and active B12 the one drawn later speaks, of one day the active one
    (rules 3). The category is advice: treatment is always a prescriber's act.
    """
    b12 = _b12(measured)
    if b12 is None:
        return None
    found = Findings(
        b12=b12,
        mma=measured.get("mma"),
        homocysteine=measured.get("homocysteine"),
        egfr=measured.get("egfr"),
        folate=measured.get("folate"),
        about=about,
        thresholds=thresholds,
    )
    raised = frozenset(flag for flag, speaks in MODIFIERS if speaks(found))
    used = (found.b12, found.mma, found.egfr, found.homocysteine, found.folate)
    return Interpretation(
        row=found.row.number,
        category=found.row.category,
        flags=found.row.flags | raised,
        step=found.row.step,
        used=tuple(value for value in used if value is not None),
        reasons=tuple(_reasons(found)),
        near=tuple(_near(found)),
        information=tuple(line for line, speaks in INFORMATION if speaks(found)),
    )


def _b12(measured: Measured) -> Value | None:
    found = [v for v in map(measured.get, ("b12", "active_b12")) if v is not None]
    return max(found, key=lambda v: (v.on, v.test == "active_b12"), default=None)


_BANDS = {
    Band.DEFICIENT: "below {low}, deficient",
    Band.INDETERMINATE: "from {low} to {high}, indeterminate",
    Band.UNLIKELY: "above {high}, deficiency is unlikely",
}


def _reasons(found: Findings) -> Iterable[str]:
    cuts = found.thresholds.cuts(found.b12)
    yield _said(found.b12, _BANDS[found.band].format(low=cuts.low, high=cuts.high))
    for value in (found.mma, found.homocysteine):
        if value is not None:
            limit, whose = found.thresholds.limit(value), _whose(value)
            over = "above" if found.level(value) is Level.HIGH else "not above"
            yield _said(value, f"{over} {_plain(limit)}{whose}")
    if found.egfr is not None:
        yield _said(found.egfr, found.kidney.value)
    if found.folate is not None and found.folate.is_low:
        yield _said(found.folate, "below the laboratory’s limit")


def _near(found: Findings) -> Iterable[str]:
    cut = found.thresholds.cuts(found.b12).near(found.b12.value)
    if cut is not None:
        yield f"{_called(found.b12)} is near the threshold of {_plain(cut)}"
    for value in (found.mma, found.homocysteine):
        if value is not None and near(value.value, found.thresholds.limit(value)):
            limit = found.thresholds.limit(value)
            yield f"{_called(value)} is near the threshold of {_plain(limit)}"


def _said(value: Value, where: str) -> str:
    on = f"{value.on:%-d %b %Y}"
    return f"{_called(value)} {_plain(value.value)} {value.unit} on {on}: {where}"


def _called(value: Value) -> str:
    return TESTS[value.test].title


def _whose(value: Value) -> str:
    return "" if value.high is None else ", the laboratory’s limit"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
