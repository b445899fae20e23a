"""What the numbers say, on the chart and for programs."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

import patients.actions
from patients.actions import Circumstances
from patients.background import Condition
from patients.diagnosis import ADVICE
from patients.diagnosis_table import Category, Flag
from patients.models import Clinic, ConditionRecord, Patient
from schedules.interpreting import interpretation_of
from tests.doors import enter
from tests.factories import (
    NOON,
    TODAY,
    give,
    make_clinic,
    make_patient,
    make_plan,
    system,
)
from tests.tracker.api.conftest import Program, _at_noon, clinic, nurse, stranger
from tracker.laboratory.interpreted import interpreted

__all__ = ["_at_noon", "clinic", "nurse", "stranger"]

pytestmark = pytest.mark.django_db
UNITS = {"b12": "pg/mL", "mma": "nmol/L", "egfr": "mL/min/{1.73_m2}"}


def report(ada: Patient, test: str, value: int, days_ago: int = 0, **said: Any) -> None:
    patients.actions.record_result(
        patient=ada,
        test=test,
        value=Decimal(value),
        unit=UNITS[test],
        drawn_on=TODAY - timedelta(days=days_ago),
        now=NOON,
        by=system(),
        said=Circumstances(**said),
    )


class TestInterpretationOf:
    def test_reads_what_was_drawn_before_treatment(self) -> None:
        ada = make_patient(make_clinic())
        make_plan(ada)
        report(ada, "b12", 240, 62)
        report(ada, "mma", 400, 60)
        report(ada, "egfr", 90, 60)
        give(ada, TODAY - timedelta(days=60))
        report(ada, "b12", 1900)
        report(ada, "mma", 100)

        found = interpretation_of(ada, on=TODAY)

        assert found is not None
        assert found.category is Category.FUNCTIONAL_CONFIRMED
        assert found.flags == {Flag.DO_NOT_DELAY_TREATMENT}

    def test_says_that_a_b12_under_treatment_says_little(self) -> None:
        ada = make_patient(make_clinic())
        make_plan(ada)
        give(ada, TODAY - timedelta(days=10))
        report(ada, "b12", 1900)

        found = interpretation_of(ada, on=TODAY)

        assert found is not None
        assert Flag.RESULT_UNRELIABLE_RECENT_B12 in found.flags
        assert found.information[0].startswith("The blood was drawn under treatment")

    def test_asks_the_background(self) -> None:
        ada = make_patient(make_clinic())
        make_plan(ada, "no")
        report(ada, "b12", 1200)
        report(ada, "b12", 1300, 9)
        ConditionRecord.objects.create(
            patient=ada,
            clinic=ada.clinic,
            condition=Condition.NITROUS_OXIDE_RECREATIONAL,
            from_on=date(2026, 1, 1),
            recorded_at=NOON,
            recorded_by=system(),
        )

        found = interpretation_of(ada, on=TODAY)

        assert found is not None
        assert (found.row, found.category) == (9, Category.AWAITING_MMA)
        assert found.flags == {Flag.N2O_USE_FUNCTIONAL_TEST}
        assert found.information[0].startswith("B12 was above 1000 pg/mL twice")

    def test_has_nothing_to_say_without_b12(self) -> None:
        ada = make_patient(make_clinic())
        report(ada, "mma", 400)

        assert interpretation_of(ada, on=TODAY) is None
        assert interpreted(ada, today=TODAY) is None


class TestTheChart:
    def test_shows_it_with_its_rule_and_numbers(self) -> None:
        ada = make_patient(make_clinic())
        report(ada, "b12", 185)
        report(ada, "mma", 400, range_high=Decimal(378))

        found = interpreted(ada, today=TODAY)
        page = enter(ada.clinic).get(f"/patients/{ada.pk}/").content.decode()

        assert found is not None
        assert found.category == "functional deficiency is probable"
        for line in (*found.reasons, *found.near, *found.flags, found.rule, ADVICE):
            assert line in page
        assert "3 v1, row 6, not clinically approved" in page


class TestTheEndpoint:
    def test_tells_the_row_and_the_numbers(
        self, nurse: Program, stranger: Program, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        path = f"patients/{ada.pk}/interpretation/"
        nothing = nurse.get(path)
        report(ada, "b12", 240)

        told = nurse.get(path)

        assert (nothing["category"], nothing["row"], nothing["flags"]) == (
            None,
            None,
            [],
        )
        assert (told["category"], told["row"]) == ("AWAITING_MMA", 2)
        assert told["next_step"] == "Order MMA."
        assert [(r["test"], r["unit"]) for r in told["results"]] == [("b12", "pg/mL")]
        assert told["is_clinically_approved"] is False
        assert told["advice"] == ADVICE
        stranger.get(path, 404)
