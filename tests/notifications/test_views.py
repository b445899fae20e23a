"""The pages about reminders."""

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from notifications.models import Attempt, Reminder
from patients.models import Patient
from schedules.models import Plan
from tests.doors import Role, enter, refusals, told
from tests.factories import NOON, make_clinic, make_maintenance_plan, make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def make_reminder(ada: Patient, **columns: Any) -> Reminder:
    """Return a reminder of Ada's next dose, planned unless `columns` say otherwise."""
    plan = Plan.objects.filter(patient=ada).first() or make_maintenance_plan(
        ada, date(2026, 9, 25)
    )
    details = {
        "clinic": ada.clinic,
        "patient": ada,
        "plan": plan,
        "episode": plan.dose.episode,
        "ordinal": plan.dose.ordinal,
        "purpose": "injection_ahead",
        "rung": 1,
        "channel": "sms",
        "due_on": plan.dose.due_on,
        "send_at": NOON - timedelta(hours=3),
        "expires_at": NOON + timedelta(days=3),
        "planned_at": NOON,
        "changed_at": NOON,
    }
    return Reminder.objects.create(**(details | columns))


def make_task(ada: Patient, **columns: Any) -> Reminder:
    """Return a task for a nurse about Ada."""
    return make_reminder(
        ada, **({"channel": "nurse", "state": "accepted", "rung": 2} | columns)
    )


class TestOutbox:
    def test_shows_the_text_that_was_sent_and_what_came_of_it(self) -> None:
        ada = make_patient(make_clinic(), sms=True)
        reminder = make_reminder(ada, state="failed", reason="refused")
        for fence, text in ((1, "the first try"), (2, "Please call 020 7946 0000.")):
            Attempt.objects.create(
                reminder=reminder,
                fence=fence,
                recipient="+447700900123",
                body=text,
                started_at=NOON - timedelta(hours=1),
                ended_at=NOON,
                outcome="refused",
                detail="number not in use",
            )

        page = enter(ada.clinic).get(reverse("messages"))

        [letter] = page.context["letters"]
        assert (letter.patient, letter.to) == (ada, "+447700900123")
        assert letter.text == "Please call 020 7946 0000."
        assert (letter.purpose, letter.state) == ("injection ahead", "failed")
        assert letter.why == "refused by the provider; number not in use"
        content = page.content.decode()
        assert "Please call 020 7946 0000." in content
        assert "the first try" not in content

    def test_shows_the_newest_first_and_nothing_of_others(self) -> None:
        ada = make_patient(make_clinic())
        first = make_reminder(ada)
        second = make_reminder(ada, channel="email")
        make_reminder(make_patient(make_clinic(), family_name="Babbage"))

        page = enter(ada.clinic).get(reverse("messages"))

        assert [letter.id for letter in page.context["letters"]] == [
            second.pk,
            first.pk,
        ]
        assert "Babbage" not in page.content.decode()

    def test_tells_the_time_on_the_clinics_wall(self) -> None:
        ada = make_patient(make_clinic(time_zone="Europe/Athens"))
        make_reminder(ada)

        page = enter(ada.clinic).get(reverse("messages"))

        assert "11:00" in page.content.decode()

    def test_keeps_open_tasks_on_top(self) -> None:
        ada = make_patient(make_clinic())
        make_task(ada, state="delivered", rung=3)
        task = make_task(ada)
        make_reminder(ada)

        page = enter(ada.clinic).get(reverse("messages"))

        assert [letter.id for letter in page.context["tasks"]] == [task.pk]
        assert page.context["tasks"][0].state == "to do"

    def test_asks_the_database_as_often_for_many_as_for_one(
        self, django_assert_max_num_queries: Any, django_assert_num_queries: Any
    ) -> None:
        ada = make_patient(make_clinic())
        client = enter(ada.clinic)
        make_reminder(ada)
        make_task(ada)
        with django_assert_max_num_queries(9) as few:
            client.get(reverse("messages"))

        for rung in range(3, 60):
            make_reminder(ada, rung=rung)
            make_task(ada, rung=rung)

        with django_assert_num_queries(len(few)):
            page = client.get(reverse("messages"), {"page": "2"})
        assert len(page.context["letters"]) == 50

    def test_is_not_for_managers(self) -> None:
        response = enter(make_clinic(), Role.MANAGER).get(reverse("messages"))

        assert response.status_code == 403


class TestFinishTask:
    def test_says_what_was_done(self) -> None:
        task = make_task(make_patient(make_clinic()))

        response = enter(task.clinic).post(
            reverse("task-done", args=[task.pk]), {"note": "called, comes on Friday"}
        )

        assert response.url == reverse("messages")
        assert told(response) == ["Done."]
        task.refresh_from_db()
        assert (task.state, task.handled_note) == (
            "delivered",
            "called, comes on Friday",
        )
        assert task.handled_by.first_name == "Grace"

    @pytest.mark.parametrize(
        ("wanted", "goes_to"),
        [
            pytest.param("/patients/1/", "/patients/1/", id="a page of this house"),
            pytest.param("https://example.org/", "/messages/", id="another house"),
            pytest.param("//example.org", "/messages/", id="another house in disguise"),
        ],
    )
    def test_goes_back_to(self, wanted: str, goes_to: str) -> None:
        task = make_task(make_patient(make_clinic()))

        response = enter(task.clinic).post(
            reverse("task-done", args=[task.pk]), {"note": "called", "next": wanted}
        )

        assert response.url == goes_to

    def test_asks_what_was_done(self) -> None:
        task = make_task(make_patient(make_clinic()))

        response = enter(task.clinic).post(reverse("task-done", args=[task.pk]))

        assert refusals(response) == {"note": ["Say what was done."]}
        assert "Tell the patient about the next injection." in response.content.decode()

    def test_happens_once(self) -> None:
        task = make_task(make_patient(make_clinic()), state="delivered")

        response = enter(task.clinic).post(
            reverse("task-done", args=[task.pk]), {"note": "again"}
        )

        assert refusals(response) == {
            "__all__": ["This is no longer on the list of tasks."]
        }

    def test_of_another_clinic_and_of_a_message_is_not_there(self) -> None:
        ada = make_patient(make_clinic())
        task, message = make_task(ada), make_reminder(ada)

        for client, reminder in (
            (enter(make_clinic()), task),
            (enter(ada.clinic), message),
        ):
            response = client.post(
                reverse("task-done", args=[reminder.pk]), {"note": "called"}
            )
            assert response.status_code == 404
