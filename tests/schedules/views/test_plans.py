"""The pages on which a plan is decided about."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from schedules.models import AlertEntry, Plan, PlanEvent
from tests.doors import Role, enter, refusals, told
from tests.factories import (
    NOON,
    give,
    make_assessment,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_plan,
    newest,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


class TestDecide:
    def decide(
        self, plan: Plan, kind: str, role: Role = Role.PRESCRIBER, **form: str
    ) -> Any:
        client = enter(plan.clinic, role)
        address = reverse("plan-decide", args=[plan.patient_id, kind])
        response = client.post(address, form)
        plan.refresh_from_db()
        return response

    def test_goes_to_maintenance(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada)
        give(ada, NOON.date(), given_at=NOON)
        address = reverse("plan-decide", args=[ada.pk, "maintained"])
        page = enter(plan.clinic, Role.PRESCRIBER).get(address)
        assert "Symptoms were not assessed yet." in page.content.decode()
        make_assessment(ada)

        response = self.decide(
            plan, "maintained", interval="2m", reason="plateau", note="flat"
        )

        assert told(response) == ["Next dose: Wed 20 Jan 2027 (was Mon 23 Nov 2026)."]
        assert (plan.phase, plan.interval) == ("maintenance", "2m")
        assert plan.events.get(kind="maintained").note == "flat"

    def test_changes_the_interval_to_a_number_of_days(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        response = self.decide(
            plan,
            "interval_changed",
            interval="days",
            days="50",
            reason="symptoms_return_early",
        )

        assert told(response) == ["Next dose: Wed 25 Nov 2026 (was Mon 7 Dec 2026)."]
        assert plan.interval == "50d"

    @pytest.mark.parametrize(
        ("form", "field", "sentence"),
        [
            pytest.param(
                {"interval": ""}, "interval", "Choose an interval.", id="no interval"
            ),
            pytest.param(
                {"interval": "6m"},
                "interval",
                "Six months are possible only where the cause is dietary and there are "
                "no neurological symptoms; more than six never are. (Rule S22.) Nobody "
                "may go on in spite of this.",
                id="six months",
            ),
            pytest.param(
                {"interval": "days"},
                "days",
                "Enter a number of days from 1 to 184.",
                id="days without number",
            ),
            pytest.param(
                {"interval": "days", "days": "1.5"},
                "days",
                "Enter a number of days from 1 to 184.",
                id="half a day",
            ),
            pytest.param(
                {"interval": "days", "days": "185"},
                "days",
                "Enter a number of days from 1 to 184.",
                id="too long",
            ),
            pytest.param(
                {"interval": "2m", "reason": "b12_high"},
                "reason",
                "Levels are normal because of the injections: who stops for them "
                "relapses. Treatment is for life unless the cause is resolved. Choose "
                "the true reason. (Rule S08.) Nobody may go on in spite of this.",
                id="a laboratory value",
            ),
        ],
    )
    def test_refuses_an_interval(
        self, form: dict[str, str], field: str, sentence: str
    ) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        response = self.decide(
            plan, "interval_changed", **{"reason": "side_effects"} | form
        )

        assert refusals(response) == {field: [sentence]}
        assert plan.interval == "2m"

    def test_lets_a_nurse_pause_for_a_week_and_resume(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        paused = self.decide(
            plan, "paused", Role.NURSE, review_on="2026-11-27", reason="travel"
        )
        phase_in_between = plan.phase
        resumed = self.decide(plan, "resumed", Role.NURSE, reason="pause_over")

        assert told(paused) == [
            "The plan is paused: no dose is due, and no reminder leaves."
        ]
        assert phase_in_between == "paused"
        assert told(resumed) == ["Next dose: Mon 7 Dec 2026."]
        assert plan.phase == "maintenance"

    def test_lets_no_nurse_pause_for_longer(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        response = self.decide(
            plan, "paused", Role.NURSE, review_on="2026-11-28", reason="travel"
        )

        assert refusals(response) == {"__all__": ["This decision needs a prescriber."]}
        assert plan.phase == "maintenance"

    def test_refuses_a_review_that_is_too_far(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        response = self.decide(
            plan, "paused", review_on="9999-12-31", reason="hospital"
        )

        assert refusals(response) == {
            "review_on": ["The review is at most 7 days away, and not in the past."]
        }

    def test_loads_again_one_who_was_loaded_elsewhere(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))
        alternate_days = newest("NEURO_ALT")

        response = self.decide(
            plan,
            "reloaded",
            protocol=str(alternate_days.pk),
            start_on="2026-11-23",
            reason="relapse",
            note="numb again",
        )

        assert told(response) == ["Next dose: Mon 23 Nov 2026 (was Mon 7 Dec 2026)."]
        assert (plan.phase, plan.episode, plan.protocol) == (
            "loading",
            2,
            alternate_days,
        )

    def test_closes_and_opens_again(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        closed = self.decide(plan, "closed", reason="informed_refusal")
        phase_in_between = plan.phase
        reopened = self.decide(plan, "reopened", reason="returned")

        assert told(closed) == [
            "The plan is closed: no dose is due, and no reminder leaves."
        ]
        assert phase_in_between == "closed"
        assert told(reopened) == ["The plan is open again, in work-up."]
        assert plan.phase == "workup"

    def test_offers_no_laboratory_reason_and_no_death_for_closing(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        page = enter(plan.clinic, Role.PRESCRIBER).get(
            reverse("plan-decide", args=[plan.patient_id, "closed"])
        )

        reasons = [code for code, _ in page.context["form"].fields["reason"].choices]
        assert reasons == [
            "",
            "transferred_out",
            "informed_refusal",
            "diagnosis_revised",
            "cause_resolved",
            "entered_in_error",
        ]
        assert reverse("patient-deceased", args=[plan.patient_id]) in str(page.content)

    def test_says_so_where_the_plan_does_not_allow_it(self) -> None:
        plan = make_plan(make_patient(make_clinic()))

        response = self.decide(plan, "paused", review_on="2026-11-27", reason="travel")

        assert response.url == reverse("patient", args=[plan.patient_id])
        assert told(response) == ["This cannot be decided as the plan stands now."]

    @pytest.mark.parametrize(
        "kind", ["maintained", "interval_changed", "reloaded", "closed", "reopened"]
    )
    def test_is_not_for_nurses(self, kind: str) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        response = self.decide(plan, kind, Role.NURSE, reason="relapse")

        assert response.status_code == 403

    def test_knows_no_other_decisions(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        assert self.decide(plan, "opened").status_code == 404
        assert self.decide(plan, "rubbish").status_code == 404

    def test_of_another_clinic_is_not_there(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        response = enter(make_clinic(), Role.PRESCRIBER).post(
            reverse("plan-decide", args=[plan.patient_id, "closed"]),
            {"reason": "informed_refusal"},
        )

        assert response.status_code == 404
        assert not PlanEvent.objects.filter(kind="closed").exists()


class TestNeurological:
    def test_writes_the_answer_down(self) -> None:
        clinic = make_clinic()
        plan = make_plan(make_patient(clinic), neurological="unknown")

        response = enter(clinic).post(
            reverse("neurological-answer", args=[plan.patient_id]),
            {"neurological": "no"},
        )

        assert told(response) == ["Saved."]
        plan.refresh_from_db()
        assert plan.neurological == "no"

    def test_takes_no_evasion(self) -> None:
        clinic = make_clinic()
        plan = make_plan(make_patient(clinic), neurological="unknown")

        response = enter(clinic).post(
            reverse("neurological-answer", args=[plan.patient_id]),
            {"neurological": "unknown"},
        )

        assert refusals(response) == {"neurological": ["Answer yes or no."]}


class TestSeen:
    def test_writes_down_who_saw_an_alert(self) -> None:
        clinic = make_clinic()
        patient = make_patient(clinic, birth_date=date(2015, 1, 1))
        plan = make_plan(patient)
        browser = enter(clinic)
        address = reverse("alert-seen", args=[plan.patient_id, "CHILD"])

        first = browser.post(address, {"note": "under a specialist"})
        second = browser.post(address)
        too_long = browser.post(address, {"note": "x" * 201})

        assert told(first) == ["Noted that you have seen it."]
        assert told(second)[-1] == "This alert was acknowledged already."
        assert told(too_long)[-1] == "The note is too long."
        seen = AlertEntry.objects.acknowledged().get()
        assert (seen.plan, seen.code) == (plan, "CHILD")
        assert seen.note == "under a specialist"

    @pytest.mark.parametrize("code", ["NEURO_UNANSWERED", "RUBBISH"])
    def test_waves_no_question_away(self, code: str) -> None:
        clinic = make_clinic()
        plan = make_plan(make_patient(clinic))

        response = enter(clinic).post(
            reverse("alert-seen", args=[plan.patient_id, code])
        )

        assert response.status_code == 404
        assert not AlertEntry.objects.acknowledged().exists()

    def test_is_nothing_to_look_at(self) -> None:
        clinic = make_clinic()
        plan = make_plan(make_patient(clinic))

        response = enter(clinic).get(
            reverse("alert-seen", args=[plan.patient_id, "PRODUCT_REVIEW"])
        )

        assert response.status_code == 405
