"""A round does everything, and writes no word of a person about it."""

import logging

import pytest

from notifications import rounds
from notifications.channels.base import Verdict
from notifications.channels.memory import MemoryChannel
from notifications.models import Attempt, LegalEdge, Reminder, Tick
from notifications.rounds import Tally
from patients.models import Clinic
from tests.factories import NOON, make_clinic
from tests.notifications.stories import (
    IN_A_WEEK,
    MINUTE,
    Clock,
    a_patient_due,
    drain,
    failing,
    rows,
)

pytestmark = pytest.mark.django_db


def go_round(clock: Clock, channel: MemoryChannel | None = None) -> Tally:
    """Go a round with one channel for all."""
    channel = channel or MemoryChannel([])
    return rounds.go_round(clock=clock, budget=MINUTE, channels=lambda kind: channel)


def errors(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the log holds of errors."""
    return [each.getMessage() for each in caplog.records if each.levelname == "ERROR"]


class Unclosable(MemoryChannel):
    """A channel that fails when all is said, and names whom it wrote to."""

    def __init__(self, names: str) -> None:
        super().__init__([])
        self.names = names

    def __exit__(self, *_: object) -> None:
        """Fail as no channel may."""
        raise OSError(f"goodbye to {self.names} was not heard")


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

    def test_goes_on_where_one_clinic_is_broken(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        broken, sound = make_clinic(name="A"), make_clinic(name="B")
        for clinic in (broken, sound):
            a_patient_due(IN_A_WEEK, clinic)
        Clinic.objects.filter(pk=broken.pk).update(time_zone="Mars/Olympus")

        tally = go_round(Clock())

        assert (tally.planned, tally.tried) == (1, 1)
        assert rows("clinic", "state") == [(sound.pk, "accepted")]
        assert Tick.objects.get().struck_at == NOON
        assert f"no reminders are planned for clinic {broken.pk}" in caplog.text

    def test_goes_on_where_one_step_fails(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        clinic = make_clinic()
        a_patient_due(IN_A_WEEK, clinic)
        rounds.planner.plan(NOON)
        drain(failing(Verdict.UNKNOWN))
        a_patient_due(IN_A_WEEK, clinic)
        LegalEdge.objects.filter(from_state="unknown", to_state="planned").delete()

        tally = go_round(Clock())

        assert (tally.settled, tally.planned, tally.tried) == (0, 1, 1)
        assert rows() == [("email", "unknown", ""), ("email", "accepted", "")]
        assert Tick.objects.get().struck_at == NOON
        (said,) = errors(caplog)
        assert said.startswith("reminders: settle: ")
        assert "in settle\n" in said

    def test_ends_where_its_last_step_fails(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        ada = a_patient_due(IN_A_WEEK, make_clinic())

        tally = go_round(Clock(), Unclosable(ada.email))

        assert (tally.planned, tally.tried) == (1, 0)
        assert rows() == [("email", "accepted", "")]
        assert Tick.objects.get().struck_at == NOON
        (said,) = errors(caplog)
        assert said.startswith("reminders: drain: OSError\n")
        assert ada.email not in caplog.text

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
