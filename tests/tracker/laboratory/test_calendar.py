"""The laboratory calendar, on the chart and for programs."""

from datetime import timedelta
from decimal import Decimal

import pytest

import patients.actions
from patients.models import Clinic
from tests.doors import enter
from tests.factories import (
    NOON,
    TODAY,
    give,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    system,
)
from tests.tracker.api.conftest import Program, _at_noon, clinic, nurse, stranger

__all__ = ["_at_noon", "clinic", "nurse", "stranger"]

pytestmark = pytest.mark.django_db


class TestTheCalendar:
    def test_is_told_to_programs(
        self, nurse: Program, stranger: Program, clinic: Clinic
    ) -> None:
        plan = make_loading_plan(make_patient(clinic))
        path = f"plans/{plan.pk}/lab-calendar/"

        told = nurse.get(path)

        assert [(p["kind"], p["due_on"], p["state"]) for p in told["panels"]] == [
            ("P0", "2026-11-20", "due"),
            ("P3", "2027-02-22", "coming"),
            ("R3", "2027-02-22", "coming"),
        ]
        assert told["panels"][1]["reasons"][0]["text"] == "3 months after Fri 20 Nov"
        assert told["missing"][0] == "b12"
        assert told["flags"] == ["PRETX_SAMPLE_MISSING"]
        stranger.get(path, 404)

    @pytest.mark.proves("R24")
    def test_says_on_the_chart_that_a_b12_does_not_count(self, clinic: Clinic) -> None:
        ada = make_patient(clinic)
        make_maintenance_plan(ada, TODAY - timedelta(days=40))
        give(ada, TODAY - timedelta(days=10))
        patients.actions.record_result(
            patient=ada, test="b12", value=Decimal(1900), unit="ng/L",
            drawn_on=TODAY, now=NOON, by=system(),
        )  # fmt: skip

        page = enter(clinic).get(f"/patients/{ada.pk}/").content.decode()

        assert "Blood tests and reviews" in page
        assert "an injection lay within 14 days before" in page
        assert "Results move blood tests only" in page
