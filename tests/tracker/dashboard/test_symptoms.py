"""What the chart says of symptoms."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

import patients.actions
from patients.models import Patient
from schedules.models import SuggestionAnswer
from tests.doors import Role, enter, refusals, told
from tests.factories import (
    NOON,
    TODAY,
    give,
    make_assessment,
    make_clinic,
    make_loading_plan,
    make_patient,
    system,
)
from tests.schedules.test_suggestions import make_flat_plan
from tracker.dashboard.chart import chart_of
from tracker.dashboard.symptoms import Symptoms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def shown(patient: Patient) -> Symptoms:
    return chart_of(patient, role="prescriber", today=TODAY).symptoms


def page(patient: Patient, role: Role = Role.PRESCRIBER) -> str:
    response = enter(patient.clinic, role).get(reverse("patient", args=[patient.pk]))
    return str(response.content.decode())


class TestSymptoms:
    def test_are_nothing_of_whom_nobody_asked(self) -> None:
        it = shown(make_patient(make_clinic()))

        assert (it.asked, it.suggested, it.tracks, it.visits) == ("", (), (), ())

    @pytest.mark.proves("R43")
    def test_are_asked_for_before_the_first_dose_and_after_each(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)

        assert shown(ada).asked.startswith("Assess the symptoms before the first")
        make_assessment(ada, TODAY - timedelta(days=1))
        give(ada, TODAY)
        assert shown(ada).asked.startswith("An injection was given today.")
        assert reverse("assessment-new", args=[ada.pk]) in page(ada, Role.NURSE)

    def test_stand_as_numbers_and_as_a_line(self) -> None:
        plan = make_flat_plan(make_patient(make_clinic()))
        make_assessment(plan.patient, TODAY, gait=1, tremor=3)

        tremor, gait = shown(plan.patient).tracks

        assert (tremor.name, tremor.first, tremor.latest) == ("Tremor", "6", "3")
        assert (tremor.before, tremor.recent) == ("3", "3")
        assert tremor.points == "4,12 52,18 100,18 117,18 124,18"
        assert tremor.end == (124, 18)
        assert (gait.before, gait.points, gait.is_tracked) == ("–", "124,22", True)

    def test_of_one_assessment_are_a_dot(self) -> None:
        ada = make_patient(make_clinic())
        make_assessment(ada, TODAY, tremor=0, pain=10)

        pain, tremor = shown(ada).tracks

        assert (pain.points, pain.is_tracked) == ("4,4", True)
        assert (tremor.points, tremor.is_tracked) == ("4,24", False)

    def test_leave_what_is_urgent_to_the_alert_until_it_was_seen(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))
        make_assessment(plan.patient, TODAY, {"red_flags": ["vision"]}, pain=4)

        chart = chart_of(plan.patient, role="prescriber", today=TODAY)

        assert "RED_FLAG" in {alert.code for alert in chart.alerts}
        assert "RED_FLAG" in {each.code for each in chart.symptoms.suggested}
        assert "RED_FLAG" not in {each.code for each in chart.suggested}
        assert page(plan.patient).count("A red flag:") == 1

    def test_tell_all_that_was_found_and_what_was_taken_back(self) -> None:
        ada = make_patient(make_clinic())
        details = {
            "pgic": 2,
            "red_flags": ["vision"],
            "falls": 1,
            "up_and_go_seconds": "11.5",
            "romberg": "unsteady",
            "vibration": "absent",
            "ankle_reflexes": "reduced",
            "source": "patient",
            "note": "by post",
        }
        make_assessment(ada, TODAY, details, tremor=4, gait=2)
        wrong = make_assessment(ada, TODAY - timedelta(days=1), {"pgic": None})
        patients.actions.void_assessment(
            assessment=wrong, reason="wrong patient", now=NOON, by=system()
        )

        visit, voided = shown(ada).visits

        assert visit.scores == ("Tremor 4", "Walking and balance 2")
        assert visit.red_flags == ("sight getting worse",)
        assert visit.findings == (
            "falls: 1",
            "Timed Up and Go: 11.5 s",
            "Romberg: unsteady",
            "vibration: absent",
            "ankle reflexes: reduced",
        )
        assert (visit.change, visit.by) == ("2, much improved", "the patient")
        assert (voided.is_voided, voided.void_reason) == (True, "wrong patient")
        assert (voided.change, voided.findings) == ("", ())

    @pytest.mark.proves("R26")
    def test_stand_before_laboratory_results(self) -> None:
        text = page(make_patient(make_clinic()))

        assert 0 < text.index('id="symptoms"') < text.index('id="results"')


@pytest.mark.proves("R23", "R42")
class TestSuggested:
    def test_leads_a_prescriber_to_the_decision_and_moves_nothing(self) -> None:
        plan = make_flat_plan(make_patient(make_clinic()))

        suggested = shown(plan.patient).suggested[0]

        assert (suggested.code, suggested.reason) == ("PLATEAU_SUGGESTED", "plateau")
        address = reverse("plan-decide", args=[plan.patient_id, "maintained"])
        where = f"{address}?reason=plateau"
        assert where in page(plan.patient)
        assert where not in page(plan.patient, Role.NURSE)
        form = enter(plan.clinic, Role.PRESCRIBER).get(where).context["form"]
        assert form["reason"].value() == "plateau"
        plan.refresh_from_db()
        assert plan.phase == "loading"

    def test_is_dismissed_with_a_reason_and_falls_quiet(self) -> None:
        plan = make_flat_plan(make_patient(make_clinic()))
        where = reverse(
            "suggestion-dismiss", args=[plan.patient_id, "PLATEAU_SUGGESTED"]
        )
        prescriber = enter(plan.clinic, Role.PRESCRIBER)

        assert "reason" in refusals(prescriber.post(where, {"reason": ""}))
        response = prescriber.post(where, {"reason": "walks further each week"})

        assert told(response) == ["Dismissed. It stays quiet for 14 days."]
        assert SuggestionAnswer.objects.get().reason == "walks further each week"
        assert shown(plan.patient).suggested[0].is_quiet
        assert "stays quiet for 14 days" in page(plan.patient)

    def test_cannot_be_dismissed_where_it_is_urgent(self) -> None:
        plan = make_flat_plan(make_patient(make_clinic()))
        where = reverse("suggestion-dismiss", args=[plan.patient_id, "RED_FLAG"])

        assert enter(plan.clinic, Role.PRESCRIBER).get(where).status_code == 404
