"""What leaves, once; what does not; and what follows from how it went."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

import notifications.actions
import patients.actions
import schedules.actions
from notifications import dispatcher, leases, outcomes, planner
from notifications.channels.base import Channel, ChannelError, Message, Sent, Verdict
from notifications.channels.memory import MemoryChannel
from notifications.models import Attempt, Reminder
from notifications.outcomes import Outcome
from notifications.states import State
from patients.models import ContactPreference
from tests.factories import NOON, TODAY, decided, give, make_clinic, system
from tests.notifications.stories import (
    DAY,
    IN_A_WEEK,
    MINUTE,
    Clock,
    a_patient_due,
    rows,
    say,
)

HOUR = 60 * MINUTE
SMS, EMAIL = ContactPreference.Channel.SMS, ContactPreference.Channel.EMAIL


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

    def test_leaves_what_no_lease_has_time_for(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic())
        planner.plan(NOON)
        late = NOON + leases.LEASE
        hands = iter([NOON, NOON, NOON, NOON, late, late, late, late, late])

        dispatcher.drain(clock=lambda: next(hands), until=NOON + MINUTE)

        assert Attempt.objects.get().detail == "no time left"
        assert rows() == [("email", "planned", "")]


@pytest.mark.django_db
class TestNothingLeaves:
    @pytest.fixture(autouse=True)
    def due(self) -> None:
        """Let a text wait that may leave now."""
        self.clinic = make_clinic()
        self.ada = a_patient_due(IN_A_WEEK, self.clinic, sms=True)
        assert planner.plan(NOON) == 1

    def test_once_the_injection_is_recorded(self) -> None:
        give(self.ada, TODAY)

        assert (drain(), rows()) == (0, [("sms", "superseded", "moved")])

    def test_once_the_dose_is_due_on_another_day(self) -> None:
        patients.actions.add_calendar_day(
            clinic=self.clinic, on=IN_A_WEEK, kind="closure", reason="", by=system()
        )
        schedules.actions.replay_clinic(clinic=self.clinic, today=TODAY)

        assert (drain(), rows()) == (0, [("sms", "superseded", "moved")])

    def test_to_the_dead(self) -> None:
        schedules.actions.record_death(
            patient=self.ada, on=None, role="prescriber", now=NOON, by=system()
        )

        assert (drain(), rows()) == (0, [("sms", "suppressed", "deceased")])

    def test_while_the_plan_is_paused(self) -> None:
        review_on = TODAY + 9 * DAY
        schedules.actions.pause(
            plan=self.ada.plans.get(), review_on=review_on, decision=decided("travel")
        )

        assert (drain(), rows()) == (0, [("sms", "suppressed", "paused")])

    def test_after_the_plan_was_closed(self) -> None:
        schedules.actions.close_plan(
            plan=self.ada.plans.get(), decision=decided("transferred_out")
        )

        assert (drain(), rows()) == (0, [("sms", "suppressed", "closed")])

    def test_by_a_channel_that_the_patient_stopped(self) -> None:
        say(self.ada, SMS, False)

        assert drain() == 1

        assert rows() == [
            ("sms", "suppressed", "not_this_way"),
            ("email", "accepted", ""),
        ]

    def test_after_every_channel_was_stopped(self) -> None:
        say(self.ada, SMS, False)
        say(self.ada, EMAIL, False)

        assert drain() == 0

        assert rows() == [
            ("sms", "suppressed", "not_this_way"),
            ("nurse", "accepted", ""),
        ]

    def test_while_the_clinic_is_on_hold(self) -> None:
        notifications.actions.hold(clinic=self.clinic, now=NOON, by=system())

        assert (drain(), rows()) == (0, [("sms", "planned", "")])

        notifications.actions.release(clinic=self.clinic, now=NOON, by=system())
        assert (drain(), rows()) == (1, [("sms", "accepted", "")])

    @pytest.mark.parametrize(
        ("hour", "minute", "sent"),
        [
            pytest.param(8, 59, 0, id="before the window"),
            pytest.param(9, 0, 1, id="as it opens"),
            pytest.param(19, 57, 1, id="while a lease still fits"),
            pytest.param(19, 58, 0, id="when a lease would outlast it"),
            pytest.param(20, 0, 0, id="as it closes"),
        ],
    )
    def test_outside_the_sending_window(
        self, hour: int, minute: int, sent: int
    ) -> None:
        now = datetime(2026, 11, 21, hour, minute, tzinfo=UTC)

        assert drain(clock=Clock(now)) == sent

    def test_too_late(self) -> None:
        now = NOON + 6 * DAY

        assert (drain(clock=Clock(now)), rows()) == (0, [("sms", "planned", "")])


@pytest.mark.django_db
class TestAskedAgainAtIntent:
    @pytest.fixture(autouse=True)
    def claimed(self) -> None:
        """Let a text be claimed."""
        self.clinic = make_clinic()
        self.ada = a_patient_due(IN_A_WEEK, self.clinic, sms=True)
        planner.plan(NOON)
        self.taken = leases.claim(now=NOON).taken
        assert rows("state", "fence") == [("leased", 1)]

    def test_goes_on_where_nothing_changed(self) -> None:
        (attempt,) = leases.intend(self.taken, now=NOON + MINUTE)

        assert (attempt.fence, attempt.recipient) == (1, self.ada.phone)
        assert rows("state", "leased_until") == [("dispatching", NOON + 3 * MINUTE)]

    def test_stops_for_an_injection(self) -> None:
        give(self.ada, TODAY)

        assert leases.intend(self.taken, now=NOON) == []
        assert rows() == [("sms", "superseded", "moved")]

    def test_stops_for_a_no(self) -> None:
        say(self.ada, SMS, False)

        assert leases.intend(self.taken, now=NOON) == []
        assert rows()[0] == ("sms", "suppressed", "not_this_way")

    def test_waits_for_a_hold(self) -> None:
        notifications.actions.hold(clinic=self.clinic, now=NOON, by=system())

        assert leases.intend(self.taken, now=NOON) == []
        assert rows() == [("sms", "planned", "")]

    def test_leaves_what_somebody_else_has_claimed_since(self) -> None:
        later = NOON + leases.LEASE
        leases.reap(now=later)
        theirs = leases.claim(now=later).taken

        assert leases.intend(self.taken, now=later) == []
        assert len(leases.intend(theirs, now=later)) == 1

    def test_leaves_what_waits_again(self) -> None:
        leases.reap(now=NOON + leases.LEASE)

        assert leases.intend(self.taken, now=NOON + leases.LEASE) == []
        assert rows() == [("sms", "planned", "")]


@pytest.mark.django_db
class TestFailures:
    @pytest.fixture(autouse=True)
    def due(self) -> None:
        """Let a text wait that may leave now."""
        self.ada = a_patient_due(IN_A_WEEK, make_clinic(), sms=True)
        planner.plan(NOON)

    def test_not_sent_waits_and_tries_again(self) -> None:
        channel, clock = failing(Verdict.NOT_SENT, Verdict.NOT_SENT), Clock()
        assert drain(channel, clock) == 1
        assert rows("state", "send_at") == [("planned", NOON + MINUTE)]
        clock.pass_by(MINUTE)
        assert drain(channel, clock) == 1
        assert rows("state", "send_at") == [("planned", NOON + 3 * MINUTE)]

        clock.pass_by(2 * MINUTE)
        assert drain(channel, clock) == 1

        assert rows("state", "tries", "fence") == [("accepted", 3, 3)]
        ended = Attempt.objects.values_list("outcome", "detail")
        assert list(ended) == [
            ("not_sent", "said not_sent"),
            ("not_sent", "said not_sent"),
            ("accepted", ""),
        ]

    def test_not_sent_waits_as_long_as_it_is_asked_to(self) -> None:
        drain(failing(Verdict.NOT_SENT, retry_after=3 * HOUR))

        assert rows("state", "send_at") == [("planned", NOON + 3 * HOUR)]

    def test_not_sent_too_often_goes_to_the_next_channel(self) -> None:
        channel, clock = failing(*[Verdict.NOT_SENT] * outcomes.MOST_TRIES), Clock()

        for _ in range(outcomes.MOST_TRIES):
            drain(channel, clock)
            clock.pass_by(HOUR / 2 if clock() < NOON + HOUR else HOUR)

        assert rows() == [("sms", "failed", "out_of_tries"), ("email", "accepted", "")]

    def test_not_sent_until_it_would_be_too_late_goes_there_at_once(self) -> None:
        evening = datetime(2026, 11, 25, 19, 50, tzinfo=UTC)

        drain(failing(Verdict.NOT_SENT, retry_after=5 * HOUR), Clock(evening))

        assert rows() == [("sms", "failed", "out_of_tries"), ("email", "accepted", "")]

    def test_refused_goes_down_the_ladder(self) -> None:
        channel = failing(Verdict.REFUSED, Verdict.REFUSED)

        assert drain(channel) == 2

        assert rows() == [
            ("sms", "failed", "refused"),
            ("email", "failed", "refused"),
            ("nurse", "accepted", ""),
        ]

    def test_refused_is_not_asked_again(self) -> None:
        drain(failing(Verdict.REFUSED, Verdict.REFUSED))

        assert planner.plan(NOON) == 0
        assert drain() == 0

    def test_a_channel_that_is_not_configured_has_sent_nothing(self) -> None:
        def channels(kind: str) -> Channel:
            raise ImproperlyConfigured("KANNEL_URL: what?")

        dispatcher.drain(clock=Clock(), until=NOON + MINUTE, channels=channels)

        assert Attempt.objects.get().outcome == "not_sent"
        assert rows() == [("sms", "planned", "")]

    def test_a_channel_that_breaks_leaves_an_unknown(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        drain(Broken())

        assert rows() == [("sms", "unknown", "")]
        assert Attempt.objects.get().detail == "ValueError in the channel"
        assert self.ada.phone not in caplog.text


class Broken(MemoryChannel):
    """A channel with a fault in it."""

    def send(self, message: Message) -> Sent:
        """Fail as no channel may."""
        raise ValueError(f"could not write to {message.to}")


@pytest.mark.django_db
class TestUnknown:
    def unknown(self, **details: object) -> None:
        """Let nothing be known of a text about a dose."""
        a_patient_due(IN_A_WEEK, make_clinic(), sms=True, **details)
        planner.plan(NOON)
        drain(failing(Verdict.UNKNOWN))
        assert rows() == [("sms", "unknown", "")]

    def test_is_not_sent_again_by_itself(self) -> None:
        self.unknown()

        assert (planner.plan(NOON), drain()) == (0, 0)

    def test_is_sent_once_more_and_says_so(self) -> None:
        self.unknown()

        assert outcomes.settle(now=NOON) == 1
        assert rows() == [("sms", "planned", "copy_possible")]

        assert drain() == 1
        assert rows() == [("sms", "accepted", "copy_possible")]

    def test_is_asked_of_a_nurse_the_second_time(self) -> None:
        self.unknown()
        outcomes.settle(now=NOON)
        drain(failing(Verdict.UNKNOWN))

        assert [outcomes.settle(now=NOON), outcomes.settle(now=NOON)] == [1, 0]

        assert rows() == [("sms", "unknown", "nurse_asked"), ("nurse", "accepted", "")]

    def test_is_asked_of_a_nurse_where_a_copy_may_not_be(self) -> None:
        self.unknown()
        Reminder.objects.update(purpose="panel_due")

        outcomes.settle(now=NOON)

        assert rows() == [("sms", "unknown", "nurse_asked"), ("nurse", "accepted", "")]

    def test_is_asked_of_a_nurse_when_it_is_too_late(self) -> None:
        self.unknown()

        outcomes.settle(now=NOON + 7 * DAY)

        assert rows() == [("sms", "unknown", "nurse_asked"), ("nurse", "accepted", "")]


@pytest.mark.django_db
class TestAWorkerThatFellSilent:
    @pytest.fixture(autouse=True)
    def silent(self) -> None:
        """Let a worker write down its intent, and then nothing."""
        a_patient_due(IN_A_WEEK, make_clinic(), sms=True)
        planner.plan(NOON)
        (self.attempt,) = leases.intend(leases.claim(now=NOON).taken, now=NOON)
        self.later = NOON + leases.LEASE

    def test_keeps_its_lease_while_it_lasts(self) -> None:
        assert leases.reap(now=self.later - timedelta(seconds=1)) == 0

    def test_leaves_an_unknown(self) -> None:
        assert leases.reap(now=self.later) == 1

        assert rows() == [("sms", "unknown", "")]
        self.attempt.refresh_from_db()
        assert (self.attempt.outcome, self.attempt.ended_at) == ("unknown", self.later)

    @pytest.mark.parametrize("settled", [False, True], ids=["unknown", "put back"])
    def test_may_still_say_that_it_was_accepted(self, settled: bool) -> None:
        leases.reap(now=self.later)
        if settled:
            outcomes.settle(now=self.later)

        outcomes.record(
            [Outcome(attempt=self.attempt, provider_id="7")], now=self.later
        )

        assert rows("state", "provider_id") == [("accepted", "7")]
        assert drain(clock=Clock(self.later)) == 0

    def test_says_nothing_of_what_another_has_claimed(self) -> None:
        leases.reap(now=self.later)
        outcomes.settle(now=self.later)
        leases.claim(now=self.later)

        outcomes.record(
            [Outcome(attempt=self.attempt, provider_id="7")], now=self.later
        )

        assert rows("state", "fence", "provider_id") == [("leased", 2, "")]
        self.attempt.refresh_from_db()
        assert self.attempt.outcome == "accepted"  # it is still evidence of a copy


@pytest.mark.django_db
class TestExpire:
    def test_makes_a_task_of_what_came_too_late(self) -> None:
        a_patient_due(IN_A_WEEK, make_clinic(), sms=True)
        planner.plan(NOON)

        assert outcomes.expire(now=NOON + 5 * DAY) == 0
        assert outcomes.expire(now=NOON + 6 * DAY) == 1

        assert rows() == [("sms", "expired", "too_late"), ("nurse", "accepted", "")]

    def test_makes_none_of_what_a_hold_kept_back(self) -> None:
        clinic = make_clinic()
        a_patient_due(IN_A_WEEK, clinic, sms=True)
        planner.plan(NOON)
        notifications.actions.hold(clinic=clinic, now=NOON, by=system())

        outcomes.expire(now=NOON + 6 * DAY)

        assert rows() == [("sms", "expired", "held_too_long")]


class TestWaitAfter:
    @pytest.mark.parametrize(
        ("tries", "asked", "wait"),
        [
            pytest.param(1, None, MINUTE, id="the first"),
            pytest.param(2, None, 2 * MINUTE, id="the second"),
            pytest.param(6, None, 32 * MINUTE, id="the sixth"),
            pytest.param(7, None, HOUR, id="never more than an hour"),
            pytest.param(1, 5 * MINUTE, 5 * MINUTE, id="as asked"),
            pytest.param(7, 5 * MINUTE, HOUR, id="no less than ours"),
            pytest.param(1, 5 * HOUR, 5 * HOUR, id="longer, if asked"),
        ],
    )
    def test_doubles(
        self, tries: int, asked: timedelta | None, wait: timedelta
    ) -> None:
        assert outcomes.wait_after(tries, asked) == wait


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
