"""What follows from how a try went."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured

import notifications.actions
from notifications import dispatcher, leases, outcomes, planner
from notifications.channels.base import Channel, Message, Sent, Verdict
from notifications.channels.memory import MemoryChannel
from notifications.models import Attempt, Reminder
from notifications.outcomes import Outcome
from tests.factories import NOON, make_clinic, system
from tests.notifications.stories import (
    DAY,
    HOUR,
    IN_A_WEEK,
    MINUTE,
    Clock,
    a_patient_due,
    drain,
    failing,
    rows,
)


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


@pytest.mark.django_db
class TestNotTried:
    @pytest.mark.parametrize(
        ("reaped", "settled", "row"),
        [
            pytest.param(False, False, ("planned", "", 0), id="in time"),
            pytest.param(True, False, ("planned", "", 0), id="after it was reaped"),
            pytest.param(
                True, True, ("planned", "copy_possible", 0), id="after it was put back"
            ),
        ],
    )
    def test_gives_the_try_back(
        self, reaped: bool, settled: bool, row: tuple[str, str, int]
    ) -> None:
        a_patient_due(IN_A_WEEK, make_clinic(), sms=True)
        planner.plan(NOON)
        (attempt,) = leases.intend(leases.claim(now=NOON).taken, now=NOON)
        later = NOON + leases.LEASE
        if reaped:
            leases.reap(now=later)
        if settled:
            outcomes.settle(now=later)

        outcome = Outcome(attempt=attempt, verdict=Verdict.NOT_SENT, was_tried=False)
        outcomes.record([outcome], now=later)

        assert rows("state", "reason", "tries") == [row]
        attempt.refresh_from_db()
        assert attempt.outcome == "not_sent"


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
