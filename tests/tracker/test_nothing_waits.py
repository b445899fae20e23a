"""No page waits for a broker or a provider, and none leaves a name behind."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from patients.models import Membership
from schedules.models import Injection
from tests.factories import (
    PASSWORD,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_staff,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(client: Client) -> Client:
    """Give a clinical lead's browser; the clinic treats two patients."""
    clinic = make_clinic()
    make_loading_plan(make_patient(clinic))
    make_maintenance_plan(make_patient(clinic), date(2026, 10, 6))
    user = make_staff(clinic, Membership.Role.CLINICAL_LEAD)
    assert client.login(username=user.username, password=PASSWORD)
    return client


PAGES = (
    "today",
    "patients",
    "messages",
    "adherence",
    "import",
    "clinic",
    "clinic-hold",
)


class TestPages:
    @pytest.mark.parametrize("name", PAGES)
    def test_open_no_connection(
        self, lead: Client, name: str, socket_disabled: None
    ) -> None:
        assert lead.get(reverse(name)).status_code == 200

    def test_record_an_injection_without_one(
        self, lead: Client, socket_disabled: None
    ) -> None:
        plan = Injection.objects.latest("pk").plan
        assert plan is not None
        path = reverse("injection-new", args=[plan.patient_id])
        form = lead.get(path).context["form"]
        said = {name: form[name].value() for name in form.fields}

        told = {"confirmed": "on", "when": "before"}
        answer = lead.post(
            path, {k: v for k, v in said.items() if v is not None} | told
        )

        assert answer.status_code == 302
        assert plan.injections.count() == 2

    @pytest.mark.parametrize("name", PAGES)
    def test_are_kept_by_no_browser(self, lead: Client, name: str) -> None:
        assert lead.get(reverse(name))["Cache-Control"] == "no-store"

    def test_put_no_name_into_a_cookie(self, lead: Client) -> None:
        said = {"family_name": "Hopper", "birth_date": "1950-12-09", "gender": "female"}

        answer = lead.post(reverse("patient-new"), said)

        assert answer.status_code == 302
        assert set(answer.cookies) <= {"sessionid", "csrftoken"}
