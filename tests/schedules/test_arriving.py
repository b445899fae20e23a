"""Somebody who is treated elsewhere arrives, with the last injection, in one go."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

import schedules.actions
from patients.models import Patient
from patients.refusals import Refused
from schedules.actions import Elsewhere, check_plans
from schedules.intervals import Interval
from schedules.models import Dose, Injection, Plan
from schedules.reading import calendar_of
from tests.factories import NOON, TODAY, give, make_clinic, make_patient, newest, system

pytestmark = pytest.mark.django_db

LAST = date(2026, 10, 1)


@pytest.fixture
def ada() -> Patient:
    return make_patient(make_clinic())


@pytest.fixture
def elsewhere() -> Elsewhere:
    return Elsewhere(
        protocol=newest("MAINTENANCE_ONLY"),
        interval=Interval.parse("12w"),
        neurological="no",
        cause="Pernicious anaemia",
        product="cyanocobalamin",
        given_on=LAST,
        dose_mg=Decimal("0.5"),
        batch="346A80",
    )


def arrive(patient: Patient, treatment: Elsewhere, role: str = "prescriber") -> Plan:
    plan = schedules.actions.arrive(
        patient=patient,
        treatment=treatment,
        role=role,
        now=NOON,
        by=system(),
        calendar=calendar_of(patient.clinic),
    )
    plan.refresh_from_db()
    return plan


class TestArrive:
    def test_goes_on_from_the_last_injection(
        self, ada: Patient, elsewhere: Elsewhere
    ) -> None:
        plan = arrive(ada, elsewhere)

        assert (plan.phase, plan.interval, plan.replayed_on) == (
            "maintenance",
            "12w",
            TODAY,
        )
        assert (plan.neurological, plan.cause, plan.product, plan.protocol) == (
            "no",
            "Pernicious anaemia",
            "cyanocobalamin",
            elsewhere.protocol,
        )
        assert plan.dose.due_on == date(2026, 12, 24)
        assert check_plans(now=NOON) == []

    def test_accepts_the_injection(self, ada: Patient, elsewhere: Elsewhere) -> None:
        plan = arrive(ada, elsewhere)

        injection = plan.injections.get()
        assert (injection.source, injection.given_on, injection.given_at) == (
            Injection.Source.ACCEPTED,
            LAST,
            None,
        )
        assert (injection.accepted_at, injection.accepted_by) == (NOON, system())
        assert (injection.product, injection.dose_mg, injection.batch) == (
            "cyanocobalamin",
            Decimal("0.5"),
            "346A80",
        )

    def test_leaves_the_decisions_that_a_person_would_have_taken(
        self, ada: Patient, elsewhere: Elsewhere
    ) -> None:
        plan = arrive(ada, elsewhere)

        assert list(plan.events.values_list("kind", "on", "reason", "interval")) == [
            ("opened", TODAY, "", ""),
            ("transferred_in", TODAY, "established_elsewhere", "12w"),
        ]
        assert plan.history.count() == 1

    def test_takes_in_an_injection_that_no_plan_asked_for(
        self, ada: Patient, elsewhere: Elsewhere
    ) -> None:
        earlier = give(ada, date(2026, 8, 3))

        plan = arrive(ada, elsewhere)

        earlier.refresh_from_db()
        assert earlier.plan == plan

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            pytest.param(
                {"interval": Interval.parse("6d")},
                r"^The interval is from 7 to 92 days \(rules 2\.2\)\.$",
                id="too often",
            ),
            pytest.param(
                {"given_on": date(2026, 11, 21)},
                r"^The injection lies in the future\.$",
                id="injected tomorrow",
            ),
            pytest.param(
                {"given_on": date(1975, 12, 9)},
                r"^The injection lies before birth\.$",
                id="injected before birth",
            ),
        ],
    )
    def test_refuses_what_cannot_be(
        self, ada: Patient, elsewhere: Elsewhere, changes, sentence: str
    ) -> None:
        with pytest.raises(Refused, match=sentence):
            arrive(ada, replace(elsewhere, **changes))

        assert not Plan.objects.exists()
        assert not Injection.objects.exists()

    def test_needs_a_prescriber(self, ada: Patient, elsewhere: Elsewhere) -> None:
        with pytest.raises(Refused, match=r"^This decision needs a prescriber\.$"):
            arrive(ada, elsewhere, role="nurse")

        assert not Injection.objects.exists()

    def test_refuses_a_second_plan(self, ada: Patient, elsewhere: Elsewhere) -> None:
        arrive(ada, elsewhere)

        with pytest.raises(Refused, match=r"^The patient has an open plan already\.$"):
            arrive(ada, replace(elsewhere, given_on=date(2026, 11, 2)))

        assert Injection.objects.get().given_on == LAST
        assert Dose.objects.get().due_on == date(2026, 12, 24)

    def test_plans_nothing_for_the_dead(self, elsewhere: Elsewhere) -> None:
        dead = make_patient(make_clinic(), is_deceased=True)

        with pytest.raises(Refused, match=r"^The patient has died; there is nothing"):
            arrive(dead, elsewhere)

        assert not Injection.objects.exists()
