"""The pages on which treatment begins."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from schedules.models import Plan
from tests.doors import Role, enter, refusals, told
from tests.factories import (
    NOON,
    give,
    make_clinic,
    make_loading_plan,
    make_patient,
    make_plan,
    newest,
)

pytestmark = pytest.mark.django_db

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def start(**changes: Any) -> dict[str, Any]:
    """Return what a prescriber fills in to start a neurological plan on Monday."""
    return {
        "neurological": "yes",
        "protocol": newest("NEURO_ALT").pk,
        "start_on": "2026-11-23",
        "cause": "pernicious anaemia",
        "product": "hydroxocobalamin",
        "consent": "said so today",
        "allergies": "on",
        "reason": "deficiency",
        "note": "",
    } | changes


class TestStart:
    def test_opens_a_plan_and_tells_the_first_dose(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-start", args=[ada.pk]), start()
        )

        assert response.url == reverse("patient", args=[ada.pk])
        assert told(response) == ["Next dose: Mon 23 Nov 2026."]
        plan = Plan.objects.get(patient=ada)
        assert (plan.phase, plan.neurological) == ("loading", "yes")
        assert (plan.cause, plan.dose.due_on) == ("pernicious anaemia", MONDAY)
        assert plan.events.get(kind="started").decided_by.first_name == "Grace"

    def test_goes_on_with_a_plan_in_work_up(self) -> None:
        clinic = make_clinic()
        plan = make_plan(make_patient(clinic), neurological="unknown")
        client = enter(clinic, Role.PRESCRIBER)
        address = reverse("plan-start", args=[plan.patient_id])

        asked = client.get(address).context["form"]
        client.post(address, start(neurological="no", product="cyanocobalamin"))

        assert asked["neurological"].value() == ""
        assert asked["cause"].value() == "pernicious anaemia"
        plan.refresh_from_db()
        assert (plan.phase, plan.neurological) == ("loading", "no")
        assert plan.product == "cyanocobalamin"

    def test_takes_in_an_injection_that_no_plan_asked_for(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)
        injection = give(ada, date(2026, 11, 18))

        enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-start", args=[ada.pk]), start()
        )

        injection.refresh_from_db()
        assert injection.plan == Plan.objects.get(patient=ada)

    @pytest.mark.parametrize("answer", ["yes", "unknown"])
    def test_refuses_the_gentle_course_where_nerves_may_suffer(
        self, answer: str
    ) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)
        gentle = newest("NON_NEURO_3W2").pk

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-start", args=[ada.pk]),
            start(protocol=gentle, neurological=answer),
        )

        assert refusals(response) == {
            "protocol": [
                "This course is not enough where neurological symptoms are present or "
                "not ruled out. (Rule R14.) A prescriber may go on, with a reason."
            ]
        }
        assert not Plan.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            pytest.param(
                {"start_on": "2026-11-19"},
                "start_on",
                "The first injection lies in the past.",
                id="yesterday",
            ),
            pytest.param(
                {"start_on": "9999-12-31"},
                "start_on",
                "The first injection is more than a year ahead.",
                id="the end of time",
            ),
            pytest.param(
                {"neurological": ""},
                "neurological",
                "Say whether there are neurological symptoms.",
                id="not answered",
            ),
            pytest.param(
                {"protocol": "99999999999999999999"},
                "protocol",
                "Choose the protocol.",
                id="no such protocol",
            ),
            pytest.param(
                {"consent": ""},
                "consent",
                "Say how we know that the patient agrees.",
                id="no consent",
                marks=pytest.mark.proves("T1"),
            ),
            pytest.param(
                {"allergies": ""},
                "allergies",
                "Ask for allergies: the answer is recorded.",
                id="allergies not asked",
                marks=pytest.mark.proves("T1"),
            ),
            pytest.param(
                {"reason": "labs_normal"},
                "reason",
                "Choose one of the reasons.",
                id="no such reason",
            ),
        ],
    )
    def test_refuses(self, changes: dict[str, str], field: str, sentence: str) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-start", args=[ada.pk]), start(**changes)
        )

        assert refusals(response) == {field: [sentence]}
        assert not Plan.objects.exists()

    def test_refuses_to_start_twice(self) -> None:
        clinic = make_clinic()
        plan = make_loading_plan(make_patient(clinic))

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-start", args=[plan.patient_id]), start()
        )

        assert refusals(response) == {
            "__all__": ["The patient has an open plan already."]
        }

    def test_offers_no_protocol_without_loading_and_says_what_is_not_approved(
        self,
    ) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)

        page = enter(clinic, Role.PRESCRIBER).get(reverse("plan-start", args=[ada.pk]))

        choices = page.context["form"].fields["protocol"].choices
        labels = [label for _, label in choices]
        assert len(labels) == 2
        assert all(label.endswith(" (not clinically approved)") for label in labels)

    def test_is_not_for_nurses(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)

        response = enter(clinic).post(reverse("plan-start", args=[ada.pk]), start())

        assert response.status_code == 403
        assert not Plan.objects.exists()


class TestTakeOver:
    def test_counts_from_the_last_injection(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)
        give(ada, date(2026, 10, 6), source="accepted", given_at=None)

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-take-over", args=[ada.pk]),
            {
                "neurological": "no",
                "interval": "2m",
                "product": "hydroxocobalamin",
                "reason": "established_elsewhere",
            },
        )

        assert told(response) == ["Next dose: Mon 7 Dec 2026."]
        assert Plan.objects.get(patient=ada).phase == "maintenance"

    def test_needs_an_injection_to_count_from(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)

        response = enter(clinic, Role.PRESCRIBER).post(
            reverse("plan-take-over", args=[ada.pk]),
            {
                "neurological": "no",
                "interval": "days",
                "days": "45",
                "product": "hydroxocobalamin",
                "reason": "established_elsewhere",
            },
        )

        assert refusals(response) == {
            "__all__": ["Record the last injection first: dates are counted from it."]
        }
        assert not Plan.objects.exists()
