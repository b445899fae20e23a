"""A relapse, and the interval that turned out too long (rules 2.8, T7)."""

from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.urls import reverse

import schedules.actions
from patients.models import Membership
from tests.doors import enter
from tests.factories import (
    NOON,
    TODAY,
    decided,
    make_clinic,
    make_maintenance_plan,
    make_patient,
    make_staff,
    newest,
)
from tests.schedules.stories import EVERY_DAY, Story
from tests.tracker.api.conftest import Program

FEB_27 = date(2026, 2, 27)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


def story(interval: str = "3m") -> Story:
    return Story(calendar=EVERY_DAY).loaded(FEB_27, interval)


@pytest.mark.proves("T7", "R12")
class TestRelapsedAt:
    def test_is_the_interval_before_the_relapse_while_loading_goes_on(self) -> None:
        told = story().event("reloaded", date(2026, 5, 1), reason="relapse")

        assert str(told.forecast.relapsed_at) == "3m"
        told.dose(date(2026, 5, 1))
        assert str(told.forecast.relapsed_at) == "3m"
        told.event("maintained", date(2026, 5, 10), "2m")
        assert told.forecast.relapsed_at is None

    def test_is_seen_through_a_pause(self) -> None:
        told = story("1m").event("paused", date(2026, 3, 10), reason="travel")
        told.event("reloaded", date(2026, 3, 20), reason="relapse")

        assert str(told.forecast.relapsed_at) == "1m"

    def test_is_nothing_where_no_interval_failed(self) -> None:
        gap = story().event("reloaded", date(2026, 5, 1), reason="prolonged_gap")
        loading = Story().event("started", FEB_27).dose(FEB_27)
        loading.event("paused", date(2026, 3, 1), reason="travel")
        loading.event("reloaded", date(2026, 3, 3), reason="relapse")

        assert gap.forecast.relapsed_at is None
        assert loading.forecast.relapsed_at is None
        assert story().forecast.relapsed_at is None


@pytest.mark.django_db
@pytest.mark.proves("T7")
class TestThePrompt:
    def test_asks_for_a_shorter_interval(self) -> None:
        clinic = make_clinic()
        plan = make_maintenance_plan(make_patient(clinic), date(2026, 10, 7), "3m")
        where = reverse("plan-decide", args=[plan.patient_id, "maintained"])
        schedules.actions.reload(
            plan=plan,
            start_on=TODAY,
            protocol=newest("NEURO_ALT"),
            decision=decided("relapse", note="numb again"),
        )

        page = enter(clinic, Membership.Role.PRESCRIBER).get(where)
        told = Program(make_staff(clinic)).get(f"plans/{plan.pk}/")

        text = page.content.decode()
        assert "relapsed at every 3 months: choose a shorter interval" in text
        assert told["relapsed_at"] == "3m"
