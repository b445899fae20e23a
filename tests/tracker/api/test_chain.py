"""The main job, by programs: register, start, inject, take back, look ahead."""

from datetime import date

import pytest

from patients.models import Clinic
from schedules.models import Injection
from tests.factories import (
    TODAY,
    give,
    make_assessment,
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

        found = nurse.post("patients/search/", 200, name="ada love")["results"]

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

    @pytest.mark.parametrize(
        ("birth_date", "reason"),
        [
            pytest.param("1899-12-31", "This day is too long ago.", id="a day early"),
            pytest.param("0001-01-01", "This day is too long ago.", id="year one"),
            pytest.param("9999-12-31", "This day is too far ahead.", id="the last day"),
        ],
    )
    def test_were_born_within_reach(
        self, nurse: Program, birth_date: str, reason: str
    ) -> None:
        said = ADA | {"birth_date": birth_date}

        assert nurse.refused("post", "patients/", 400, **said) == [
            ("birth_date", reason)
        ]

    def test_may_be_as_old_as_the_century_before_last(self, nurse: Program) -> None:
        said = nurse.post("patients/", **ADA | {"birth_date": "1900-01-01"})

        assert said["birth_date"] == "1900-01-01"

    def test_are_not_looked_for_by_a_hundred_and_one_letters(
        self, nurse: Program
    ) -> None:
        said = "a " * 49 + "da"

        assert nurse.post("patients/search/", 200, name=said)["results"] == []
        assert nurse.refused("post", "patients/search/", 400, name=f"{said}m") == [
            ("name", "Ensure this field has no more than 100 characters.")
        ]

    def test_are_looked_for_by_eight_words(
        self, nurse: Program, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)

        for name, pks in (
            ("l a " * 4 + "x", [ada.pk]),
            ("l a " * 3 + "l x", []),
        ):
            found = nurse.post("patients/search/", 200, name=name)["results"]
            assert [patient["id"] for patient in found] == pks

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
            consent="said so",
            no_known_allergies=True,
            reason="deficiency",
        )
        assert moved["dose_after"] == "2026-11-20"
        give(ada, date(2026, 11, 20))
        make_assessment(ada)
        moved = prescriber.post(
            f"{path}to-maintenance/", 200, interval="2m", reason="plateau", note="flat"
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

        ((field, told),) = prescriber.refused(
            "post", f"plans/{plan.pk}/close/", 409, reason=reason
        )

        assert field == "reason"
        assert told.endswith("(Rule S08.) Nobody may go on in spite of this.")

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

    @pytest.mark.parametrize(
        ("kind", "field"),
        [("start", "on"), ("start", "start_on"), ("pause", "review_on")],
    )
    @pytest.mark.parametrize(
        ("day", "reason"),
        [
            ("0001-01-01", "This day is too long ago."),
            ("9999-12-31", "This day is too far ahead."),
        ],
    )
    def test_take_no_day_out_of_reach(
        self,
        prescriber: Program,
        clinic: Clinic,
        kind: str,
        field: str,
        day: str,
        reason: str,
    ) -> None:
        path = f"plans/{make_plan(make_patient(clinic)).pk}/{kind}/"
        said = {"start_on": "2026-11-20", "reason": "deficiency"}
        said |= {"protocol": "NEURO_ALT", "neurological": "yes"}
        if kind == "pause":
            said = {"reason": "patient_request"}

        assert prescriber.refused("post", path, 400, **said | {field: day}) == [
            (field, reason)
        ]

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
            pytest.param({"given_on": "1899-12-31"}, "given_on", id="another century"),
            pytest.param({"expires_on": "9999-12-31"}, "expires_on", id="for ever"),
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

    @pytest.mark.parametrize(
        ("given_at", "reason"),
        [
            ("0001-01-01T00:00:00Z", "This day is too long ago."),
            ("1899-12-31T23:59:59Z", "This day is too long ago."),
            ("9999-12-31T23:59:59Z", "This day is too far ahead."),
            ("0001-01-01T00:00:00+14:00", "Datetime value out of range."),
        ],
    )
    @pytest.mark.parametrize("zone", ["America/Los_Angeles", "Pacific/Auckland"])
    def test_were_given_on_a_day_that_every_zone_has(
        self, db: None, given_at: str, reason: str, zone: str
    ) -> None:
        clinic = make_clinic(time_zone=zone)
        body = self.given(make_patient(clinic).pk, given_at=given_at)

        assert Program(make_staff(clinic)).refused(
            "post", "injections/", 400, **body
        ) == [("given_at", reason)]

    @pytest.mark.parametrize(
        ("outcome", "asked"),
        [
            ("given", True),
            ("failed", True),
            ("refused", False),
            ("not_attended", False),
        ],
    )
    def test_ask_who_it_was_where_a_needle_went_in(
        self, nurse: Program, clinic: Clinic, outcome: str, asked: bool
    ) -> None:
        body = self.given(
            make_patient(clinic).pk, outcome=outcome, identity_confirmed=False
        )

        if asked:
            assert nurse.refused("post", "injections/", 400, **body) == [
                (
                    "identity_confirmed",
                    "Confirm two identifiers first (rule S23).",
                )
            ]
        else:
            assert nurse.post("injections/", **body)["injection"]["outcome"] == outcome


class TestReasons:
    """Every date explains itself."""

    def test_stand_at_an_injection_and_at_what_is_next(
        self, nurse: Program, clinic: Clinic, prescriber: Program
    ) -> None:
        plan = make_maintenance_plan(make_patient(clinic), date(2026, 10, 2), "1m")
        given = give(plan.patient, TODAY)

        kept = nurse.get(f"injections/{given.pk}/")["reasons"]
        next_up = prescriber.get(f"plans/{plan.pk}/")

        late = {
            "code": "late",
            "text": "given 18 days late, outside the 7-day window, counted from 20 Nov",
        }
        assert kept == [
            {"code": "counted", "text": "1 month after the injection of Fri 2 Oct"},
            late,
        ]
        assert next_up["dose"]["due_on"] == "2026-12-21"
        assert next_up["dose"]["reasons"][0] == late
        assert next_up["panel"]["reasons"][0]["code"] == "panel"


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
        limits = {"range_low": "120.0000", "range_high": "650.0000", "fasting": False}
        again = nurse.post("lab-results/", **said, **limits)["result"]
        assert limits.items() <= again.items()
        early = said | {"drawn_on": "0001-01-01"}
        assert nurse.refused("post", "lab-results/", 400, **early) == [
            ("drawn_on", "This day is too long ago.")
        ]
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


class TestAdherence:
    def test_is_told_of_few_only_to_those_who_may_see_names(
        self, nurse: Program, manager: Program, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        make_loading_plan(ada)
        give(ada, date(2026, 11, 20))

        everything, loading, maintenance = nurse.get("adherence/")["scopes"]
        veiled = manager.get("adherence/")["scopes"]

        figures = {
            "evaluable": 0,
            "on_time": 0,
            "on_time_rate": None,
            "mean_days_late": None,
            "mean_signed_delay": None,
            "pdc": 1.0,
        }
        assert everything == {"phase": None, "n": 0, "excluded_n": 1} | figures
        assert loading == {"phase": "loading", "n": 0, "excluded_n": 1} | figures
        assert maintenance["excluded_n"] == 0
        nothing = dict.fromkeys(figures)
        assert veiled == [
            {"phase": None, "n": 0, "excluded_n": None} | nothing,
            {"phase": "loading", "n": 0, "excluded_n": None} | nothing,
            {"phase": "maintenance", "n": 0, "excluded_n": 0} | nothing,
        ]
