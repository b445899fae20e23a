"""The list, the chart, and the door, as a browser sees them."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import schedules.actions
from patients.models import Clinic, Membership, User
from schedules.models import Injection
from tests.factories import (
    NOON,
    PASSWORD,
    TODAY,
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_plan,
    make_staff,
    system,
)
from tests.tracker.dashboard.test_board import make_everybody, make_line, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

Role = Membership.Role
DAY = timedelta(days=1)


@pytest.fixture
def at_noon() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


def sign_in(client: Client, clinic: Clinic, role: Role = Role.NURSE) -> User:
    user = make_staff(clinic, role)
    client.force_login(user)
    return user


class TestSignIn:
    def test_leads_to_the_list(self, client: Client) -> None:
        user = make_staff(make_clinic())

        answer = client.post(
            reverse("sign-in"), {"username": user.username, "password": PASSWORD}
        )

        assert (answer.status_code, answer["Location"]) == (302, "/")

    def test_leads_a_manager_to_the_report(self, client: Client) -> None:
        user = make_staff(make_clinic(), Role.MANAGER)

        answer = client.post(
            reverse("sign-in"), {"username": user.username, "password": PASSWORD}
        )

        assert answer["Location"] == reverse("adherence")

    def test_says_what_was_wrong(self, client: Client) -> None:
        answer = client.post(reverse("sign-in"), {"username": "x", "password": "y"})

        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()

    def test_ends_with_a_sign_out(self, client: Client) -> None:
        sign_in(client, make_clinic())

        client.post(reverse("sign-out"))

        answer = client.get(reverse("today"))
        assert answer["Location"] == "/sign-in/?next=/"


class TestToday:
    def test_shows_everybody(self, client: Client) -> None:
        clinic = make_clinic()
        make_everybody(clinic)
        make_line(clinic)
        sign_in(client, clinic, Role.CLINICAL_LEAD)

        page = client.get("/").content.decode()

        assert "<h1>Friday 20 November</h1>" in page
        assert "17 on the list, all in sight." in page
        assert "Show the one who comes later" in page
        assert "Line 7" in page
        assert "No surname." in page

    def test_speaks_one_language_throughout(self, client: Client) -> None:
        sign_in(client, make_clinic())

        page = client.get("/", headers={"accept-language": "de"}).content.decode()

        assert '<html lang="en-gb">' in page
        assert "<h1>Friday 20 November</h1>" in page
        assert "Mon 23 Nov" in page

    def test_shows_one_group(self, client: Client) -> None:
        clinic = make_clinic()
        make_everybody(clinic)
        sign_in(client, clinic)

        page = client.get("/?group=coming").content.decode()

        assert "coming, Ada" in page
        assert "overdue, Ada" not in page
        assert "<b>16</b> all" in page

    def test_asks_the_database_a_fixed_number_of_times(self, client: Client) -> None:
        clinic = make_clinic()
        sign_in(client, clinic)
        client.get("/")
        counts = []
        for _ in range(2):
            make_everybody(clinic)
            make_line(clinic)
            with CaptureQueriesContext(connection) as queries:
                client.get("/")
            counts.append(len(queries))

        assert counts == [13, 13]

    def test_says_that_the_clinic_is_on_hold(self, client: Client) -> None:
        clinic = make_clinic()
        Clinic.objects.filter(pk=clinic.pk).update(held_at=NOON, held_by=system())
        sign_in(client, clinic, Role.CLINICAL_LEAD)

        page = client.get("/").content.decode()

        assert "On hold." in page
        assert reverse("clinic-hold") in page

    def test_says_that_a_protocol_is_not_approved(self, client: Client) -> None:
        clinic = make_clinic()
        sign_in(client, clinic)
        before = client.get("/").content.decode()
        make_loading_plan(make_patient(clinic))

        after = client.get("/").content.decode()

        assert "Not clinically approved" not in before
        assert "Not clinically approved" in after

    def test_holds_nothing_that_the_policy_of_the_page_forbids(
        self, client: Client
    ) -> None:
        clinic = make_clinic()
        make_everybody(clinic)
        sign_in(client, clinic)

        answer = client.get("/")

        page = answer.content.decode()
        assert "style=" not in page
        assert "<script" not in page
        assert "default-src 'none'" in answer["Content-Security-Policy"]

    def test_writes_what_people_are_called_as_text(self, client: Client) -> None:
        clinic = make_clinic()
        make_patient(clinic, family_name="<script>alert(1)</script>")
        sign_in(client, clinic)

        page = client.get("/").content.decode()

        assert "<script" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;, Ada" in page


class TestPatient:
    def test_shows_the_chart(self, client: Client) -> None:
        clinic = make_clinic()
        plan = make_loading_plan(make_patient(clinic))
        give(plan.patient, TODAY)
        sign_in(client, clinic, Role.PRESCRIBER)

        page = client.get(reverse("patient", args=[plan.patient_id])).content.decode()

        assert "<h1>Lovelace, Ada</h1>" in page
        assert "Mon 23 Nov 2026" in page
        assert "Target Sun 22 Nov, clinic closed, next open Mon 23 Nov." in page
        assert "not clinically approved" in page
        assert reverse("plan-decide", args=[plan.patient_id, "maintained"]) in page

    @pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER, Role.CLINICAL_LEAD])
    def test_shows_every_state(self, client: Client, role: Role) -> None:
        clinic = make_clinic()
        everybody = make_everybody(clinic)
        sign_in(client, clinic, role)

        for patient_id in everybody:
            answer = client.get(reverse("patient", args=[patient_id]))
            assert answer.status_code == 200

    def test_offers_what_alerts_ask_for(self, client: Client) -> None:
        clinic = make_clinic()
        patient = make_patient(clinic, birth_date=TODAY - 4000 * DAY)
        plan = make_plan(patient, neurological="unknown")
        give(patient, TODAY, source=Injection.Source.UNVERIFIED, given_at=None)
        task = make_task(plan)
        sign_in(client, clinic)

        page = client.get(reverse("patient", args=[patient.pk])).content.decode()

        assert reverse("neurological-answer", args=[patient.pk]) in page
        assert reverse("alert-seen", args=[patient.pk, "CHILD"]) in page
        assert reverse("injection-accept", args=[patient.injections.get().pk]) in page
        assert reverse("task-done", args=[task.pk]) in page

    def test_of_another_clinic_is_not_there(self, client: Client) -> None:
        foreign = make_patient(make_clinic())
        sign_in(client, make_clinic())

        answer = client.get(reverse("patient", args=[foreign.pk]))

        assert answer.status_code == 404

    def test_asks_the_database_a_fixed_number_of_times(self, client: Client) -> None:
        clinic = make_clinic()
        plan = make_maintenance_plan(make_patient(clinic), TODAY - 100 * DAY)
        sign_in(client, clinic)
        address = reverse("patient", args=[plan.patient_id])
        client.get(address)
        counts = []
        for days in (40, 20):
            give(plan.patient, TODAY - days * DAY)
            make_task_done(plan, days)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))

        assert counts == [CHART_QUERIES, CHART_QUERIES]


CHART_QUERIES = 47


def make_task_done(plan: object, number: int) -> None:
    """Add a decision and a task to the story of a plan."""
    schedules.actions.answer_neurological(
        plan=plan, answer="no", role="prescriber", now=NOON, by=system()
    )
    task = make_task(plan)
    type(task).objects.filter(pk=task.pk).update(ordinal=number)


class TestSwitchClinic:
    def test_shows_the_other_list_from_then_on(self, client: Client) -> None:
        here, there = make_clinic(name="Abbey"), make_clinic(name="Brook")
        user = sign_in(client, here)
        Membership.objects.create(user=user, clinic=there, role=Role.NURSE)
        make_patient(there, family_name="Noether")

        answer = client.post(reverse("switch-clinic"), {"clinic": there.pk})

        page = client.get("/").content.decode()
        assert answer["Location"] == "/"
        assert "Noether" in page

    @pytest.mark.parametrize("said", ["", "x", "-1", "9" * 30, "٣"])
    def test_knows_no_other_clinic(self, client: Client, said: str) -> None:
        sign_in(client, make_clinic())

        answer = client.post(reverse("switch-clinic"), {"clinic": said})

        assert answer.status_code == 404

    def test_does_not_open_a_clinic_of_others(self, client: Client) -> None:
        sign_in(client, make_clinic())
        foreign = make_clinic()

        answer = client.post(reverse("switch-clinic"), {"clinic": foreign.pk})

        assert answer.status_code == 404
