"""Plans, injections and laboratory results, for programs."""

from schedules.api.injections import Injections
from schedules.api.plans import Plans
from schedules.api.results import LabResults

__all__ = ["Injections", "LabResults", "Plans"]
