"""A round does everything, and writes no word of a person about it."""

import logging

import pytest

from notifications import rounds
from notifications.channels.memory import MemoryChannel
from notifications.models import Attempt, Reminder, Tick
from notifications.rounds import Tally
from tests.factories import NOON, make_clinic
from tests.notifications.stories import IN_A_WEEK, MINUTE, Clock, a_patient_due, rows

pytestmark = pytest.mark.django_db


def go_round(clock: Clock, channel: MemoryChannel | None = None) -> Tally:
    """Go a round with one channel for all."""
    channel = channel or MemoryChannel([])
    return rounds.go_round(clock=clock, budget=MINUTE, channels=lambda kind: channel)


class TestGoRound:
    def test_plans_and_sends(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic())

        tally = go_round(Clock())

        assert (
            str(tally) == "reaped 0 settled 0 expired 0 withdrawn 0 planned 1 tried 1"
        )
        assert rows() == [("email", "accepted", "")]

    def test_strikes_when_it_ends(self) -> None:
        go_round(Clock())
        go_round(Clock(NOON + MINUTE))

        assert list(Tick.objects.values_list("name", "struck_at")) == [
            ("remind", NOON + MINUTE)
        ]

    def test_makes_up_for_a_worker_that_fell_silent(self) -> None:
        clock = Clock()
        a_patient_due(IN_A_WEEK, make_clinic())
        rounds.planner.plan(NOON)
        leases = rounds.leases
        leases.intend(leases.claim(now=NOON).taken, now=NOON)
        clock.pass_by(leases.LEASE)

        tally = go_round(clock)

        assert (tally.reaped, tally.settled, tally.tried) == (1, 1, 1)
        assert rows() == [("email", "accepted", "copy_possible")]

    def test_writes_no_word_of_a_person(self, caplog: pytest.LogCaptureFixture) -> None:
        ada = a_patient_due(IN_A_WEEK, make_clinic(), family_name="Canary", sms=True)
        channel = MemoryChannel([])

        with caplog.at_level(logging.DEBUG):
            go_round(Clock(), channel)

        (message,), (attempt,) = channel.outbox, Attempt.objects.all()
        assert "planned 1 tried 1" in caplog.text
        for word in ("Canary", ada.phone, ada.email, ada.local_number, attempt.body):
            assert word not in caplog.text
        assert "Canary" not in message.body + message.subject + message.reference
        assert "Canary" not in str(Reminder.objects.get())
