"""Holding a clinic, releasing it, and dealing with tasks."""

import pytest

import notifications.actions
from notifications import planner
from notifications.actions import TaskAlreadyHandled
from notifications.models import Reminder
from notifications.states import State
from patients.refusals import Refused
from tests.factories import NOON, make_clinic, make_staff, system
from tests.notifications.stories import IN_A_WEEK, MINUTE, a_patient_due

pytestmark = pytest.mark.django_db


class TestHold:
    def test_says_who_and_when(self) -> None:
        clinic = make_clinic()

        notifications.actions.hold(clinic=clinic, now=NOON, by=system())

        clinic.refresh_from_db()
        assert (clinic.held_at, clinic.held_by) == (NOON, system())
        assert clinic.is_on_hold

    def test_is_refused_where_there_is_one(self) -> None:
        clinic = make_clinic()
        notifications.actions.hold(clinic=clinic, now=NOON, by=system())

        with pytest.raises(Refused, match="on hold already"):
            notifications.actions.hold(clinic=clinic, now=NOON, by=system())

    def test_stays_in_the_history(self) -> None:
        clinic = make_clinic()
        grace = make_staff(clinic)

        notifications.actions.hold(clinic=clinic, now=NOON, by=grace)

        assert clinic.history.latest().history_user == grace


class TestRelease:
    def test_says_who_and_when(self) -> None:
        clinic = make_clinic()
        notifications.actions.hold(clinic=clinic, now=NOON, by=system())
        grace = make_staff(clinic)

        notifications.actions.release(clinic=clinic, now=NOON + MINUTE, by=grace)

        clinic.refresh_from_db()
        assert (clinic.released_at, clinic.released_by) == (NOON + MINUTE, grace)
        assert (clinic.held_at, clinic.held_by) == (None, None)

    def test_is_refused_where_nothing_is_held(self) -> None:
        with pytest.raises(Refused, match="not on hold"):
            notifications.actions.release(clinic=make_clinic(), now=NOON, by=system())


class TestHandleTask:
    @pytest.fixture(autouse=True)
    def task(self) -> None:
        """Put one task on a clinic's list."""
        self.clinic = make_clinic()
        a_patient_due(IN_A_WEEK, self.clinic, preferred_channel="phone")
        planner.plan(NOON)
        (self.reminder,) = Reminder.objects.of(self.clinic).tasks()

    def handle(self, note: str = "called, comes on Monday") -> Reminder:
        """Deal with the task."""
        return notifications.actions.handle_task(
            reminder=self.reminder, note=note, now=NOON, by=system()
        )

    def test_takes_it_off_the_list(self) -> None:
        self.handle(" called, comes on Monday ")

        task = Reminder.objects.get()
        assert task.state == State.DELIVERED
        assert (task.handled_at, task.handled_by) == (NOON, system())
        assert task.handled_note == "called, comes on Monday"
        assert not Reminder.objects.of(self.clinic).tasks().exists()

    def test_is_not_planned_again(self) -> None:
        self.handle()

        assert planner.plan(NOON) == 0

    def test_wants_to_know_what_was_done(self) -> None:
        with pytest.raises(Refused) as refusal:
            self.handle(" ")

        assert refusal.value.field == "note"
        assert Reminder.objects.get().state == State.ACCEPTED

    def test_is_refused_the_second_time(self) -> None:
        self.handle()

        with pytest.raises(TaskAlreadyHandled):
            self.handle()

    def test_is_refused_for_a_message(self) -> None:
        a_patient_due(IN_A_WEEK, self.clinic)
        planner.plan(NOON)
        self.reminder = Reminder.objects.get(channel="email")

        with pytest.raises(TaskAlreadyHandled):
            self.handle()
