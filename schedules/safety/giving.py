"""The needle itself: which dose, which way, which ampoule, who (S16–S18, S23)."""

from schedules.guard import Severity as Guarded
from schedules.safety.facts import IM, IV, Act, Facts
from schedules.safety.rule import (
    BLOCK,
    GIVING,
    INFO,
    WARN,
    Evidence,
    Override,
    Rule,
)

USUAL_DOSE_MG = 1

_FIRST = frozenset({Act.START_LOADING, Act.GIVE})


def has_no_sample(facts: Facts) -> bool:
    """S16: no sample before treatment, and no hurry."""
    return facts.has_sample is False and facts.is_neurological is not True


def has_no_sample_in_a_hurry(facts: Facts) -> bool:
    """S16: no sample before treatment, where nerves do not wait (R05)."""
    return facts.has_sample is False and facts.is_neurological is True


def goes_into_a_vein(facts: Facts) -> bool:
    """S17: intravenous."""
    return facts.route == IV


def is_expired(facts: Facts) -> bool:
    """S17: the batch has expired."""
    return facts.has_expired is True


def has_no_batch(facts: Facts) -> bool:
    """S17: no batch was written down."""
    return facts.has_batch is False


def is_another_dose(facts: Facts) -> bool:
    """S17: not 1 mg."""
    return facts.dose_mg is not None and facts.dose_mg != USUAL_DOSE_MG


def goes_another_way(facts: Facts) -> bool:
    """S17: neither into the muscle nor into a vein."""
    return facts.route not in {IM, IV}


def is_forbidden_by_the_guard(facts: Facts) -> bool:
    """S18: a second one that day, or too soon."""
    return facts.guard is not None and facts.guard.severity is Guarded.BLOCK


def repeats_a_failed_one(facts: Facts) -> bool:
    """S18: one failed today; whether to repeat it a prescriber says (rules 2.8)."""
    return facts.failed_today and not is_forbidden_by_the_guard(facts)


def is_doubted_by_the_guard(facts: Facts) -> bool:
    """S18: early, or entered out of order."""
    return facts.guard is not None and facts.guard.severity is Guarded.WARN


def is_nobody_known(facts: Facts) -> bool:
    """S23: two identifiers were not confirmed."""
    return facts.identifiers_confirmed is False


RULES = (
    Rule(
        id="S23",
        version=1,
        title="Wrong patient",
        severity=BLOCK,
        override=Override.NEVER,
        acts=GIVING,
        speaks=is_nobody_known,
        reads=("identifiers_confirmed",),
        text="Confirm the name and the date of birth first: nobody is injected who "
        "was not identified twice.",
        sources=("H01",),
        evidence=Evidence.DESIGN,
    ),
    Rule(
        id="S17",
        version=1,
        title="Expired batch",
        severity=BLOCK,
        override=Override.NEVER,
        acts=GIVING,
        speaks=is_expired,
        reads=("has_expired",),
        text="The batch has expired. Take another ampoule.",
        sources=("SMPC-A",),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S17",
        version=1,
        title="Intravenous",
        severity=BLOCK,
        override=Override.NEVER,
        acts=GIVING,
        speaks=goes_into_a_vein,
        reads=("route",),
        text="Hydroxocobalamin for deficiency goes into the muscle, never into a vein.",
        sources=("SMPC-A", "R40"),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S18",
        version=1,
        title="Injected twice, or too soon",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=GIVING,
        speaks=is_forbidden_by_the_guard,
        reads=("guard",),
        text="An injection is recorded for this day already, or the last was less "
        "than half an interval ago. Is this the right patient? Was it charted twice?",
        sources=("rules 2.7",),
        evidence=Evidence.DESIGN,
    ),
    Rule(
        id="S18",
        version=1,
        title="A failed injection repeated",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=GIVING,
        speaks=repeats_a_failed_one,
        reads=("failed_today", "guard"),
        text="An injection failed today. Whether to repeat it on the same day, a "
        "prescriber decides.",
        sources=("rules 2.8",),
        evidence=Evidence.DESIGN,
    ),
    Rule(
        id="S18",
        version=1,
        title="Early, or out of order",
        severity=WARN,
        override=Override.NURSE,
        acts=GIVING,
        speaks=is_doubted_by_the_guard,
        reads=("guard",),
        text="This is earlier than due, or comes close to another injection. Is this "
        "the right patient? Was it charted twice?",
        sources=("rules 2.7",),
        evidence=Evidence.DESIGN,
    ),
    Rule(
        id="S17",
        version=1,
        title="Another dose than 1 mg",
        severity=WARN,
        override=Override.PRESCRIBER,
        acts=GIVING,
        speaks=is_another_dose,
        reads=("dose_mg",),
        text="The dose is 1 mg (1000 micrograms).",
        sources=("SMPC-A", "R40"),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S17",
        version=1,
        title="Another route than into the muscle",
        severity=WARN,
        override=Override.PRESCRIBER,
        acts=GIVING,
        speaks=goes_another_way,
        reads=("route",),
        text="The licensed route is into the muscle.",
        sources=("SMPC-A", "R40"),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S17",
        version=1,
        title="No batch",
        severity=WARN,
        override=Override.PRESCRIBER,
        acts=GIVING,
        speaks=has_no_batch,
        reads=("has_batch",),
        text="No batch is written down: a recalled one could not be traced.",
        sources=("SMPC-A",),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S16",
        version=1,
        title="No sample before treatment",
        severity=WARN,
        override=Override.NURSE,
        acts=_FIRST,
        speaks=has_no_sample,
        reads=("has_sample", "is_neurological"),
        text="No blood was taken before treatment. Take it before the dose if that can "
        "be done at once.",
        sources=("R05", "NG239"),
        evidence=Evidence.PARTLY,
        holds_up=False,
    ),
    Rule(
        id="S16",
        version=1,
        title="No sample before treatment",
        severity=INFO,
        override=Override.SHOWN,
        acts=_FIRST,
        speaks=has_no_sample_in_a_hurry,
        reads=("has_sample", "is_neurological"),
        text="No blood was taken before treatment. Take it before the dose if that can "
        "be done at once; do not delay treatment for it.",
        sources=("R05", "R01", "BSH"),
        evidence=Evidence.PARTLY,
    ),
)
