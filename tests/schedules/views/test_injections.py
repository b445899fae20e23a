"""The pages on which injections are recorded, accepted and taken back."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

import schedules.actions
from patients.models import Patient
from schedules.models import Injection
from tests.doors import Role, enter, refusals, told
from tests.factories import (
    NOON,
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    system,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def given(**changes: str) -> dict[str, str]:
    """Return what a nurse fills in about an injection at 11:30 today."""
    return {
        "source": "here",
        "given_on": "2026-11-20",
        "given_time": "11:30",
        "outcome": "given",
        "product": "hydroxocobalamin",
        "dose_mg": "1",
        "route": "im",
        "site": "left_deltoid",
        "batch": "346A80",
        "expires_on": "2026-12-31",
        "given_by": "Grace Adeyemi",
        "note": "",
        "confirmed": "on",
    } | changes


class TestRecordInjection:
    def record(self, ada: Patient, **changes: str) -> Any:
        return enter(ada.clinic).post(
            reverse("injection-new", args=[ada.pk]), given(**changes)
        )

    def test_says_what_moved(self) -> None:
        ada = make_patient(make_clinic())
        make_maintenance_plan(ada, date(2026, 9, 25))

        response = self.record(ada)

        assert response.url == reverse("patient", args=[ada.pk])
        assert told(response) == [
            "Recorded. Next dose: Mon 25 Jan 2027 (was Wed 25 Nov 2026)."
        ]
        injection = Injection.objects.get(given_on=NOON.date())
        assert injection.given_at == datetime(2026, 11, 20, 11, 30, tzinfo=UTC)
        assert (injection.batch, injection.expires_on) == ("346A80", date(2026, 12, 31))
        assert injection.dose_mg == Decimal(1)

    def test_offers_now_the_person_and_the_last_batch(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)
        make_maintenance_plan(ada, date(2026, 9, 24))
        give(
            make_patient(clinic, given_name="Grace"),
            date(2026, 11, 19),
            batch="346A80",
            expires_on=date(2026, 12, 31),
            site="left_deltoid",
        )
        give(ada, date(2026, 11, 18), site="right_deltoid")

        page = enter(clinic).get(reverse("injection-new", args=[ada.pk]))

        form = page.context["form"]
        assert form["given_on"].value() == NOON.date()
        assert f"{form['given_time'].value():%H:%M}" == "12:00"
        assert form["given_by"].value() == "Grace Adeyemi"
        assert form["batch"].value() == "346A80"
        assert form["expires_on"].value() == date(2026, 12, 31)
        assert [i.site for i in page.context["last_sites"]] == ["right_deltoid"]

    def test_offers_no_batch_that_has_expired(self) -> None:
        ada = make_patient(make_clinic())
        give(ada, date(2026, 11, 17), batch="OLD", expires_on=date(2026, 11, 19))

        page = enter(ada.clinic).get(reverse("injection-new", args=[ada.pk]))

        assert page.context["form"]["batch"].value() is None

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            pytest.param(
                {"confirmed": ""},
                "confirmed",
                "Confirm the name and the date of birth first (rule S23).",
                id="identity not confirmed",
            ),
            pytest.param(
                {"given_time": "12:01"},
                "given_on",
                "The injection lies in the future.",
                id="a minute ahead",
            ),
            pytest.param(
                {"given_on": "2026-11-21"},
                "given_on",
                "The injection lies in the future.",
                id="tomorrow",
            ),
            pytest.param(
                {"given_on": "9999-12-31"},
                "given_on",
                "The injection lies in the future.",
                id="the end of time",
            ),
            pytest.param(
                {"given_on": "1975-12-09"},
                "given_on",
                "The injection lies before birth.",
                id="before birth",
            ),
            pytest.param(
                {"given_on": "0001-01-01"},
                "given_on",
                "This day is too long ago.",
                id="long ago",
            ),
            pytest.param(
                {"given_on": "2026-03-29", "given_time": "01:30"},
                "given_time",
                "There was no such time on this day: the clocks went forward.",
                id="an hour that never was",
            ),
            pytest.param(
                {"given_time": "25:00"},
                "given_time",
                "This is no time of day. Write it as 14:30.",
                id="no such time",
            ),
            pytest.param(
                {"given_time": ""},
                "given_time",
                "Enter the time of the injection.",
                id="no time",
            ),
            pytest.param(
                {"given_on": ""},
                "given_on",
                "Enter the day of the injection.",
                id="no day",
            ),
            pytest.param(
                {"dose_mg": "0"},
                "dose_mg",
                "A dose is more than nothing.",
                id="no dose",
            ),
            pytest.param(
                {"dose_mg": "one"},
                "dose_mg",
                "Enter the dose in milligrams as a number, such as 1.",
                id="a dose in words",
            ),
            pytest.param(
                {"dose_mg": "NaN"},
                "dose_mg",
                "Enter the dose in milligrams as a number, such as 1.",
                id="not a number",
            ),
            pytest.param(
                {"product": "aspirin"},
                "product",
                "Choose the product.",
                id="another product",
            ),
        ],
    )
    def test_refuses_and_saves_nothing(
        self, changes: dict[str, str], field: str, sentence: str
    ) -> None:
        response = self.record(make_patient(make_clinic()), **changes)

        assert refusals(response) == {field: [sentence]}
        assert not Injection.objects.exists()

    def test_refuses_the_same_one_twice(self) -> None:
        ada = make_patient(make_clinic())
        self.record(ada)

        response = self.record(ada)

        assert refusals(response) == {
            "given_on": ["An injection on 20 November 2026 is recorded already."]
        }
        assert Injection.objects.count() == 1

    @pytest.mark.proves("S18")
    def test_records_a_second_one_of_the_day_as_an_incident(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)
        self.record(ada)

        response = self.record(ada, given_time="09:00")

        assert told(response) == [
            "Recorded. Next dose: Mon 23 Nov 2026. "
            "This is an incident (rule S18): tell the clinical lead."
        ]
        first, second = Injection.objects.order_by("pk")
        assert (first.is_incident, second.is_incident) == (False, True)
        assert list(Injection.objects.incidents()) == [second]

    def test_takes_the_first_of_an_hour_that_came_twice(self) -> None:
        ada = make_patient(make_clinic())

        self.record(ada, given_on="2026-10-25", given_time="01:30")

        assert Injection.objects.get().given_at == datetime(
            2026, 10, 25, 0, 30, tzinfo=UTC
        )

    def test_reads_the_time_in_the_clinics_zone(self) -> None:
        ada = make_patient(make_clinic(time_zone="America/New_York"))

        self.record(ada, given_on="2026-11-19", given_time="23:30")

        injection = Injection.objects.get()
        assert injection.given_on == date(2026, 11, 19)
        assert injection.given_at == datetime(2026, 11, 20, 4, 30, tzinfo=UTC)

    def test_of_one_who_did_not_come_asks_for_no_confirmation(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)

        response = self.record(ada, outcome="not_attended", confirmed="")

        assert told(response) == ["Recorded. Next dose: Fri 20 Nov 2026."]

    @pytest.mark.parametrize(
        ("source", "who", "sentence"),
        [
            pytest.param(
                "unverified", None, "Recorded. Next dose: Wed 25 Nov 2026.", id="waits"
            ),
            pytest.param(
                "accepted",
                "Grace",
                "Recorded. Next dose: Mon 25 Jan 2027 (was Wed 25 Nov 2026).",
                id="counts at once",
            ),
        ],
    )
    def test_given_elsewhere(self, source: str, who: str | None, sentence: str) -> None:
        ada = make_patient(make_clinic())
        make_maintenance_plan(ada, date(2026, 9, 25))

        response = self.record(ada, source=source, given_time="", confirmed="")

        assert told(response) == [sentence]
        injection = Injection.objects.get(given_on=NOON.date())
        assert injection.given_at is None
        assert (injection.accepted_by and injection.accepted_by.first_name) == who

    def test_from_an_expired_batch_is_recorded_and_said_aloud(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)

        response = self.record(ada, expires_on="2026-11-19")

        assert told(response) == [
            "Recorded. Next dose: Mon 23 Nov 2026 (was Fri 20 Nov 2026). "
            "This is an incident (rule S17): tell the clinical lead."
        ]

    def test_without_a_plan_says_so(self) -> None:
        response = self.record(make_patient(make_clinic()))

        assert told(response) == [
            "Recorded. The patient has no open plan: no next dose is worked out."
        ]

    def test_of_another_clinics_patient_is_not_possible(self) -> None:
        ada = make_patient(make_clinic())

        response = enter(make_clinic()).post(
            reverse("injection-new", args=[ada.pk]), given()
        )

        assert response.status_code == 404
        assert not Injection.objects.exists()

    def test_is_not_for_managers(self) -> None:
        ada = make_patient(make_clinic())

        response = enter(ada.clinic, Role.MANAGER).post(
            reverse("injection-new", args=[ada.pk]), given()
        )

        assert response.status_code == 403


class TestVoidInjection:
    def test_moves_the_future_back(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)
        injection = give(ada, NOON.date(), given_at=NOON)

        response = enter(ada.clinic).post(
            reverse("injection-void", args=[injection.pk]), {"reason": "wrong patient"}
        )

        assert response.url == reverse("patient", args=[ada.pk])
        assert told(response) == [
            "Taken back. Next dose: Fri 20 Nov 2026 (was Mon 23 Nov 2026)."
        ]
        injection.refresh_from_db()
        assert injection.void_reason == "wrong patient"

    def test_asks_why(self) -> None:
        ada = make_patient(make_clinic())
        injection = give(ada, NOON.date(), given_at=NOON)

        response = enter(ada.clinic).post(
            reverse("injection-void", args=[injection.pk]), {"reason": " "}
        )

        assert refusals(response) == {"reason": ["Say why it is taken back."]}

    def test_happens_once(self) -> None:
        ada = make_patient(make_clinic())
        injection = give(ada, NOON.date(), given_at=NOON)
        schedules.actions.void_injection(
            injection=injection, reason="typo", now=NOON, by=system()
        )

        response = enter(ada.clinic).post(
            reverse("injection-void", args=[injection.pk]), {"reason": "again"}
        )

        assert refusals(response) == {
            "__all__": ["This injection was taken back before."]
        }

    def test_of_another_clinic_is_not_there(self) -> None:
        injection = give(make_patient(make_clinic()), NOON.date(), given_at=NOON)
        client = enter(make_clinic())

        for name in ("injection-void", "injection-accept"):
            response = client.get(reverse(name, args=[injection.pk]))
            assert response.status_code == 404


class TestAcceptInjection:
    def test_counts_from_now_on(self) -> None:
        ada = make_patient(make_clinic())
        make_maintenance_plan(ada, date(2026, 9, 25))
        injection = give(ada, NOON.date(), source="unverified", given_at=None)

        response = enter(ada.clinic).post(
            reverse("injection-accept", args=[injection.pk])
        )

        assert told(response) == [
            "Accepted. Next dose: Mon 25 Jan 2027 (was Wed 25 Nov 2026)."
        ]

    def test_refuses_what_does_not_wait(self) -> None:
        ada = make_patient(make_clinic())
        injection = give(ada, NOON.date(), given_at=NOON)

        response = enter(ada.clinic).post(
            reverse("injection-accept", args=[injection.pk])
        )

        assert refusals(response) == {
            "__all__": ["There is nothing to accept: this injection is not waiting."]
        }
