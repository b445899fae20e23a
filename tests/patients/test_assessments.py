"""Keeping assessments: what is refused, what stands, and what nobody can change."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

import patients.actions
from patients.known_assessments import assessed_of
from patients.models import Assessment
from patients.refusals import Refused
from tests.factories import (
    NOON,
    TODAY,
    make_assessment,
    make_clinic,
    make_patient,
    system,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


class TestRecordAssessment:
    def refusal(self, on: date = TODAY, **details: Any) -> tuple[str, str]:
        with pytest.raises(Refused) as refused:
            make_assessment(make_patient(make_clinic()), on, details)
        assert not Assessment.objects.exists()
        return refused.value.field, refused.value.reason

    def test_refuses_what_nobody_can_have_said(self) -> None:
        assert self.refusal(scores={"tremor": 11})[0] == "scores"
        assert self.refusal(pgic=8)[0] == "pgic"
        assert self.refusal(red_flags=["dragons"])[0] == "red_flags"

    def test_refuses_a_day_before_birth(self) -> None:
        assert self.refusal(date(1975, 12, 9)) == (
            "assessed_on",
            "The symptoms were assessed between birth and today.",
        )

    def test_refuses_a_day_ahead(self) -> None:
        ada = make_patient(make_clinic())

        with pytest.raises(Refused, match="between birth and today"):
            patients.actions.record_assessment(
                patient=ada,
                assessed_on=TODAY + DAY,
                details={"scores": {"tremor": 4}},
                now=NOON,
                by=system(),
            )

    def test_refuses_a_day_after_death(self) -> None:
        ada = make_patient(make_clinic())
        patients.actions.mark_deceased(
            patient=ada, on=TODAY - DAY, today=TODAY, by=system()
        )

        make_assessment(ada, TODAY - DAY)
        with pytest.raises(Refused, match="had died by that day"):
            make_assessment(ada, TODAY)


class TestVoidAssessment:
    def test_takes_it_back_once_and_with_a_reason(self) -> None:
        wrong = make_assessment(make_patient(make_clinic()))

        def void(reason: str) -> None:
            patients.actions.void_assessment(
                assessment=wrong, reason=reason, now=NOON, by=system()
            )

        with pytest.raises(Refused, match="Say why"):
            void(" ")
        void("wrong patient ")
        with pytest.raises(Refused, match="taken back before"):
            void("again")

        wrong.refresh_from_db()
        assert (wrong.voided_at, wrong.void_reason) == (NOON, "wrong patient")


class TestAssessedOf:
    def test_tells_what_stands_up_to_a_day_the_earliest_first(self) -> None:
        ada = make_patient(make_clinic())
        make_assessment(ada, TODAY, tremor=2)
        make_assessment(ada, TODAY - 7 * DAY, {"red_flags": ["vision"]}, tremor=6)
        make_assessment(ada, TODAY, gait=3)
        wrong = make_assessment(ada, TODAY - DAY)
        make_assessment(make_patient(ada.clinic))
        patients.actions.void_assessment(
            assessment=wrong, reason="wrong patient", now=NOON, by=system()
        )

        told = assessed_of(ada, on=TODAY)

        assert [(each.on, dict(each.scores)) for each in told] == [
            (TODAY - 7 * DAY, {"tremor": 6}),
            (TODAY, {"tremor": 2}),
            (TODAY, {"gait": 3}),
        ]
        assert (told[0].red_flags, told[0].pgic) == ({"vision"}, 4)
        assert len(assessed_of(ada, on=TODAY - DAY)) == 1


class TestTheDatabase:
    def refused(self, act: Any) -> str:
        with pytest.raises(DatabaseError) as refusal, transaction.atomic():
            act()
        return str(refusal.value)

    def test_keeps_an_assessment_as_it_was_and_with_its_clinic(self) -> None:
        kept = make_assessment(make_patient(make_clinic()))
        change = Assessment.objects.filter(pk=kept.pk).update

        assert "only_grows" in self.refused(lambda: change(scores={"tremor": 0}))
        assert "only_grows" in self.refused(lambda: change(pgic=1))
        assert "only_grows" in self.refused(kept.delete)
        elsewhere = make_clinic()
        assert self.refused(lambda: change(clinic=elsewhere))

    def test_refuses_a_change_that_is_none_of_the_seven(self) -> None:
        ada = make_patient(make_clinic())
        row = Assessment(
            patient=ada,
            clinic=ada.clinic,
            assessed_on=TODAY,
            pgic=0,
            recorded_at=NOON,
            recorded_by=system(),
        )

        with pytest.raises(IntegrityError, match="global_change_is_from_1_to_7"):
            row.save()
        assert str(row) == "assessment of 2026-11-20"
