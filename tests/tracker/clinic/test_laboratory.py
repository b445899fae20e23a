"""The laboratory of a clinic: its policy, and its numbers."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

import patients.actions
import schedules.actions
from patients.bands import Band
from patients.known import lab_rules_of
from patients.laboratory import Policy
from patients.models import LabPolicy, Patient
from schedules import reading
from schedules.models import Panel
from schedules.panels import Kind
from tests.doors import Role, enter, refusals, told
from tests.factories import (
    NOON,
    TODAY,
    make_clinic,
    make_loading_plan,
    make_patient,
    system,
)

pytestmark = pytest.mark.django_db

NUMBERS = {
    "b12_mass_low": "200",
    "b12_mass_high": "400",
    "b12_moles_low": "110",
    "b12_moles_high": "170",
    "active_b12_low": "25",
    "active_b12_high": "70",
    "mma_high": "378",
    "homocysteine_high": "15",
}


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def change(ada: Patient, **changes: str) -> Any:
    form = {"policy": "UK_CLINICAL", "from_on": "2026-11-20", **NUMBERS} | changes
    client = enter(ada.clinic, Role.CLINICAL_LEAD)
    return client.post(reverse("clinic-laboratory"), form)


class TestLaboratory:
    @pytest.mark.proves("R24", "R25")
    def test_may_follow_uk_practice_from_a_day_on(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada)
        before = Panel.objects.get(plan=plan)

        response = change(ada)

        assert told(response) == ["Saved. Dates moved in 1 plan."]
        found = reading.forecast_of(plan, today=TODAY).panel
        assert before.due_on.isoformat() == "2027-02-22"
        assert found is not None
        assert (found.kind, found.due_on.isoformat()) == (Kind.COUNT, "2027-11-22")
        assert Panel.objects.get(plan=plan).due_on == found.due_on

    def test_moves_nothing_before_its_day(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)

        response = change(ada, from_on="2026-11-23")

        assert told(response) == ["Saved. No date moved."]
        rules = lab_rules_of(ada.clinic)
        assert rules.policy(TODAY) is Policy.QUARTERLY_THEN_ANNUAL
        assert rules.policy(TODAY + timedelta(days=3)) is Policy.UK_CLINICAL

    @pytest.mark.proves("R06", "R07")
    def test_holds_results_against_its_own_numbers_from_that_day_on(self) -> None:
        ada = make_patient(make_clinic())
        change(ada)

        rules = lab_rules_of(ada.clinic)

        cuts = {
            day: rules.thresholds(day).b12["b12"]["ng/L"]
            for day in (TODAY - timedelta(days=1), TODAY)
        }
        assert [each.band(Decimal(190)) for each in cuts.values()] == [
            Band.INDETERMINATE,
            Band.DEFICIENT,
        ]
        assert rules.thresholds(TODAY).mma == {
            "nmol/L": Decimal(378),
            "umol/L": Decimal("0.378"),
        }

    def test_shows_what_is_in_force_and_what_is_to_come(self) -> None:
        ada = make_patient(make_clinic())
        change(ada)
        change(ada, policy="QUARTERLY_THEN_ANNUAL")
        change(ada, from_on="2026-12-01", mma_high="460")

        page = enter(ada.clinic, Role.CLINICAL_LEAD).get(reverse("clinic"))

        assert LabPolicy.objects.count() == 2
        form = page.context["laboratory"]
        assert form["policy"].value() == "QUARTERLY_THEN_ANNUAL"
        assert form["mma_high"].value() == Decimal(378)
        assert [row.from_on.month for row in page.context["board"].laboratory] == [
            11,
            12,
        ]

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            pytest.param(
                {"mma_high": "0.27"},
                "mma_high",
                "This number lies between 100 and 1000.",
                id="in another unit",
            ),
            pytest.param(
                {"b12_mass_low": "400"},
                "b12_mass_high",
                "The upper threshold is above the lower one.",
                id="in the wrong order",
            ),
            pytest.param(
                {"from_on": "2026-11-19"},
                "from_on",
                "Days that have passed stay as they were.",
                id="yesterday",
            ),
            pytest.param({"mma_high": ""}, "mma_high", "Enter a number.", id="nothing"),
            pytest.param(
                {"policy": "NEVER"},
                "policy",
                "Choose how treatment is followed.",
                id="no such policy",
            ),
        ],
    )
    def test_refuses(self, changes: dict[str, str], field: str, sentence: str) -> None:
        response = change(make_patient(make_clinic()), **changes)

        assert refusals(response) == {field: [sentence]}
        assert not LabPolicy.objects.exists()


class TestTenYearsOfNormalResults:
    """Good numbers move blood tests, and nothing else."""

    @pytest.mark.proves("R35", "S08", "R04", "R26")
    def test_close_pause_and_lengthen_nothing(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada)
        without = reading.forecast_of(plan, today=TODAY)
        patients.actions.record_result(
            patient=ada, test="b12", value=Decimal(900), unit="ng/L",
            drawn_on=TODAY, now=NOON, by=system(),
        )  # fmt: skip
        schedules.actions.replay(plan=plan, today=TODAY)

        after = reading.forecast_of(plan, today=TODAY)

        assert (after.phase, after.interval, after.dose) == (
            without.phase,
            without.interval,
            without.dose,
        )
        plan.refresh_from_db()
        assert plan.phase == "loading"
