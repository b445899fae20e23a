"""Alerts of what is known about a patient: the standing rules S01 to S24."""

from collections.abc import Iterator

from dateutil.relativedelta import relativedelta

from schedules.alerts.facts import Facts
from schedules.alerts.nouns import Listener, Occasion, Rule

ADULT = relativedelta(years=16)


def neuro_unanswered(facts: Facts) -> Iterator[Occasion]:
    """Speak until somebody says whether there are neurological symptoms (R11)."""
    if facts.neurological == "unknown":
        yield Occasion(since=facts.opened_on)


def course_not_enough(facts: Facts) -> Iterator[Occasion]:
    """Speak where the protocol does not suit nerves that are affected (R14)."""
    if facts.is_for_neurological is False and facts.may_have_nerve_damage:
        yield Occasion(since=facts.started_on or facts.opened_on)


def child(facts: Facts) -> Iterator[Occasion]:
    """Speak until the patient is 16 (S20)."""
    grown_on = facts.born_on + ADULT
    if facts.opened_on < grown_on:
        yield Occasion(since=facts.opened_on, until=grown_on)


def product_review(facts: Facts) -> Iterator[Occasion]:
    """Speak where the plan is for cyanocobalamin (S04)."""
    if facts.product == "cyanocobalamin":
        yield Occasion(since=facts.opened_on)


def expired_given(facts: Facts) -> Iterator[Occasion]:
    """Speak of each injection from a batch that had expired (S17)."""
    for incident in facts.expired:
        yield Occasion(since=incident.given_on, about=f"injection {incident.key}")


RULES = (
    Rule(
        code="NEURO_UNANSWERED",
        cites="R11",
        reads=neuro_unanswered,
        by_answer=True,
        text="It is not known whether there are neurological symptoms. Until it is "
        "answered, the patient is treated as having them.",
    ),
    Rule(
        code="COURSE_NOT_ENOUGH",
        cites="R14",
        reads=course_not_enough,
        by_answer=True,
        text="The protocol of this plan is not enough where there are, or may be, "
        "neurological symptoms. A prescriber decides whether to load under another.",
    ),
    Rule(
        code="CHILD",
        cites="S20",
        reads=child,
        text="The patient is under 16. The protocols here do not cover children.",
    ),
    Rule(
        code="PRODUCT_REVIEW",
        cites="S04",
        reads=product_review,
        text="Treated with cyanocobalamin. Review whether hydroxocobalamin suits "
        "better.",
    ),
    Rule(
        code="EXPIRED_GIVEN",
        cites="S17",
        reads=expired_given,
        to=Listener.LEAD,
        text="An injection was given from a batch that had expired.",
    ),
)
