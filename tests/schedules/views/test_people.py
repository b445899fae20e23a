"""The page on which a death is recorded."""

from typing import Any

import pytest
import time_machine
from django.urls import reverse

from tests.doors import Role, enter, refusals, told
from tests.factories import (
    NOON,
    make_clinic,
    make_loading_plan,
    make_patient,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


class TestRecordDeath:
    def test_closes_the_plan(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        response = enter(plan.clinic, Role.PRESCRIBER).post(
            reverse("patient-deceased", args=[plan.patient_id]),
            {"on": "2026-11-20", "confirmed": "on"},
        )

        assert told(response) == ["The death is recorded."]
        plan.refresh_from_db()
        assert (plan.phase, plan.patient.is_deceased) == ("closed", True)
        assert plan.patient.deceased_on == NOON.date()

    @pytest.mark.parametrize("on", ["2026-11-21", "1975-12-09"])
    def test_refuses_a_day_that_cannot_be(self, on: str) -> None:
        ada = make_patient(make_clinic())

        response = enter(ada.clinic, Role.PRESCRIBER).post(
            reverse("patient-deceased", args=[ada.pk]), {"on": on, "confirmed": "on"}
        )

        assert refusals(response) == {
            "on": ["The date of death lies between birth and today."]
        }
        ada.refresh_from_db()
        assert not ada.is_deceased

    def test_is_confirmed_first(self) -> None:
        ada = make_patient(make_clinic())

        response = enter(ada.clinic, Role.PRESCRIBER).post(
            reverse("patient-deceased", args=[ada.pk]), {}
        )

        assert refusals(response) == {
            "confirmed": ["Confirm that this patient has died."]
        }

    def test_is_taken_back_with_a_reason(self) -> None:
        ada = make_patient(make_clinic())
        paul = enter(ada.clinic, Role.PRESCRIBER)
        path = reverse("patient-deceased", args=[ada.pk])
        paul.post(path, {"on": "", "confirmed": "on"})

        assert refusals(paul.post(path, {})) == {
            "reason": ["Say why it is taken back."]
        }
        response = paul.post(path, {"reason": "the wrong chart"})

        assert told(response)[-1].startswith("The death is taken back.")
        ada.refresh_from_db()
        assert not ada.is_deceased

    def test_is_not_for_nurses(self) -> None:
        ada = make_patient(make_clinic())

        response = enter(ada.clinic).get(reverse("patient-deceased", args=[ada.pk]))

        assert response.status_code == 403
