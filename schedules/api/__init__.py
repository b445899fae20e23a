"""Plans, injections, laboratory results and parameters, for programs."""

from schedules.api.assessments import Assessments
from schedules.api.decisions import Decisions
from schedules.api.forecast import Forecasts
from schedules.api.injections import Injections
from schedules.api.overrides import Overrides
from schedules.api.parameters import ClinicParameterVersions
from schedules.api.plans import Plans
from schedules.api.protocols import Protocols
from schedules.api.results import LabResults
from schedules.api.symptoms import PlanSymptoms

__all__ = [
    "Assessments",
    "ClinicParameterVersions",
    "Decisions",
    "Forecasts",
    "Injections",
    "LabResults",
    "Overrides",
    "PlanSymptoms",
    "Plans",
    "Protocols",
]
