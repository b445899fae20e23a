"""Protocols in the database: loaded, reviewed, followed, and moved on from."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

import schedules.actions
from patients.models import Clinic, Membership
from patients.refusals import Refused
from schedules import library, reading
from schedules.models import Protocol, ProtocolReview
from schedules.phases import Phase
from schedules.reviewing import Step
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
    newest,
    system,
)
from tests.tracker.api.conftest import Program

pytestmark = pytest.mark.django_db
Role = Membership.Role


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


def later(code: str, version: int = 3, **changes: Any) -> Protocol:
    """Take a newer version of a protocol from a file that says something else."""
    content = newest(code).content | {"version": version} | changes
    return library.take(json.loads(json.dumps(content)), using="default")


def review(protocol: Protocol, clinic: Clinic, step: Step, **said: Any) -> Any:
    details = {"note": "", "role": "clinical_lead", "now": NOON, "by": system()}
    return schedules.actions.review_protocol(
        protocol=protocol, clinic=clinic, step=step, **(details | said)
    )


class TestLibrary:
    def test_changes_no_version_that_is_there(self, clinic: Clinic) -> None:
        followed = newest("NEURO_ALT")
        changed = followed.content | {"title": "Another"}

        with pytest.raises(library.ProtocolChangedUnderItsVersion):
            library.take(changed, using="default")
        library.load_protocols(using="default")

        followed.refresh_from_db()
        assert followed.content["title"] != "Another"
        assert Protocol.objects.filter(code="NEURO_ALT").count() == 2


@pytest.mark.proves("R45")
class TestReview:
    def test_is_each_clinics_own(self, clinic: Clinic) -> None:
        protocol, other = newest("NEURO_ALT"), make_clinic()
        make_loading_plan(make_patient(clinic))

        review(protocol, clinic, Step.SUBMITTED, role="prescriber")
        assert not protocol.is_approved_in(clinic)
        assert clinic.plans.unapproved().exists()
        review(protocol, clinic, Step.APPROVED)

        assert protocol.is_approved_in(clinic)
        assert not protocol.is_approved_in(other)
        assert not clinic.plans.unapproved().exists()
        review(protocol, clinic, Step.SENT_BACK, note="the windows")
        assert not protocol.is_approved_in(clinic)
        steps = [each.step for each in protocol.reviews_in(clinic)]
        assert steps == ["submitted", "approved", "sent_back"]

    @pytest.mark.parametrize(
        ("step", "said", "field"),
        [
            pytest.param(Step.APPROVED, {}, "step", id="what does not follow"),
            pytest.param(Step.SUBMITTED, {"role": "nurse"}, "", id="by a nurse"),
        ],
    )
    def test_refuses(
        self, clinic: Clinic, step: Step, said: dict[str, Any], field: str
    ) -> None:
        with pytest.raises(Refused) as refused:
            review(newest("NEURO_ALT"), clinic, step, **said)

        assert refused.value.field == field

    def test_sends_nothing_back_without_a_reason_and_forgets_nothing(
        self, clinic: Clinic
    ) -> None:
        protocol = newest("NEURO_ALT")
        review(protocol, clinic, Step.SUBMITTED)

        with pytest.raises(Refused, match="Say why"):
            review(protocol, clinic, Step.SENT_BACK, note=" ")
        with pytest.raises(IntegrityError), transaction.atomic():
            ProtocolReview.objects.update(step="approved")

    def test_is_taken_on_the_page(self, clinic: Clinic) -> None:
        protocol = newest("NON_NEURO_3W2")
        where = reverse("protocol", args=[protocol.pk])
        lead = enter(clinic, Role.CLINICAL_LEAD)

        before = enter(clinic).get(where).content.decode()
        first = lead.post(where, {"step": "submitted"})
        wrong = lead.post(where, {"step": "sent_back"})
        second = lead.post(where, {"step": "approved", "note": "read with the team"})

        assert "not clinically approved" in before
        assert "Record the step" not in before
        assert "At most 3 in any 7 days." in before
        assert "Loading: 6 injections, every 2 days." in before
        assert told(first) == ["Submitted for review."]
        assert refusals(wrong) == {"note": ["Say why the protocol is sent back."]}
        assert told(second) == ["Approved."]
        assert "read with the team" in lead.get(where).content.decode()
        listed = lead.get(reverse("protocols")).content.decode()
        assert listed.count("not clinically approved") == Protocol.objects.count() - 1

    def test_is_taken_through_the_api(self, clinic: Clinic) -> None:
        lead = Program(make_staff(clinic, Role.CLINICAL_LEAD))
        nurse = Program(make_staff(clinic))

        shown = nurse.get("protocols/NEURO_ALT.v2/")
        nurse.post("protocols/NEURO_ALT.v2/review/", 403, step="submitted")
        lead.post("protocols/NEURO_ALT.v2/review/", step="submitted")
        stands = lead.post("protocols/NEURO_ALT.v2/review/", step="approved")

        assert shown["regimen"][2].startswith("Loading: every 2 days, without a fixed")
        assert (stands["standing"], stands["is_clinically_approved"]) == (
            "approved",
            True,
        )
        assert nurse.get("protocols/NEURO_ALT.v2/reviews/") == stands
        nurse.get("protocols/NEURO_ALT.v9/", 404)
        nurse.get("protocols/nothing/", 404)


class TestChangeProtocol:
    LAST = date(2026, 10, 7)

    def test_moves_what_comes_and_leaves_what_was(self, clinic: Clinic) -> None:
        """2-monthly as the protocol says; the newer version says monthly."""
        ada = make_patient(clinic)
        plan = make_maintenance_plan(ada, self.LAST)
        before = plan.protocol
        monthly = later("MAINTENANCE_ONLY", maintenance={"interval": "1m"})

        moved = schedules.actions.change_protocol(
            plan=plan, protocol=monthly, decision=decided("newer_version")
        )

        plan.refresh_from_db()
        assert (plan.protocol, plan.interval) == (monthly, "1m")
        # A month after the last injection has passed: due on the day of the decision.
        assert (moved.dose_before, moved.dose_after) == (date(2026, 12, 7), TODAY)
        assert before is not None
        events = {e.kind: e.protocol_id for e in plan.events.all()}
        assert events["transferred_in"] == before.pk
        assert events["protocol_changed"] == monthly.pk
        yesterday = reading.forecast_of(plan, today=TODAY - timedelta(days=1))
        assert yesterday.phase is Phase.WORKUP

    def test_keeps_an_interval_that_was_ordered(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), self.LAST, "3m")
        monthly = later("MAINTENANCE_ONLY", maintenance={"interval": "1m"})

        moved = schedules.actions.change_protocol(
            plan=plan, protocol=monthly, decision=decided("newer_version")
        )

        plan.refresh_from_db()
        assert plan.interval == "3m"
        assert moved.dose_before == moved.dose_after == date(2027, 1, 7)

    def test_changes_the_pace_of_loading_from_today_on(self, clinic: Clinic) -> None:
        ada = make_patient(clinic)
        plan = make_loading_plan(ada, date(2026, 11, 20))
        injection = give(ada, TODAY)
        loading = {"step_days": 4, "count": None, "cap_per_7d": None}
        slower = later("NEURO_ALT", loading=loading)

        moved = schedules.actions.change_protocol(
            plan=plan, protocol=slower, decision=decided("specialist_advice")
        )

        assert moved.dose_before == date(2026, 11, 23)
        assert moved.dose_after == date(2026, 11, 24)
        injection.refresh_from_db()
        assert injection.answered_due_on == TODAY

    def test_can_be_taken_back(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), self.LAST)
        before = plan.protocol
        monthly = later("MAINTENANCE_ONLY", maintenance={"interval": "1m"})
        schedules.actions.change_protocol(
            plan=plan, protocol=monthly, decision=decided("newer_version")
        )

        schedules.actions.take_back(
            event=plan.events.latest("pk"),
            reason="not yet",
            role="prescriber",
            now=NOON,
            by=system(),
        )

        plan.refresh_from_db()
        assert (plan.protocol, plan.interval) == (before, "2m")

    def test_refuses_what_is_no_newer_version(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), self.LAST)
        mine = plan.protocol
        assert mine is not None

        for other in (mine, newest("NEURO_ALT"), Protocol.objects.earliest("pk")):
            with pytest.raises(Refused, match="no newer version"):
                schedules.actions.change_protocol(
                    plan=plan, protocol=other, decision=decided("newer_version")
                )

    def test_is_offered_on_the_chart_and_asked_on_a_page(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), self.LAST)
        where = reverse("plan-decide", args=[plan.patient_id, "protocol_changed"])
        chart = reverse("patient", args=[plan.patient_id])
        client = enter(clinic, Role.PRESCRIBER)
        assert where not in client.get(chart).content.decode()
        monthly = later("MAINTENANCE_ONLY", maintenance={"interval": "1m"})

        assert where in client.get(chart).content.decode()
        asked = {"protocol": monthly.pk, "reason": "newer_version"}
        shown = client.post(f"{where}?preview=1", asked)
        plan.refresh_from_db()
        assert plan.protocol != monthly
        assert "20 Nov 2026" in shown.content.decode()
        done = client.post(where, asked)

        assert told(done) == ["Next dose: Fri 20 Nov 2026 (was Mon 7 Dec 2026)."]

    def test_is_a_decision_of_the_api(self, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), self.LAST)
        later("MAINTENANCE_ONLY", maintenance={"interval": "1m"})
        program = Program(make_staff(clinic, Role.PRESCRIBER))

        moved = program.post(
            f"plans/{plan.pk}/change-protocol/",
            200,
            protocol="MAINTENANCE_ONLY",
            reason="newer_version",
        )

        assert moved["dose_after"] == str(TODAY)
