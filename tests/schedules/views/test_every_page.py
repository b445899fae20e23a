"""Every page about a plan, looked at."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from tests.doors import Role, enter
from tests.factories import (
    NOON,
    make_clinic,
    make_maintenance_plan,
    make_patient,
    make_plan,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


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
