"""One patient's whole story."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

import patients.actions
import schedules.actions
from notifications.models import Attempt, Reminder
from notifications.outbox import letters, with_last_attempt
from notifications.states import State
from patients.actions import Circumstances
from patients.models import Patient
from patients.samples import Sample
from schedules.models import Injection, Plan
from tests.factories import (
    NOON,
    TODAY,
    decided,
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_plan,
    system,
)
from tests.tracker.dashboard.test_board import (
    closed_and_expired,
    make_short_plan,
    make_task,
)
from tracker.dashboard.chart import Chart, chart_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def chart(patient: Patient, role: str = "prescriber", today: date = TODAY) -> Chart:
    return chart_of(patient, role=role, today=today)


def make_attempt(message: Reminder, fence: int, at: datetime) -> Attempt:
    return Attempt.objects.create(
        reminder=message,
        fence=fence,
        recipient="ada@example.org",
        body="Hello",
        started_at=at,
    )


class TestChartOf:
    @pytest.mark.proves("R05")
    def test_tells_what_was_not_drawn_before_the_first_dose(self) -> None:
        plan = make_loading_plan(ada := make_patient(make_clinic()))
        give(ada, TODAY)
        for sample, on in ((Sample.MMA, TODAY), (Sample.FOLATE, TODAY + DAY)):
            patients.actions.record_samples(
                patient=ada,
                samples=[sample],
                drawn_on=on,
                now=NOON + 2 * DAY,
                by=system(),
            )

        assert chart(ada).background.not_drawn == (
            "Vitamin B12, total",
            "Folate",
            "Full blood count",
            "Urea, electrolytes, creatinine",
        )
        patients.actions.record_samples(
            patient=ada, samples=list(Sample), drawn_on=TODAY, now=NOON, by=system()
        )
        assert chart(plan.patient).background.not_drawn == ()

    def test_asks_for_no_baseline_on_maintenance(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        known = chart(plan.patient).background

        assert known.not_drawn == ()
        assert (known.has_consent, known.has_allergy_answer) == (False, False)
        assert (known.answered, known.lines) == (0, 17)

    def test_says_where_a_plan_stands_and_why(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))
        give(plan.patient, TODAY)  # a Friday: the next would fall on a Sunday

        stands = chart(plan.patient).plan

        assert stands is not None
        assert stands.phase == "Loading, dose 2"
        assert stands.interval == "Every 2 days; on maintenance: every 2 months"
        assert not stands.is_approved
        assert stands.dose is not None
        assert stands.dose.due == "Mon 23 Nov 2026"
        assert stands.dose.target == "Sun 22 Nov 2026"
        assert stands.dose.reasons == (
            "2 days after the injection of Fri 20 Nov.",
            "Target Sun 22 Nov, clinic closed, next open Mon 23 Nov.",
        )
        assert stands.dose.flags == ("moved to the next open day",)

    def test_says_how_late_the_next_injection_is(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 8, 22))

        stands = chart(plan.patient).plan

        assert stands is not None
        assert stands.dose is not None
        assert (stands.dose.due, stands.dose.late) == (
            "Thu 22 Oct 2026",
            "29 days late",
        )

    def test_looks_twelve_months_ahead(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 11, 10))

        ahead = chart(plan.patient).ahead

        assert [dose.due for dose in ahead] == [
            "Mon 11 Jan 2027",
            "Wed 10 Mar 2027",
            "Mon 10 May 2027",
            "Mon 12 Jul 2027",
            "Fri 10 Sep 2027",
            "Wed 10 Nov 2027",
        ]

    @pytest.mark.parametrize(
        ("role", "decisions"),
        [
            pytest.param("nurse", ["Pause"], id="a nurse may pause for a week"),
            pytest.param(
                "prescriber",
                [
                    "Change the interval",
                    "Load again",
                    "Pause",
                    "Close the plan",
                ],
                id="a prescriber may decide",
            ),
        ],
    )
    def test_offers_the_decisions_that_may_be_taken(
        self, role: str, decisions: list[str]
    ) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), TODAY)

        stands = chart(plan.patient, role).plan

        assert stands is not None
        assert [decision.text for decision in stands.decisions] == decisions

    def test_says_until_when_a_pause_lasts(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), TODAY)
        schedules.actions.pause(
            plan=plan, review_on=TODAY + 10 * DAY, decision=decided("travel")
        )

        stands = chart(plan.patient).plan

        assert stands is not None
        assert (stands.phase, stands.review, stands.dose) == (
            "Paused",
            "Mon 30 Nov 2026",
            None,
        )

    def test_shows_the_open_plan_before_a_closed_one(self) -> None:
        patient = make_patient(make_clinic())
        first = make_plan(patient)
        schedules.actions.close_plan(plan=first, decision=decided("not_deficient"))
        second = make_plan(patient)

        found = chart(patient)

        assert found.plan is not None
        assert found.plan.id == second.pk
        assert [decision.what for decision in found.decisions] == [
            "Plan opened",
            "Closed",
            "Plan opened",
        ]

    def test_tells_what_each_injection_answered(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 9, 11))
        give(plan.patient, TODAY, batch="346A80", site="left_deltoid")

        [here, elsewhere] = chart(plan.patient).injections

        assert (here.timing, here.tone) == ("late, 9 days after it was due", "late")
        assert here.answered == "dose 1 of episode 1"
        assert here.what == "hydroxocobalamin 1 mg, into the muscle"
        assert (here.where, here.batch) == ("left upper arm", "346A80")
        assert elsewhere.where == "given elsewhere, accepted"

    def test_tells_why_the_dose_of_an_injection_was_then(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 9, 15))
        give(plan.patient, TODAY)

        given = chart_of(plan.patient, role="nurse", today=TODAY).injections[0]

        assert given.reasons == (
            "2 months after the injection of Tue 15 Sep.",
            "Target Sun 15 Nov, clinic closed, next open Mon 16 Nov.",
        )

    def test_keeps_an_injection_that_was_taken_back(self) -> None:
        patient = make_patient(make_clinic())
        injection = give(patient, TODAY)
        schedules.actions.void_injection(
            injection=injection, reason="wrong patient", now=NOON, by=system()
        )

        [found] = chart(patient).injections

        assert (found.is_voided, found.void_reason) == (True, "wrong patient")
        assert not found.is_uncounted

    def test_marks_what_waits_to_be_accepted(self) -> None:
        patient = make_patient(make_clinic())
        make_maintenance_plan(patient, TODAY - 30 * DAY)
        give(patient, TODAY, source=Injection.Source.UNVERIFIED, given_at=None)

        found = chart(patient)

        assert [each.is_waiting for each in found.injections] == [True, False]
        assert [alert.code for alert in found.alerts] == ["PENDING_EXTERNAL"]

    def test_shows_a_result_in_the_unit_it_was_reported_in(self) -> None:
        patient = make_patient(make_clinic())
        patients.actions.record_result(
            patient=patient,
            test="b12",
            value=Decimal("143.50"),
            unit="pmol/L",
            drawn_on=TODAY,
            now=NOON,
            by=system(),
            said=Circumstances(
                range_low=Decimal(150), range_high=Decimal(700), fasting=True
            ),
        )

        [result] = chart(patient).results

        assert (result.test, result.value, result.unit) == (
            "Vitamin B12, total",
            "143.5",
            "pmol/L",
        )
        assert (result.limits, result.outside) == ("150–700", "below")
        assert result.drawn == "fasting"

    def test_tells_messages_on_the_clock_of_the_clinic(self) -> None:
        clinic = make_clinic(time_zone="Europe/Athens")
        task = make_task(make_plan(make_patient(clinic)))

        found = chart(task.patient)

        [told] = found.messages
        assert (told.at, told.state) == (datetime(2026, 11, 20, 14, 0), "to do")
        assert [each.task for each in found.tasks] == [
            "Call about the missed injection."
        ]

    def test_tells_when_a_message_left_and_not_when_it_was_to_leave(self) -> None:
        message = make_task(make_plan(make_patient(make_clinic())), "email")
        make_attempt(message, 1, NOON + timedelta(minutes=7))
        make_attempt(message, 2, NOON + timedelta(minutes=9))

        [told] = chart(message.patient).messages

        assert (told.at, told.purpose, told.channel, told.state, told.tone) == (
            datetime(2026, 11, 20, 12, 9),
            "injection missed",
            "e-mail",
            "sent",
            "good",
        )

    def test_speaks_of_a_message_as_the_page_of_messages_does(self) -> None:
        message = make_task(
            make_plan(make_patient(make_clinic())), "email", State.UNKNOWN
        )

        [told] = chart(message.patient).messages

        [listed] = letters(with_last_attempt(Reminder.objects.all()), message.clinic)
        assert told == listed
        assert (told.state, told.tone) == ("not known whether it left", "late")

    def test_of_somebody_without_a_plan_is_empty_but_there(self) -> None:
        found = chart(make_patient(make_clinic(), sms=True))

        assert found.plan is None
        assert (found.ahead, found.injections, found.messages) == ((), (), ())
        assert found.reached[2:] == ("texts allowed", "reached best by text message")

    def test_of_a_closed_plan_raises_no_alert(self) -> None:
        patient = make_patient(make_clinic())
        closed_and_expired(patient)
        give(patient, TODAY, source=Injection.Source.UNVERIFIED, given_at=None)

        found = chart(patient)

        assert found.plan is not None
        assert (found.plan.phase, found.alerts) == ("Closed", ())

    @pytest.mark.parametrize("neurological", ["yes", "unknown"])
    def test_warns_of_a_protocol_that_is_not_enough(self, neurological: str) -> None:
        plan = make_short_plan(make_patient(make_clinic()))
        before = [alert.code for alert in chart(plan.patient).alerts]
        Plan.objects.filter(pk=plan.pk).update(neurological=neurological)

        after = chart(plan.patient).alerts

        assert before == ["PRETX_SAMPLE_MISSING"]
        assert "COURSE_NOT_ENOUGH" in [alert.code for alert in after]

    def test_of_the_deceased_raises_no_alert(self) -> None:
        patient = make_patient(make_clinic())
        make_plan(patient, neurological="unknown")
        schedules.actions.record_death(
            patient=patient, on=TODAY, role="prescriber", now=NOON, by=system()
        )
        patient.refresh_from_db()

        assert chart(patient).alerts == ()
