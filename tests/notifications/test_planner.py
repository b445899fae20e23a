"""What is planned, for whom, and when; and that it is planned once."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

import notifications.actions
import schedules.actions
from notifications import planner
from notifications.ladder import Purpose
from notifications.models import Reminder
from notifications.reasons import Reason
from notifications.states import State
from patients.models import Clinic, ContactPreference
from schedules.models import Dose, Panel
from tests.factories import (
    NOON,
    TODAY,
    decided,
    give,
    make_clinic,
    make_loading_plan,
    make_patient,
    system,
)
from tests.notifications.stories import DAY, IN_A_WEEK, a_patient_due, rows, say

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


class TestPlan:
    @pytest.mark.parametrize(
        ("days", "planned"),
        [
            pytest.param(-8, [], id="eight days before"),
            pytest.param(-7, [("injection_ahead", 1)], id="a week before"),
            pytest.param(-2, [("injection_ahead", 1)], id="late, but of use"),
            pytest.param(-1, [("injection_ahead", 2)], id="the day before"),
            pytest.param(0, [("injection_ahead", 2)], id="on the day"),
            pytest.param(1, [], id="the day after: nothing to announce"),
            pytest.param(4, [], id="the last day of the window"),
            pytest.param(5, [("injection_missed", 1)], id="the day after the window"),
            pytest.param(18, [("injection_missed", 1)], id="two weeks after it"),
            pytest.param(19, [], id="too late: now a nurse calls"),
        ],
    )
    def test_follows_the_rungs(self, days: int, planned: list[tuple[str, int]]) -> None:
        a_patient_due(IN_A_WEEK, make_clinic())

        planner.plan(NOON + (7 + days) * DAY)

        about_doses = Reminder.objects.exclude(purpose=Purpose.PANEL_DUE)
        assert list(about_doses.values_list("purpose", "rung")) == planned

    def test_writes_the_whole_row(self) -> None:
        clinic = make_clinic()
        ada = a_patient_due(IN_A_WEEK, clinic)

        assert planner.plan(NOON) == 1

        row = Reminder.objects.get()
        dose = Dose.objects.get()
        assert (row.clinic, row.patient, row.plan) == (clinic, ada, dose.plan)
        assert (row.episode, row.ordinal) == (dose.episode, dose.ordinal)
        assert row.due_on == date(2026, 11, 27)
        assert row.send_at == datetime(2026, 11, 20, 9, tzinfo=UTC)
        assert row.expires_at == datetime(2026, 11, 26, tzinfo=UTC)
        assert (row.planned_at, row.changed_at) == (NOON, NOON)
        assert (row.state, row.fence, row.tries) == (State.PLANNED, 0, 0)

    def test_writes_it_once(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic())

        assert [planner.plan(NOON), planner.plan(NOON)] == [1, 0]

        assert len(rows()) == 1

    def test_waits_until_the_time_is_near(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic())
        nine = datetime(2026, 11, 20, 9, tzinfo=UTC)

        assert planner.plan(nine - timedelta(minutes=11)) == 0
        assert planner.plan(nine - timedelta(minutes=10)) == 1

    def test_announces_a_loading_dose_the_evening_before(self) -> None:
        make_loading_plan(make_patient(make_clinic()), TODAY + 3 * DAY)  # a Monday

        planner.plan(datetime(2026, 11, 22, 17, 59, tzinfo=UTC))

        assert rows() == [("email", "planned", "")]
        assert Reminder.objects.get().send_at == datetime(2026, 11, 22, 18, tzinfo=UTC)

    def test_leaves_out_a_clinic_on_hold(self) -> None:
        clinic = make_clinic()
        a_patient_due(IN_A_WEEK, clinic)
        notifications.actions.hold(clinic=clinic, now=NOON, by=system())

        assert planner.plan(NOON) == 0

        notifications.actions.release(clinic=clinic, now=NOON, by=system())
        assert planner.plan(NOON) == 1

    def test_goes_on_where_one_clinic_cannot_be_planned_for(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        broken, sound = make_clinic(name="A"), make_clinic(name="B")
        for clinic in (broken, sound):
            a_patient_due(IN_A_WEEK, clinic)
        Clinic.objects.filter(pk=broken.pk).update(time_zone="Mars/Olympus")

        assert planner.plan(NOON) == 1

        assert rows("clinic") == [(sound.pk,)]
        (record,) = caplog.records
        assert record.levelname == "ERROR"
        assert record.getMessage() == f"no reminders are planned for clinic {broken.pk}"
        assert record.exc_info is not None

    def test_leaves_out_the_dead(self) -> None:
        ada = a_patient_due(IN_A_WEEK, make_clinic())
        schedules.actions.record_death(
            patient=ada, on=TODAY, role="prescriber", now=NOON, by=system()
        )

        assert planner.plan(NOON) == 0

    def test_leaves_out_a_paused_plan_until_it_is_resumed(self) -> None:
        ada = a_patient_due(IN_A_WEEK, make_clinic())
        plan = ada.plans.get()
        schedules.actions.pause(
            plan=plan, review_on=TODAY + 5 * DAY, decision=decided("travel")
        )
        assert planner.plan(NOON) == 0

        schedules.actions.resume(plan=plan, decision=decided("patient_asked"))

        assert planner.plan(NOON) == 1

    def test_blames_nobody_for_what_was_late_when_they_came(self) -> None:
        a_patient_due(TODAY - 7 * DAY, make_clinic())

        assert planner.plan(NOON) == 0

    def test_makes_a_task_of_the_next_dose_of_who_came_late_and_would_be_called(
        self,
    ) -> None:
        ada = a_patient_due(TODAY - 7 * DAY, make_clinic(), preferred_channel="phone")
        assert planner.plan(NOON) == 0
        give(ada, TODAY)

        assert planner.plan(NOON + 21 * DAY) == 1

        assert rows("channel", "state", "purpose", "due_on") == [
            ("nurse", "accepted", "injection_ahead", TODAY + 28 * DAY)
        ]

    def test_tells_of_a_panel(self) -> None:
        make_loading_plan(make_patient(make_clinic()), TODAY)
        panel = Panel.objects.get()

        planner.plan(datetime.combine(panel.due_on - 7 * DAY, NOON.time(), UTC))

        row = Reminder.objects.get(purpose=Purpose.PANEL_DUE)
        assert (row.due_on, row.ordinal, row.episode, row.rung) == (
            panel.due_on,
            panel.number,
            0,
            1,
        )

    def test_asks_the_database_as_often_for_many_as_for_one(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        clinic = make_clinic()
        a_patient_due(IN_A_WEEK, clinic)
        with django_assert_num_queries(QUERIES):
            assert planner.plan(NOON) == 1
        for _ in range(5):
            a_patient_due(IN_A_WEEK, clinic)
            a_patient_due(TODAY + 4 * DAY, clinic, phone="", email="")

        with django_assert_num_queries(QUERIES):
            assert planner.plan(NOON) == 10


# One for the clinics; five rungs asked; and where something is due, the lock, the rungs
# again, what was said, what was tried, and the rows.
QUERIES = 1 + 1 + 2 + 1 + 5 + 1 + 1 + 1


class TestTheWayToReachSomebody:
    @pytest.mark.parametrize(
        ("details", "row"),
        [
            pytest.param({"sms": True}, ("sms", "planned"), id="said yes to texts"),
            pytest.param(
                {"preferred_channel": "sms"}, ("email", "planned"), id="never said yes"
            ),
            pytest.param({}, ("email", "planned"), id="prefers e-mail"),
            pytest.param(
                {"preferred_channel": "phone"}, ("nurse", "accepted"), id="be called"
            ),
            pytest.param(
                {"email": "", "phone": ""}, ("nurse", "accepted"), id="no address"
            ),
        ],
    )
    def test_is_the_first_that_is_allowed(
        self, details: dict[str, Any], row: tuple[str, str]
    ) -> None:
        a_patient_due(IN_A_WEEK, make_clinic(), **details)

        planner.plan(NOON)

        assert rows("channel", "state") == [row]

    def test_respects_the_last_word(self) -> None:
        ada = a_patient_due(IN_A_WEEK, make_clinic(), sms=True)
        for channel in ContactPreference.Channel:
            say(ada, channel, False)

        planner.plan(NOON)

        assert rows() == [("nurse", "accepted", "")]

    def test_does_not_change_for_what_was_told(self) -> None:
        ada = a_patient_due(IN_A_WEEK, make_clinic(), sms=True)
        planner.plan(NOON)
        say(ada, ContactPreference.Channel.SMS, False)

        assert planner.plan(NOON) == 0

    def test_goes_on_where_a_channel_failed(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic(), sms=True)
        planner.plan(NOON)
        for state in (State.LEASED, State.DISPATCHING, State.FAILED):
            Reminder.objects.update(state=state, leased_until=NOON)

        assert planner.plan(NOON) == 1

        assert rows() == [("sms", "failed", ""), ("email", "planned", "")]


class TestPlanAgain:
    def test_where_an_injection_was_taken_back(self) -> None:
        ada = a_patient_due(IN_A_WEEK, make_clinic())
        planner.plan(NOON)
        injection = give(ada, TODAY)
        Reminder.objects.update(state=State.SUPERSEDED, reason=Reason.MOVED)
        assert planner.plan(NOON) == 0

        schedules.actions.void_injection(
            injection=injection, reason="wrong patient", now=NOON, by=system()
        )

        assert planner.plan(NOON) == 1
        assert rows() == [("email", "superseded", "moved"), ("email", "planned", "")]

    def test_not_where_it_had_left_before(self) -> None:
        ada = a_patient_due(IN_A_WEEK, make_clinic())
        planner.plan(NOON)
        for state in (State.LEASED, State.DISPATCHING, State.ACCEPTED):
            Reminder.objects.update(state=state, leased_until=NOON)
        injection = give(ada, TODAY)
        schedules.actions.void_injection(
            injection=injection, reason="wrong patient", now=NOON, by=system()
        )

        assert planner.plan(NOON) == 0


class TestWithdrawTasks:
    def test_when_the_dose_was_given(self) -> None:
        ada = a_patient_due(IN_A_WEEK, make_clinic(), preferred_channel="phone")
        planner.plan(NOON)
        assert planner.withdraw_tasks(NOON) == 0
        give(ada, TODAY)

        assert planner.withdraw_tasks(NOON) == 1

        task = Reminder.objects.get()
        assert (task.state, task.reason) == (State.SUPERSEDED, Reason.MOVED)

    def test_when_there_is_a_newer_one(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic(), preferred_channel="phone")
        planner.plan(NOON)
        planner.plan(NOON + 6 * DAY)

        assert planner.withdraw_tasks(NOON + 6 * DAY) == 1

        older, newer = Reminder.objects.order_by("id")
        assert (older.state, older.reason) == (State.SUPERSEDED, Reason.NEWER_TASK)
        assert (newer.rung, newer.state) == (2, State.ACCEPTED)


class TestPreview:
    def test_shows_what_would_leave_and_writes_nothing(self) -> None:
        clinic = make_clinic()
        ada = a_patient_due(TODAY + 10 * DAY, clinic, email="ada@example.org")
        notifications.actions.hold(clinic=clinic, now=NOON, by=system())

        first, second = planner.preview(clinic=clinic, now=NOON)

        assert (first.patient, first.to, first.channel) == (
            ada,
            "ada@example.org",
            "email",
        )
        assert first.purpose is second.purpose is Purpose.INJECTION_AHEAD
        assert first.leaves_at == datetime(2026, 11, 23, 9, tzinfo=UTC)
        assert second.leaves_at == datetime(2026, 11, 29, 9, tzinfo=UTC)
        assert "Monday 30 November" in first.words.body
        assert rows() == []

    def test_shows_what_waits_in_its_row(self) -> None:
        clinic = make_clinic()
        a_patient_due(IN_A_WEEK, clinic)
        planner.plan(NOON)

        found = planner.preview(clinic=clinic, now=NOON)

        nine = NOON - 3 * HOUR
        assert [each.leaves_at - nine for each in found] == [
            3 * HOUR,
            6 * DAY,
            12 * DAY,
        ]

    def test_shows_nothing_of_another_clinic(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic())

        assert planner.preview(clinic=make_clinic(), now=NOON) == []

    def test_asks_the_database_as_often_for_many_as_for_one(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        clinic = make_clinic()
        for _ in range(3):
            a_patient_due(TODAY + 10 * DAY, clinic)

        with django_assert_num_queries(5 + 2):
            assert len(planner.preview(clinic=clinic, now=NOON)) == 6
