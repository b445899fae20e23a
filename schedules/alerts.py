"""
What a plan says to staff beside its dates.

An alert is computed from facts each time somebody looks; only that somebody has seen it
is stored. Seen alerts stay quiet; those that a fact has to answer (`by_answer`) stay
until it does.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How loudly an alert speaks."""

    WARN = "warn"
    INFO = "info"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What the alerts read of a plan and its patient."""

    is_closed: bool
    neurological: str  # yes, no, unknown
    is_for_neurological: bool | None  # the protocol; None: for either
    product: str
    age: int
    flags: Collection[str]  # of the forecast
    gave_expired: bool


@dataclass(frozen=True, kw_only=True)
class Alert:
    """One thing to look at: its rule, and what it says in words."""

    code: str
    rule: str  # of the clinical rules, with its version
    severity: Severity
    text: str
    by_answer: bool = False


@dataclass(frozen=True, kw_only=True)
class Rule:
    """When an alert speaks."""

    alert: Alert
    speaks: Callable[[Facts], bool]


def _rule(
    code: str,
    rule: str,
    speaks: Callable[[Facts], bool],
    text: str,
    *,
    severity: Severity = Severity.WARN,
    by_answer: bool = False,
) -> Rule:
    alert = Alert(
        code=code, rule=rule, severity=severity, text=text, by_answer=by_answer
    )
    return Rule(alert=alert, speaks=speaks)


CHILD = 16  # years; clinical rules S20

RULES: tuple[Rule, ...] = (
    _rule(
        "NEURO_UNANSWERED",
        "R11 v1",
        lambda facts: facts.neurological == "unknown",
        "It is not known whether there are neurological symptoms. Until it is "
        "answered, the patient is treated as having them.",
        by_answer=True,
    ),
    _rule(
        "COURSE_NOT_ENOUGH",
        "R14 v1",
        lambda facts: facts.is_for_neurological is False and facts.neurological != "no",
        "The protocol of this plan is not enough where there are, or may be, "
        "neurological symptoms. A prescriber decides whether to load under another.",
        by_answer=True,
    ),
    _rule(
        "CHILD",
        "S20 v1",
        lambda facts: facts.age < CHILD,
        "The patient is under 16. The protocols here do not cover children.",
    ),
    _rule(
        "PRODUCT_REVIEW",
        "S04 v1",
        lambda facts: facts.product == "cyanocobalamin",
        "Treated with cyanocobalamin. Review whether hydroxocobalamin suits better.",
    ),
    _rule(
        "EXPIRED_GIVEN",
        "S17 v1",
        lambda facts: facts.gave_expired,
        "An injection was given from a batch that had expired.",
    ),
    _rule(
        "PENDING_EXTERNAL",
        "2.8 v1",
        lambda facts: "PENDING_EXTERNAL" in facts.flags,
        "An injection given elsewhere waits to be accepted; dates do not count it yet.",
        by_answer=True,
    ),
    _rule(
        "GAP_OVER_TWO_INTERVALS",
        "2.8 v1",
        lambda facts: "GAP_OVER_TWO_INTERVALS" in facts.flags,
        "More than two intervals have passed since the last injection. Assess the "
        "symptoms; a prescriber decides whether to load again.",
    ),
    _rule(
        "LOADING_INCOMPLETE",
        "2.4 v1",
        lambda facts: "LOADING_INCOMPLETE" in facts.flags,
        "The loading course was not complete after 21 days.",
    ),
    _rule(
        "NEURO_EMERGED",
        "T4 v1",
        lambda facts: "NEURO_EMERGED" in facts.flags,
        "A neurological symptom of 3 or more was recorded during this course. The "
        "course does not end by itself; a prescriber decides how to go on.",
        by_answer=True,
    ),
)


def alerts(facts: Facts, *, seen: Collection[str] = ()) -> tuple[Alert, ...]:
    """
    Return the alerts that speak of these facts, without those that were seen.

    A closed plan has none: nobody could act on them but by opening it again.
    """
    if facts.is_closed:
        return ()
    return tuple(
        rule.alert
        for rule in RULES
        if rule.speaks(facts) and (rule.alert.by_answer or rule.alert.code not in seen)
    )
