"""Another injectable needs a file and no code: from the file to the reminder."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse

from notifications import planner
from notifications.models import Reminder
from patients.models import Membership
from schedules import library
from schedules.models import Plan
from tests.doors import enter
from tests.factories import NOON, TODAY, give, make_clinic, make_patient, make_staff
from tests.tracker.api.conftest import Program

FILE = Path(__file__).parents[1] / "schedules" / "protocols" / "depot.v1.json"
LAST, DUE = date(2026, 10, 26), date(2026, 11, 23)


@pytest.mark.django_db
@time_machine.travel(NOON, tick=False)
def test_a_depot_every_4_weeks_is_planned_given_and_reminded_of() -> None:
    library.take(json.loads(FILE.read_text()), using="default")
    clinic = make_clinic(slug="elm-street")
    ada = make_patient(clinic)
    program = Program(make_staff(clinic, Membership.Role.PRESCRIBER))
    told = {"product": "another_depot", "dose_mg": "37.5"}

    plan = program.post("plans/", patient=ada.pk, product="another_depot")
    give(ada, LAST, given_at=None, source="accepted", **told)
    wrong = program.refused(
        "post",
        f"plans/{plan['id']}/transfer-in/",
        400,
        protocol="MAINTENANCE_ONLY",
        interval="4w",
        reason="established_elsewhere",
    )
    moved = program.post(
        f"plans/{plan['id']}/transfer-in/",
        200,
        protocol="DEPOT_4W",
        interval="4w",
        reason="established_elsewhere",
    )

    assert wrong == [
        ("product", "This protocol is for hydroxocobalamin, not for another depot.")
    ]
    assert (moved["dose_after"], moved["panel_after"]) == (str(DUE), None)
    # Vitamin B12 on the side is another medicine: it moves nothing.
    give(ada, TODAY)
    doses = program.get(f"plans/{plan['id']}/schedule/")
    days = [date.fromisoformat(dose["due_on"]) for dose in doses[:3]]
    assert days == [DUE, DUE + timedelta(days=28), DUE + timedelta(days=56)]
    given = give(ada, TODAY, given_at=None, source="accepted", **told)
    given.refresh_from_db()
    assert (given.answered_due_on, given.timing) == (DUE, "ON_TIME")

    planner.plan(NOON + timedelta(days=29))
    reminders = Reminder.objects.filter(plan=plan["id"])
    assert {each.due_on for each in reminders} == {Plan.objects.get().dose.due_on}
    page = enter(clinic).get(reverse("patient", args=[ada.pk])).content.decode()
    assert "another depot 37.5 mg" in page
    assert "not clinically approved" in page
