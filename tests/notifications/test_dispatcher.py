"""What is due leaves, in order, over one connection; and only once."""

from collections.abc import Callable, Sequence
from threading import Barrier, Thread

import pytest
from django.db import connection

from notifications import dispatcher, leases, planner
from notifications.channels.base import (
    Channel,
    ChannelError,
    Message,
    Sent,
    Verdict,
)
from notifications.channels.memory import MemoryChannel
from notifications.models import Attempt, Reminder
from notifications.states import State
from tests.factories import NOON, TODAY, give, make_clinic
from tests.notifications.stories import (
    HOUR,
    IN_A_WEEK,
    MINUTE,
    SECOND,
    Clock,
    a_patient_due,
    drain,
    rows,
)


class SlowServer(MemoryChannel):
    """Takes three seconds for a message, while something else happens."""

    def __init__(self, clock: Clock, *, during: Callable[[], object]) -> None:
        super().__init__([])
        self._clock, self._during = clock, during

    def send(self, message: Message) -> Sent:
        if not self.outbox:
            self._during()
        self._clock.pass_by(3 * SECOND)
        return super().send(message)


@pytest.mark.django_db
class TestDrain:
    def test_sends_what_is_due(self) -> None:
        channel = MemoryChannel([])
        ada = a_patient_due(IN_A_WEEK, make_clinic(), sms=True)
        planner.plan(NOON)

        assert drain(channel) == 1

        (message,) = channel.outbox
        reminder, attempt = Reminder.objects.get(), Attempt.objects.get()
        assert message == Message(
            reference=reminder.reference,
            to=ada.phone,
            subject="",
            body=attempt.body,
            sent_at=NOON,
        )
        assert message.body.startswith("Elm Street Surgery: your next visit is due on")
        assert (reminder.state, reminder.provider_id) == (State.ACCEPTED, "memory-1")
        assert (reminder.fence, reminder.tries) == (1, 1)
        assert (attempt.outcome, attempt.recipient) == ("accepted", ada.phone)
        assert (attempt.started_at, attempt.ended_at) == (NOON, NOON)

    def test_sends_it_once(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic())
        planner.plan(NOON)

        assert [drain(), drain()] == [1, 0]

    def test_takes_more_than_a_batch(self) -> None:
        clinic, channel = make_clinic(), MemoryChannel([])
        for _ in range(leases.GROUP + 2):
            a_patient_due(IN_A_WEEK, clinic)
        planner.plan(NOON)

        assert drain(channel) == leases.GROUP + 2

        in_order = [each.reference for each in Reminder.objects.order_by("id")]
        assert [message.reference for message in channel.outbox] == in_order

    def test_keeps_one_connection_for_each_channel(self) -> None:
        clinic, opened = make_clinic(), []
        for sms in (True, False, True, False):
            a_patient_due(IN_A_WEEK, clinic, sms=sms)
        planner.plan(NOON)

        def channels(kind: str) -> Channel:
            opened.append(kind)
            return MemoryChannel([])

        dispatcher.drain(clock=Clock(), until=NOON + MINUTE, channels=channels)

        assert sorted(opened) == ["email", "sms"]

    def test_stops_when_its_time_is_up_and_lets_go(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic())
        planner.plan(NOON)
        hands = iter([NOON, NOON, NOON + MINUTE, NOON + MINUTE, NOON + MINUTE])

        tries = dispatcher.drain(clock=lambda: next(hands), until=NOON + MINUTE)

        assert (tries, rows()) == (0, [("email", "planned", "")])

    def test_stops_within_a_group_and_counts_no_try_that_was_not_made(self) -> None:
        self.due(leases.GROUP)
        clock = Clock()
        black_hole = Slow(clock, *[Verdict.NOT_SENT] * leases.GROUP)

        tries = dispatcher.drain(
            clock=clock, until=NOON + 45 * SECOND, channels=lambda kind: black_hole
        )

        assert (tries, clock()) == (5, NOON + 50 * SECOND)
        assert rows("state", "tries", "send_at") == [
            *[("planned", 1, NOON + 110 * SECOND)] * 5,
            *[("planned", 0, NOON - 3 * HOUR)] * 15,
        ]
        details = Attempt.objects.values_list("outcome", "detail")
        assert list(details) == [
            *[("not_sent", "said not_sent")] * 5,
            *[("not_sent", "no time left")] * 15,
        ]

    def test_leaves_out_what_was_given_behind_a_slow_server(self) -> None:
        clinic, clock = make_clinic(), Clock()
        a_patient_due(IN_A_WEEK, clinic)
        grace = a_patient_due(IN_A_WEEK, clinic)
        planner.plan(NOON)
        channel = SlowServer(clock, during=lambda: give(grace, TODAY))

        drain(channel, clock)

        assert [message.to for message in channel.outbox] != []
        assert grace.email not in [message.to for message in channel.outbox]
        ours = Reminder.objects.get(patient=grace)
        assert (ours.state, ours.tries) == (State.SUPERSEDED, 0)

    def test_claims_again_what_a_lease_had_no_time_for(self) -> None:
        self.due(leases.GROUP)
        clock = Clock()
        slow = Slow(clock)

        tries = dispatcher.drain(
            clock=clock, until=NOON + HOUR, channels=lambda kind: slow
        )

        assert tries == len(slow.outbox) == 20
        assert rows("state", "fence", "tries") == [
            *[("accepted", 1, 1)] * 12,  # of ten seconds each: a lease of two minutes
            *[("accepted", 2, 1)] * 8,
        ]

    def test_goes_on_where_one_row_cannot_be_sent(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        self.due(3)
        broken = Reminder.objects.order_by("id")[1]
        Reminder.objects.filter(pk=broken.pk).update(purpose="unheard_of")

        assert drain() == 2

        assert rows("state") == [("accepted",), ("leased",), ("accepted",)]
        last = caplog.records[-1].getMessage()
        assert last == f"reminders [{broken.pk}] could not be sent: ValueError"

    def due(self, number: int) -> None:
        """Let so many e-mails wait that may leave now."""
        clinic = make_clinic()
        for _ in range(number):
            a_patient_due(IN_A_WEEK, clinic)
        assert planner.plan(NOON) == number


class Slow(MemoryChannel):
    """A channel that takes all the time it is given, and then answers as told."""

    def __init__(self, clock: Clock, *verdicts: Verdict) -> None:
        failures = [ChannelError(each, f"said {each}") for each in verdicts]
        super().__init__([], failures=failures)
        self.clock = clock

    def send(self, message: Message) -> Sent:
        """Let time pass, then answer."""
        self.clock.pass_by(dispatcher.PATIENCE)
        return super().send(message)


@pytest.mark.usefixtures("shared_database")
class TestManyWorkers:
    def test_never_send_one_reminder_twice(self) -> None:
        clinic, outbox = make_clinic(), list[Message]()
        for _ in range(45):
            a_patient_due(IN_A_WEEK, clinic)
        start = Barrier(4)

        def work() -> None:
            try:
                start.wait()
                planner.plan(NOON)
                drain(MemoryChannel(outbox))
            finally:
                connection.close()

        run_all([Thread(target=work) for _ in range(4)])

        references = [message.reference for message in outbox]
        assert len(references) == len(set(references)) == 45
        assert set(rows("state", "fence")) == {("accepted", 1)}

    def test_never_share_a_claim(self) -> None:
        clinic, taken = make_clinic(), list[int]()
        for _ in range(30):
            a_patient_due(IN_A_WEEK, clinic)
        planner.plan(NOON)
        start = Barrier(4)

        def work() -> None:
            try:
                start.wait()
                claim = leases.claim(now=NOON, limit=10)
                taken.extend(reminder.pk for reminder in claim.taken)
            finally:
                connection.close()

        run_all([Thread(target=work) for _ in range(4)])

        assert len(taken) == len(set(taken))
        assert set(rows("fence")) <= {(0,), (1,)}


def run_all(threads: Sequence[Thread]) -> None:
    """Run threads side by side until the last has ended."""
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
