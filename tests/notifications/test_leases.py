"""Who may send, and what must not leave after all."""

from datetime import UTC, datetime, timedelta

import pytest

import notifications.actions
import patients.actions
import schedules.actions
from notifications import leases, outcomes, planner
from notifications.channels.base import Verdict
from notifications.outcomes import Outcome
from patients.models import Clinic, ContactPreference
from tests.factories import NOON, TODAY, decided, give, make_clinic, system
from tests.notifications.stories import (
    DAY,
    IN_A_WEEK,
    MINUTE,
    Clock,
    a_patient_due,
    drain,
    rows,
    say,
)

SMS, EMAIL = ContactPreference.Channel.SMS, ContactPreference.Channel.EMAIL


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

    def test_from_a_clinic_whose_time_cannot_be_told(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        Clinic.objects.filter(pk=self.clinic.pk).update(time_zone="Mars/Olympus")
        a_patient_due(IN_A_WEEK, make_clinic())
        planner.plan(NOON)

        assert drain() == 1

        assert rows() == [("sms", "planned", ""), ("email", "accepted", "")]
        said = f"whether clinic {self.clinic.pk} sends now cannot be told"
        assert {each.getMessage() for each in caplog.records} > {said}


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

    def test_makes_no_task_of_what_another_has_failed_at(self) -> None:
        leases.reap(now=self.later)
        outcomes.settle(now=self.later)
        (theirs,) = leases.intend(leases.claim(now=self.later).taken, now=self.later)
        refused = Outcome(attempt=theirs, verdict=Verdict.REFUSED)
        outcomes.record([refused], now=self.later)

        late = Outcome(attempt=self.attempt, verdict=Verdict.REFUSED)
        outcomes.record([late], now=self.later)

        assert rows() == [("sms", "failed", "refused"), ("email", "planned", "")]

    def test_makes_no_second_task_by_saying_it_twice(self) -> None:
        refused = Outcome(attempt=self.attempt, verdict=Verdict.REFUSED)

        for _ in range(2):
            outcomes.record([refused], now=NOON)

        assert rows() == [("sms", "failed", "refused"), ("email", "planned", "")]
