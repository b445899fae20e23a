"""Every endpoint."""

from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework.routers import SimpleRouter

from patients.api import Patients
from schedules.api import (
    Assessments,
    ClinicParameterVersions,
    Decisions,
    Forecasts,
    Injections,
    LabResults,
    Overrides,
    Plans,
    PlanSymptoms,
    Protocols,
)
from schedules.api.background_routes import BACKGROUND
from tracker.dashboard.api import Worklist
from tracker.laboratory.api import Interpretations
from tracker.problems import Nowhere
from tracker.reports.api import Adherence
from tracker.tokens import Token

router = SimpleRouter()
router.register("patients", Patients, basename="api-patient")
router.register("patients", Interpretations, basename="api-interpretation")
router.register("parameters", ClinicParameterVersions, basename="api-parameters")
router.register("overrides", Overrides, basename="api-override")
router.register("plans", Plans, basename="api-plan")
router.register("plans", PlanSymptoms, basename="api-symptoms")
router.register("decisions", Decisions, basename="api-decision")
router.register("protocols", Protocols, basename="api-protocol")
router.register("injections", Injections, basename="api-injection")
router.register("assessments", Assessments, basename="api-assessment")
router.register("lab-results", LabResults, basename="api-lab-result")

urlpatterns = [
    path("", include(router.urls)),
    *BACKGROUND,
    path("worklist/", Worklist.as_view(), name="api-worklist"),
    path("forecast/", Forecasts.as_view(), name="api-forecast"),
    path("adherence/", Adherence.as_view(), name="api-adherence"),
    path("token/", Token.as_view(), name="api-token"),
    path("schema/", SpectacularJSONAPIView.as_view(), name="api-schema"),
    re_path("", Nowhere.as_view()),  # the last: it takes whatever is left
]
