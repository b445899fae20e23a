"""A relapse, and the interval that turned out too long (rules 2.8, T7)."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse

import schedules.actions
from patients.models import Membership
from tests.doors import enter
from tests.factories import (
    NOON,
    TODAY,
    decided,
    make_clinic,
    make_maintenance_plan,
    make_patient,
    make_staff,
    newest,
)
from tests.tracker.api.conftest import Program

FEB_27 = date(2026, 2, 27)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.django_db
@pytest.mark.proves("T7")
class TestThePrompt:
    def test_asks_for_a_shorter_interval(self) -> None:
        clinic = make_clinic()
        plan = make_maintenance_plan(make_patient(clinic), date(2026, 10, 7), "3m")
        where = reverse("plan-decide", args=[plan.patient_id, "maintained"])
        schedules.actions.reload(
            plan=plan,
            start_on=TODAY,
            protocol=newest("NEURO_ALT"),
            decision=decided("relapse", note="numb again"),
        )

        page = enter(clinic, Membership.Role.PRESCRIBER).get(where)
        told = Program(make_staff(clinic)).get(f"plans/{plan.pk}/")

        text = page.content.decode()
        assert "relapsed at every 3 months: choose a shorter interval" in text
        assert told["relapsed_at"] == "3m"
