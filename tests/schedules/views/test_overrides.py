"""What a page says of a rule that stops an act, and how two people go on."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from patients.models import Clinic
from schedules.models import Injection, Override
from tests.doors import Role, enter, refusals, told
from tests.factories import (
    NOON,
    TODAY,
    give,
    make_clinic,
    make_loading_plan,
    make_patient,
    make_request,
    make_staff,
)
from tests.schedules.views.test_injections import given
from tests.tracker.api.conftest import Program

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


OVERRIDE = {
    "rule": "S18",
    "reason": "no_alternative",
    "note": "the first one ran out of the needle",
}
WHY = {
    "overrule_S18-reason": "no_alternative",
    "overrule_S18-note": "the first one ran out of the needle",
}


class TestAStoppedInjection:
    @pytest.mark.proves("S18", "R46")
    def test_says_which_rule_why_and_who_may_go_on(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)
        make_loading_plan(ada)
        give(ada, TODAY)
        where = reverse("injection-new", args=[ada.pk])
        prescriber = enter(clinic, Role.PRESCRIBER)

        page = prescriber.post(where, given(when="now"))

        text = page.content.decode()
        (reason,) = refusals(page)["__all__"]
        assert "(Rule S18.) A prescriber may go on" in reason
        assert "S18: Injected twice, or too soon" in text
        assert "evidence: design" in text
        assert "Not clinically approved." in text
        assert 'name="overrule_S18-reason"' in text
        assert page.context["form"]["batch"].value() == "346A80"
        half = prescriber.post(
            where, given(when="now") | WHY | {"overrule_S18-note": ""}
        )
        assert (
            "Rule S18: choose a reason, and say why in words."
            in refusals(half)["__all__"]
        )
        assert Injection.objects.count() == 1

        response = prescriber.post(where, given(when="now") | WHY)

        assert told(response) == ["Recorded. Next dose: Mon 23 Nov 2026."]
        assert Injection.objects.count() == 2

    @pytest.mark.proves("S23")
    def test_asks_who_it_is_before_any_rule(self) -> None:
        ada = make_patient(make_clinic())
        where = reverse("injection-new", args=[ada.pk])
        nurse = enter(ada.clinic)
        unasked = given(when="now", confirmed="", unconfirmed="on")

        assert list(refusals(nurse.post(where, unasked))) == ["confirmed"]
        response = nurse.post(where, unasked | {"when": "before"})

        assert "This is an incident (rule S23)" in told(response)[0]


class TestOtherPages:
    @pytest.mark.proves("S01", "S14")
    def test_show_what_stops_a_medicine_and_speaks_of_a_condition(self) -> None:
        ada = make_patient(make_clinic())
        nurse = enter(ada.clinic)
        medicine = {
            "medicine": "folic_acid", "daily_mg": "0.4", "route": "oral",
            "when": "today",
        }  # fmt: skip
        where = reverse("medicine-new", args=[ada.pk])

        page = nurse.post(where, medicine)
        why = {
            "overrule_S01b-reason": "informed_choice",
            "overrule_S01b-note": "planning a pregnancy",
        }
        nurse.post(where, medicine | why)
        gas = nurse.post(
            reverse("condition-new", args=[ada.pk]),
            {"condition": "nitrous_oxide_planned"},
        )

        assert "S01b: Low-dose folic acid" in page.content.decode()
        assert ada.medicines.count() == 1
        assert "S14: Nitrous oxide inactivates B12." in told(gas)[-1]


class TestCosigning:
    def test_lets_whoever_asked_go_on(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic)
        make_loading_plan(ada)
        nurse, prescriber = enter(clinic), enter(clinic, Role.PRESCRIBER)
        give(ada, TODAY)
        where = reverse("injection-new", args=[ada.pk])
        refused = nurse.post(where, given(when="now") | WHY)
        assert "once it is signed" in refusals(refused)["__all__"][0]
        asked = Override.objects.get()

        listed = prescriber.get(reverse("co-sign")).content.decode()
        looked = prescriber.get(reverse("co-sign-one", args=[asked.pk]))
        signed = prescriber.post(reverse("co-sign-one", args=[asked.pk]))

        assert "the first one ran out of the needle" in listed
        assert "Injected twice, or too soon" in looked.content.decode()
        assert signed.url == reverse("co-sign")
        assert "Signed." in told(signed)[0]
        assert "Recorded." in told(nurse.post(where, given(when="now")))[0]
        afterwards = prescriber.get(reverse("co-sign")).content.decode()
        assert "Nothing waits" in afterwards
        assert "signed by Grace Adeyemi" in afterwards

    def test_is_never_of_ones_own_request(self) -> None:
        asked = make_request(make_patient(make_clinic()))
        mine = Client()
        mine.force_login(asked.asked_by)
        asked.asked_by.memberships.update(role=Role.PRESCRIBER)

        page = mine.post(reverse("co-sign-one", args=[asked.pk]))

        assert "asked for themselves" in refusals(page)["__all__"][0]
        assert "yours: another signs" in mine.get(reverse("co-sign")).content.decode()


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


class TestPrograms:
    @pytest.mark.proves("S18", "S23")
    def test_hear_what_the_rules_find_and_answer(self, clinic: Clinic) -> None:
        ada = make_patient(clinic)
        make_loading_plan(ada)
        give(ada, TODAY)
        api = Program(make_staff(clinic, Role.PRESCRIBER))
        body = {
            "patient": ada.pk,
            "given_at": "2026-11-20T12:00:00Z",
            "is_intended": True,
            "batch": "346A80",
        }

        wrong = api.post("injections/", 409, **body)
        right = body | {"identity_confirmed": True}
        problem = api.post("injections/", 409, **right)
        done = api.post("injections/", 201, **right, overrides=[OVERRIDE])

        assert wrong["findings"][0]["rule"] == "S23"
        assert wrong["findings"][0]["override"] == "none"
        (finding,) = [f for f in problem["findings"] if f["severity"] == "BLOCK"]
        assert (finding["rule"], finding["version"], finding["override"]) == (
            "S18",
            1,
            "P",
        )
        assert finding["text"]
        assert finding["is_clinically_approved"] is False
        assert problem["errors"][0]["code"] == "safety"
        assert done["injection"]["is_incident"] is False
        (kept,) = api.get("overrides/")["results"]
        assert (kept["rule"], kept["role"]) == ("S18", "prescriber")

    @pytest.mark.proves("S08", "S01", "R35")
    def test_hear_of_plans_and_medicines_too(self, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        api = Program(make_staff(clinic, Role.PRESCRIBER))
        why = {"reason": "specialist_advice", "note": "by letter"}

        closing = api.post(
            f"plans/{plan.pk}/close/",
            409,
            reason="labs_normal",
            overrides=[{"rule": "S08"} | why],
        )
        folic_acid = {
            "medicine": "folic_acid", "daily_mg": "5", "started_on": "2026-11-20",
        }  # fmt: skip
        path = f"patients/{plan.patient_id}/medicines/"
        stopped = api.post(path, 409, **folic_acid)

        assert [each["override"] for each in closing["findings"]] == ["none"]
        assert closing["errors"][0]["field"] == "reason"
        assert stopped["findings"][0]["rule"] == "S01"
        api.post(path, 201, **folic_acid, overrides=[{"rule": "S01"} | why])
        api.post(path, 400, **folic_acid, overrides=[{"rule": "S01"}])

    def test_sign_what_a_nurse_asked(self, clinic: Clinic) -> None:
        asked = make_request(make_patient(clinic))
        api = Program(make_staff(clinic, Role.PRESCRIBER))

        signed = api.post(f"overrides/{asked.pk}/cosign/", 200)

        assert signed["cosigner_role"] == "prescriber"
        assert signed["used_at"] is None
        api.post(f"overrides/{asked.pk}/cosign/", 400)
