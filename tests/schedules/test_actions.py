"""A fact moves the future, in the transaction that writes it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest

import patients.actions
import schedules.actions
from patients.background import Agreement, Allergen, Allergy
from patients.refusals import Refused
from schedules.actions import Answers, Stopped
from schedules.intervals import Interval
from schedules.models import Dose, Injection, Panel, Plan, PlanEvent
from tests.factories import (
    ANSWERED,
    NOON,
    TODAY,
    decided,
    give,
    make_assessment,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_plan,
    newest,
    system,
)

pytestmark = pytest.mark.django_db

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 24)
TWO_MONTHS = Interval.parse("2m")


def later(day: date) -> datetime:
    """Return noon of a later day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


class TestStartPlan:
    def test_makes_the_first_dose_due_on_the_day_asked_for(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()), start_on=MONDAY)

        assert (plan.phase, plan.episode) == ("loading", 1)
        assert (plan.dose.ordinal, plan.dose.due_on) == (1, MONDAY)
        assert plan.panel.number == 1

    def test_refuses_the_gentle_course_for_nerves(self) -> None:
        plan = make_plan(make_patient(make_clinic()))

        with pytest.raises(Refused, match="Rule R14") as refusal:
            schedules.actions.start_plan(
                plan=plan,
                protocol=newest("NON_NEURO_3W2"),
                neurological="unknown",
                start_on=TODAY,
                decision=decided("deficiency"),
            )
        assert refusal.value.field == "protocol"
        assert list(plan.events.values_list("kind", flat=True)) == ["opened"]

    def test_refuses_a_day_that_has_passed(self) -> None:
        with pytest.raises(Refused, match="lies in the past"):
            make_loading_plan(make_patient(make_clinic()), start_on=date(2026, 11, 19))

    def test_needs_a_prescriber(self) -> None:
        plan = make_plan(make_patient(make_clinic()))

        with pytest.raises(Refused, match="needs a prescriber"):
            schedules.actions.start_plan(
                plan=plan,
                protocol=newest("NEURO_ALT"),
                neurological="yes",
                start_on=TODAY,
                decision=decided("deficiency", role="nurse"),
            )
        plan.refresh_from_db()
        assert (plan.phase, plan.protocol) == ("workup", None)

    def test_refuses_to_start_twice(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        with pytest.raises(Refused, match="cannot be decided in loading"):
            schedules.actions.start_plan(
                plan=plan,
                protocol=newest("NEURO_ALT"),
                neurological="yes",
                start_on=TODAY,
                decision=decided("deficiency"),
            )

    @pytest.mark.proves("T1")
    def test_asks_for_consent_and_allergies_and_records_the_answers(self) -> None:
        plan = make_plan(ada := make_patient(make_clinic()))
        start = partial(
            schedules.actions.start_plan,
            plan=plan,
            protocol=newest("NEURO_ALT"),
            neurological="yes",
            start_on=TODAY,
            decision=decided("deficiency"),
        )

        for answers, field, reason in (
            (Answers(), "consent", "Record that the patient agrees"),
            (Answers(consent="said so"), "allergies", "Answer whether an allergy"),
        ):
            with pytest.raises(Refused, match=reason) as refusal:
                start(answers=answers)
            assert refusal.value.field == field
            assert not ada.consents.exists()

        start(answers=ANSWERED)
        consent, allergy = ada.consents.get(), ada.allergies.get()
        assert (consent.answer, consent.how) == ("given", "said so")
        assert (consent.said_on, allergy.allergen) == (TODAY, "none_known")

    @pytest.mark.proves("T1", "S15")
    def test_asks_nothing_that_is_recorded_and_not_for_checklist_or_samples(
        self,
    ) -> None:
        plan = make_plan(ada := make_patient(make_clinic()))
        who = {"patient": ada, "now": NOON, "by": system()}
        patients.actions.state_consent(
            answer=Agreement.GIVEN, how="signed form", on=TODAY, **who
        )
        patients.actions.record_allergy(
            allergy=Allergy(allergen=Allergen.OTHER, name="Peanuts"), **who
        )

        schedules.actions.start_plan(
            plan=plan,
            protocol=newest("NEURO_ALT"),
            neurological="yes",
            start_on=TODAY,
            decision=decided("deficiency"),
        )

        assert (ada.consents.count(), ada.allergies.count()) == (1, 1)
        assert not ada.exclusion_answers.exists()


class TestOpenPlan:
    def test_opens_one_at_a_time(self) -> None:
        ada = make_patient(make_clinic())
        make_plan(ada)

        with pytest.raises(Refused, match="has an open plan already"):
            make_plan(ada)

    def test_takes_in_an_injection_that_no_plan_asked_for(self) -> None:
        ada = make_patient(make_clinic())
        injection = give(ada, FRIDAY)

        plan = make_plan(ada)

        injection.refresh_from_db()
        assert injection.plan == plan

    def test_opens_none_for_the_dead(self) -> None:
        ada = make_patient(make_clinic(), is_deceased=True)

        with pytest.raises(Refused, match="has died"):
            make_plan(ada)


class TestTransferIn:
    def test_counts_from_the_last_injection(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        assert (plan.phase, plan.interval) == ("maintenance", "2m")
        assert plan.dose.target_on == date(2026, 12, 6)
        assert plan.dose.due_on == date(2026, 12, 7)

    def test_leaves_a_dose_in_the_past_that_is_late(self) -> None:
        plan = make_maintenance_plan(
            make_patient(make_clinic()), date(2026, 6, 23), interval="4w"
        )

        assert plan.dose.due_on == date(2026, 7, 21)

    def test_needs_an_injection_to_count_from(self) -> None:
        plan = make_plan(make_patient(make_clinic()))

        with pytest.raises(Refused, match="Record the last injection first"):
            schedules.actions.transfer_in(
                plan=plan,
                protocol=newest("MAINTENANCE_ONLY"),
                interval=TWO_MONTHS,
                decision=decided("established_elsewhere"),
            )


class TestRecordInjection:
    def test_moves_the_future_and_tells_where(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada)

        recorded = schedules.actions.record_injection(
            patient=ada,
            given_at=NOON,
            given_on=FRIDAY,
            details={"dose_mg": 1},
            now=NOON,
            by=system(),
        )

        assert recorded.moved.dose_before == FRIDAY
        assert recorded.moved.dose_after == MONDAY
        assert Dose.objects.get(plan=plan).ordinal == 2
        assert (recorded.injection.ordinal, recorded.injection.answered_due_on) == (
            1,
            FRIDAY,
        )
        assert recorded.injection.covered_until == MONDAY

    def test_refuses_a_second_one_on_the_day(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)
        give(ada, FRIDAY)

        with pytest.raises(Refused, match="20 November 2026 is recorded") as refusal:
            give(ada, FRIDAY)
        assert refusal.value.code == "same_day_duplicate"
        assert Injection.objects.count() == 1

    def test_lets_one_that_failed_be_repeated(self) -> None:
        ada = make_patient(make_clinic())
        make_loading_plan(ada)
        give(ada, FRIDAY, outcome=Injection.Outcome.FAILED)

        assert give(ada, FRIDAY).ordinal == 1

    @pytest.mark.parametrize(
        ("on", "reason"),
        [
            pytest.param(date(2026, 11, 21), "in the future", id="tomorrow"),
            pytest.param(date(1975, 12, 9), "before birth", id="before birth"),
        ],
    )
    def test_refuses_an_impossible_day(self, on: date, reason: str) -> None:
        with pytest.raises(Refused, match=reason):
            give(make_patient(make_clinic()), on, now=NOON, given_at=None)

    def test_keeps_one_that_no_plan_asked_for(self) -> None:
        injection = give(make_patient(make_clinic()), FRIDAY)

        assert injection.plan is None

    def test_does_not_count_one_from_elsewhere_until_it_is_accepted(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_maintenance_plan(ada, date(2026, 9, 1))
        due_on = plan.dose.due_on
        elsewhere = give(ada, FRIDAY, source=Injection.Source.UNVERIFIED, given_at=None)
        assert Dose.objects.get(plan=plan).due_on == due_on

        schedules.actions.accept_injection(injection=elsewhere, now=NOON, by=system())

        assert Dose.objects.get(plan=plan).due_on == date(2027, 1, 20)

    def test_is_kept_out_by_nothing_that_nobody_accepted(self) -> None:
        ada = make_patient(make_clinic())
        make_maintenance_plan(ada, date(2026, 9, 1))
        elsewhere = give(ada, FRIDAY, source=Injection.Source.UNVERIFIED, given_at=None)

        give(ada, FRIDAY)

        with pytest.raises(Refused, match="is recorded already"):
            schedules.actions.accept_injection(
                injection=elsewhere, now=NOON, by=system()
            )


class TestVoidInjection:
    def test_moves_the_future_back(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada)
        before = Dose.objects.filter(plan=plan).values().get()
        injection = give(ada, FRIDAY)

        undone = schedules.actions.void_injection(
            injection=injection, reason="wrong patient", now=NOON, by=system()
        )

        assert (undone.moved.dose_before, undone.moved.dose_after) == (MONDAY, FRIDAY)
        assert Dose.objects.filter(plan=plan).values().get() == before
        assert undone.injection.ordinal is None

    def test_needs_a_reason_and_happens_once(self) -> None:
        injection = give(make_patient(make_clinic()), FRIDAY)
        undo = {"injection": injection, "now": NOON, "by": system()}

        with pytest.raises(Refused, match="Say why"):
            schedules.actions.void_injection(reason="  ", **undo)
        schedules.actions.void_injection(reason="wrong patient", **undo)
        with pytest.raises(Refused, match="taken back before"):
            schedules.actions.void_injection(reason="again", **undo)


class TestToMaintenance:
    def test_counts_from_the_last_loading_injection(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada)
        give(ada, FRIDAY)
        make_assessment(ada)

        moved = schedules.actions.to_maintenance(
            plan=plan, interval=TWO_MONTHS, decision=decided("plateau", note="flat")
        )

        assert moved.dose_after == date(2027, 1, 20)

    @pytest.mark.parametrize("reason", ["auto_plateau", "max_doses_reached", ""])
    def test_wants_a_true_reason(self, reason: str) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        with pytest.raises(Refused, match="Choose one of the reasons"):
            schedules.actions.to_maintenance(
                plan=plan, interval=TWO_MONTHS, decision=decided(reason)
            )


class TestReload:
    def test_by_another_protocol_leaves_the_first_course_as_it_was(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_plan(ada, neurological="no")
        schedules.actions.start_plan(
            plan=plan,
            protocol=newest("NON_NEURO_3W2"),
            neurological="no",
            start_on=TODAY,
            decision=decided("deficiency"),
            answers=ANSWERED,
        )
        days = [20, 23, 25, 27, 30]
        for day in days:
            give(ada, date(2026, 11, day))
        sixth = give(ada, date(2026, 12, 2))
        plan.refresh_from_db()
        assert plan.phase == "maintenance"

        moved = schedules.actions.reload(
            plan=plan,
            start_on=date(2027, 1, 4),
            protocol=newest("NEURO_ALT"),
            decision=decided("relapse", note="numb again", now=later(date(2027, 1, 4))),
        )

        assert moved.dose_after == date(2027, 1, 4)
        plan.refresh_from_db()
        assert (plan.phase, plan.episode) == ("loading", 2)
        sixth.refresh_from_db()
        assert (sixth.episode, sixth.ordinal) == (1, 6)

    def test_of_somebody_loaded_elsewhere_needs_a_protocol(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))

        with pytest.raises(Refused, match="no loading to start with") as refusal:
            schedules.actions.reload(
                plan=plan, start_on=TODAY, decision=decided("relapse")
            )
        assert refusal.value.field == "protocol"


class TestPauseAndResume:
    def test_leave_nothing_due_meanwhile(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))
        due_on = plan.dose.due_on

        schedules.actions.pause(
            plan=plan,
            review_on=TODAY + timedelta(days=30),
            decision=decided("hospital"),
        )
        assert not Dose.objects.exists()
        assert not Panel.objects.exists()

        moved = schedules.actions.resume(plan=plan, decision=decided("pause_over"))
        assert moved.dose_after == due_on

    @pytest.mark.parametrize(
        ("days", "role", "refused"),
        [
            pytest.param(7, "nurse", False, id="a nurse, for a week"),
            pytest.param(8, "nurse", True, id="a nurse, for longer"),
            pytest.param(90, "prescriber", False, id="a prescriber, for 90 days"),
            pytest.param(91, "prescriber", True, id="a prescriber, for longer"),
            pytest.param(0, "prescriber", True, id="no time at all"),
        ],
    )
    def test_are_bounded(self, days: int, role: str, refused: bool) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))
        act = {
            "plan": plan,
            "review_on": TODAY + timedelta(days=days),
            "decision": decided("hospital", role=role),
        }

        if refused:
            with pytest.raises(Refused):
                schedules.actions.pause(**act)
        else:
            assert schedules.actions.pause(**act).dose_after is None

    def test_cannot_be_stretched_by_dating_them_back(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))
        in_a_month = {"now": later(date(2026, 12, 20))}

        with pytest.raises(Refused, match="at most 7 days away"):
            schedules.actions.pause(
                plan=plan,
                review_on=date(2026, 12, 24),
                decision=decided("hospital", on=TODAY, **in_a_month),
            )
        with pytest.raises(Refused, match="Only a prescriber can date"):
            schedules.actions.pause(
                plan=plan,
                review_on=date(2026, 12, 21),
                decision=decided(
                    "hospital", role="nurse", on=date(2026, 12, 19), **in_a_month
                ),
            )


class TestClosePlan:
    @pytest.mark.proves("S08", "R35")
    @pytest.mark.parametrize("reason", ["labs_normal", "b12_high", "levels_in_range"])
    def test_never_for_a_laboratory_value(self, reason: str) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        with pytest.raises(Stopped, match=r"Rule S08.*Nobody may go on"):
            schedules.actions.close_plan(plan=plan, decision=decided(reason))

    def test_leaves_nothing_due(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        moved = schedules.actions.close_plan(
            plan=plan, decision=decided("transferred_out")
        )

        assert moved.dose_after is None
        assert not Plan.objects.open().exists()

    def test_can_be_reopened_in_work_up(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))
        schedules.actions.close_plan(plan=plan, decision=decided("transferred_out"))

        schedules.actions.reopen(plan=plan, decision=decided("returned"))

        plan.refresh_from_db()
        assert plan.phase == "workup"


class TestAnswerNeurological:
    @pytest.mark.proves("R11")
    def test_is_taken_back_by_a_prescriber_only(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        def answer(said: str, role: str) -> str:
            schedules.actions.answer_neurological(
                plan=plan, answer=said, role=role, now=NOON, by=system()
            )
            plan.refresh_from_db()
            return plan.neurological

        assert answer("yes", "nurse") == "yes"
        with pytest.raises(Refused, match="only a prescriber takes back") as refused:
            answer("no", "nurse")
        assert refused.value.code == "role"
        assert answer("no", "prescriber") == "no"


class TestRecordDeath:
    @pytest.mark.parametrize(
        "on",
        [
            pytest.param(TODAY, id="today"),
            pytest.param(None, id="on a day nobody knows"),
        ],
    )
    def test_closes_the_plan(self, on: date | None) -> None:
        ada = make_patient(make_clinic())
        plan = make_maintenance_plan(ada, date(2026, 10, 6))

        schedules.actions.record_death(
            patient=ada, on=on, role="prescriber", now=NOON, by=system()
        )

        plan.refresh_from_db()
        ada.refresh_from_db()
        assert (ada.is_deceased, ada.deceased_on) == (True, on)
        assert plan.phase == "closed"
        assert not Dose.objects.exists()

    def test_closes_a_plan_that_was_opened_later(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_plan(ada)

        schedules.actions.record_death(
            patient=ada, on=date(2026, 9, 3), role="prescriber", now=NOON, by=system()
        )

        plan.refresh_from_db()
        assert plan.phase == "closed"

    def test_lies_after_no_injection(self) -> None:
        ada = make_patient(make_clinic())
        make_maintenance_plan(ada, date(2026, 10, 6))

        with pytest.raises(Refused, match="on 6 October 2026 is recorded, after that"):
            schedules.actions.record_death(
                patient=ada,
                on=date(2026, 10, 5),
                role="prescriber",
                now=NOON,
                by=system(),
            )

        ada.refresh_from_db()
        assert not ada.is_deceased


class TestRecordResult:
    def test_answers_the_panel(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_maintenance_plan(ada, date(2026, 10, 6))
        due_on = plan.panel.due_on
        now = later(due_on)

        for test, value, unit in (("b12", 500, "ng/L"), ("haemoglobin", 130, "g/L")):
            _, moved = schedules.actions.record_result(
                patient=ada,
                test=test,
                value=Decimal(value),
                unit=unit,
                drawn_on=due_on,
                now=now,
                by=system(),
            )

        assert moved is not None
        assert moved.panel_before == due_on
        assert moved.panel_after is not None
        assert moved.panel_after > due_on

    def test_of_somebody_without_a_plan_moves_nothing(self) -> None:
        _, moved = schedules.actions.record_result(
            patient=make_patient(make_clinic()),
            test="b12",
            value=Decimal(180),
            unit="ng/L",
            drawn_on=TODAY,
            now=NOON,
            by=system(),
        )

        assert moved is None


class TestCheckPlans:
    def test_finds_nothing_where_nothing_is_wrong(self) -> None:
        make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))
        make_loading_plan(make_patient(make_clinic()))

        assert schedules.actions.check_plans(now=NOON) == []

    def test_finds_and_mends_a_dose_that_was_lost(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))
        before = Dose.objects.filter(plan=plan).values().get()
        Dose.objects.filter(plan=plan).delete()

        (difference,) = schedules.actions.check_plans(now=NOON)

        assert difference.plan == plan
        assert difference.stored[1] is None
        assert Dose.objects.filter(plan=plan).values().get() == before
        assert schedules.actions.check_plans(now=NOON) == []

    def test_finds_a_dose_that_was_moved(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))
        Dose.objects.filter(plan=plan).update(due_on=date(2027, 6, 1))

        assert len(schedules.actions.check_plans(now=NOON)) == 1
        assert Dose.objects.get(plan=plan).due_on == date(2026, 12, 7)

    def test_takes_no_offence_at_the_passing_of_time(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 10, 6))
        panel = Panel.objects.get(plan=plan).number

        in_a_year = NOON + timedelta(days=365)

        assert schedules.actions.check_plans(now=in_a_year) == []
        assert Panel.objects.get(plan=plan).number > panel

    def test_looks_at_everybody_though_one_plan_cannot_be_replayed(self) -> None:
        broken = make_loading_plan(make_patient(make_clinic()))
        mended = make_loading_plan(make_patient(make_clinic()))
        PlanEvent.objects.create(
            plan=broken,
            kind="reopened",
            on=TODAY,
            decided_at=NOON,
            decided_by=system(),
        )
        Dose.objects.filter(plan=mended).update(due_on=date(2027, 6, 1))

        found = schedules.actions.check_plans(now=NOON)

        assert [str(difference) for difference in found] == [
            f"plan {broken.pk} cannot be replayed: ImpossibleHistory",
            f"plan {mended.pk} was stored wrong, and is mended",
        ]


class TestReplayClinic:
    def test_moves_what_fell_on_a_day_that_closed(self) -> None:
        clinic = make_clinic()
        plan = make_maintenance_plan(make_patient(clinic), date(2026, 10, 7))
        assert plan.dose.due_on == date(2026, 12, 7)
        clinic.calendar_days.create(
            on=date(2026, 12, 7), kind="closure", reason="audit"
        )

        moved = schedules.actions.replay_clinic(clinic=clinic, today=TODAY)

        assert moved == 1
        assert Dose.objects.get(plan=plan).due_on == date(2026, 12, 8)


class TestDecisions:
    def test_are_written_down_with_who_and_why(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        event = PlanEvent.objects.get(plan=plan, kind="started")

        assert (event.reason, event.decided_by, event.on) == (
            "deficiency",
            system(),
            TODAY,
        )

    def test_never_lie_before_the_plan(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        with pytest.raises(Refused, match="not yet open on that day"):
            schedules.actions.close_plan(
                plan=plan,
                decision=decided("transferred_out", on=date(2026, 11, 19)),
            )

    def test_never_lie_ahead(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))

        with pytest.raises(Refused, match="cannot lie in the future"):
            schedules.actions.close_plan(
                plan=plan, decision=decided("transferred_out", on=MONDAY)
            )
