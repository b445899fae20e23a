"""Which cobalamin, for whom, and by which way (S04–S07, S10, S10b, S11; R15)."""

from schedules.safety.facts import (
    CYANOCOBALAMIN,
    HYDROXOCOBALAMIN,
    METHYLCOBALAMIN,
    Act,
    Allergy,
    Condition,
    Facts,
)
from schedules.safety.rule import (
    BLOCK,
    GIVING,
    INFO,
    INJECTING,
    WARN,
    Evidence,
    Override,
    Rule,
)

LEAST_EGFR = 60
ALBUMINURIA_ACR = 3

_ORAL = frozenset({Act.SWITCH_TO_ORAL})
_KIDNEY_READS = ("product", "egfr", "conditions", "acr", "hydroxocobalamin_available")
_KIDNEY_MINDS = frozenset(
    {Condition.DIABETES, Condition.ALBUMINURIA, Condition.RENAL_DISEASE}
)
_TRIAL = (
    "Cyanocobalamin with weak kidneys, or with diabetes and albumin in the urine. The "
    "evidence is weak: a trial of combined oral folic acid 2.5 mg + B6 25 mg + B12 "
    "1 mg (DIVINE) did harm; it cannot be put down to cyanocobalamin, nor carried over "
    "to injections."
)


def burdens_kidneys(facts: Facts) -> bool:
    """Cyanocobalamin with eGFR < 60, or with diabetes and ACR ≥ 3 mg/mmol."""
    if facts.product != CYANOCOBALAMIN:
        return False
    leaks = Condition.DIABETES in facts.conditions and _has_albuminuria(facts)
    return leaks or _has_weak_kidneys(facts)


def _has_weak_kidneys(facts: Facts) -> bool:
    """Tell whether eGFR is below 60, or renal disease known and no eGFR."""
    if facts.egfr is None:
        return Condition.RENAL_DISEASE in facts.conditions
    return facts.egfr < LEAST_EGFR


def _has_albuminuria(facts: Facts) -> bool:
    """Tell whether ACR is 3 mg/mmol or more, or albuminuria known and no ACR."""
    if facts.acr is None:
        return Condition.ALBUMINURIA in facts.conditions
    return facts.acr >= ALBUMINURIA_ACR


def burdens_kidneys_needlessly(facts: Facts) -> bool:
    """S04 where hydroxocobalamin can be had."""
    return burdens_kidneys(facts) and facts.hydroxocobalamin_available


def burdens_kidneys_for_want_of_better(facts: Facts) -> bool:
    """S04 where it cannot."""
    return burdens_kidneys(facts) and not facts.hydroxocobalamin_available


def endangers_optic_nerve(facts: Facts) -> bool:
    """S05: cyanocobalamin and a hereditary optic neuropathy."""
    return facts.product == CYANOCOBALAMIN and Condition.LEBER in facts.conditions


def treats_optic_nerve(facts: Facts) -> bool:
    """S05: hydroxocobalamin, which is licensed for it."""
    return facts.product == HYDROXOCOBALAMIN and Condition.LEBER in facts.conditions


def is_unlicensed(facts: Facts) -> bool:
    """R15: methylcobalamin."""
    return facts.product == METHYLCOBALAMIN


def swallows_for_nerves(facts: Facts) -> bool:
    """S06: neurological symptoms, or none ruled out."""
    return facts.is_neurological is True


def swallows(facts: Facts) -> bool:
    """S07: no neurological symptoms."""
    return facts.is_neurological is False


def is_hypersensitive(facts: Facts) -> bool:
    """S10: anaphylaxis or serious hypersensitivity to any cobalamin or excipient."""
    return Allergy.COBALAMIN in facts.allergies


def is_new(facts: Facts) -> bool:
    """S10b: the first dose ever, or another product than before."""
    return facts.is_first_dose or facts.is_product_change


def reacts_to_cobalt(facts: Facts) -> bool:
    """S11: a known allergy to cobalt."""
    return Allergy.COBALT in facts.allergies


RULES = (
    Rule(
        id="S04",
        version=1,
        title="Cyanocobalamin in renal impairment",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=INJECTING,
        speaks=burdens_kidneys_needlessly,
        reads=_KIDNEY_READS,
        minds=_KIDNEY_MINDS,
        text=f"{_TRIAL} Use hydroxocobalamin.",
        sources=("R15", "R16", "R17", "DIVINE"),
        evidence=Evidence.DIFFERS,
        for_plan=True,
    ),
    Rule(
        id="S04",
        version=1,
        title="Cyanocobalamin in renal impairment",
        severity=WARN,
        override=Override.PRESCRIBER,
        acts=INJECTING,
        speaks=burdens_kidneys_for_want_of_better,
        reads=_KIDNEY_READS,
        minds=_KIDNEY_MINDS,
        text=f"{_TRIAL} Use hydroxocobalamin as soon as it can be had.",
        sources=("R15", "R16", "R17", "DIVINE"),
        evidence=Evidence.DIFFERS,
    ),
    Rule(
        id="S05",
        version=1,
        title="Cyanocobalamin in hereditary optic neuropathy",
        severity=BLOCK,
        override=Override.TWO_PRESCRIBERS,
        acts=INJECTING,
        speaks=endangers_optic_nerve,
        reads=("product", "conditions"),
        minds=frozenset({Condition.LEBER}),
        text="Swift wasting of the optic nerve was reported after cyanocobalamin in "
        "Leber's disease. Use hydroxocobalamin, and ask a specialist.",
        sources=("FDA-CY",),
        evidence=Evidence.SUPPORTED,
        for_plan=True,
    ),
    Rule(
        id="S05",
        version=1,
        title="Hydroxocobalamin in hereditary optic neuropathy",
        severity=INFO,
        override=Override.SHOWN,
        acts=INJECTING,
        speaks=treats_optic_nerve,
        reads=("product", "conditions"),
        minds=frozenset({Condition.LEBER}),
        text="Hydroxocobalamin is licensed for Leber's disease, with a regimen of its "
        "own: ask a specialist.",
        sources=("SMPC-A",),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="R15",
        version=1,
        title="Methylcobalamin",
        severity=INFO,
        override=Override.SHOWN,
        acts=INJECTING,
        speaks=is_unlicensed,
        reads=("product",),
        text="Methylcobalamin is unlicensed here, and no guideline gives it a place. "
        "Hydroxocobalamin is first choice in UK practice.",
        sources=("R15", "R18", "R41"),
        evidence=Evidence.PARTLY,
    ),
    Rule(
        id="S06",
        version=1,
        title="Oral instead of injected, neurological symptoms",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=_ORAL,
        speaks=swallows_for_nerves,
        reads=("is_neurological",),
        text="Neurological symptoms are present or not ruled out. The article holds "
        "tablets of 1-2 mg to be too little for them (R38) and unproven in "
        "malabsorption (R39); trials found 1-2 mg a day as good as injections, though "
        "slower, and NG239 allows at least 1 mg a day in malabsorption.",
        sources=("R38", "R39", "AFP25", "AFP17", "NG239"),
        evidence=Evidence.PARTLY,
    ),
    Rule(
        id="S07",
        version=1,
        title="Oral instead of injected",
        severity=INFO,
        override=Override.SHOWN,
        acts=_ORAL,
        speaks=swallows,
        reads=("is_neurological",),
        text="Record the dose: at least 1 mg a day if absorption is impaired.",
        sources=("NG239", "R39"),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S10",
        version=1,
        title="Serious hypersensitivity to a cobalamin",
        severity=BLOCK,
        override=Override.TWO_PRESCRIBERS,
        acts=INJECTING,
        speaks=is_hypersensitive,
        reads=("allergies", "product"),
        minds=frozenset({Allergy.COBALAMIN}),
        text="Anaphylaxis or serious hypersensitivity to a cobalamin or an excipient "
        "is known, or a reaction that nobody has weighed. Take allergy advice first. "
        "Not everybody reacts to the other form: in a UK series of 29, 7 tolerated it.",
        sources=("SMPC-A", "PubMed 37898177"),
        evidence=Evidence.SUPPORTED,
        for_plan=True,
    ),
    Rule(
        id="S10b",
        version=1,
        title="First dose, or another product",
        severity=INFO,
        override=Override.SHOWN,
        acts=GIVING,
        speaks=is_new,
        reads=("product",),
        text="The first dose ever, or the first of this product: have the anaphylaxis "
        "kit at hand, and observe as local policy says.",
        sources=(),
        evidence=Evidence.DESIGN,
    ),
    Rule(
        id="S11",
        version=1,
        title="Cobalt allergy",
        severity=WARN,
        override=Override.PRESCRIBER,
        acts=INJECTING,
        speaks=reacts_to_cobalt,
        reads=("allergies",),
        minds=frozenset({Allergy.COBALT}),
        text="An allergy to cobalt is known: watch for dermatitis and erythema "
        "multiforme for up to 72 hours, and report one by Yellow Card.",
        sources=("MHRA",),
        evidence=Evidence.SUPPORTED,
    ),
)
