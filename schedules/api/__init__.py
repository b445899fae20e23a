"""Plans, injections and laboratory results, for programs."""

from schedules.api.assessments import Assessments
from schedules.api.injections import Injections
from schedules.api.plans import Plans
from schedules.api.results import LabResults

__all__ = ["Assessments", "Injections", "LabResults", "Plans"]
