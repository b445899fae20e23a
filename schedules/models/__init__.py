"""What is due, and what was given."""

from schedules.models.injection import Injection
from schedules.models.next import Dose, Panel
from schedules.models.plan import Acknowledgement, Plan, PlanEvent, Protocol

__all__ = [
    "Acknowledgement",
    "Dose",
    "Injection",
    "Panel",
    "Plan",
    "PlanEvent",
    "Protocol",
]
