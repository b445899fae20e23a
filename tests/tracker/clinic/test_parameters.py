"""A clinic's parameters: the action, the page, the API."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

import schedules.actions
from patients.models import Clinic, Membership
from patients.refusals import Refused
from schedules import reading
from schedules.models import ClinicParameters
from schedules.parameters import DEFAULTS
from schedules.safety import Answer, OverrideReason
from tests.doors import enter, refusals, told
from tests.factories import (
    NOON,
    TODAY,
    decided,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_staff,
    system,
)
from tests.tracker.api.conftest import Program

pytestmark = pytest.mark.django_db
LEAD = Membership.Role.CLINICAL_LEAD
PAGE = "clinic-parameters"


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


def set_them(clinic: Clinic, from_on: date = TODAY, **values: Any) -> int:
    return schedules.actions.set_parameters(
        clinic=clinic,
        values=values,
        from_on=from_on,
        reason="our own audit",
        now=NOON,
        by=system(),
    )


class TestSetParameters:
    def test_keeps_versions_each_in_force_from_its_day(self, clinic: Clinic) -> None:
        tomorrow = TODAY + timedelta(days=1)
        set_them(clinic, lost_days=70)
        set_them(clinic, tomorrow, max_back_roll_days=7)
        set_them(make_clinic(), lost_days=61)

        timeline = reading.timeline_of(clinic)

        assert timeline.on(TODAY - timedelta(days=1)) == DEFAULTS
        assert timeline.on(TODAY).lost_days == 70
        both = timeline.on(tomorrow)
        assert (both.lost_days, both.max_back_roll_days) == (70, 7)
        versions = ClinicParameters.objects.of(clinic)
        assert [each.version for each in versions] == [1, 2]
        assert str(versions[1]) == "version 2 from 2026-11-21"

    def test_tells_how_many_plans_moved(self, clinic: Clinic) -> None:
        """Due on Saturday 26 Dec, and the clinic opens on Tuesday 29 Dec again."""
        make_maintenance_plan(make_patient(clinic), date(2026, 9, 26), "3m")
        plan = clinic.plans.get()
        plan.protocol.content["maintenance"] = {"interval": "2m"}
        plan.protocol.save()

        moved = set_them(clinic, max_forward_roll_days=0)

        assert moved == 1
        assert clinic.plans.get().dose.due_on == date(2026, 12, 24)

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            pytest.param({"from_on": TODAY - timedelta(days=1)}, "from_on", id="past"),
            pytest.param({"reason": " "}, "reason", id="no reason"),
            pytest.param({"values": {"lost_days": 1}}, "lost_days", id="out of bounds"),
            pytest.param({"values": {"lost_days": 60}}, "", id="nothing new"),
        ],
    )
    def test_refuses(self, clinic: Clinic, change: dict[str, Any], field: str) -> None:
        said = {"values": {"lost_days": 70}, "from_on": TODAY, "reason": "audit"}

        with pytest.raises(Refused) as refused:
            schedules.actions.set_parameters(
                clinic=clinic, now=NOON, by=system(), **(said | change)
            )

        assert refused.value.field == field
        assert not ClinicParameters.objects.exists()

    def test_cannot_be_changed_afterwards(self, clinic: Clinic) -> None:
        set_them(clinic, lost_days=70)

        with pytest.raises(IntegrityError), transaction.atomic():
            ClinicParameters.objects.update(from_on=TODAY - timedelta(days=1))
        with pytest.raises(IntegrityError), transaction.atomic():
            ClinicParameters.objects.all().delete()


class TestPage:
    def test_shows_what_is_in_force_and_sets_it(self, clinic: Clinic) -> None:
        client = enter(clinic, LEAD)
        page = client.get(reverse(PAGE))
        assert "not clinically approved" in page.content.decode()
        fields = page.context["form"].fields
        asked = {name: field.initial for name, field in fields.items()}

        answer = client.post(
            reverse(PAGE),
            asked | {"late_60": 5, "lost_days": 70, "reason": "our audit"},
        )

        assert told(answer) == ["Saved. No date moved."]
        holds = reading.timeline_of(clinic).on(TODAY)
        assert (holds.tolerance(60), holds.lost_days) == ((7, 5), 70)
        text = client.get(reverse(PAGE)).content.decode()
        assert "our audit" in text
        assert "7 early, 5 late" in text

    def test_says_what_is_wrong(self, clinic: Clinic) -> None:
        client = enter(clinic, LEAD)
        fields = client.get(reverse(PAGE)).context["form"].fields
        asked = {name: field.initial for name, field in fields.items()} | {"reason": ""}

        unchanged = client.post(reverse(PAGE), asked | {"reason": "none"})
        wrong = client.post(reverse(PAGE), asked | {"early_3": 1, "intervals": []})

        assert refusals(unchanged) == {
            "__all__": ["Nothing would change from this day on."]
        }
        assert refusals(wrong) == {
            "early_3": ["Enter a whole number from 0 to 0."],
            "intervals": ["Offer at least one interval."],
            "reason": ["Say why the parameters change."],
        }

    def test_is_for_a_clinical_lead(self, clinic: Clinic) -> None:
        client = enter(clinic, Membership.Role.PRESCRIBER)

        assert client.get(reverse(PAGE)).status_code == 403


class TestApi:
    def test_sets_and_tells_them(self, clinic: Clinic) -> None:
        lead = Program(make_staff(clinic, LEAD))
        nurse = Program(make_staff(clinic))
        said = {"from_on": str(TODAY), "reason": "audit"}

        version = lead.post("parameters/", values={"lost_days": 70}, **said)
        nurse.post("parameters/", 403, values={"lost_days": 80}, **said)
        wrong = lead.refused(
            "post", "parameters/", 400, values={"lost_days": "x"}, **said
        )
        holds = nurse.get("parameters/in-force/")

        assert (version["version"], version["values"]["lost_days"]) == (1, 70)
        assert wrong == [("lost_days", "A whole number from 60 to 120.")]
        assert not holds["is_clinically_approved"]
        lost = next(n for n in holds["numbers"] if n["name"] == "lost_days")
        assert (lost["value"], lost["default"], lost["unit"]) == (70, 60, "days")
        assert nurse.get("parameters/")["results"] == [version]


class TestSixMonths:
    """Rules 2.2: only for a dietary cause without neurological symptoms."""

    def test_are_for_a_dietary_cause_only(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), TODAY - timedelta(days=30))
        again = decided("symptoms_controlled")
        half_a_year = {"plan": plan, "interval": reading.Interval.parse("6m")}

        with pytest.raises(Refused, match="dietary"):
            schedules.actions.change_interval(**half_a_year, decision=again)
        type(plan).objects.filter(pk=plan.pk).update(cause_code="dietary")
        schedules.actions.change_interval(**half_a_year, decision=again)
        type(plan).objects.filter(pk=plan.pk).update(neurological="unknown")
        with pytest.raises(Refused, match="dietary"):
            schedules.actions.change_interval(**half_a_year, decision=again)

        plan.refresh_from_db()
        assert plan.interval == "6m"

    def test_and_no_other_interval_is_longer_than_92_days(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), TODAY - timedelta(days=30))

        with pytest.raises(Refused, match="Rule S22"):
            schedules.actions.change_interval(
                plan=plan,
                interval=reading.Interval.parse("93d"),
                decision=decided("symptoms_controlled"),
            )


@pytest.mark.proves("T8")
class TestClosing:
    def test_needs_a_lead_where_the_cause_is_for_life(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        type(plan).objects.filter(pk=plan.pk).update(cause_code="total_gastrectomy")
        resolved = {"plan": plan, "decision": decided("cause_resolved")}

        with pytest.raises(Refused, match="T8") as refused:
            schedules.actions.close_plan(**resolved)
        assert (refused.value.field, refused.value.code) == ("reason", "safety")
        why = Answer(
            rule="T8", reason=OverrideReason.SPECIALIST_ADVICE, note="coded wrong"
        )
        lead = decided("cause_resolved", role="clinical_lead", answers=(why,))
        schedules.actions.close_plan(plan=plan, decision=lead)

        plan.refresh_from_db()
        assert plan.phase == "closed"
