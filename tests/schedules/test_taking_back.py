"""A decision is taken back: the action, the page, the API."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

import schedules.actions
from patients.models import Clinic, Membership
from patients.refusals import Refused
from schedules.intervals import Interval
from schedules.models import Plan, PlanEvent, Protocol
from tests.doors import enter, refusals, told
from tests.factories import (
    ANSWERED,
    NOON,
    TODAY,
    decided,
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_plan,
    make_staff,
    system,
)
from tests.tracker.api.conftest import Program

pytestmark = pytest.mark.django_db
LAST = date(2026, 10, 7)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


def last(plan: Plan) -> PlanEvent:
    return plan.events.latest("pk")


def take_back(event: PlanEvent, **said: Any) -> Any:
    details = {"reason": "wrong patient", "role": "prescriber", "now": NOON}
    return schedules.actions.take_back(event=event, by=system(), **(details | said))


class TestTakeBack:
    def test_puts_the_plan_back_where_it_was(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), LAST)
        schedules.actions.change_interval(
            plan=plan,
            interval=Interval.parse("1m"),
            decision=decided("symptoms_return_early"),
        )

        moved = take_back(last(plan))

        assert moved.dose_before == TODAY
        assert moved.dose_after == date(2026, 12, 7)
        plan.refresh_from_db()
        assert plan.interval == "2m"
        event = last(plan)
        assert (event.void_reason, event.voided_by) == ("wrong patient", system())

    def test_gives_the_plan_its_earlier_protocol_back(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), LAST)
        before = plan.protocol
        schedules.actions.reload(
            plan=plan,
            start_on=TODAY,
            protocol=Protocol.objects.filter(code="NEURO_ALT").latest("version"),
            decision=decided("relapse", note="numb again"),
        )

        take_back(last(plan))

        plan.refresh_from_db()
        assert (plan.phase, plan.protocol, plan.episode) == ("maintenance", before, 1)

    @pytest.mark.proves("T4")
    def test_leaves_a_start_in_work_up(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))

        moved = take_back(last(plan))

        plan.refresh_from_db()
        assert (plan.phase, moved.dose_before, moved.dose_after) == (
            "workup",
            TODAY,
            None,
        )

    def test_refuses_what_would_no_longer_fit(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), LAST)
        schedules.actions.pause(
            plan=plan, review_on=date(2026, 11, 25), decision=decided("hospital")
        )
        paused = last(plan)
        schedules.actions.resume(plan=plan, decision=decided("pause_over"))

        with pytest.raises(Refused, match="20 November 2026 would no longer fit"):
            take_back(paused)

        paused.refresh_from_db()
        assert paused.voided_at is None

    @pytest.mark.parametrize(
        ("said", "sentence"),
        [
            pytest.param({"reason": " "}, "Say why", id="without a reason"),
            pytest.param({"role": "nurse"}, "needs a prescriber", id="by a nurse"),
        ],
    )
    def test_refuses(self, clinic: Clinic, said: dict[str, Any], sentence: str) -> None:
        plan = make_loading_plan(make_patient(clinic))

        with pytest.raises(Refused, match=sentence):
            take_back(last(plan), **said)

    def test_refuses_the_opening_and_what_is_gone(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        started = last(plan)
        take_back(started)

        with pytest.raises(Refused, match="before"):
            take_back(started)
        with pytest.raises(Refused, match="opening"):
            take_back(plan.events.get(kind="opened"))

    def test_opens_a_plan_that_was_closed_in_error_unless_there_is_another(
        self, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        plan = make_loading_plan(ada)
        schedules.actions.close_plan(plan=plan, decision=decided("informed_refusal"))
        closed = last(plan)
        other = make_plan(ada)

        with pytest.raises(Refused, match="another open plan"):
            take_back(closed)
        schedules.actions.close_plan(plan=other, decision=decided("entered_in_error"))
        take_back(closed)

        plan.refresh_from_db()
        assert (plan.phase, plan.dose.due_on) == ("loading", TODAY)

    def test_raises_nobody_from_the_dead(self, clinic: Clinic) -> None:
        ada = make_patient(clinic)
        plan = make_loading_plan(ada)
        schedules.actions.record_death(
            patient=ada, on=TODAY, role="prescriber", now=NOON, by=system()
        )

        with pytest.raises(Refused, match="take back the death first"):
            take_back(last(plan))


@pytest.mark.proves("T4")
class TestTheSixthDose:
    def test_taken_back_takes_the_change_to_maintenance_back(
        self, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        plan = make_plan(ada, "no")
        schedules.actions.start_plan(
            plan=plan,
            protocol=Protocol.objects.filter(code="NON_NEURO_3W2").latest("version"),
            neurological="no",
            start_on=TODAY,
            decision=decided("deficiency"),
            answers=ANSWERED,
        )
        days = (20, 23, 25, 27, 30)
        for day in days:
            give(ada, date(2026, 11, day))
        sixth = give(ada, date(2026, 12, 2))
        plan.refresh_from_db()
        assert plan.phase == "maintenance"

        schedules.actions.void_injection(
            injection=sixth, reason="twice", now=NOON.replace(month=12), by=system()
        )

        plan.refresh_from_db()
        assert (plan.phase, plan.dose.ordinal) == ("loading", 6)
        assert not plan.events.filter(kind="maintained").exists()


class TestPage:
    def test_takes_back_and_says_what_moved(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        where = reverse("decision-void", args=[last(plan).pk])
        client = enter(clinic, Membership.Role.PRESCRIBER)
        chart = reverse("patient", args=[plan.patient_id])
        assert where in client.get(chart).content.decode()

        blank = client.post(where, {"reason": ""})
        done = client.post(where, {"reason": "wrong patient"})

        assert refusals(blank) == {"reason": ["Say why it is taken back."]}
        assert told(done) == ["Taken back. No dose is due."]
        assert where not in client.get(chart).content.decode()
        assert enter(clinic).get(where).status_code == 403


class TestApi:
    def test_lists_decisions_and_takes_one_back(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        prescriber = Program(make_staff(clinic, Membership.Role.PRESCRIBER))
        nurse = Program(make_staff(clinic))
        listed = nurse.get("decisions/", plan=plan.pk)["results"]
        started = next(each for each in listed if each["kind"] == "started")

        nurse.post(f"decisions/{started['id']}/void/", 403, reason="mistake")
        moved = prescriber.post(
            f"decisions/{started['id']}/void/", 200, reason="mistake"
        )

        assert moved["dose_before"] == str(TODAY)
        assert moved["dose_after"] is None
        again = nurse.get(f"decisions/{started['id']}/")
        assert again["void_reason"] == "mistake"
        other = Program(make_staff(make_clinic()))
        other.get(f"decisions/{started['id']}/", 404)
