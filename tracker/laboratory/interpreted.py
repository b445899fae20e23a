"""What the numbers say of a diagnosis, in words for people."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.words import of
from patients.diagnosis import ADVICE, RULE, Interpretation
from patients.diagnosis_table import Category, Flag
from patients.models import Patient
from schedules.interpreting import interpretation_of
from schedules.units import written
from schedules.words import Words

CATEGORIES: dict[str, Words] = {
    Category.CONFIRMED: gettext_lazy("deficiency confirmed"),
    Category.AWAITING_MMA: gettext_lazy("open: a test of function is missing"),
    Category.FUNCTIONAL_CONFIRMED: gettext_lazy("functional deficiency"),
    Category.FUNCTIONAL_PROBABLE: gettext_lazy("functional deficiency is probable"),
    Category.FUNCTIONAL_UNLIKELY: gettext_lazy("functional deficiency is unlikely"),
    Category.UNINTERPRETABLE_RENAL: gettext_lazy("cannot be read: kidneys"),
    Category.CLINICAL_REVIEW: gettext_lazy("a clinician has to look at it"),
    Category.UNLIKELY: gettext_lazy("deficiency is unlikely"),
}
FLAGS: dict[str, Words] = {
    Flag.RENAL_CAVEAT: gettext_lazy("the kidneys raise MMA"),
    Flag.RENAL_FUNCTION_UNKNOWN: gettext_lazy("kidney function is not known"),
    Flag.CLINICAL_OVERRIDE_POSSIBLE: gettext_lazy("a clinician may decide otherwise"),
    Flag.DO_NOT_DELAY_TREATMENT: gettext_lazy("nerves: do not delay treatment"),
    Flag.N2O_USE_FUNCTIONAL_TEST: gettext_lazy(
        "nitrous oxide: rely on MMA or homocysteine"
    ),
    Flag.RESULT_UNRELIABLE_RECENT_B12: gettext_lazy(
        "unreliable: B12 was taken shortly before"
    ),
    Flag.HCY_HIGH_MMA_NORMAL: gettext_lazy(
        "homocysteine high, MMA not: check folate, B6, kidneys, thyroid"
    ),
    Flag.HCY_ABOVE_TARGET: gettext_lazy(
        "homocysteine above 10, a target of the article alone"
    ),
    Flag.FOLATE_LOW: gettext_lazy("folate low: B12 first, or together"),
}


@dataclass(frozen=True, kw_only=True)
class Said:
    """An interpretation, as the chart shows it."""

    category: str
    flags: tuple[str, ...]
    step: str
    reasons: tuple[str, ...]
    near: tuple[str, ...]
    information: tuple[str, ...]
    rule: str
    advice: str


def interpreted(patient: Patient, *, today: date) -> Said | None:
    """Say what the results of `patient` come to; None without a B12."""
    found = interpretation_of(patient, on=today)
    return None if found is None else said(found)


def said(found: Interpretation) -> Said:
    """Put an interpretation into words."""
    return Said(
        category=of(CATEGORIES, found.category),
        flags=tuple(sorted(of(FLAGS, flag) for flag in found.flags)),
        step=found.step,
        reasons=tuple(_people_write(reason) for reason in found.reasons),
        near=found.near,
        information=found.information,
        rule=_("%(rule)s, row %(row)s") % {"rule": RULE, "row": found.row},
        advice=ADVICE,
    )


def _people_write(reason: str) -> str:
    return written(reason).replace(" umol/", " µmol/")
