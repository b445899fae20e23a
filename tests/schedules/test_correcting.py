"""Correcting an injection, by its action and through its doors."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

import schedules.actions
from patients.refusals import Refused
from schedules.actions import Recorded
from schedules.models import Injection, Plan
from tests.doors import enter, refusals, told
from tests.factories import (
    NOON,
    TODAY,
    decided,
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_staff,
    system,
)
from tests.tracker.api.conftest import Program
from tests.tracker.preview.test_middleware import asked

pytestmark = pytest.mark.django_db
YESTERDAY = date(2026, 11, 19)


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def wrong() -> Injection:
    """Give the injection of today, recorded for the wrong day."""
    plan = make_loading_plan(make_patient(make_clinic()), TODAY)
    return give(plan.patient, TODAY)


def correct(wrong: Injection, **changes: Any) -> Recorded:
    said = {
        "reason": "was yesterday",
        "given_at": datetime(2026, 11, 20, 9, tzinfo=UTC),
        "given_on": TODAY,
        "details": {"dose_mg": Decimal(1), "batch": "346A81"},
    }
    return schedules.actions.correct_injection(
        injection=wrong, now=NOON, by=system(), **(said | changes)
    )


class TestCorrectInjection:
    def test_takes_the_wrong_record_back_and_writes_the_right_one(
        self, wrong: Injection
    ) -> None:
        right = correct(wrong).injection

        wrong.refresh_from_db()
        assert (wrong.void_reason, wrong.voided_by) == ("was yesterday", system())
        assert wrong.ordinal is None
        assert (right.batch, right.ordinal, right.voided_at) == ("346A81", 1, None)
        assert right.plan_id == wrong.plan_id
        assert right.reasons == [
            {"code": "wanted", "text": "first injection wanted on Fri 20 Nov"}
        ]

    def test_tells_from_where_to_where_the_next_dose_moved(self) -> None:
        plan = make_maintenance_plan(make_patient(make_clinic()), date(2026, 9, 10))
        wrong = give(plan.patient, TODAY)  # due on the 10th, and ten days late

        moved = correct(wrong, given_on=YESTERDAY, given_at=None, details=_ELSEWHERE)

        assert moved.moved.dose_before == date(2027, 1, 20)
        assert moved.moved.dose_after == date(2026, 11, 10)

    def test_keeps_to_the_plan_that_was_closed_since(self, wrong: Injection) -> None:
        closing = decided("informed_refusal")
        schedules.actions.close_plan(plan=wrong.plan, decision=closing)
        later = make_loading_plan(wrong.patient)

        right = correct(wrong).injection

        assert right.plan_id == wrong.plan_id != later.pk
        assert Plan.objects.get(pk=later.pk).injections.count() == 0

    @pytest.mark.parametrize(
        ("changes", "reason"),
        [
            pytest.param(
                {"given_on": date(2026, 11, 21)},
                "The injection lies in the future.",
                id="tomorrow",
            ),
            pytest.param(
                {"reason": " "}, "Say why the injection is taken back.", id="no reason"
            ),
        ],
    )
    def test_leaves_the_record_where_the_right_one_is_refused(
        self, wrong: Injection, changes: dict[str, Any], reason: str
    ) -> None:
        with pytest.raises(Refused) as refused:
            correct(wrong, **changes)

        assert refused.value.reason == reason
        wrong.refresh_from_db()
        assert wrong.voided_at is None
        assert wrong.patient.injections.count() == 1


_ELSEWHERE = {"dose_mg": Decimal(1), "source": Injection.Source.UNVERIFIED}


class TestThePage:
    def test_begins_with_the_record_and_says_what_moved(self, wrong: Injection) -> None:
        client, where = (
            enter(wrong.clinic),
            reverse("injection-correct", args=[wrong.pk]),
        )
        form = client.get(where).context["form"]
        said = {name: form[name].value() for name in form.fields} | {
            "why": "half past nine",
            "given_time": "09:30",
        }
        said = {name: it for name, it in said.items() if it is not None}

        preview = asked(client, where, **said)
        response = client.post(where, said)

        assert "confirmed" not in form.fields
        assert b"No date would move" in preview.content
        assert told(response)[0].startswith("Corrected. Next dose: ")
        right = wrong.patient.injections.get(voided_at=None)
        assert right.given_at == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)

    def test_asks_what_was_wrong(self, wrong: Injection) -> None:
        where = reverse("injection-correct", args=[wrong.pk])

        response = enter(wrong.clinic).post(where, {"source": "here"})

        assert refusals(response)["why"] == ["Say what was wrong with the record."]


class TestTheApi:
    def test_corrects_in_one_step(self, wrong: Injection) -> None:
        nurse = Program(make_staff(wrong.clinic))
        said = {"given_at": "2026-11-20T09:00:00Z", "batch": "1", "reason": "typing"}

        right = nurse.post(f"injections/{wrong.pk}/correct/", 200, **said)["injection"]

        assert (right["batch"], right["ordinal"]) == ("1", 1)
        assert nurse.get(f"injections/{wrong.pk}/")["void_reason"] == "typing"
        assert nurse.refused("post", f"injections/{wrong.pk}/correct/", 400, **said)

    def test_keeps_what_was_accepted_accepted(self) -> None:
        ada = make_patient(make_clinic())
        wrong = give(ada, YESTERDAY, source=Injection.Source.ACCEPTED, given_at=None)
        said = {"given_on": "2026-11-18", "is_here": False, "reason": "a day earlier"}

        nurse = Program(make_staff(ada.clinic))
        right = nurse.post(f"injections/{wrong.pk}/correct/", 200, **said)["injection"]

        assert (right["source"], right["given_on"]) == ("accepted", "2026-11-18")
