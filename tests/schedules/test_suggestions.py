"""What symptoms suggest about a plan, asked before its phase changes (T4, T7)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

import schedules.actions
from patients.models import Patient
from patients.refusals import Refused
from schedules import reading
from schedules.asking import Occasion
from schedules.intervals import Interval
from schedules.known_symptoms import SymptomsNow, symptoms_of
from schedules.models import Plan, SuggestionAnswer
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
)

pytestmark = pytest.mark.django_db

TWO_MONTHS = Interval.parse("2m")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def make_flat_plan(patient: Patient) -> Plan:
    """Return a plan loaded for five weeks, the last three without further gain."""
    plan = make_plan(patient)
    began = NOON - timedelta(days=35)
    schedules.actions.start_plan(
        plan=plan,
        protocol=newest("NEURO_ALT"),
        neurological="yes",
        start_on=began.date(),
        decision=decided("deficiency", now=began),
        answers=ANSWERED,
    )
    for days, tremor in ((35, 6), (21, 3), (7, 3), (2, 3)):
        make_assessment(patient, ago(days), tremor=tremor)
        give(patient, ago(days))
    for days in (33, 30, 28):
        give(patient, ago(days))
    plan.refresh_from_db()
    return plan


def known(plan: Plan, today: date = TODAY) -> SymptomsNow:
    return symptoms_of(plan, reading.forecast_of(plan, today=today), today=today)


def to_maintenance(plan: Plan, reason: str = "plateau", **more: Any) -> None:
    schedules.actions.to_maintenance(
        plan=plan, interval=TWO_MONTHS, decision=decided(reason, **more)
    )
    plan.refresh_from_db()


@pytest.mark.proves("T4", "R42")
class TestToMaintenance:
    def test_needs_an_assessment_of_the_last_seven_days(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada, TODAY)
        make_assessment(ada, ago(8))

        with pytest.raises(Refused, match="Assess the symptoms first") as refusal:
            to_maintenance(plan, note="no change")
        assert (refusal.value.field, refusal.value.code) == ("", "assessment")

        make_assessment(ada, ago(7))
        with pytest.raises(Refused, match="do not suggest a plateau") as refusal:
            to_maintenance(plan)
        assert (refusal.value.field, refusal.value.code) == ("note", "note")
        to_maintenance(plan, note="advice of a neurologist")

        assert plan.phase == "maintenance"
        assert not SuggestionAnswer.objects.exists()

    def test_takes_up_what_is_suggested(self) -> None:
        plan = make_flat_plan(make_patient(make_clinic()))

        assert known(plan).speaking == ("PLATEAU_SUGGESTED",)
        to_maintenance(plan)

        answer = SuggestionAnswer.objects.get()
        assert (answer.code, answer.answer) == ("PLATEAU_SUGGESTED", "accepted")
        assert (answer.rule, answer.answered_at) == ("R23 v1", NOON)
        assert str(answer) == "PLATEAU_SUGGESTED accepted"
        assert known(plan).suggestions == ()

    def test_asks_nothing_where_no_nerve_is_affected(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))
        schedules.actions.answer_neurological(
            plan=plan, answer="no", role="prescriber", now=NOON, by=plan.opened_by
        )

        to_maintenance(plan)

        assert plan.phase == "maintenance"


@pytest.mark.proves("T7")
class TestReload:
    def test_needs_an_assessment_or_words(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_maintenance_plan(ada, ago(30))

        def reload(note: str = "") -> None:
            schedules.actions.reload(
                plan=plan,
                start_on=TODAY,
                protocol=newest("NEURO_ALT"),
                decision=decided("relapse", note=note),
            )

        with pytest.raises(Refused, match="say in the note why") as refusal:
            reload(note=" ")
        assert refusal.value.field == "note"
        make_assessment(ada, ago(1))
        reload()

        plan.refresh_from_db()
        assert (plan.phase, plan.episode) == ("loading", 2)


@pytest.mark.proves("R23")
class TestDismissSuggestion:
    def dismiss(self, plan: Plan, code: str = "PLATEAU_SUGGESTED", **more: Any) -> None:
        details = {"note": "still better each week"} | more
        schedules.actions.dismiss_suggestion(
            plan=plan, code=code, decision=decided(**details)
        )

    def test_keeps_it_quiet_for_fourteen_days(self) -> None:
        plan = make_flat_plan(make_patient(make_clinic()))

        self.dismiss(plan)

        answer = SuggestionAnswer.objects.get()
        assert (answer.answer, answer.reason) == ("dismissed", "still better each week")
        now = known(plan)
        assert (now.suggestions, now.speaking) == (("PLATEAU_SUGGESTED",), ())
        assert "PLATEAU_SUGGESTED" in known(plan, TODAY + timedelta(days=13)).quiet
        assert known(plan, TODAY + timedelta(days=14)).quiet == frozenset()

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            pytest.param({"note": " "}, "reason", id="no reason"),
            pytest.param({"role": "nurse"}, "", id="a nurse"),
            pytest.param({"code": "RESOLVED_SUGGESTED"}, "code", id="another"),
            pytest.param({"code": "RED_FLAG"}, "code", id="what is no suggestion"),
        ],
    )
    def test_refuses(self, more: dict[str, str], field: str) -> None:
        plan = make_flat_plan(make_patient(make_clinic()))

        with pytest.raises(Refused) as refusal:
            self.dismiss(plan, **more)
        assert refusal.value.field == field

    def test_refuses_what_was_dismissed_and_lets_nobody_change_it(self) -> None:
        plan = make_flat_plan(make_patient(make_clinic()))
        self.dismiss(plan)

        with pytest.raises(Refused, match="not suggested now"):
            self.dismiss(plan)
        rows = SuggestionAnswer.objects.of(plan.clinic)
        for act in (rows.delete, lambda: rows.update(reason="")):
            with pytest.raises(DatabaseError), transaction.atomic():
                act()


@pytest.mark.proves("T4")
class TestNeuroEmerged:
    def test_holds_a_fixed_course_until_the_assessment_is_taken_back(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_plan(ada, neurological="no")
        began = NOON - timedelta(days=14)
        schedules.actions.start_plan(
            plan=plan,
            protocol=newest("NON_NEURO_3W2"),
            neurological="no",
            start_on=began.date(),
            decision=decided("deficiency", now=began),
            answers=ANSWERED,
        )
        for days in (14, 11, 9, 7, 4):
            give(ada, ago(days))
        emerged = make_assessment(ada, ago(4), gait=3)
        give(ada, ago(2))
        plan.refresh_from_db()

        assert plan.phase == "loading"
        assert "NEURO_EMERGED" in reading.forecast_of(plan, today=TODAY).flags
        with pytest.raises(Refused, match="do not suggest a plateau"):
            to_maintenance(plan, "course_complete")
        moved = schedules.actions.void_assessment(
            assessment=emerged, reason="wrong patient", now=NOON, by=plan.opened_by
        )

        assert moved is not None
        plan.refresh_from_db()
        assert plan.phase == "maintenance"


@pytest.mark.proves("R43")
class TestAsked:
    def test_follows_the_plan(self) -> None:
        ada = make_patient(make_clinic())
        plan = make_loading_plan(ada)

        assert known(plan).asked is Occasion.BASELINE
        make_assessment(ada, TODAY)
        assert known(plan).asked is None
        give(ada, TODAY)
        tomorrow = TODAY + timedelta(days=1)
        assert known(plan, tomorrow).asked is None
        assert known(plan, TODAY + timedelta(days=7)).asked is Occasion.WEEKLY
