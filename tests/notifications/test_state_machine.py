"""
Three workers, two patients, and everything that can come in between.

The carrier keeps its own log of what really left. Whatever the workers did, that log
and the table must agree on the promise: every reminder ends where people see it, and a
second copy left only after the table had said that the first was unknown.
"""

import os
from datetime import time, timedelta

import pytest
from django.db import transaction
from django.db.models import Count, F, Q
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

import notifications.actions
import schedules.actions
from notifications import dispatcher, leases, outcomes, planner, rounds
from notifications.candidates import Key, key_of
from notifications.channels.base import ChannelError, Message, Sent, Verdict
from notifications.channels.memory import MemoryChannel
from notifications.dispatcher import Carriers
from notifications.models import Attempt, Reminder
from notifications.outcomes import Outcome
from notifications.reasons import Reason
from notifications.states import State
from patients.models import ContactPreference, Patient
from schedules.models import Injection
from tests.factories import NOON, give, make_clinic, system
from tests.notifications.stories import (
    DAY,
    HOUR,
    IN_A_WEEK,
    MINUTE,
    a_patient_due,
    say,
)

# Ten stories take some ten seconds; HYPOTHESIS_PROFILE=long is for whoever changes the
# rules, and takes minutes.
EXAMPLES = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "long" else 10
STEPS = 40
SMS = ContactPreference.Channel.SMS
WORKERS = st.sampled_from(("first", "second", "third"))
PEOPLE = st.sampled_from((0, 1))
TIMES = st.sampled_from((MINUTE, HOUR, DAY))
DISTURBANCES = (
    "crash",
    "leases run out",
    "leases run out",
    "leases run out, and are settled",
    "leases run out, and are settled",
    "plan",
    "time",
    "injection",
    "no texts",
    "hold",
    "obstacles end",
)
ENDS = {
    State.ACCEPTED,
    State.DELIVERED,
    State.UNKNOWN,
    State.FAILED,
    State.SUPPRESSED,
    State.SUPERSEDED,
    State.EXPIRED,
}


class Carrier(MemoryChannel):
    """A channel that logs what really leaves, and answers as it is told."""

    def __init__(
        self, log: list[str], answer: Verdict | None = None, it_left: bool = True
    ) -> None:
        super().__init__([])
        self.log, self.answer, self.it_left = log, answer, it_left

    def send(self, message: Message) -> Sent:
        """Let the message leave, unless its answer says that it did not."""
        if not self.answer or (self.answer is Verdict.UNKNOWN and self.it_left):
            self.log.append(message.reference)
        if self.answer:
            raise ChannelError(self.answer, "as told")
        return Sent("taken")


class Worker:
    """What one worker holds in its hands; a crash empties them."""

    def __init__(self) -> None:
        self.leased: list[Reminder] = []
        self.attempts: list[Attempt] = []
        self.outcomes: list[Outcome] = []


class Reminders(RuleBasedStateMachine):
    """The life of reminders, among workers that share nothing but the table."""

    people: tuple[Patient, Patient]

    def __init__(self) -> None:
        super().__init__()
        self._sandbox = transaction.atomic()
        self._sandbox.__enter__()
        self.now = NOON
        self.is_obstructed = False
        self.log: list[str] = []
        self.given: dict[int, Injection] = {}
        self.workers = {name: Worker() for name in ("first", "second", "third")}

    def teardown(self) -> None:
        """Let the dust settle, look at the ends, and forget it all."""
        try:
            self._let_the_dust_settle()
            self._check_the_ends()
        finally:
            transaction.set_rollback(True)
            self._sandbox.__exit__(None, None, None)

    # -- what workers do -------------------------------------------------------------

    @initialize()
    def begin(self) -> None:
        planner.plan(self.now)

    @rule(
        name=WORKERS,
        steps=st.sampled_from((1, 2, 3, 3, 4)),
        answer=st.sampled_from((None, *Verdict)),
        it_left=st.booleans(),
    )
    def go_on(
        self, name: str, steps: int, answer: Verdict | None, it_left: bool
    ) -> None:
        """Let a worker do its next steps: claim, intend, send, record."""
        worker = self.workers[name]
        for _ in range(steps):
            if worker.outcomes:
                self._record(worker)
            elif worker.attempts:
                self._send_all(worker, answer, it_left)
            elif worker.leased:
                self._intend(worker)
            elif not self._claim(worker):
                break

    # -- what comes in between -------------------------------------------------------

    @precondition(lambda self: self.is_busy)
    @rule(
        what=st.sampled_from(DISTURBANCES), name=WORKERS, person=PEOPLE, how_long=TIMES
    )
    def disturb(self, what: str, name: str, person: int, how_long: timedelta) -> None:
        """
        Let one thing come in between, while somebody holds something.

        It is one rule, so that half of all steps are those of workers.
        """
        match what:
            case "crash":
                self.workers[name] = Worker()
            case "leases run out" | "leases run out, and are settled":
                self._leases_run_out(settled="settled" in what)
            case "plan":
                self._plan_and_expire()
            case "time":
                self.now += how_long
            case "obstacles end":
                self._take_it_all_back()
            case _:
                self.is_obstructed = True
                self._obstruct(what, self.people[person])

    def _leases_run_out(self, *, settled: bool) -> None:
        self.now += leases.LEASE
        leases.reap(now=self.now)
        if settled:
            outcomes.settle(now=self.now)

    def _plan_and_expire(self) -> None:
        outcomes.expire(now=self.now)
        planner.withdraw_tasks(self.now)
        planner.plan(self.now)

    def _obstruct(self, what: str, patient: Patient) -> None:
        """Record the injection, forbid texts, or hold the clinic."""
        if what == "injection" and patient.pk not in self.given:
            on = self.now.date()
            self.given[patient.pk] = give(patient, on, given_at=self.now, now=self.now)
        if what == "no texts":
            say(patient, SMS, False, now=self.now)
        if what == "hold" and not self._clinic_is_held():
            notifications.actions.hold(clinic=patient.clinic, now=self.now, by=system())

    def _take_it_all_back(self) -> None:
        """Release the clinic, void the injections, allow the texts."""
        if not self.is_obstructed:
            return
        self.is_obstructed = False
        if self._clinic_is_held():
            clinic = self.people[0].clinic
            notifications.actions.release(clinic=clinic, now=self.now, by=system())
        for patient in self.people:
            say(patient, SMS, True, now=self.now)
            if injection := self.given.pop(patient.pk, None):
                schedules.actions.void_injection(
                    injection=injection, reason="not so", now=self.now, by=system()
                )

    # -- what holds always -----------------------------------------------------------

    @invariant()
    def a_fence_tries_once(self) -> None:
        tries = Attempt.objects.values_list("reminder", "fence")
        assert len(set(tries)) == len(tries)

    @invariant()
    def tries_are_counted(self) -> None:
        """Each attempt is one try, but those for which there was no time."""
        made = Count("attempts", ~Q(attempts__detail="no time left"))
        counted = Reminder.objects.annotate(made=made, intended=Count("attempts"))
        assert not counted.filter(tries__lt=F("made")).exists()
        assert not counted.filter(tries__gt=F("intended")).exists()

    # -- how ------------------------------------------------------------------------

    @property
    def is_busy(self) -> bool:
        """Tell whether a worker holds something: then it is worth disturbing."""
        workers = self.workers.values()
        return any(each.leased or each.attempts or each.outcomes for each in workers)

    def _claim(self, worker: Worker) -> bool:
        """Claim what there is; where there is nothing, let time go on."""
        worker.leased = leases.claim(now=self.now, limit=2).taken
        if not worker.leased:
            self._take_it_all_back()
            self._plan_and_expire()
            waiting = Reminder.objects.filter(state=State.PLANNED)
            self.now += HOUR if waiting.exists() else DAY
        return bool(worker.leased)

    def _intend(self, worker: Worker) -> None:
        worker.attempts = leases.intend(worker.leased, now=self.now)
        worker.leased = []
        for attempt in worker.attempts:
            reminder = attempt.reminder
            assert reminder.patient_id not in self.given
            assert not self._clinic_is_held()
            assert reminder.channel != "sms" or self._texts_are_allowed(reminder)

    def _send_all(self, worker: Worker, answer: Verdict | None, it_left: bool) -> None:
        carrier = Carrier(self.log, answer, it_left)
        for attempt in worker.attempts:
            reference = attempt.reminder.reference
            before = self.log.count(reference)
            with Carriers(lambda kind: carrier) as carriers:
                outcome = dispatcher.deliver(
                    attempt, carriers, lambda: self.now, until=self.now + DAY
                )
            worker.outcomes.append(outcome)
            if before and self.log.count(reference) > before:
                self._check_the_copy(attempt.reminder)
        worker.attempts = []

    def _check_the_copy(self, reminder: Reminder) -> None:
        """Look whether the table says that there may be one."""
        reminder.refresh_from_db(fields=["reason"])
        assert reminder.reason == Reason.COPY_POSSIBLE

    def _record(self, worker: Worker) -> None:
        outcomes.record(worker.outcomes, now=self.now)
        worker.outcomes = []

    def _clinic_is_held(self) -> bool:
        clinic = self.people[0].clinic
        clinic.refresh_from_db()
        return clinic.is_on_hold

    def _texts_are_allowed(self, reminder: Reminder) -> bool:
        said = ContactPreference.objects.latest_words(reminder.patient)
        return said[SMS]

    def _let_the_dust_settle(self) -> None:
        """Let all workers die, take the obstacles away, and go some rounds."""
        self._take_it_all_back()
        for days in (1, 1, 40):
            self.now = (self.now + days * DAY).replace(hour=12, minute=0)
            rounds.go_round(
                clock=lambda: self.now,
                budget=MINUTE,
                channels=lambda kind: Carrier(self.log),
            )

    def _check_the_ends(self) -> None:
        rows = list(Reminder.objects.order_by("id"))
        assert {State(row.state) for row in rows} <= ENDS
        newest: dict[Key, int] = {key_of(row): row.pk for row in rows}
        for row in rows:
            if row.state in (State.FAILED, State.UNKNOWN):
                assert newest[key_of(row)] > row.pk, "nobody was told of it"


@pytest.mark.django_db
def test_reminders_keep_their_promise() -> None:
    clinic = make_clinic(sends_from=time(0, 1), sends_until=time(23, 59))
    people = (
        a_patient_due(IN_A_WEEK, clinic, sms=True),
        a_patient_due(IN_A_WEEK, clinic, sms=True, given_name="Grace"),
    )
    machine = type("WithPeople", (Reminders,), {"people": people})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=EXAMPLES,
            phases=[Phase.generate],  # to find the shortest story takes minutes
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
