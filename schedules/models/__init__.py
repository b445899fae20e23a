"""What is due, and what was given."""

from schedules.models.alert import AlertEntry
from schedules.models.injection import Injection
from schedules.models.next import Dose, Panel
from schedules.models.overrides import Override
from schedules.models.parameters import ClinicParameters
from schedules.models.plan import Plan, PlanEvent
from schedules.models.protocol import Protocol, ProtocolReview
from schedules.models.suggestions import SuggestionAnswer

__all__ = [
    "AlertEntry",
    "ClinicParameters",
    "Dose",
    "Injection",
    "Override",
    "Panel",
    "Plan",
    "PlanEvent",
    "Protocol",
    "ProtocolReview",
    "SuggestionAnswer",
]
