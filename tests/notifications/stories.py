"""Patients about whom there is something to tell, and what became of it."""

from datetime import date, datetime, timedelta
from typing import Any

import patients.actions
from notifications import dispatcher
from notifications.channels.base import Channel, ChannelError, Verdict
from notifications.channels.memory import MemoryChannel
from notifications.models import Reminder
from patients.models import Clinic, ContactPreference, Patient
from schedules.models import Dose
from tests.factories import NOON, TODAY, make_maintenance_plan, make_patient, system

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
IN_A_WEEK = TODAY + 7 * DAY


def a_patient_due(on: date, clinic: Clinic, **details: Any) -> Patient:
    """Return somebody on four-weekly maintenance, next due on a working day."""
    patient = make_patient(clinic, **details)
    plan = make_maintenance_plan(patient, on - 28 * DAY, interval="4w")
    assert Dose.objects.get(plan=plan).due_on == on
    return patient


def say(
    patient: Patient,
    channel: ContactPreference.Channel,
    yes: bool,
    now: datetime = NOON,
) -> None:
    """Write down what a patient said of a channel."""
    patients.actions.state_preference(
        patient=patient,
        channel=channel,
        is_allowed=yes,
        evidence="said so",
        now=now,
        by=system(),
    )


def rows(*columns: str) -> list[tuple[Any, ...]]:
    """Return the outbox, oldest first: channel, state and reason, or other columns."""
    columns = columns or ("channel", "state", "reason")
    return list(Reminder.objects.order_by("id").values_list(*columns))


class Clock:
    """A clock that stands still until somebody moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, time: timedelta) -> datetime:
        """Let `time` pass, and return the time it is then."""
        self.now += time
        return self.now


def failing(
    *verdicts: Verdict | None, retry_after: timedelta | None = None
) -> MemoryChannel:
    """Return a channel that answers so, in this order, and then takes everything."""
    failures = (
        verdict and ChannelError(verdict, f"said {verdict}", retry_after)
        for verdict in verdicts
    )
    return MemoryChannel([], failures=failures)


def drain(channel: Channel | None = None, clock: Clock | None = None) -> int:
    """Drain with one channel for all; return the number of tries."""
    clock = clock or Clock()
    channel = channel or MemoryChannel([])
    return dispatcher.drain(
        clock=clock, until=clock() + MINUTE, channels=lambda kind: channel
    )
