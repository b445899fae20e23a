"""
What a plan says to staff beside its dates (rules 2.11).

An alert is computed from facts, with the day from which it speaks. That it opened and
closed, and who acknowledged it, is kept in the log: `schedules.models.AlertEntry`.
"""

from schedules.alerts.facts import Expired, Facts, Incident
from schedules.alerts.nouns import Alert, Key, Listener, Occasion, Rule, Severity
from schedules.alerts.safety import mark
from schedules.alerts.speaking import BY_CODE, RULES, foreseen, speaking

__all__ = [
    "BY_CODE",
    "RULES",
    "Alert",
    "Expired",
    "Facts",
    "Incident",
    "Key",
    "Listener",
    "Occasion",
    "Rule",
    "Severity",
    "foreseen",
    "mark",
    "speaking",
]
