"""The database refuses what no form may be trusted to refuse."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from notifications.guards import GUARDS as NOTIFICATIONS
from patients.guards import PATIENTS, Guard, install
from patients.models import ContactPreference, LabResult
from schedules.guards import GUARDS as SCHEDULES
from schedules.models import Dose, Injection, Plan, PlanEvent
from tests.factories import (
    NOON,
    TODAY,
    give,
    make_clinic,
    make_loading_plan,
    make_patient,
    make_plan,
    system,
)

pytestmark = pytest.mark.django_db

ALL = (*PATIENTS, *SCHEDULES, *NOTIFICATIONS)


def refused(act: Callable[[], object]) -> str:
    """Return what the database said when it refused."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        act()
    return str(refusal.value)


def in_force() -> set[str]:
    """Return the names of what the database holds."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname::text FROM pg_trigger"
                " UNION SELECT conname::text FROM pg_constraint"
            )
        return {row[0] for row in cursor.fetchall()}


class TestGuards:
    @pytest.mark.parametrize("guard", ALL, ids=lambda guard: guard.name)
    def test_is_in_force_after_migrate(self, guard: Guard) -> None:
        assert any(name.startswith(guard.name) for name in in_force())

    @pytest.mark.parametrize("guard", ALL, ids=lambda guard: guard.name)
    def test_has_a_name_both_databases_can_keep(self, guard: Guard) -> None:
        assert len(guard.name) + len("_del") <= 63

    def test_can_be_installed_again(self) -> None:
        before = in_force()

        install(ALL, "default")

        assert in_force() == before

    def test_would_be_missed(self) -> None:
        assert "patients_labresult_belongs_to_nobody" not in in_force()


class TestClinicsAreKeptApart:
    def test_in_a_plan(self) -> None:
        ada, elsewhere = make_patient(make_clinic()), make_clinic()
        plan = Plan(patient=ada, clinic=elsewhere, opened_at=NOON, opened_by=system())

        assert "schedules_plan_belongs_to_patients_patient" in refused(plan.save)

    def test_in_a_result(self) -> None:
        ada, elsewhere = make_patient(make_clinic()), make_clinic()
        result = LabResult(
            patient=ada,
            clinic=elsewhere,
            test="b12",
            value=300,
            unit="ng/L",
            drawn_on=TODAY,
            recorded_at=NOON,
            recorded_by=system(),
        )

        assert "patients_labresult_belongs_to_patients_patient" in refused(result.save)

    def test_when_a_row_is_moved(self) -> None:
        plan, elsewhere = make_plan(make_patient(make_clinic())), make_clinic()

        move = Plan.objects.filter(pk=plan.pk).update

        assert "belongs_to_patients_patient" in refused(lambda: move(clinic=elsewhere))

    def test_in_what_hangs_on_a_plan(self) -> None:
        clinic = make_clinic()
        plan = make_loading_plan(make_patient(clinic))
        grace = make_patient(clinic, given_name="Grace")

        move = Dose.objects.filter(plan=plan).update

        assert "belongs_to_schedules_plan" in refused(lambda: move(patient=grace))


class TestFactsOnlyGrow:
    def test_an_injection_keeps_its_day(self) -> None:
        injection = give(make_patient(make_clinic()), TODAY)

        change = Injection.objects.filter(pk=injection.pk).update

        assert "only_grows" in refused(
            lambda: change(given_on=NOON.date().replace(day=1))
        )

    def test_an_injection_can_be_taken_back(self) -> None:
        injection = give(make_patient(make_clinic()), TODAY)

        changed = Injection.objects.filter(pk=injection.pk).update(
            voided_at=NOON, voided_by=system(), void_reason="wrong patient"
        )

        assert changed == 1

    def test_an_injection_stays(self) -> None:
        injection = give(make_patient(make_clinic()), TODAY)

        assert "only_grows" in refused(injection.delete)

    def test_a_decision_keeps_its_reason(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        change = PlanEvent.objects.filter(plan=plan).update

        assert "only_grows" in refused(lambda: change(reason="relapse"))

    def test_a_preference_stays(self) -> None:
        ada = make_patient(make_clinic(), sms=True)
        said = ContactPreference.objects.filter(patient=ada)

        assert "only_grows" in refused(said.delete)
        assert "only_grows" in refused(lambda: said.update(is_allowed=False))
