"""Who the patient is and what else there is (S14, S15, S19–S21, S24)."""

from schedules.safety.facts import B12, Act, Condition, Facts
from schedules.safety.medicines import WEAKENING
from schedules.safety.rule import (
    BLOCK,
    INFO,
    INJECTING,
    STARTING,
    WARN,
    Evidence,
    Override,
    Rule,
)

ADULT_YEARS = 16

_NITROUS_OXIDE = frozenset(
    {Condition.NITROUS_OXIDE_PLANNED, Condition.NITROUS_OXIDE_RECREATIONAL}
)
_PREGNANT_ANAEMIA = frozenset({Condition.PREGNANT, Condition.MEGALOBLASTIC_ANAEMIA})
_CARRYING = frozenset({Condition.PREGNANT, Condition.BREASTFEEDING})
_OF_CONDITIONS = frozenset({Act.RECORD_CONDITION})
_OF_MEDICINES = frozenset({Act.START_MEDICINE})


def meets_nitrous_oxide(facts: Facts) -> bool:
    """S14: planned or recreational nitrous oxide."""
    return not facts.conditions.isdisjoint(_NITROUS_OXIDE)


def has_unanswered_exclusions(facts: Facts) -> bool:
    """S15: some of X1 to X17 are not answered."""
    return (facts.exclusions_unanswered or 0) > 0


def is_pregnant_without_proof(facts: Facts) -> bool:
    """S19: pregnant, megaloblastic anaemia, B12 deficiency not demonstrated."""
    return facts.conditions >= _PREGNANT_ANAEMIA and facts.b12 is not B12.DEFICIENT


def carries_or_feeds(facts: Facts) -> bool:
    """S19b: pregnant or breastfeeding."""
    return not facts.conditions.isdisjoint(_CARRYING)


def is_a_child(facts: Facts) -> bool:
    """S20: under 16."""
    return facts.age is not None and facts.age < ADULT_YEARS


def shows_a_red_flag(facts: Facts) -> bool:
    """S21: any red flag of the last assessment."""
    return Condition.RED_FLAG in facts.conditions


def takes_what_weakens(facts: Facts) -> bool:
    """S24: chloramphenicol, metformin, a PPI, colchicine, topiramate."""
    return not facts.medicines.isdisjoint(WEAKENING)


RULES = (
    Rule(
        id="S20",
        version=1,
        title="Under 16",
        severity=BLOCK,
        override=Override.TWO_PRESCRIBERS,
        acts=INJECTING,
        speaks=is_a_child,
        reads=("age",),
        text="The patient is under 16: NG239 and the protocols here do not speak of "
        "children.",
        sources=("NG239",),
        evidence=Evidence.SUPPORTED,
        for_plan=True,
    ),
    Rule(
        id="S19",
        version=1,
        title="Megaloblastic anaemia of pregnancy",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=INJECTING | _OF_CONDITIONS,
        speaks=is_pregnant_without_proof,
        reads=("conditions", "b12"),
        minds=_PREGNANT_ANAEMIA,
        text="Megaloblastic anaemia of pregnancy is no licensed use as long as a B12 "
        "deficiency is not demonstrated.",
        sources=("SMPC-A",),
        evidence=Evidence.SUPPORTED,
        for_plan=True,
    ),
    Rule(
        id="S21",
        version=1,
        title="Red flag",
        severity=WARN,
        override=Override.NURSE,
        acts=INJECTING | _OF_CONDITIONS,
        speaks=shows_a_red_flag,
        reads=("conditions",),
        minds=frozenset({Condition.RED_FLAG}),
        text="A red flag was recorded: refer urgently. Suspected cord or optic nerve "
        "involvement is an emergency of the same day.",
        sources=("LOTH",),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S14",
        version=1,
        title="Nitrous oxide",
        severity=WARN,
        override=Override.PRESCRIBER,
        acts=STARTING | _OF_CONDITIONS | _OF_MEDICINES,
        speaks=meets_nitrous_oxide,
        reads=("conditions",),
        minds=_NITROUS_OXIDE,
        text="Nitrous oxide inactivates B12. Planned: tell the anaesthetist. "
        "Recreational: stop it, measure MMA or homocysteine, examine the nerves, and "
        "consider loading again.",
        sources=("N2O", "NG239"),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S15",
        version=1,
        title="Exclusions not answered",
        severity=WARN,
        override=Override.PRESCRIBER,
        acts=STARTING,
        speaks=has_unanswered_exclusions,
        reads=("exclusions_unanswered",),
        text="The exclusions checklist (X1 to X17) is not complete. Treatment may "
        "start; answer it by day 14.",
        sources=("R30", "R31", "R32", "R33", "R34", "R34a"),
        evidence=Evidence.SUPPORTED,
        holds_up=False,
    ),
    Rule(
        id="S19b",
        version=1,
        title="Pregnant or breastfeeding",
        severity=INFO,
        override=Override.SHOWN,
        acts=STARTING | _OF_CONDITIONS,
        speaks=carries_or_feeds,
        reads=("conditions",),
        minds=_CARRYING,
        text="Review after one month rather than three; measure active B12.",
        sources=("NG239",),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S24",
        version=1,
        title="A medicine that weakens the response",
        severity=INFO,
        override=Override.SHOWN,
        acts=STARTING | _OF_MEDICINES,
        speaks=takes_what_weakens,
        reads=("medicines",),
        minds=WEAKENING,
        text="Chloramphenicol can weaken the response; metformin, acid suppression, "
        "colchicine and topiramate can be a cause of the deficiency.",
        sources=("SMPC-C", "NG239 (second-hand)"),
        evidence=Evidence.PARTLY,
    ),
)
