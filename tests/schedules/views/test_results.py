"""The pages on which laboratory results are recorded and taken back."""

from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from patients.models import LabResult, Patient
from tests.doors import enter, refusals, told
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

    def test_keeps_what_the_laboratory_printed_beside_it(self) -> None:
        ada = make_patient(make_clinic())
        about = {"range_low": "120", "range_high": "650", "fasting": "true"}

        self.record(ada, before_injection="on", **about)
        response = self.record(ada, range_low="650", range_high="120")

        result = LabResult.objects.get()
        assert (result.range_low, result.range_high) == (Decimal(120), Decimal(650))
        assert (result.fasting, result.before_injection) == (True, True)
        assert refusals(response) == {
            "range_high": ["The upper limit is above the lower limit."]
        }

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
            pytest.param(
                {"unit": ""},
                "unit",
                "Choose the unit that the laboratory reported.",
                id="no unit",
            ),
            pytest.param(
                {"unit": "g/L"},
                "unit",
                "Vitamin B12, total is reported in pg/mL, ng/L, pmol/L.",
                id="another test’s unit",
            ),
            pytest.param(
                {"value": "2"},
                "value",
                "Vitamin B12, total lies between 10 and 20000 ng/L; check the value "
                "and its unit.",
                id="beyond belief",
            ),
            pytest.param(
                {"value": "low"},
                "value",
                "Enter the value as a number, such as 189 or 0.32.",
                id="a word",
            ),
            pytest.param(
                {"value": "Infinity"},
                "value",
                "Enter the value as a number, such as 189 or 0.32.",
                id="no number",
            ),
            pytest.param(
                {"test": "gold"}, "test", "Choose the test.", id="no such test"
            ),
            pytest.param(
                {"drawn_on": "2026-11-21"},
                "drawn_on",
                "The blood was drawn between birth and today.",
                id="tomorrow",
            ),
            pytest.param(
                {"drawn_on": ""},
                "drawn_on",
                "Enter the day the blood was drawn.",
                id="no day",
            ),
        ],
    )
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
