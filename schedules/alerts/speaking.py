"""
Which alerts speak about a plan, and which will if nothing happens.

    facts ──foreseen()──► alerts, each with its days [since, until)
                                │ on a day, without those acknowledged
                                └──speaking()──► what staff hear
"""

from collections.abc import Collection, Iterable
from datetime import date

from schedules.alerts import (
    findings,
    laboratory,
    reviews,
    safety,
    schedule,
    start,
    symptoms,
)
from schedules.alerts.facts import Facts
from schedules.alerts.nouns import Alert, Key, Rule, alert_of
from schedules.phases import Phase

#: In the order in which they are told: what is asked comes first.
RULES: tuple[Rule, ...] = (
    *findings.RULES,
    *symptoms.RULES,
    *safety.RULES,
    *start.RULES,
    *reviews.RULES,
    *schedule.RULES,
    *laboratory.RULES,
)
BY_CODE = {rule.code: rule for rule in RULES}


def foreseen(facts: Facts) -> tuple[Alert, ...]:
    """
    Return all alerts of these facts: those that speak, spoke, or will by time alone.

    A closed plan has none: nobody could act on them but by opening it again.
    """
    if facts.phase is Phase.CLOSED:
        return ()
    return tuple(
        alert_of(rule, occasion) for rule in RULES for occasion in rule.reads(facts)
    )


def speaking(
    alerts: Iterable[Alert], *, on: date, quiet: Collection[Key] = ()
) -> tuple[Alert, ...]:
    """Return the alerts that speak on a day; those in `quiet` were acknowledged."""
    return tuple(
        alert
        for alert in alerts
        if alert.speaks(on) and (alert.of.by_answer or alert.key not in quiet)
    )
