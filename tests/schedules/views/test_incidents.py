"""What was given in spite of a rule, as a clinical lead sees it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.urls import reverse

import schedules.actions
from schedules.models import Injection
from tests.doors import Role, enter
from tests.factories import (
    NOON,
    TODAY,
    give,
    make_clinic,
    make_patient,
    make_plan,
    system,
)

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.mark.proves("S17")
class TestIncidents:
    def test_show_what_was_given_and_who_has_seen_it(self) -> None:
        clinic = make_clinic()
        plan = make_plan(make_patient(clinic, family_name="Hopper"))
        give(make_patient(clinic, family_name="Fine"), TODAY, batch="346A80")
        old = give(plan.patient, TODAY, batch="1", expires_on=TODAY - DAY)
        elsewhere = give(
            make_patient(clinic, family_name="Noether"),
            TODAY - DAY,
            expires_on=TODAY - 9 * DAY,
            source=Injection.Source.UNVERIFIED,
            given_at=None,
        )
        foreign = give(
            make_patient(make_clinic(), family_name="Curie"),
            TODAY,
            expires_on=TODAY - DAY,
        )
        schedules.actions.acknowledge(
            plan=plan,
            code="EXPIRED_GIVEN",
            about=f"injection {old.pk}",
            note="fridge emptied",
            now=NOON,
            by=system(),
        )

        page = enter(clinic, Role.CLINICAL_LEAD).get(reverse("incidents"))

        text = page.content.decode()
        found = {each.injection.pk for each in page.context["incidents"]}
        assert found == {old.pk, elsewhere.pk} - {foreign.pk}
        assert "Hopper" in text
        assert "fridge emptied" in text
        assert "not yet" in text
        assert "S17 v1" in text

    def test_are_for_the_lead_and_lose_what_is_taken_back(self) -> None:
        clinic = make_clinic()
        injection = give(make_patient(clinic), TODAY, expires_on=TODAY - DAY)
        schedules.actions.void_injection(
            injection=injection, reason="wrong patient", now=NOON, by=system()
        )

        lead = enter(clinic, Role.CLINICAL_LEAD).get(reverse("incidents"))
        prescriber = enter(clinic, Role.PRESCRIBER).get(reverse("incidents"))

        assert "There is none." in lead.content.decode()
        assert prescriber.status_code == 403
