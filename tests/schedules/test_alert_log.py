"""The log of alerts: what opened, closed and was acknowledged; nothing is lost."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

import schedules.actions
from patients.refusals import Refused
from schedules.models import AlertEntry, Injection, Plan
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
from tracker.dashboard.chart import chart_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
LONG_AGO = date(2026, 6, 1)


def log(plan: Plan, code: str) -> list[tuple[date, date | None, str]]:
    """Return when entries of a code opened and closed, and why, oldest first."""
    rows = AlertEntry.objects.filter(plan=plan, code=code).order_by("pk")
    return [(row.opened_on, row.closed_on, row.resolution) for row in rows]


def acknowledge(plan: Plan, code: str, about: str, days: int = 0) -> AlertEntry:
    return schedules.actions.acknowledge(
        plan=plan,
        code=code,
        about=about,
        note="called her",
        now=NOON + days * DAY,
        by=system(),
    )


def on_the_chart(plan: Plan, days: int = 0) -> list[str]:
    found = chart_of(plan.patient, role="nurse", today=TODAY + days * DAY).alerts
    return [alert.code for alert in found]


class TestReplay:
    def test_opens_what_speaks_from_the_day_on_which_it_does(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), LONG_AGO)

        [entry] = AlertEntry.objects.filter(plan=plan, code="GAP_OVER_TWO_INTERVALS")

        assert (entry.opened_on, entry.noticed_on) == (date(2026, 10, 1), TODAY)
        assert (entry.rule, entry.version, entry.severity) == ("2.8 v1", 1, "warn")
        assert entry.about == "since 2026-06-01"
        assert (entry.patient, entry.clinic) == (plan.patient, plan.clinic)
        assert log(plan, "LTFU_SUSPECTED") == [(date(2026, 10, 2), None, "")]

    def test_writes_nothing_the_second_time(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), LONG_AGO)
        before = list(AlertEntry.objects.filter(plan=plan).values())

        schedules.actions.replay(plan=plan, today=TODAY)
        schedules.actions.replay(plan=plan, today=TODAY)

        assert list(AlertEntry.objects.filter(plan=plan).values()) == before

    def test_closes_and_opens_again_when_history_changes(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), LONG_AGO)
        given = give(plan.patient, TODAY)
        closed = log(plan, "GAP_OVER_TWO_INTERVALS")

        schedules.actions.void_injection(
            injection=given, reason="wrong patient", now=NOON, by=system()
        )

        entry = (date(2026, 10, 1), TODAY, "facts_changed")
        assert closed == [entry]
        assert log(plan, "GAP_OVER_TWO_INTERVALS") == [
            entry,
            (date(2026, 10, 1), None, ""),
        ]

    def test_closes_all_with_the_plan(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), LONG_AGO)

        schedules.actions.close_plan(plan=plan, decision=decided("transferred_out"))

        reasons = AlertEntry.objects.filter(plan=plan).values_list("resolution")
        assert {reason for (reason,) in reasons} == {"plan_closed"}
        plan.refresh_from_db()
        assert plan.speaks == []

    def test_answers_a_question(self) -> None:
        plan = make_plan(make_patient(make_clinic()), neurological="unknown")
        asked = log(plan, "NEURO_UNANSWERED")

        schedules.actions.answer_neurological(
            plan=plan, answer="no", role="prescriber", now=NOON + DAY, by=system()
        )

        assert asked == [(TODAY, None, "")]
        assert log(plan, "NEURO_UNANSWERED") == [(TODAY, TODAY + DAY, "facts_changed")]


class TestTheNightlyCheck:
    def test_opens_and_closes_what_time_alone_does(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))
        give(plan.patient, TODAY)
        before = log(plan, "LOADING_REVIEW_14")

        differences = schedules.actions.check_plans(now=NOON + 15 * DAY)
        schedules.actions.check_plans(now=NOON + 30 * DAY)

        assert (before, differences) == ([], [])
        assert log(plan, "LOADING_REVIEW_14") == [
            (TODAY + 14 * DAY, TODAY + 21 * DAY, "time_passed")
        ]
        assert log(plan, "LOADING_REVIEW_21") == [(TODAY + 21 * DAY, None, "")]


class TestAcknowledge:
    ABOUT = "since 2026-06-01"

    def test_says_who_when_and_what(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), LONG_AGO)
        with pytest.raises(Refused, match="Say which"):
            acknowledge(plan, "GAP_OVER_TWO_INTERVALS", "")

        entry = acknowledge(plan, "GAP_OVER_TWO_INTERVALS", self.ABOUT)

        entry.refresh_from_db()
        assert (entry.acknowledged_at, entry.acknowledged_by) == (NOON, system())
        assert (entry.note, entry.closed_on) == ("called her", None)
        assert "GAP_OVER_TWO_INTERVALS" not in on_the_chart(plan)

    def test_holds_while_the_facts_are_the_same_and_no_longer(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), LONG_AGO)
        acknowledge(plan, "GAP_OVER_TWO_INTERVALS", self.ABOUT)
        given = give(plan.patient, TODAY)
        schedules.actions.void_injection(
            injection=given, reason="wrong patient", now=NOON, by=system()
        )
        same = on_the_chart(plan)
        give(plan.patient, TODAY)

        later = on_the_chart(plan, days=130)

        assert "GAP_OVER_TWO_INTERVALS" not in same
        assert "GAP_OVER_TWO_INTERVALS" in later

    def test_hears_what_time_opened_since_the_last_replay(self) -> None:
        plan = make_loading_plan(make_patient(make_clinic()))
        give(plan.patient, TODAY)

        entry = acknowledge(plan, "LOADING_REVIEW_14", f"course of {TODAY}", days=16)

        assert entry.opened_on == TODAY + 14 * DAY
        assert "LOADING_REVIEW_14" not in on_the_chart(plan, days=16)
        assert "LOADING_REVIEW_21" in on_the_chart(plan, days=21)

    def test_is_refused_where_nothing_speaks_or_a_fact_has_to_answer(self) -> None:
        plan = make_plan(make_patient(make_clinic()), neurological="unknown")

        for code, why in (
            ("CHILD", "silent"),
            ("NEURO_UNANSWERED", "by_answer"),
            ("RUBBISH", "by_answer"),
        ):
            with pytest.raises(Refused) as refused:
                acknowledge(plan, code, "")
            assert refused.value.code == why

    def test_is_refused_the_second_time(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), LONG_AGO)
        acknowledge(plan, "GAP_OVER_TWO_INTERVALS", self.ABOUT)

        with pytest.raises(Refused, match="already"):
            acknowledge(plan, "GAP_OVER_TWO_INTERVALS", self.ABOUT)

    def test_of_before_the_log_is_taken_for_what_it_was_about(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), LONG_AGO)
        rows = AlertEntry.objects.filter(plan=plan, code="GAP_OVER_TWO_INTERVALS")
        rows.update(
            about=AlertEntry.UNKNOWN, acknowledged_at=NOON, acknowledged_by=system()
        )

        schedules.actions.replay(plan=plan, today=TODAY)

        assert rows.get().about == self.ABOUT
        assert "GAP_OVER_TWO_INTERVALS" not in on_the_chart(plan)


class TestTheDatabase:
    def test_keeps_every_entry_as_it_was(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), LONG_AGO)
        entry = AlertEntry.objects.filter(plan=plan).earliest("pk")
        stranger = make_plan(make_patient(make_clinic()))

        for changes in ({"code": "X"}, {"opened_on": TODAY}, {"plan": stranger}):
            with pytest.raises(IntegrityError), transaction.atomic():
                AlertEntry.objects.filter(pk=entry.pk).update(**changes)
        with pytest.raises(IntegrityError), transaction.atomic():
            entry.delete()

    def test_knows_injections_of_before_a_plan(self) -> None:
        patient = make_patient(make_clinic())
        injection = give(
            patient, TODAY - DAY, batch="346A80", expires_on=TODAY - 30 * DAY
        )

        plan = make_plan(patient)

        assert log(plan, "EXPIRED_GIVEN") == [(TODAY - DAY, None, "")]
        assert on_the_chart(plan) == ["EXPIRED_GIVEN"]
        assert Injection.objects.get(pk=injection.pk).plan == plan
