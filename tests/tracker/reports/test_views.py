"""The adherence report, on the page and as a file."""

import csv
import io
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

import schedules.actions
from patients.models import Clinic, Patient
from schedules.intervals import Interval
from tests.doors import Role, enter, refusals
from tests.factories import (
    NOON,
    decided,
    give,
    make_clinic,
    make_loading_plan,
    make_patient,
    make_plan,
    newest,
)

pytestmark = pytest.mark.django_db

PAGE, FILE = "adherence", "adherence-csv"
TAKEN_OVER_ON = date(2026, 2, 28)


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def treat(clinic: Clinic, **details: Any) -> Patient:
    """
    Return Ada, taken over on 28 February, as in the first example of the rules.

        due       27 Apr    29 Jun    14 Sep    13 Nov    13 Jan
        given     29 Apr    13 Jul    14 Sep     9 Nov    still to come
        late           2        14         0        -4
    """
    ada = make_patient(clinic, **details)
    plan = schedules.actions.open_plan(
        patient=ada, neurological="no", cause="", decision=decided(on=TAKEN_OVER_ON)
    )
    give(ada, date(2026, 2, 27), source="accepted", given_at=None)
    schedules.actions.transfer_in(
        plan=plan,
        protocol=newest("MAINTENANCE_ONLY"),
        interval=Interval.parse("2m"),
        decision=decided("established_elsewhere", on=TAKEN_OVER_ON),
    )
    for month, day in ((4, 29), (7, 13), (9, 14), (11, 9)):
        give(ada, date(2026, month, day))
    return ada


def rows(client: Client, **period: str) -> list[list[str]]:
    """Return the cells of the file."""
    response = client.get(reverse(FILE), period)
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


class TestPage:
    def test_shows_the_figures_of_the_clinic_and_of_each_patient(self) -> None:
        clinic = make_clinic()
        ada = treat(clinic)

        page = enter(clinic).get(reverse(PAGE))

        report = page.context["report"]
        assert (report.from_on, report.to_on) == (date(2025, 11, 21), NOON.date())
        everything = report.scopes[0]
        assert (everything.n, everything.excluded_n) == (1, 0)
        total = everything.total
        assert (total.evaluable, total.on_time) == (4, 3)
        assert (total.mean_days_late, total.mean_signed_delay) == (4.0, 3.0)
        assert (total.covered, total.observed) == (250, 266)
        assert [(line.patient, line.figures) for line in report.lines] == [(ada, total)]
        content = page.content.decode()
        assert "75.0 %" in content
        assert "94.0 %" in content
        assert "Lovelace, Ada" in content

    def test_counts_loading_by_itself(self) -> None:
        clinic = make_clinic()
        treat(clinic)
        make_loading_plan(make_patient(clinic))

        report = enter(clinic).get(reverse(PAGE)).context["report"]

        _, loading, maintenance = report.scopes
        assert (loading.n, loading.excluded_n) == (0, 1)
        assert loading.total.on_time_rate is None
        assert (maintenance.n, maintenance.total.evaluable) == (1, 4)

    def test_leaves_out_who_was_not_treated(self) -> None:
        clinic = make_clinic()
        make_plan(make_patient(clinic))
        treat(make_clinic())

        page = enter(clinic).get(reverse(PAGE))

        assert page.context["report"].lines == ()
        assert page.context["report"].scopes[0].excluded_n == 0
        assert "Nobody was under treatment in this period." in page.content.decode()

    def test_counts_in_the_period_only(self) -> None:
        clinic = make_clinic()
        treat(clinic)

        page = enter(clinic).get(
            reverse(PAGE), {"from_on": "2026-06-01", "to_on": "31/08/2026"}
        )

        total = page.context["report"].scopes[0].total
        assert (total.evaluable, total.on_time) == (1, 0)
        assert (total.covered, total.observed) == (92 - 14, 92)

    @pytest.mark.parametrize(
        ("period", "errors"),
        [
            pytest.param(
                {"from_on": "2026-08-01", "to_on": "2026-07-31"},
                {"from_on": ["The period ends before it begins."]},
                id="backwards",
            ),
            pytest.param(
                {"to_on": "2026-11-21"},
                {"to_on": ["The period cannot end in the future."]},
                id="tomorrow",
            ),
            pytest.param(
                {"from_on": "last year"},
                {"from_on": ["This is no day. Write it as 31/12/2026."]},
                id="words",
            ),
            pytest.param(
                {"from_on": "0001-01-01"},
                {"from_on": ["This day is too long ago."]},
                id="the beginning of time",
            ),
        ],
    )
    def test_refuses_a_period(
        self, period: dict[str, str], errors: dict[str, list[str]]
    ) -> None:
        client = enter(make_clinic())

        page, file = (
            client.get(reverse(PAGE), period),
            client.get(reverse(FILE), period),
        )

        assert refusals(page) == errors
        assert page.context["report"] is None
        assert file.url.startswith(f"{reverse(PAGE)}?")

    def test_shows_a_manager_no_names(self) -> None:
        clinic = make_clinic()
        for _ in range(5):
            treat(clinic)

        page = enter(clinic, Role.MANAGER).get(reverse(PAGE))

        assert page.context["report"].lines == ()
        assert "75.0 %" in page.content.decode()
        assert "Lovelace" not in page.content.decode()

    def test_shows_a_manager_no_figures_about_few(self) -> None:
        clinic = make_clinic()
        for _ in range(4):
            treat(clinic)

        page = enter(clinic, Role.MANAGER).get(reverse(PAGE)).content.decode()

        assert page.count('<td class="number">fewer than 5</td>') == 2
        assert page.count('<td class="number">0</td>') == 4
        assert page.count('<td class="number">–</td>') == 3 * 6
        assert "75.0 %" not in page
        assert "75.0 %" in enter(clinic).get(reverse(PAGE)).content.decode()

    def test_is_not_for_auditors(self) -> None:
        client = enter(make_clinic(), Role.AUDITOR)

        for name in (PAGE, FILE):
            assert client.get(reverse(name)).status_code == 403

    @pytest.mark.parametrize("name", [PAGE, FILE])
    def test_asks_the_database_as_often_for_many_as_for_one(
        self,
        name: str,
        django_assert_max_num_queries: Any,
        django_assert_num_queries: Any,
    ) -> None:
        clinic = make_clinic()
        client = enter(clinic)
        treat(clinic)
        with django_assert_max_num_queries(11) as few:
            client.get(reverse(name))

        for _ in range(3):
            treat(clinic)

        with django_assert_num_queries(len(few)):
            client.get(reverse(name))


class TestFile:
    def test_holds_a_row_for_each_patient(self) -> None:
        clinic = make_clinic()
        treat(clinic, local_number="45077")

        head, ada = rows(enter(clinic))

        assert head[:6] == [
            "Patient number",
            "Surname",
            "First name",
            "Doses that count",
            "On time",
            "On-time rate",
        ]
        assert ada == [
            "45077", "Lovelace", "Ada",
            "4", "3", "0.75", "4.0", "3.0", "250", "266", "0.94", "0",
        ]  # fmt: skip

    def test_tells_of_no_patient_in_its_name(self) -> None:
        clinic = make_clinic(slug="mill-lane")
        treat(clinic)

        response = enter(clinic).get(reverse(FILE))

        assert response["Content-Disposition"] == (
            'attachment; filename="adherence-mill-lane-2025-11-21-2026-11-20.csv"'
        )
        assert response["Content-Type"] == "text/csv; charset=utf-8"
        assert response.content.startswith(b"\xef\xbb\xbf")

    def test_hands_no_formula_to_a_spreadsheet(self) -> None:
        clinic = make_clinic()
        treat(clinic, family_name='=HYPERLINK("//evil")', given_name="@Ada")

        _, ada = rows(enter(clinic))

        assert ada[1:3] == ['\'=HYPERLINK("//evil")', "'@Ada"]

    def test_names_nobody_to_a_manager_and_hides_figures_about_few(self) -> None:
        clinic = make_clinic()
        treat(clinic)

        head, everything, loading, maintenance = rows(enter(clinic, Role.MANAGER))

        assert head[:4] == ["Clinic", "Phase", "n", "Excluded n"]
        assert everything == [
            "Elm Street Surgery", "all", "fewer than 5", "0", *[""] * 9,
        ]  # fmt: skip
        assert loading[1:4] == ["loading", "0", "0"]
        assert maintenance[2] == "fewer than 5"

    def test_gives_a_manager_the_figures_about_many(self) -> None:
        clinic = make_clinic()
        for _ in range(5):
            treat(clinic)

        _, everything, _, _ = rows(enter(clinic, Role.MANAGER))

        assert everything[2:7] == ["5", "0", "20", "15", "0.75"]
