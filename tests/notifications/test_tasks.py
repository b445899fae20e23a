"""The doors of the reminders: a task that carries nothing, and a command."""

import inspect
import io
import signal
import threading
from datetime import UTC, datetime

import pytest
from celery import Task
from django.conf import settings
from django.core.management import call_command
from pytest_django import Settings

import notifications.tasks
import schedules.tasks
from notifications.channels.memory import OUTBOX
from notifications.models import Tick
from tests.components.processes import wait_until
from tests.factories import NOON, make_clinic
from tests.notifications.stories import IN_A_WEEK, a_patient_due, rows
from tracker.celery import app

TASKS = (
    notifications.tasks.remind,
    schedules.tasks.check_plans,
    schedules.tasks.keep_calendars,
)


@pytest.fixture
def at_noon(settings: Settings) -> None:
    """Let it be NOON by the doors' clock, and messages stay in memory."""
    settings.CLOCK_SHIFT = str((NOON - datetime.now(tz=UTC)).total_seconds())
    settings.KANNEL_URL = settings.SMTP_URL = "memory:"
    OUTBOX.clear()


class TestTasks:
    @pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
    def test_carry_nothing(self, task: Task) -> None:
        assert inspect.signature(task.run).parameters == {}

    @pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
    def test_are_woken_by_beat(self, task: Task) -> None:
        entries = [
            entry
            for entry in app.conf.beat_schedule.values()
            if entry["task"] == task.name
        ]

        (entry,) = entries
        assert not {"args", "kwargs"} & entry.keys()
        assert not {"eta", "countdown"} & entry.get("options", {}).keys()

    @pytest.mark.parametrize("task", TASKS, ids=lambda task: task.name)
    def test_leave_trying_again_to_the_table(self, task: Task) -> None:
        assert not getattr(task, "autoretry_for", ())

    def test_end_before_the_broker_hands_them_to_another(self) -> None:
        patience = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]

        assert notifications.tasks.BUDGET.total_seconds() < patience


@pytest.mark.django_db
@pytest.mark.usefixtures("at_noon")
class TestRemind:
    def test_sends_what_is_due(self) -> None:
        ada = a_patient_due(IN_A_WEEK, make_clinic())

        notifications.tasks.remind()

        assert [message.to for message in OUTBOX] == [ada.email]
        assert abs(Tick.objects.get().struck_at - NOON).total_seconds() < 60

    def test_is_the_same_twice(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic())

        notifications.tasks.remind()
        notifications.tasks.remind()

        assert rows() == [("email", "accepted", "")]
        assert len(OUTBOX) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("at_noon")
class TestDispatch:
    def test_goes_a_round_and_says_what_it_did(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        a_patient_due(IN_A_WEEK, make_clinic())

        call_command("dispatch")

        assert capsys.readouterr().out.endswith("planned 1 tried 1\n")

    def test_loops_until_it_is_told_to_stop(self, settings: Settings) -> None:
        settings.REMINDER_EVERY_SECONDS = 0.01
        ada = a_patient_due(IN_A_WEEK, make_clinic())
        us, lines = threading.get_ident(), io.StringIO()

        def stop_it() -> None:
            wait_until(lambda: lines.getvalue().count("tried") > 2, what="rounds")
            signal.pthread_kill(us, signal.SIGTERM)

        stopper = threading.Thread(target=stop_it)
        stopper.start()
        call_command("dispatch", "--loop", stdout=lines)
        stopper.join()

        assert [message.to for message in OUTBOX] == [ada.email]
        first, second, *_ = lines.getvalue().splitlines()
        assert (first[-7:], second[-7:]) == ("tried 1", "tried 0")
