"""
Living through a person's story, by the actions that staff would have used at the time.

    registered      given     bloods    given           now
        |-------------|----------|--------|--------------|
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cached_property

import patients.actions
import schedules.actions
from patients.actions import Wishes
from patients.models import Clinic, ContactPreference, Patient, User
from schedules.actions import Answers, Decision
from schedules.calendar import Calendar
from schedules.decisions import (
    MaintainReason,
    PauseReason,
    StartReason,
    TransferReason,
)
from schedules.intervals import Interval
from schedules.models import Dose, Injection, Panel, Plan, Protocol
from schedules.phases import PRESCRIBER
from schedules.reading import calendar_of
from tracker.demo.background import learn
from tracker.demo.people import Loading, Maintained, Someone, Workup

MORNING = time(10, 30)
SHELF_LIFE = timedelta(days=540)
SITES = (Injection.Site.LEFT_DELTOID, Injection.Site.RIGHT_DELTOID)
BLOODS = (
    ("b12", "1480", "ng/L"),
    ("homocysteine", "9.4", "umol/L"),
    ("haemoglobin", "134", "g/L"),
)
# Week by week in loading: better at first, then no further.
SYMPTOMS = (
    {"tremor": 6, "paraesthesia": 7, "gait": 4},
    {"tremor": 5, "paraesthesia": 5, "gait": 4},
    {"tremor": 3, "paraesthesia": 4, "gait": 3},
    {"tremor": 3, "paraesthesia": 3, "gait": 3},
)
LAST_WEEK = len(SYMPTOMS) - 1


@dataclass(frozen=True, kw_only=True)
class Teller:
    """One clinic, as of now, with those who work there."""

    clinic: Clinic
    now: datetime
    nurse: User
    prescriber: User

    @cached_property
    def today(self) -> date:
        """Return the clinic's civil day."""
        return self.clinic.day(self.now)

    @cached_property
    def calendar(self) -> Calendar:
        """Return the days on which the clinic is open."""
        return calendar_of(self.clinic)

    def tell(self, number: int, someone: Someone) -> Plan:
        """Register somebody, and live through the story; return the plan."""
        plan = self._lived(number, someone)
        learn(plan.patient, someone, now=self.now, by=self.nurse)
        return plan

    def _lived(self, number: int, someone: Someone) -> Plan:
        match someone.story:
            case Maintained() as story:
                return self._maintained(number, someone, story)
            case Loading() as story:
                return self._loading(number, someone, story)
            case Workup() as story:
                return self._workup(number, someone, story)

    # -- the stories ----------------------------------------------------------------

    def _maintained(self, number: int, someone: Someone, story: Maintained) -> Plan:
        *latest, first = [self._open_day(days) for days in story.given_ago]
        plan = self._open_plan(number, someone, first)
        self._give(plan, first, source=Injection.Source.ACCEPTED)
        schedules.actions.transfer_in(
            plan=plan,
            protocol=_protocol("MAINTENANCE_ONLY"),
            interval=Interval.parse(story.interval),
            decision=self._decision(first, TransferReason.ESTABLISHED_ELSEWHERE),
        )
        for on in reversed(latest):
            self._take_bloods(plan, until=on, wanted=story.bloods)
            self._give(plan, on)
        self._take_bloods(plan, until=self.today, wanted=story.bloods)
        self._pause(plan, story)
        self._hear_of(plan, story.unverified_ago)
        return plan

    def _loading(self, number: int, someone: Someone, story: Loading) -> Plan:
        first = self._day(story.began_ago)
        plan = self._open_plan(number, someone, first)
        schedules.actions.start_plan(
            plan=plan,
            protocol=_protocol("NEURO_ALT"),
            neurological=someone.neurological,
            start_on=first,
            decision=self._decision(first, StartReason.DEFICIENCY),
            answers=Answers(consent="said so", no_known_allergies=True),
        )
        loaded_until = self._day(story.maintained_ago or story.stopped_ago)
        self._load(plan, first=first, until=loaded_until)
        if story.maintained_ago is not None:
            schedules.actions.to_maintenance(
                plan=plan,
                interval=Interval.parse("2m"),
                decision=self._decision(loaded_until, MaintainReason.PLATEAU),
            )
            self._give_when_due(plan, until=self._day(story.stopped_ago))
        return plan

    def _workup(self, number: int, someone: Someone, story: Workup) -> Plan:
        plan = self._open_plan(number, someone, self._day(5))
        self._hear_of(plan, story.unverified_ago)
        return plan

    # -- what happens in them -------------------------------------------------------

    def _open_plan(self, number: int, someone: Someone, on: date) -> Plan:
        at = self._at(on)
        patient = patients.actions.admit(
            clinic=self.clinic,
            details=_details(number, someone),
            wishes=_wishes(someone),
            now=at,
            by=self.nurse,
        )
        return schedules.actions.open_plan(
            patient=patient,
            neurological=someone.neurological,
            cause=someone.cause,
            product=someone.product,
            decision=self._decision(on),
        )

    def _give(
        self, plan: Plan, on: date, source: Injection.Source = Injection.Source.HERE
    ) -> None:
        at = self._at(on)
        is_here = source == Injection.Source.HERE
        details: dict[str, object] = {}
        if is_here:
            details = {"site": SITES[on.toordinal() % 2], "given_by": str(self.nurse)}
        elif source == Injection.Source.ACCEPTED:
            details = {"accepted_at": at, "accepted_by": self.prescriber}
        schedules.actions.record_injection(
            patient=plan.patient,
            given_at=at if is_here else None,
            given_on=on,
            details={
                "source": source,
                "product": plan.product,
                "dose_mg": Decimal(1),
                "batch": f"{100 + on.month}A{on.year % 100}",
                "expires_on": on + SHELF_LIFE,
            }
            | details,
            now=at,
            by=self.nurse,
        )

    def _load(self, plan: Plan, *, first: date, until: date) -> None:
        """Give the doses of loading, and ask about symptoms each week."""
        asked = -1
        while dose := Dose.objects.filter(plan=plan, due_on__lte=until).first():
            self._give(plan, dose.due_on)
            week = (dose.due_on - first).days // 7
            if week > asked:
                asked = week
                self._assess(plan, dose.due_on, SYMPTOMS[min(week, LAST_WEEK)])

    def _assess(self, plan: Plan, on: date, scores: dict[str, int]) -> None:
        schedules.actions.record_assessment(
            patient=plan.patient,
            assessed_on=on,
            details={"scores": scores, "pgic": 4 if scores == SYMPTOMS[-1] else 3},
            now=self._at(on),
            by=self.nurse,
        )

    def _give_when_due(self, plan: Plan, *, until: date) -> None:
        while dose := Dose.objects.filter(plan=plan, due_on__lte=until).first():
            self._give(plan, dose.due_on)

    def _take_bloods(self, plan: Plan, *, until: date, wanted: bool) -> None:
        due = Panel.objects.filter(plan=plan, due_on__lt=until)
        while wanted and (panel := due.first()):
            for test, value, unit in BLOODS:
                schedules.actions.record_result(
                    patient=plan.patient,
                    test=test,
                    value=Decimal(value),
                    unit=unit,
                    drawn_on=panel.due_on,
                    now=self._at(panel.due_on),
                    by=self.nurse,
                )

    def _pause(self, plan: Plan, story: Maintained) -> None:
        if story.paused_ago is not None:
            schedules.actions.pause(
                plan=plan,
                review_on=self._day(-story.review_in),
                decision=self._decision(
                    self._day(story.paused_ago), PauseReason.TRAVEL
                ),
            )

    def _hear_of(self, plan: Plan, days: int | None) -> None:
        """Record an injection that somebody gave elsewhere, for a nurse to accept."""
        if days is not None:
            self._give(plan, self._day(days), source=Injection.Source.UNVERIFIED)

    # -- when -----------------------------------------------------------------------

    def _day(self, days_ago: int) -> date:
        return self.today - timedelta(days=days_ago)

    def _open_day(self, days_ago: int) -> date:
        """Return that day, or the last open one before it."""
        day = self._day(days_ago)
        return self.calendar.previous_open(day, after=day - timedelta(days=14)) or day

    def _at(self, day: date) -> datetime:
        """Return the morning of a day, never later than now."""
        local = datetime.combine(day, MORNING, tzinfo=self.clinic.zone)
        return min(local.astimezone(UTC), self.now)

    def _decision(self, on: date, reason: str = "") -> Decision:
        return Decision(
            by=self.prescriber, role=PRESCRIBER, now=self._at(on), reason=reason
        )


def tell_all(teller: Teller, people: Iterable[Someone]) -> int:
    """Tell everybody's story and bring the plans up to today; return how many."""
    plans = [teller.tell(number, each) for number, each in enumerate(people)]
    # Time went by since the last fact of each: panels that nobody took have passed.
    schedules.actions.replay_clinic(clinic=teller.clinic, today=teller.today)
    return len(plans)


def _protocol(code: str) -> Protocol:
    return Protocol.objects.filter(code=code).latest("version")


def _details(number: int, someone: Someone) -> dict[str, object]:
    name = f"{someone.given_name}.{someone.family_name}".lower()
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return {
        "family_name": someone.family_name,
        "given_name": someone.given_name,
        "birth_date": someone.birth_date,
        "nhs_number": someone.nhs_number,
        "local_number": f"D{101 + number}",
        "phone": f"+447700900{100 + number}" if someone.is_reachable else "",
        "email": f"{plain}@example.org" if someone.is_reachable else "",
        "preferred_channel": someone.preferred,
    }


def _wishes(someone: Someone) -> Wishes:
    texts = someone.is_reachable and someone.preferred == Patient.Channel.SMS
    said = {ContactPreference.Channel.SMS: True} if texts else {}
    return Wishes(said=said, evidence="said so at registration")
