"""The main job, by programs: register, start, inject, take back, look ahead."""

from datetime import date

import pytest

from patients.models import Clinic
from schedules.models import Injection
from tests.factories import (
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_plan,
    make_staff,
)
from tests.tracker.api.conftest import Program

ADA = {
    "family_name": "Lovelace",
    "given_name": "Ada",
    "birth_date": "1975-12-10",
    "nhs_number": "999 035 0019",
    "phone": "07700 900123",
}


class TestPatients:
    def test_are_registered_with_numbers_as_they_are_stored(
        self, nurse: Program
    ) -> None:
        ada = nurse.post("patients/", **ADA)

        assert (ada["clinic"], ada["nhs_number"]) == ("elm-street", "9990350019")
        assert ada["phone"] == "+447700900123"
        assert nurse.get(f"patients/{ada['id']}/") == ada

    def test_are_found_by_the_beginning_of_their_names(
        self, nurse: Program, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        make_patient(clinic, family_name="Hopper", given_name="Grace")

        found = nurse.get("patients/", name="ada love")["results"]

        assert [patient["id"] for patient in found] == [ada.pk]

    def test_are_corrected_in_part(self, nurse: Program, clinic: Clinic) -> None:
        ada = make_patient(clinic)

        said = nurse.patch(f"patients/{ada.pk}/", phone="07700 900999")

        assert (said["phone"], said["family_name"]) == ("+447700900999", "Lovelace")

    def test_say_yes_to_texts_with_evidence_only(
        self, nurse: Program, clinic: Clinic
    ) -> None:
        path = f"patients/{make_patient(clinic).pk}/"

        assert nurse.refused("patch", path, 400, sms_allowed=True) == [
            ("evidence", "Say how we know what the patient wishes.")
        ]
        nurse.patch(path, sms_allowed=True, evidence="said so at the desk")

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            pytest.param({"family_name": ""}, "family_name", id="no surname"),
            pytest.param({"family_name": "A\x00da"}, "family_name", id="a NUL"),
            pytest.param({"birth_date": "1975-13-10"}, "birth_date", id="no such day"),
            pytest.param(
                {"birth_date": "2026-11-21"}, "birth_date", id="born tomorrow"
            ),
            pytest.param({"nhs_number": "9990350018"}, "nhs_number", id="check digit"),
            pytest.param({"phone": "0770090"}, "phone", id="a short phone"),
            pytest.param({"email": "jo@@example"}, "email", id="a malformed address"),
            pytest.param({"is_admin": True}, "is_admin", id="a field of no meaning"),
            pytest.param({"clinic": "mill-lane"}, "clinic", id="another's clinic"),
        ],
    )
    def test_are_refused(
        self, nurse: Program, said: dict[str, object], field: str
    ) -> None:
        ((named, reason),) = nurse.refused("post", "patients/", 400, **ADA | said)

        assert named == field
        assert reason

    def test_name_their_clinic_where_the_caller_has_two(self, clinic: Clinic) -> None:
        user = make_staff(clinic)
        other = make_clinic(slug="mill-lane")
        user.memberships.create(clinic=other, role="nurse")
        program = Program(user)

        assert program.refused("post", "patients/", 400, **ADA) == [
            ("clinic", "Name one of your clinics.")
        ]
        assert program.post("patients/", clinic="mill-lane", **ADA)["clinic"] == (
            "mill-lane"
        )


class TestPlans:
    def test_go_from_work_up_through_loading_to_maintenance(
        self, prescriber: Program, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        plan = prescriber.post("plans/", patient=ada.pk, neurological="yes")
        path = f"plans/{plan['id']}/"

        moved = prescriber.post(
            f"{path}start/",
            200,
            protocol="NEURO_ALT",
            neurological="yes",
            start_on="2026-11-20",
            reason="deficiency",
        )
        assert moved["dose_after"] == "2026-11-20"
        give(ada, date(2026, 11, 20))
        moved = prescriber.post(
            f"{path}to-maintenance/", 200, interval="2m", reason="plateau"
        )

        assert moved["dose_after"] == "2027-01-20"
        plan = prescriber.get(path)
        assert (plan["phase"], plan["is_clinically_approved"]) == ("maintenance", False)

    def test_need_a_prescriber(self, nurse: Program, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))

        assert nurse.refused(
            "post", f"plans/{plan.pk}/close/", 403, reason="transferred_out"
        ) == [("", "This decision needs a prescriber.")]

    @pytest.mark.parametrize("reason", ["labs_normal", "b12_high", "levels_in_range"])
    def test_never_close_for_a_laboratory_value(
        self, prescriber: Program, clinic: Clinic, reason: str
    ) -> None:
        plan = make_loading_plan(make_patient(clinic))

        assert prescriber.refused(
            "post", f"plans/{plan.pk}/close/", 400, reason=reason
        ) == [("reason", "Choose one of the reasons.")]

    @pytest.mark.parametrize(
        ("said", "error"),
        [
            pytest.param(
                {"protocol": "NONE"},
                ("protocol", "There is no such protocol."),
                id="no protocol",
            ),
            pytest.param(
                {"start_on": "2026-11-19"},
                ("start_on", "The first injection lies in the past."),
                id="yesterday",
            ),
            pytest.param(
                {"protocol": "MAINTENANCE_ONLY"},
                ("protocol", "This protocol has no loading to start with."),
                id="no loading",
            ),
        ],
    )
    def test_are_not_started(
        self,
        prescriber: Program,
        clinic: Clinic,
        said: dict[str, str],
        error: tuple[str, str],
    ) -> None:
        plan = make_plan(make_patient(clinic))
        start = {
            "protocol": "NEURO_ALT",
            "neurological": "yes",
            "start_on": "2026-11-20",
            "reason": "deficiency",
        }

        path = f"plans/{plan.pk}/start/"

        assert prescriber.refused("post", path, 400, **start | said) == [error]

    def test_tell_the_year_ahead_with_reasons(
        self, nurse: Program, clinic: Clinic
    ) -> None:
        plan = make_maintenance_plan(make_patient(clinic), date(2026, 10, 6))

        doses = nurse.get(f"plans/{plan.pk}/schedule/")

        assert [dose["due_on"] for dose in doses] == [
            "2026-12-07",
            "2027-02-08",
            "2027-04-06",
            "2027-06-07",
            "2027-08-06",
            "2027-10-06",
        ]
        assert doses[0]["target_on"] == "2026-12-06"
        assert doses[0]["flags"] == ["ROLLED_FORWARD"]
        assert any("Mon 7 Dec" in reason["text"] for reason in doses[0]["reasons"])


class TestInjections:
    def given(self, patient: int, **said: object) -> dict[str, object]:
        return {
            "patient": patient,
            "given_at": "2026-11-20T10:00:00Z",
            "identity_confirmed": True,
        } | said

    def test_move_the_future_and_say_so(self, nurse: Program, clinic: Clinic) -> None:
        ada = make_patient(clinic)
        make_loading_plan(ada)

        recorded = nurse.post("injections/", **self.given(ada.pk, batch="346A80"))

        assert recorded["moved"]["dose_before"] == "2026-11-20"
        assert recorded["moved"]["dose_after"] == "2026-11-23"
        assert recorded["injection"]["batch"] == "346A80"

    def test_are_taken_back_with_a_reason(self, nurse: Program, clinic: Clinic) -> None:
        ada = make_patient(clinic)
        make_loading_plan(ada)
        recorded = nurse.post("injections/", **self.given(ada.pk))
        path = f"injections/{recorded['injection']['id']}/void/"

        assert nurse.refused("post", path, 400) == [
            ("reason", "This field is required.")
        ]
        undone = nurse.post(path, 200, reason="wrong patient")

        assert undone["moved"]["dose_after"] == "2026-11-20"
        assert undone["injection"]["void_reason"] == "wrong patient"

    def test_are_refused_a_second_time_on_the_day(
        self, nurse: Program, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        nurse.post("injections/", **self.given(ada.pk))

        assert nurse.refused("post", "injections/", 409, **self.given(ada.pk)) == [
            ("given_at", "An injection on 20 November 2026 is recorded already.")
        ]
        assert Injection.objects.count() == 1

    def test_from_elsewhere_wait_to_be_accepted(
        self, nurse: Program, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        make_maintenance_plan(ada, date(2026, 9, 1))

        recorded = nurse.post(
            "injections/", patient=ada.pk, is_here=False, given_on="2026-11-20"
        )
        assert recorded["moved"]["dose_before"] == recorded["moved"]["dose_after"]
        path = f"injections/{recorded['injection']['id']}/accept/"

        assert nurse.post(path, 200)["moved"]["dose_after"] == "2027-01-20"

    @pytest.mark.parametrize(
        ("said", "field"),
        [
            pytest.param(
                {"identity_confirmed": False}, "identity_confirmed", id="who?"
            ),
            pytest.param({"given_at": "2026-11-20T12:01:00Z"}, "given_at", id="ahead"),
            pytest.param({"given_at": "noon"}, "given_at", id="no time"),
            pytest.param({"dose_mg": "0"}, "dose_mg", id="nothing"),
            pytest.param({"dose_mg": "1e9"}, "dose_mg", id="a bucket"),
            pytest.param({"product": "water"}, "product", id="another product"),
            pytest.param({"patient": 10**18}, "patient", id="nobody"),
        ],
    )
    def test_are_refused(
        self, nurse: Program, clinic: Clinic, said: dict[str, object], field: str
    ) -> None:
        body = self.given(make_patient(clinic).pk) | said

        ((named, _),) = nurse.refused("post", "injections/", 400, **body)

        assert named == field


class TestLabResults:
    def test_are_kept_in_their_unit(self, nurse: Program, clinic: Clinic) -> None:
        said = {
            "patient": make_patient(clinic).pk,
            "test": "b12",
            "value": "180",
            "unit": "ng/L",
            "drawn_on": "2026-11-20",
        }
        recorded = nurse.post("lab-results/", **said)

        assert recorded["moved"] is None
        assert recorded["result"]["unit"] == "ng/L"
        assert nurse.refused("post", "lab-results/", 400, **said | {"unit": "g/L"}) == [
            ("unit", "Vitamin B12, total is reported in pg/mL, ng/L, pmol/L.")
        ]


class TestWorklist:
    def test_has_everybody_in_one_group(self, nurse: Program, clinic: Clinic) -> None:
        due, coming = make_patient(clinic), make_patient(clinic)
        make_loading_plan(due)
        make_maintenance_plan(coming, date(2026, 10, 6))
        waiting = make_patient(clinic)

        worklist = nurse.get("worklist/")

        found = {
            patient["patient"]: group["code"]
            for group in worklist["groups"]
            for patient in group["patients"]
        }
        assert found == {due.pk: "due", coming.pk: "coming", waiting.pk: "waiting"}
        assert worklist["total"] == 3
