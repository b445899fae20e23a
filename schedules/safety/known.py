"""From what is known of a patient to the facts that the safety rules read."""

from decimal import Decimal

from patients import background as known
from patients.background import Background
from patients.measured import Measured, Value
from patients.medicines import Medicine
from schedules.safety.facts import B12, Act, Allergy, Condition, Facts

# Between these a B12 is indeterminate, each in its own unit (rules 3).
DEFICIENT_BELOW = {
    "pg/mL": Decimal(180),
    "ng/L": Decimal(180),
    "pmol/L": Decimal(133),
}
NORMAL_ABOVE = {
    "pg/mL": Decimal(350),
    "ng/L": Decimal(350),
    "pmol/L": Decimal(258),
}
LOW_FOLATE = {"ng/mL": Decimal(3), "ug/L": Decimal(3), "nmol/L": Decimal(7)}
# What one of the unit is in the unit of the limit; 30 mg/g stand for 3 mg/mmol.
SCALES = {"g/dL": Decimal(10), "mg/g": Decimal("0.1")}

CONDITIONS = {
    known.Condition.ALBUMINURIA: Condition.ALBUMINURIA,
    known.Condition.BLEEDING_DISORDER: Condition.BLEEDING_DISORDER,
    known.Condition.BREASTFEEDING: Condition.BREASTFEEDING,
    known.Condition.CARDIAC_DISEASE: Condition.CARDIAC_DISEASE,
    known.Condition.DIABETES: Condition.DIABETES,
    known.Condition.MEGALOBLASTIC_ANAEMIA: Condition.MEGALOBLASTIC_ANAEMIA,
    known.Condition.NITROUS_OXIDE_PLANNED: Condition.NITROUS_OXIDE_PLANNED,
    known.Condition.NITROUS_OXIDE_RECREATIONAL: Condition.NITROUS_OXIDE_RECREATIONAL,
    known.Condition.OPTIC_NEUROPATHY: Condition.LEBER,
    known.Condition.PREGNANCY: Condition.PREGNANT,
    known.Condition.RENAL_DISEASE: Condition.RENAL_DISEASE,
}


def facts_of(
    act: Act,
    *,
    background: Background,
    measured: Measured,
    untreated: Measured,
    has_red_flag: bool = False,
) -> Facts:
    """
    Return what is known on the day of `background`, for an act.

    `measured` are the latest values, `untreated` those from before the first injection:
    a B12 drawn later says nothing of a deficiency. What belongs to the act itself is
    left out.
    """
    return Facts(
        act=act,
        b12=b12_of(untreated),
        folate_is_low=_is_folate_low(measured.get("folate")),
        folic_acid_mg=background.folic_acid_mg or None,
        egfr=_number(measured, "egfr"),
        acr=_number(measured, "urine_acr"),
        potassium=_number(measured, "potassium"),
        potassium_age_days=_age(measured, "potassium", background),
        haemoglobin=_number(measured, "haemoglobin"),
        platelets=_number(measured, "platelets"),
        inr=_number(measured, "inr"),
        inr_top=_inr_top(background),
        inr_age_days=_age(measured, "inr", background),
        medicines=_medicines(background),
        antiplatelets=background.antiplatelets,
        allergies=_allergies(background),
        conditions=_conditions(background, has_red_flag),
        exclusions_unanswered=len(background.unanswered),
    )


def b12_of(measured: Measured) -> B12:
    """Return what the total B12 says, in the unit it was reported in."""
    value = measured.get("b12")
    if value is None or value.unit not in DEFICIENT_BELOW:
        return B12.UNKNOWN
    if value.value < DEFICIENT_BELOW[value.unit]:
        return B12.DEFICIENT
    is_normal = value.value > NORMAL_ABOVE[value.unit]
    return B12.NORMAL if is_normal else B12.INDETERMINATE


def _is_folate_low(value: Value | None) -> bool:
    if value is None:
        return False
    return value.is_low or bool(value.below(LOW_FOLATE))


def _number(measured: Measured, test: str) -> Decimal | None:
    """Return a value in the unit in which the rules give its limit."""
    value = measured.get(test)
    return None if value is None else value.value * SCALES.get(value.unit, Decimal(1))


def _age(measured: Measured, test: str, background: Background) -> int | None:
    value = measured.get(test)
    return None if value is None else (background.on - value.on).days


def _inr_top(background: Background) -> Decimal | None:
    """Return the upper end of the range that is meant for this person."""
    tops = (each.inr_high for each in background.taken if each.inr_high is not None)
    return next(tops, None)


def _medicines(background: Background) -> frozenset[str]:
    """Return what is taken; chloramphenicol counts where it reaches the blood (S24)."""
    attenuating = background.attenuating
    return frozenset(
        each.medicine
        for each in background.taken
        if each.medicine is not Medicine.CHLORAMPHENICOL or each in attenuating
    )


def _allergies(background: Background) -> frozenset[Allergy]:
    """Return what is not tolerated; a reaction nobody weighed counts as serious."""
    found = set()
    if background.dangers or background.uncertain:
        found.add(Allergy.COBALAMIN)
    if background.reacts_to(known.Allergen.COBALT):
        found.add(Allergy.COBALT)
    return frozenset(found)


def _conditions(background: Background, has_red_flag: bool) -> frozenset[Condition]:
    found = {ours for theirs, ours in CONDITIONS.items() if background.has(theirs)}
    if has_red_flag:
        found.add(Condition.RED_FLAG)
    return frozenset(found)
