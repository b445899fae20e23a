"""The pages on which plans, injections and results are written down."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

import schedules.actions
from patients.models import LabResult, Patient
from schedules.models import Acknowledgement, Injection, Plan, PlanEvent, Protocol
from tests.doors import Role, enter, refusals, told
from tests.factories import (
    NOON,
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_plan,
    system,
)

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def start(**changes: Any) -> dict[str, Any]:
    """Return what a prescriber fills in to start a neurological plan on Monday."""
    return {
        "neurological": "yes",
        "protocol": Protocol.objects.get(code="NEURO_ALT").pk,
        "start_on": "2026-11-23",
        "cause": "pernicious anaemia",
        "product": "hydroxocobalamin",
        "reason": "deficiency",
        "note": "",
    } | changes


def given(**changes: str) -> dict[str, str]:
    """Return what a nurse fills in about an injection at 11:30 today."""
    return {
        "source": "here",
        "given_on": "2026-11-20",
        "given_time": "11:30",
        "outcome": "given",
        "product": "hydroxocobalamin",
        "dose_mg": "1",
        "route": "im",
        "site": "left_deltoid",
        "batch": "346A80",
        "expires_on": "2026-12-31",
        "given_by": "Grace Adeyemi",
        "note": "",
        "confirmed": "on",
    } | changes


class TestStart:
    def test_opens_a_plan_and_tells_the_first_dose(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-start", args=[ada.pk]), start()
        )

        assert response.url == reverse("patient", args=[ada.pk])
        assert told(response) == ["Next dose: Mon 23 Nov 2026."]
        plan = Plan.objects.get(patient=ada)
        assert (plan.phase, plan.neurological) == ("loading", "yes")
        assert (plan.cause, plan.dose.due_on) == ("pernicious anaemia", MONDAY)
        assert plan.events.get(kind="started").decided_by.first_name == "Grace"

    def test_goes_on_with_a_plan_in_work_up(self) -> None:
        clinic = make_clinic()
        plan = make_plan(make_patient(clinic), neurological="unknown")
        client = enter(clinic, Role.PRESCRIBER)
        address = reverse("plan-start", args=[plan.patient_id])

        asked = client.get(address).context["form"]
        client.post(address, start(neurological="no", product="cyanocobalamin"))

        assert asked["neurological"].value() == ""
        assert asked["cause"].value() == "pernicious anaemia"
        plan.refresh_from_db()
        assert (plan.phase, plan.neurological) == ("loading", "no")
        assert plan.product == "cyanocobalamin"

    def test_takes_in_an_injection_that_no_plan_asked_for(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)
        injection = give(ada, date(2026, 11, 18))

        enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-start", args=[ada.pk]), start()
        )

        injection.refresh_from_db()
        assert injection.plan == Plan.objects.get(patient=ada)

    @pytest.mark.parametrize("answer", ["yes", "unknown"])
    def test_refuses_the_gentle_course_where_nerves_may_suffer(
        self, answer: str
    ) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)
        gentle = Protocol.objects.get(code="NON_NEURO_3W2").pk

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-start", args=[ada.pk]),
            start(protocol=gentle, neurological=answer),
        )

        assert refusals(response) == {
            "protocol": [
                "This course is not enough where neurological symptoms are present or "
                "not ruled out (rule R14)."
            ]
        }
        assert not Plan.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            pytest.param({"start_on": "2026-11-19"}, "start_on", "The first injection lies in the past.", id="yesterday"),
            pytest.param({"start_on": "9999-12-31"}, "start_on", "This is more than a year ahead.", id="the end of time"),
            pytest.param({"neurological": ""}, "neurological", "Say whether there are neurological symptoms.", id="not answered"),
            pytest.param({"protocol": "99999999999999999999"}, "protocol", "Choose the protocol.", id="no such protocol"),
            pytest.param({"reason": "labs_normal"}, "reason", "Choose one of the reasons.", id="no such reason"),
        ],
    )  # fmt: skip
    def test_refuses(self, changes: dict[str, str], field: str, sentence: str) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-start", args=[ada.pk]), start(**changes)
        )

        assert refusals(response) == {field: [sentence]}
        assert not Plan.objects.exists()

    def test_refuses_to_start_twice(self) -> None:
        clinic = make_clinic()
        plan = make_loading_plan(make_patient(clinic))

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-start", args=[plan.patient_id]), start()
        )

        assert refusals(response) == {
            "__all__": ["The patient has an open plan already."]
        }

    def test_offers_no_protocol_without_loading_and_says_what_is_not_approved(
        self,
    ) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)

        page = enter(clinic, Role.PRESCRIBER).get(reverse("plan-start", args=[ada.pk]))

        choices = page.context["form"].fields["protocol"].choices
        labels = [label for _, label in choices]
        assert len(labels) == 2
        assert all(label.endswith(" (not clinically approved)") for label in labels)

    def test_is_not_for_nurses(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)

        response = enter(clinic).post(reverse("plan-start", args=[ada.pk]), start())

        assert response.status_code == 403
        assert not Plan.objects.exists()


class TestTakeOver:
    def test_counts_from_the_last_injection(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)
        give(ada, date(2026, 10, 6), source="accepted", given_at=None)

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-take-over", args=[ada.pk]),
            {
                "neurological": "no",
                "interval": "2m",
                "product": "hydroxocobalamin",
                "reason": "established_elsewhere",
            },
        )

        assert told(response) == ["Next dose: Mon 7 Dec 2026."]
        assert Plan.objects.get(patient=ada).phase == "maintenance"

    def test_needs_an_injection_to_count_from(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-take-over", args=[ada.pk]),
            {
                "neurological": "no",
                "interval": "days",
                "days": "45",
                "product": "hydroxocobalamin",
                "reason": "established_elsewhere",
            },
        )

        assert refusals(response) == {
            "__all__": ["Record the last injection first: dates are counted from it."]
        }
        assert not Plan.objects.exists()


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
            pytest.param({"interval": ""}, "interval", "Choose an interval.", id="no interval"),
            pytest.param({"interval": "6m"}, "interval", "Choose an interval.", id="six months"),
            pytest.param({"interval": "days"}, "days", "Enter the number of days.", id="days without number"),
            pytest.param({"interval": "days", "days": "1.5"}, "days", "Enter a whole number of days.", id="half a day"),
            pytest.param({"interval": "days", "days": "93"}, "days", "Ensure this value is less than or equal to 92.", id="too long"),
            pytest.param({"interval": "2m", "reason": "b12_high"}, "reason", "Choose one of the reasons.", id="a laboratory value"),
        ],
    )  # fmt: skip
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

    def test_loads_again(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        response = self.decide(
            plan, "reloaded", start_on="2026-11-23", reason="relapse"
        )

        # A protocol for those who were loaded elsewhere has no loading to go back to.
        assert response.status_code in (200, 302)

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
        plan = make_plan(make_patient(clinic))

        response = enter(clinic).post(
            reverse("alert-seen", args=[plan.patient_id, "PRODUCT_REVIEW"])
        )

        assert told(response) == ["Noted that you have seen it."]
        seen = Acknowledgement.objects.get()
        assert (seen.plan, seen.code) == (plan, "PRODUCT_REVIEW")

    @pytest.mark.parametrize("code", ["NEURO_UNANSWERED", "RUBBISH"])
    def test_waves_no_question_away(self, code: str) -> None:
        clinic = make_clinic()
        plan = make_plan(make_patient(clinic))

        response = enter(clinic).post(
            reverse("alert-seen", args=[plan.patient_id, code])
        )

        assert response.status_code == 404
        assert not Acknowledgement.objects.exists()

    def test_is_nothing_to_look_at(self) -> None:
        clinic = make_clinic()
        plan = make_plan(make_patient(clinic))

        response = enter(clinic).get(
            reverse("alert-seen", args=[plan.patient_id, "PRODUCT_REVIEW"])
        )

        assert response.status_code == 405


class TestRecordInjection:
    def record(self, ada: Patient, **changes: str) -> Any:
        return enter(ada.clinic).post(
            reverse("injection-new", args=[ada.pk]), given(**changes)
        )

    def test_says_what_moved(self) -> None:
        ada = make_patient(make_clinic())
        make_maintenance_plan(ada, date(2026, 9, 25))

        response = self.record(ada)

        assert response.url == reverse("patient", args=[ada.pk])
        assert told(response) == [
            "Recorded. Next dose: Mon 25 Jan 2027 (was Wed 25 Nov 2026)."
        ]
        injection = Injection.objects.get(given_on=NOON.date())
        assert injection.given_at == datetime(2026, 11, 20, 11, 30, tzinfo=UTC)
        assert (injection.batch, injection.expires_on) == ("346A80", date(2026, 12, 31))
        assert injection.dose_mg == Decimal(1)

    def test_offers_now_the_person_and_the_last_batch(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)
        make_maintenance_plan(ada, date(2026, 9, 24))
        give(
            make_patient(clinic, given_name="Grace"),
            date(2026, 11, 19),
            batch="346A80",
            expires_on=date(2026, 12, 31),
            site="left_deltoid",
        )
        give(ada, date(2026, 11, 18), site="right_deltoid")

        page = enter(clinic).get(reverse("injection-new", args=[ada.pk]))

        form = page.context["form"]
        assert form["given_on"].value() == NOON.date()
        assert f"{form['given_time'].value():%H:%M}" == "12:00"
        assert form["given_by"].value() == "Grace Adeyemi"
        assert form["batch"].value() == "346A80"
        assert form["expires_on"].value() == date(2026, 12, 31)
        assert [i.site for i in page.context["last_sites"]] == ["right_deltoid"]

    def test_offers_no_batch_that_has_expired(self) -> None:
        ada = make_patient(make_clinic())
        give(ada, date(2026, 11, 17), batch="OLD", expires_on=date(2026, 11, 19))

        page = enter(ada.clinic).get(reverse("injection-new", args=[ada.pk]))

        assert page.context["form"]["batch"].value() is None

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            pytest.param({"confirmed": ""}, "confirmed", "Confirm the name and the date of birth first (rule S23).", id="identity not confirmed"),
            pytest.param({"given_time": "12:01"}, "given_on", "The injection lies in the future.", id="a minute ahead"),
            pytest.param({"given_on": "2026-11-21"}, "given_on", "The injection lies in the future.", id="tomorrow"),
            pytest.param({"given_on": "9999-12-31"}, "given_on", "The injection lies in the future.", id="the end of time"),
            pytest.param({"given_on": "1975-12-09"}, "given_on", "The injection lies before birth.", id="before birth"),
            pytest.param({"given_on": "0001-01-01"}, "given_on", "This day is too long ago.", id="long ago"),
            pytest.param({"given_on": "2026-03-29", "given_time": "01:30"}, "given_time", "There was no such time on this day: the clocks went forward.", id="an hour that never was"),
            pytest.param({"given_time": "25:00"}, "given_time", "This is no time of day. Write it as 14:30.", id="no such time"),
            pytest.param({"given_time": ""}, "given_time", "Enter the time of the injection.", id="no time"),
            pytest.param({"given_on": ""}, "given_on", "Enter the day of the injection.", id="no day"),
            pytest.param({"dose_mg": "0"}, "dose_mg", "A dose is more than nothing.", id="no dose"),
            pytest.param({"dose_mg": "one"}, "dose_mg", "Enter the dose in milligrams as a number, such as 1.", id="a dose in words"),
            pytest.param({"dose_mg": "NaN"}, "dose_mg", "Enter the dose in milligrams as a number, such as 1.", id="not a number"),
            pytest.param({"product": "aspirin"}, "product", "Choose the product.", id="another product"),
        ],
    )  # fmt: skip
    def test_refuses_and_saves_nothing(
        self, changes: dict[str, str], field: str, sentence: str
    ) -> None:
        response = self.record(make_patient(make_clinic()), **changes)

        assert refusals(response) == {field: [sentence]}
        assert not Injection.objects.exists()

    def test_refuses_a_second_one_of_the_day(self) -> None:
        ada = make_patient(make_clinic())
        self.record(ada)

        response = self.record(ada, given_time="09:00")

        assert refusals(response) == {
            "given_on": ["An injection on 20 November 2026 is recorded already."]
        }
        assert Injection.objects.count() == 1

    def test_takes_the_first_of_an_hour_that_came_twice(self) -> None:
        ada = make_patient(make_clinic())

        self.record(ada, given_on="2026-10-25", given_time="01:30")

        assert Injection.objects.get().given_at == datetime(
            2026, 10, 25, 0, 30, tzinfo=UTC
        )

    def test_reads_the_time_in_the_clinics_zone(self) -> None:
        ada = make_patient(make_clinic(time_zone="America/New_York"))

        self.record(ada, given_on="2026-11-19", given_time="23:30")

        injection = Injection.objects.get()
        assert injection.given_on == date(2026, 11, 19)
        assert injection.given_at == datetime(2026, 11, 20, 4, 30, tzinfo=UTC)

    def test_of_one_who_did_not_come_asks_for_no_confirmation(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)

        response = self.record(ada, outcome="not_attended", confirmed="")

        assert told(response) == ["Recorded. Next dose: Fri 20 Nov 2026."]

    @pytest.mark.parametrize(
        ("source", "who", "sentence"),
        [
            pytest.param("unverified", None, "Recorded. Next dose: Wed 25 Nov 2026.", id="waits"),
            pytest.param("accepted", "Grace", "Recorded. Next dose: Mon 25 Jan 2027 (was Wed 25 Nov 2026).", id="counts at once"),
        ],
    )  # fmt: skip
    def test_given_elsewhere(self, source: str, who: str | None, sentence: str) -> None:
        ada = make_patient(make_clinic())
        make_maintenance_plan(ada, date(2026, 9, 25))

        response = self.record(ada, source=source, given_time="", confirmed="")

        assert told(response) == [sentence]
        injection = Injection.objects.get(given_on=NOON.date())
        assert injection.given_at is None
        assert (injection.accepted_by and injection.accepted_by.first_name) == who

    def test_from_an_expired_batch_is_recorded_and_said_aloud(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)

        response = self.record(ada, expires_on="2026-11-19")

        assert told(response) == [
            "Recorded. Next dose: Mon 23 Nov 2026 (was Fri 20 Nov 2026). "
            "The batch had expired: tell the clinical lead (rule S17)."
        ]

    def test_without_a_plan_says_so(self) -> None:
        response = self.record(make_patient(make_clinic()))

        assert told(response) == [
            "Recorded. The patient has no open plan: no next dose is worked out."
        ]

    def test_of_another_clinics_patient_is_not_possible(self) -> None:
        ada = make_patient(make_clinic())

        response = enter(make_clinic()).post(
            reverse("injection-new", args=[ada.pk]), given()
        )

        assert response.status_code == 404
        assert not Injection.objects.exists()

    def test_is_not_for_managers(self) -> None:
        ada = make_patient(make_clinic())

        response = enter(ada.clinic, Role.MANAGER).post(
            reverse("injection-new", args=[ada.pk]), given()
        )

        assert response.status_code == 403


class TestVoidInjection:
    def test_moves_the_future_back(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)
        injection = give(ada, NOON.date(), given_at=NOON)

        response = enter(ada.clinic).post(
            reverse("injection-void", args=[injection.pk]), {"reason": "wrong patient"}
        )

        assert response.url == reverse("patient", args=[ada.pk])
        assert told(response) == [
            "Taken back. Next dose: Fri 20 Nov 2026 (was Mon 23 Nov 2026)."
        ]
        injection.refresh_from_db()
        assert injection.void_reason == "wrong patient"

    def test_asks_why(self) -> None:
        ada = make_patient(make_clinic())
        injection = give(ada, NOON.date(), given_at=NOON)

        response = enter(ada.clinic).post(
            reverse("injection-void", args=[injection.pk]), {"reason": " "}
        )

        assert refusals(response) == {"reason": ["Say why it is taken back."]}

    def test_happens_once(self) -> None:
        ada = make_patient(make_clinic())
        injection = give(ada, NOON.date(), given_at=NOON)
        schedules.actions.void_injection(
            injection=injection, reason="typo", now=NOON, by=system()
        )

        response = enter(ada.clinic).post(
            reverse("injection-void", args=[injection.pk]), {"reason": "again"}
        )

        assert refusals(response) == {
            "__all__": ["This injection was taken back before."]
        }

    def test_of_another_clinic_is_not_there(self) -> None:
        injection = give(make_patient(make_clinic()), NOON.date(), given_at=NOON)
        client = enter(make_clinic())

        for name in ("injection-void", "injection-accept"):
            response = client.get(reverse(name, args=[injection.pk]))
            assert response.status_code == 404


class TestAcceptInjection:
    def test_counts_from_now_on(self) -> None:
        ada = make_patient(make_clinic())
        make_maintenance_plan(ada, date(2026, 9, 25))
        injection = give(ada, NOON.date(), source="unverified", given_at=None)

        response = enter(ada.clinic).post(
            reverse("injection-accept", args=[injection.pk])
        )

        assert told(response) == [
            "Accepted. Next dose: Mon 25 Jan 2027 (was Wed 25 Nov 2026)."
        ]

    def test_refuses_what_does_not_wait(self) -> None:
        ada = make_patient(make_clinic())
        injection = give(ada, NOON.date(), given_at=NOON)

        response = enter(ada.clinic).post(
            reverse("injection-accept", args=[injection.pk])
        )

        assert refusals(response) == {
            "__all__": ["There is nothing to accept: this injection is not waiting."]
        }


class TestRecordResult:
    def record(self, ada: Patient, **changes: str) -> Any:
        form = {"test": "b12", "value": "189", "unit": "ng/L", "drawn_on": "2026-11-19"}
        return enter(ada.clinic).post(
            reverse("result-new", args=[ada.pk]), form | changes
        )

    def test_keeps_the_unit_it_was_reported_in(self) -> None:
        ada = make_patient(make_clinic())

        response = self.record(ada)

        assert told(response) == ["Vitamin B12, total 189 ng/L is recorded."]
        result = LabResult.objects.get()
        assert (result.value, result.unit) == (Decimal(189), "ng/L")

    def test_tells_when_blood_is_taken_next(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)

        response = self.record(ada)

        assert told(response) == [
            "Vitamin B12, total 189 ng/L is recorded. Next blood test: Mon 22 Feb 2027."
        ]

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            pytest.param({"unit": ""}, "unit", "Choose the unit that the laboratory reported.", id="no unit"),
            pytest.param({"unit": "g/L"}, "unit", "Vitamin B12, total is reported in pg/mL, ng/L, pmol/L.", id="another test’s unit"),
            pytest.param({"value": "2"}, "value", "Vitamin B12, total lies between 10 and 20000 ng/L; check the value and its unit.", id="beyond belief"),
            pytest.param({"value": "low"}, "value", "Enter the value as a number, such as 189 or 0.32.", id="a word"),
            pytest.param({"value": "Infinity"}, "value", "Enter the value as a number, such as 189 or 0.32.", id="no number"),
            pytest.param({"test": "gold"}, "test", "Choose the test.", id="no such test"),
            pytest.param({"drawn_on": "2026-11-21"}, "drawn_on", "The blood was drawn between birth and today.", id="tomorrow"),
            pytest.param({"drawn_on": ""}, "drawn_on", "Enter the day the blood was drawn.", id="no day"),
        ],
    )  # fmt: skip
    def test_refuses(self, changes: dict[str, str], field: str, sentence: str) -> None:
        response = self.record(make_patient(make_clinic()), **changes)

        assert refusals(response) == {field: [sentence]}
        assert not LabResult.objects.exists()

    def test_can_be_taken_back(self) -> None:
        ada = make_patient(make_clinic())
        self.record(ada)

        response = enter(ada.clinic).post(
            reverse("result-void", args=[LabResult.objects.get().pk]),
            {"reason": "another Ada"},
        )

        assert told(response) == ["Taken back."]
        assert LabResult.objects.get().void_reason == "another Ada"

    def test_of_another_clinic_is_not_there(self) -> None:
        ada = make_patient(make_clinic())
        self.record(ada)
        client = enter(make_clinic())

        pages = {"result-new": ada.pk, "result-void": LabResult.objects.get().pk}
        for name, pk in pages.items():
            assert client.get(reverse(name, args=[pk])).status_code == 404


class TestRecordDeath:
    def test_closes_the_plan(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        response = enter(plan.clinic, Role.PRESCRIBER).post(
            reverse("patient-deceased", args=[plan.patient_id]), {"on": "2026-11-20"}
        )

        assert told(response) == ["The death is recorded."]
        plan.refresh_from_db()
        assert (plan.phase, plan.patient.is_deceased) == ("closed", True)
        assert plan.patient.deceased_on == NOON.date()

    @pytest.mark.parametrize("on", ["2026-11-21", "1975-12-09"])
    def test_refuses_a_day_that_cannot_be(self, on: str) -> None:
        ada = make_patient(make_clinic())

        response = enter(ada.clinic, Role.PRESCRIBER).post(
            reverse("patient-deceased", args=[ada.pk]), {"on": on}
        )

        assert refusals(response) == {
            "on": ["The date of death lies between birth and today."]
        }
        ada.refresh_from_db()
        assert not ada.is_deceased

    def test_is_not_for_nurses(self) -> None:
        ada = make_patient(make_clinic())

        response = enter(ada.clinic).get(reverse("patient-deceased", args=[ada.pk]))

        assert response.status_code == 403


class TestEveryPage:
    @pytest.mark.parametrize(
        "name",
        [
            "plan-start",
            "plan-take-over",
            "neurological-answer",
            "injection-new",
            "result-new",
            "patient-deceased",
        ],
    )
    def test_can_be_looked_at(self, name: str) -> None:
        plan = make_plan(make_patient(make_clinic()))

        response = enter(plan.clinic, Role.PRESCRIBER).get(
            reverse(name, args=[plan.patient_id])
        )

        assert response.status_code == 200
        assert "Lovelace, Ada" in response.content.decode()

    @pytest.mark.parametrize("kind", ["interval_changed", "paused", "closed"])
    def test_of_a_decision_can_be_looked_at(self, kind: str) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        response = enter(plan.clinic, Role.PRESCRIBER).get(
            reverse("plan-decide", args=[plan.patient_id, kind])
        )

        assert response.status_code == 200

    def test_of_nobody_is_not_there(self) -> None:
        client = enter(make_clinic(), Role.PRESCRIBER)

        for name in ("plan-start", "injection-new", "result-new", "injection-void"):
            for pk in (0, 99999999999999999999):
                assert client.get(reverse(name, args=[pk])).status_code == 404
