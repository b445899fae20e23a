"""The pages of `schedules.views`."""

from django.urls import path

from schedules.views import (
    assessments,
    background,
    decisions,
    incidents,
    injections,
    overrides,
    people,
    plans,
    protocols,
    results,
    rules,
    suggestions,
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
    path("protocols/", protocols.protocols, name="protocols"),
    path("protocols/<int:pk>/", protocols.protocol, name="protocol"),
    path("decisions/<int:pk>/void/", decisions.take_back, name="decision-void"),
    path("injections/<int:pk>/void/", injections.void, name="injection-void"),
    path("injections/<int:pk>/accept/", injections.accept, name="injection-accept"),
    path(
        f"{PATIENT}/suggestions/<slug:code>/dismiss/",
        suggestions.dismiss,
        name="suggestion-dismiss",
    ),
    path(f"{PATIENT}/assess/", assessments.record, name="assessment-new"),
    path("assessments/<int:pk>/void/", assessments.void, name="assessment-void"),
    path(f"{PATIENT}/results/new/", results.record, name="result-new"),
    path("results/<int:pk>/void/", results.void, name="result-void"),
    path(f"{PATIENT}/deceased/", people.record_death, name="patient-deceased"),
    path("rules/", rules.rules, name="rules"),
    path(f"{PATIENT}/medicines/new/", background.add_medicine, name="medicine-new"),
    path("medicines/<int:pk>/stop/", background.stop_medicine, name="medicine-stop"),
    path("medicines/<int:pk>/void/", background.void_medicine, name="medicine-void"),
    path(f"{PATIENT}/allergies/new/", background.add_allergy, name="allergy-new"),
    path("allergies/<int:pk>/void/", background.void_allergy, name="allergy-void"),
    path(f"{PATIENT}/conditions/new/", background.add_condition, name="condition-new"),
    path("conditions/<int:pk>/end/", background.end_condition, name="condition-end"),
    path("conditions/<int:pk>/void/", background.void_condition, name="condition-void"),
    path(f"{PATIENT}/checklist/", background.answer_checklist, name="checklist"),
    path(f"{PATIENT}/samples/new/", background.add_samples, name="samples-new"),
    path("samples/<int:pk>/void/", background.void_sample, name="sample-void"),
    path(f"{PATIENT}/consent/new/", background.state_consent, name="consent-new"),
    path("consents/<int:pk>/void/", background.void_consent, name="consent-void"),
    path("incidents/", incidents.incidents, name="incidents"),
    path("co-sign/", overrides.waiting, name="co-sign"),
    path("co-sign/<int:pk>/", overrides.cosign, name="co-sign-one"),
]
