"""The alerts of a plan, as programs hear and acknowledge them."""

from datetime import date
from typing import Any

import pytest
import time_machine
from rest_framework.test import APIClient

from tests.factories import (
    NOON,
    make_clinic,
    make_maintenance_plan,
    make_patient,
    make_plan,
    make_staff,
)

pytestmark = pytest.mark.django_db

LONG_AGO = date(2026, 6, 1)
GAP = {"code": "GAP_OVER_TWO_INTERVALS", "about": "since 2026-06-01"}


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


class TestAlerts:
    def test_say_what_speaks_since_when_and_what_was(self) -> None:
        clinic = make_clinic()
        plan = make_maintenance_plan(make_patient(clinic), LONG_AGO)
        client = APIClient()
        client.force_authenticate(make_staff(clinic))
        address = f"/api/v1/plans/{plan.pk}/alerts/"

        done = client.post(f"{address}acknowledge/", {**GAP, "note": "called"})
        twice = client.post(f"{address}acknowledge/", GAP)
        said = client.get(address).json()

        assert (done.status_code, twice.status_code) == (200, 400)
        assert done.json()["note"] == "called"
        found = {each["code"]: each for each in said["speaking"]}
        assert found["LTFU_SUSPECTED"]["since"] == "2026-10-02"
        assert found["LTFU_SUSPECTED"]["to"] == "nurse"
        gap = found["GAP_OVER_TWO_INTERVALS"]
        assert (gap["rule"], gap["since"], gap["needs_answer"]) == (
            "2.8 v1",
            "2026-10-01",
            False,
        )
        assert gap["is_clinically_approved"] is False
        logged = {each["code"]: each for each in said["log"]}
        assert logged["GAP_OVER_TWO_INTERVALS"]["acknowledged_at"] is not None
        assert logged["LTFU_SUSPECTED"]["closed_on"] is None

    def test_refuse_what_waits_for_an_answer_and_strangers(self) -> None:
        clinic = make_clinic()
        plan = make_plan(make_patient(clinic), neurological="unknown")
        client, stranger = APIClient(), APIClient()
        client.force_authenticate(make_staff(clinic))
        stranger.force_authenticate(make_staff(make_clinic()))
        address = f"/api/v1/plans/{plan.pk}/alerts/"

        asked = client.post(f"{address}acknowledge/", {"code": "NEURO_UNANSWERED"})
        unknown = client.post(f"{address}acknowledge/", {"code": "X", "why": "?"})

        assert (asked.status_code, unknown.status_code) == (400, 400)
        assert "waits for an answer" in asked.content.decode()
        assert stranger.get(address).status_code == 404
        assert stranger.post(f"{address}acknowledge/", GAP).status_code == 404
