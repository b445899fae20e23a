"""The pages of `schedules.views`."""

from django.urls import path

from schedules.views import (
    assessments,
    decisions,
    injections,
    people,
    plans,
    results,
    rules,
)

PATIENT = "patients/<int:pk>"

urlpatterns = [
    path(f"{PATIENT}/plan/start/", plans.start, name="plan-start"),
    path(f"{PATIENT}/plan/transferred_in/", plans.take_over, name="plan-take-over"),
    path(
        f"{PATIENT}/plan/neurological/",
        plans.answer_neurological,
        name="neurological-answer",
    ),
    path(f"{PATIENT}/plan/seen/<slug:code>/", plans.seen, name="alert-seen"),
    path(f"{PATIENT}/plan/<slug:kind>/", plans.decide, name="plan-decide"),
    path(f"{PATIENT}/injections/new/", injections.record, name="injection-new"),
    path("injections/<int:pk>/correct/", injections.correct, name="injection-correct"),
    path("decisions/<int:pk>/void/", decisions.take_back, name="decision-void"),
    path("injections/<int:pk>/void/", injections.void, name="injection-void"),
    path("injections/<int:pk>/accept/", injections.accept, name="injection-accept"),
    path(f"{PATIENT}/assess/", assessments.record, name="assessment-new"),
    path("assessments/<int:pk>/void/", assessments.void, name="assessment-void"),
    path(f"{PATIENT}/results/new/", results.record, name="result-new"),
    path("results/<int:pk>/void/", results.void, name="result-void"),
    path(f"{PATIENT}/deceased/", people.record_death, name="patient-deceased"),
    path("rules/", rules.rules, name="rules"),
]
