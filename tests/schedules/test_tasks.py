"""The daily watch over stored plans, and the calendars that are kept long enough."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

import schedules.actions
import schedules.tasks
from patients.models import CalendarDay
from schedules.models import Dose
from tests.factories import NOON, TODAY, make_clinic, make_loading_plan, make_patient

pytestmark = pytest.mark.django_db

WRONG = date(2027, 5, 4)


@pytest.fixture(autouse=True)
def at_noon(settings: Settings) -> None:
    """Let it be NOON by the doors' clock."""
    settings.CLOCK_SHIFT = str((NOON - datetime.now(tz=UTC)).total_seconds())


class TestCheckPlans:
    def test_says_nothing_where_all_is_well(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        make_loading_plan(make_patient(make_clinic()))

        schedules.tasks.check_plans()

        assert caplog.messages == []

    def test_mends_what_is_wrong_and_names_the_plan_only(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada)
        Dose.objects.update(due_on=WRONG)

        schedules.tasks.check_plans()

        assert caplog.messages == [f"plan {plan.pk} was stored wrong, and is mended"]
        assert Dose.objects.get().due_on == TODAY

    def test_finds_a_dose_that_is_gone(self, caplog: pytest.LogCaptureFixture) -> None:
        make_loading_plan(make_patient(make_clinic()))
        Dose.objects.all().delete()

        schedules.tasks.check_plans()

        assert len(caplog.messages) == 1
        assert Dose.objects.get().due_on == TODAY


class TestTheCommand:
    def test_says_that_all_is_well(self, capsys: pytest.CaptureFixture[str]) -> None:
        make_loading_plan(make_patient(make_clinic()))

        call_command("check_plans")

        assert (
            capsys.readouterr().out == "Every open plan is stored as a replay says.\n"
        )

    def test_fails_where_something_was_wrong(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))
        Dose.objects.update(due_on=WRONG)

        with pytest.raises(CommandError) as failure:
            call_command("check_plans")

        assert failure.value.returncode == 1
        said = capsys.readouterr().out
        assert said == f"plan {plan.pk} was stored wrong, and is mended\n"


class TestKeepCalendars:
    def test_writes_down_a_year_that_has_come_near(self) -> None:
        clinic = make_clinic()
        holidays = CalendarDay.objects.filter(clinic=clinic, on__year=TODAY.year + 4)
        assert not holidays.exists()

        new = schedules.actions.keep_calendars(now=NOON.replace(year=TODAY.year + 1))

        assert new == holidays.count() > 0

    def test_does_it_once(self) -> None:
        make_clinic()

        assert schedules.actions.keep_calendars(now=NOON) == 0

    def test_moves_a_dose_off_a_holiday_that_was_not_known(self) -> None:
        clinic = make_clinic()
        plan = make_loading_plan(make_patient(clinic), date(2026, 12, 25))
        CalendarDay.objects.filter(clinic=clinic).delete()
        schedules.actions.replay(plan=plan, today=TODAY)
        assert Dose.objects.get().due_on == date(2026, 12, 25)

        schedules.tasks.keep_calendars()

        assert Dose.objects.get().due_on != date(2026, 12, 25)
