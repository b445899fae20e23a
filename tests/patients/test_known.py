from datetime import timedelta
from decimal import Decimal

import pytest

import patients.actions
from patients.actions import Circumstances
from patients.known import measured_of
from patients.models import LabResult, Patient
from tests.factories import NOON, TODAY, make_clinic, make_patient, system

pytestmark = pytest.mark.django_db


def report(ada: Patient, value: str, days_ago: int = 0, high: str = "4") -> LabResult:
    return patients.actions.record_result(
        patient=ada,
        test="inr",
        value=Decimal(value),
        unit="{INR}",
        drawn_on=TODAY - timedelta(days=days_ago),
        now=NOON,
        by=system(),
        said=Circumstances(range_high=Decimal(high)),
    )


class TestMeasuredOf:
    def test_is_the_latest_value_that_stands(self) -> None:
        ada = make_patient(make_clinic())
        report(make_patient(ada.clinic), "5")
        report(ada, "2.5", 1)
        report(ada, "3.5", 8)
        wrong = report(ada, "9.5")
        patients.actions.void_result(
            result=wrong, reason="another Ada", now=NOON, by=system()
        )

        inr = measured_of(ada, on=TODAY).get("inr")

        assert inr is not None
        assert (inr.value, inr.unit, inr.high) == (Decimal("2.5"), "{INR}", 4)
        assert inr.on == TODAY - timedelta(days=1)
        before = measured_of(ada, on=TODAY - timedelta(days=2)).get("inr")
        assert before is not None
        assert before.value == Decimal("3.5")
