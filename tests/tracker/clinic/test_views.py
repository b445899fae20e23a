"""The pages of a clinical lead."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

import notifications.actions
from patients.models import CalendarDay, Clinic
from tests.doors import Role, enter, refusals, told
from tests.factories import (
    NOON,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_staff,
    system,
)

pytestmark = pytest.mark.django_db

LEAD = Role.CLINICAL_LEAD
MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def settings(**changes: str) -> dict[str, str]:
    """Return what a lead fills in about the clinic."""
    return {
        "name": "Mill Lane Health Centre",
        "phone": "020 7946 0001",
        "time_zone": "Europe/London",
        "holiday_region": "GB-ENG",
        "sends_from": "08:30",
        "sends_until": "19:00",
    } | changes


class TestSettings:
    def test_show_the_clinic_its_days_and_its_staff(self) -> None:
        clinic = make_clinic()
        make_staff(clinic, name="Ada")

        page = enter(clinic, LEAD).get(reverse("clinic"))

        board = page.context["board"]
        assert page.context["settings"]["name"].value() == "Elm Street Surgery"
        assert [week.open_on for week in board.weeks] == [
            "Monday, Tuesday, Wednesday, Thursday, Friday"
        ]
        assert page.context["week"]["weekdays"].value() == ["0", "1", "2", "3", "4"]
        assert board.days[0].reason == "Christmas Day"
        assert [str(member.user) for member in board.staff] == [
            "Ada Adeyemi",
            "Grace Adeyemi",
        ]

    def test_are_changed(self) -> None:
        clinic = make_clinic()

        response = enter(clinic, LEAD).post(reverse("clinic"), settings())

        assert response.url == reverse("clinic")
        assert told(response) == ["Saved. No date moved."]
        clinic.refresh_from_db()
        assert (clinic.name, clinic.phone) == (
            "Mill Lane Health Centre",
            "020 7946 0001",
        )
        assert f"{clinic.sends_from:%H:%M}" == "08:30"
        assert clinic.history.first().history_user.first_name == "Grace"

    def test_move_to_the_holidays_of_another_region_but_keep_the_past(self) -> None:
        clinic = make_clinic()
        last_christmas, boxing_day = date(2025, 12, 25), date(2026, 12, 28)
        new_year = date(2027, 1, 4)  # in Scotland the second of January, moved
        plan = make_maintenance_plan(make_patient(clinic), date(2026, 11, 4))
        assert plan.dose.due_on == new_year

        response = enter(clinic, LEAD).post(
            reverse("clinic"), settings(holiday_region="GB-SCT")
        )

        assert told(response) == ["Saved. Dates moved in 1 plan."]
        plan.dose.refresh_from_db()
        assert plan.dose.due_on == date(2027, 1, 5)
        holidays = set(
            CalendarDay.objects.filter(clinic=clinic).values_list("on", flat=True)
        )
        assert {last_christmas, boxing_day, new_year} <= holidays

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            pytest.param(
                {"name": ""}, "name", "Enter the clinic’s name.", id="no name"
            ),
            pytest.param(
                {"time_zone": "Europe/Elm"},
                "time_zone",
                "Choose the time zone.",
                id="no such zone",
            ),
            pytest.param(
                {"holiday_region": "QQ"},
                "holiday_region",
                "No holidays are known for “QQ”; write for example GB-ENG.",
                id="no such region",
            ),
            pytest.param(
                {"sends_until": "08:00"},
                "sends_until",
                "Messages must begin before they end.",
                id="a window that closes before it opens",
            ),
            pytest.param(
                {"sends_from": "noon"},
                "sends_from",
                "Enter a time as in 09:00.",
                id="a time in words",
            ),
        ],
    )
    def test_refuse(self, changes: dict[str, str], field: str, sentence: str) -> None:
        clinic = make_clinic()

        response = enter(clinic, LEAD).post(reverse("clinic"), settings(**changes))

        assert refusals(response, "settings") == {field: [sentence]}
        clinic.refresh_from_db()
        assert clinic.name == "Elm Street Surgery"

    @pytest.mark.parametrize("role", [Role.NURSE, Role.PRESCRIBER, Role.MANAGER])
    def test_are_for_leads_only(self, role: Role) -> None:
        client = enter(make_clinic(), role)

        for name in ("clinic", "clinic-hold", "clinic-week", "clinic-day-add"):
            assert client.post(reverse(name)).status_code == 403


class TestWeek:
    def test_moves_what_fell_on_a_day_that_is_no_longer_open(self) -> None:
        clinic = make_clinic()
        plan = make_loading_plan(make_patient(clinic), start_on=MONDAY)

        response = enter(clinic, LEAD).post(
            reverse("clinic-week"),
            {"weekdays": ["1", "2", "3", "4"], "from_on": "2026-11-20"},
        )

        assert told(response) == ["Saved. Dates moved in 1 plan."]
        plan.dose.refresh_from_db()
        assert plan.dose.due_on == date(2026, 11, 24)

    @pytest.mark.parametrize(
        ("form", "errors"),
        [
            pytest.param(
                {"from_on": "2026-11-20"},
                {"weekdays": ["Choose at least one weekday."]},
                id="no day",
            ),
            pytest.param(
                {"weekdays": ["7"], "from_on": "2026-11-20"},
                {"weekdays": ["Choose at least one weekday."]},
                id="an eighth day",
            ),
            pytest.param(
                {"weekdays": ["1"], "from_on": "2026-11-19"},
                {"from_on": ["Days that have passed stay as they were."]},
                id="the past",
            ),
            pytest.param(
                {"weekdays": ["1"], "from_on": "9999-12-31"},
                {"from_on": ["This is more than 5 years ahead."]},
                id="the end of time",
            ),
        ],
    )
    def test_refuses(self, form: dict[str, Any], errors: dict[str, list[str]]) -> None:
        clinic = make_clinic()

        response = enter(clinic, LEAD).post(reverse("clinic-week"), form)

        assert refusals(response, "week") == errors
        assert clinic.open_days.count() == 1


class TestDays:
    def test_closes_and_forgets_a_day(self) -> None:
        clinic = make_clinic()
        plan = make_loading_plan(make_patient(clinic), start_on=MONDAY)
        client = enter(clinic, LEAD)

        closed = client.post(
            reverse("clinic-day-add"),
            {"on": "2026-11-23", "kind": "closure", "reason": "training"},
        )
        plan.dose.refresh_from_db()
        due_in_between = plan.dose.due_on
        day = CalendarDay.objects.get(clinic=clinic, kind="closure")
        forgotten = client.post(reverse("clinic-day-forget", args=[day.pk]))

        assert told(closed) == ["Saved. Dates moved in 1 plan."]
        assert due_in_between == date(2026, 11, 24)
        assert told(forgotten) == [
            "Saved. Dates moved in 1 plan.",
            "Saved. Dates moved in 1 plan.",
        ]
        plan.dose.refresh_from_db()
        assert plan.dose.due_on == MONDAY

    def test_opens_on_a_saturday(self) -> None:
        clinic = make_clinic()
        plan = make_loading_plan(make_patient(clinic), start_on=date(2026, 11, 21))
        assert plan.dose.due_on == MONDAY

        enter(clinic, LEAD).post(
            reverse("clinic-day-add"), {"on": "2026-11-21", "kind": "extra"}
        )

        plan.dose.refresh_from_db()
        assert plan.dose.due_on == date(2026, 11, 21)

    @pytest.mark.parametrize(
        ("form", "errors"),
        [
            pytest.param(
                {"on": "2026-11-19", "kind": "closure"},
                {"on": ["Days that have passed stay as they were."]},
                id="the past",
            ),
            pytest.param(
                {"on": "2026-11-23", "kind": "holiday"},
                {"kind": ["Say whether the clinic is closed or open."]},
                id="another kind",
            ),
            pytest.param(
                {"on": "", "kind": "closure"}, {"on": ["Enter a day."]}, id="no day"
            ),
        ],
    )
    def test_refuses(self, form: dict[str, str], errors: dict[str, list[str]]) -> None:
        clinic = make_clinic()

        response = enter(clinic, LEAD).post(reverse("clinic-day-add"), form)

        assert refusals(response, "day") == errors
        assert not CalendarDay.objects.filter(kind="closure").exists()

    def test_refuses_the_same_day_twice(self) -> None:
        client = enter(make_clinic(), LEAD)
        form = {"on": "2026-11-23", "kind": "closure"}
        client.post(reverse("clinic-day-add"), form)

        response = client.post(reverse("clinic-day-add"), form)

        assert refusals(response, "day") == {
            "on": ["This day is on the calendar already."]
        }

    def test_forgets_no_day_that_has_passed(self) -> None:
        clinic = make_clinic()
        christmas = CalendarDay.objects.get(clinic=clinic, on=date(2025, 12, 25))

        response = enter(clinic, LEAD).post(
            reverse("clinic-day-forget", args=[christmas.pk])
        )

        assert refusals(response, "forgotten") == {
            "__all__": ["Days that have passed stay as they were."]
        }
        assert "Days that have passed" in response.content.decode()

    def test_of_another_clinic_are_not_there(self) -> None:
        day = CalendarDay.objects.filter(clinic=make_clinic()).latest("on")

        response = enter(make_clinic(), LEAD).post(
            reverse("clinic-day-forget", args=[day.pk])
        )

        assert response.status_code == 404


class TestHold:
    def held(self) -> Clinic:
        clinic = make_clinic()
        return notifications.actions.hold(clinic=clinic, now=NOON, by=system())

    def test_shows_what_would_leave(self) -> None:
        clinic = self.held()
        ada = make_patient(clinic, sms=True, phone="+447700900123")
        make_maintenance_plan(ada, date(2026, 9, 25))

        page = enter(clinic, LEAD).get(reverse("clinic-hold"))

        leaving = page.context["outgoing"]
        assert [(str(each.patient), each.purpose) for each in leaving][:1] == [
            ("Lovelace, Ada", "injection ahead")
        ]
        assert leaving[0].to == "+447700900123"
        assert "Elm Street Surgery" in leaving[0].text
        assert "On hold: no message leaves." in page.content.decode()

    def test_tells_the_time_on_the_clinics_wall(self) -> None:
        clinic = make_clinic(time_zone="America/New_York")
        ada = make_patient(clinic, sms=True)
        make_maintenance_plan(ada, date(2026, 10, 6))

        page = enter(clinic, LEAD).get(reverse("clinic-hold"))

        leaving = page.context["outgoing"]
        assert f"{leaving[0].at:%Y-%m-%d %H:%M}" == "2026-11-30 09:00"
        assert "09:00" in page.content.decode()

    def test_releases(self) -> None:
        clinic = self.held()

        response = enter(clinic, LEAD).post(
            reverse("clinic-hold"), {"wanted": "release"}
        )

        assert told(response) == ["Released: messages leave when they are due."]
        clinic.refresh_from_db()
        assert not clinic.is_on_hold
        assert clinic.released_by is not None

    def test_holds_again(self) -> None:
        clinic = make_clinic()

        response = enter(clinic, LEAD).post(reverse("clinic-hold"), {"wanted": "hold"})

        assert told(response) == ["On hold: no message leaves."]
        clinic.refresh_from_db()
        assert clinic.is_on_hold

    def test_two_leads_who_press_at_once_do_not_undo_each_other(self) -> None:
        clinic = self.held()
        client = enter(clinic, LEAD)
        client.post(reverse("clinic-hold"), {"wanted": "release"})

        response = client.post(reverse("clinic-hold"), {"wanted": "release"})

        assert refusals(response) == {"__all__": ["This clinic is not on hold."]}
        clinic.refresh_from_db()
        assert not clinic.is_on_hold

    def test_asks_the_database_as_often_for_many_as_for_one(
        self, django_assert_max_num_queries: Any, django_assert_num_queries: Any
    ) -> None:
        clinic = self.held()
        client = enter(clinic, LEAD)
        make_maintenance_plan(make_patient(clinic, sms=True), date(2026, 9, 25))
        with django_assert_max_num_queries(14) as few:
            client.get(reverse("clinic-hold"))

        for _ in range(5):
            make_maintenance_plan(make_patient(clinic, sms=True), date(2026, 9, 25))

        with django_assert_num_queries(len(few)):
            client.get(reverse("clinic-hold"))
