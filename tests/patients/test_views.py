"""The pages about a patient's record."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from patients.models import ContactPreference, Patient
from tests.doors import Role, enter, refusals, told
from tests.factories import NOON, make_clinic, make_patient

pytestmark = [pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def details(**changes: str) -> dict[str, str]:
    """Return what a nurse types about Grace Hopper."""
    return {
        "family_name": "Hopper",
        "given_name": "Grace",
        "birth_date": "1946-12-09",
        "gender": "female",
        "nhs_number": "999 000 0018",
        "local_number": "45019",
        "phone": "07700 900123",
        "email": "grace@example.org",
        "preferred_channel": "sms",
        "sms": "yes",
        "by_email": "",
        "evidence": "said so at the desk",
    } | changes


class TestRegister:
    def test_registers_a_person_and_shows_the_chart(self) -> None:
        clinic = make_clinic()

        response = enter(clinic).post(reverse("patient-new"), details())

        grace = Patient.objects.get()
        assert response.url == reverse("patient", args=[grace.pk])
        assert told(response) == ["Hopper, Grace is registered."]
        assert (grace.clinic, grace.birth_date) == (clinic, date(1946, 12, 9))
        assert (grace.nhs_number, grace.phone) == ("9990000018", "+447700900123")
        assert ContactPreference.objects.latest_words(grace) == {"sms": True}

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            pytest.param(
                {"family_name": " "}, "family_name", "Enter a surname.", id="no surname"
            ),
            pytest.param(
                {"birth_date": ""},
                "birth_date",
                "Enter the date of birth.",
                id="no birth date",
            ),
            pytest.param(
                {"birth_date": "31/02/1960"},
                "birth_date",
                "This is no day. Write it as 31/12/2026.",
                id="no such day",
            ),
            pytest.param(
                {"birth_date": "2026-11-21"},
                "birth_date",
                "The date of birth lies in the future.",
                id="born tomorrow",
            ),
            pytest.param(
                {"birth_date": "1899-12-31"},
                "birth_date",
                "Nobody alive was born so early.",
                id="born long ago",
            ),
            pytest.param(
                {"nhs_number": "9990000019"},
                "nhs_number",
                "The check digit of this NHS number is wrong; a digit is mistyped.",
                id="check digit",
            ),
            pytest.param(
                {"phone": "0770090"},
                "phone",
                "This phone number cannot be called; check its length.",
                id="short phone",
            ),
            pytest.param(
                {"email": "jo@@example"},
                "email",
                "This e-mail address is not complete, as in name@example.org.",
                id="two ats",
            ),
            pytest.param(
                {"evidence": ""},
                "evidence",
                "Say how we know what the patient wishes.",
                id="consent out of nowhere",
            ),
            pytest.param(
                {"gender": "rubbish"},
                "gender",
                "Choose a gender, or “not known”.",
                id="rubbish",
            ),
            pytest.param(
                {"family_name": "Ho\x00pper"},
                "family_name",
                "Null characters are not allowed.",
                id="nul",
            ),
        ],
    )
    def test_refuses_and_saves_nothing(
        self, changes: dict[str, str], field: str, sentence: str
    ) -> None:
        response = enter(make_clinic()).post(reverse("patient-new"), details(**changes))

        assert refusals(response) == {field: [sentence]}
        assert not Patient.objects.exists()
        assert not ContactPreference.objects.exists()

    def test_refuses_a_number_that_is_taken(self) -> None:
        clinic = make_clinic()
        make_patient(clinic, nhs_number="9990000018")

        response = enter(clinic).post(reverse("patient-new"), details())

        assert refusals(response) == {
            "nhs_number": ["Another patient of this clinic has this NHS number."]
        }
        assert Patient.objects.count() == 1

    def test_links_each_reason_to_its_field(self) -> None:
        response = enter(make_clinic()).post(
            reverse("patient-new"), details(family_name="")
        )

        page = response.content.decode()
        assert '<a href="#id_family_name">Enter a surname.</a>' in page
        assert 'id="id_family_name_error"' in page
        assert 'aria-describedby="id_family_name_error"' in page

    def test_is_not_for_managers(self) -> None:
        response = enter(make_clinic(), Role.MANAGER).get(reverse("patient-new"))

        assert response.status_code == 403


class TestEdit:
    def test_begins_with_what_is_known(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic, sms=True)

        response = enter(clinic).get(reverse("patient-edit", args=[ada.pk]))

        form = response.context["form"]
        assert form["family_name"].value() == "Lovelace"
        assert form["sms"].value() == "yes"
        assert 'value="1975-12-10"' in response.content.decode()

    def test_corrects_and_keeps_what_was(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic, sms=True)

        response = enter(clinic).post(
            reverse("patient-edit", args=[ada.pk]),
            details(family_name="King", sms="no", evidence="she rang"),
        )

        assert response.url == reverse("patient", args=[ada.pk])
        ada.refresh_from_db()
        assert ada.family_name == "King"
        assert ada.history.last().family_name == "Lovelace"
        assert ContactPreference.objects.latest_words(ada) == {"sms": False}
        assert ContactPreference.objects.filter(patient=ada).count() == 2

    def test_asks_for_no_evidence_of_what_was_known(self) -> None:
        clinic = make_clinic()
        ada = make_patient(clinic, sms=True)

        response = enter(clinic).post(
            reverse("patient-edit", args=[ada.pk]), details(evidence="")
        )

        assert response.status_code == 302
        assert ContactPreference.objects.filter(patient=ada).count() == 1

    def test_of_another_clinic_is_not_there(self) -> None:
        ada = make_patient(make_clinic())

        response = enter(make_clinic()).get(reverse("patient-edit", args=[ada.pk]))

        assert response.status_code == 404


class TestFind:
    @pytest.mark.parametrize(
        ("words", "names"),
        [
            pytest.param("", ["Hopper, Grace", "Lovelace, Ada"], id="everybody"),
            pytest.param("love", ["Lovelace, Ada"], id="a surname’s beginning"),
            pytest.param("hop gra", ["Hopper, Grace"], id="both names"),
            pytest.param("999 000 0018", ["Hopper, Grace"], id="a number in groups"),
            pytest.param("45077", ["Lovelace, Ada"], id="a patient number"),
            pytest.param("babbage", [], id="nobody"),
            pytest.param("a\x00b", ["Hopper, Grace", "Lovelace, Ada"], id="rubbish"),
        ],
    )
    def test_finds(self, words: str, names: list[str]) -> None:
        clinic = make_clinic()
        make_patient(clinic, local_number="45077")
        make_patient(
            clinic,
            family_name="Hopper",
            given_name="Grace",
            nhs_number="9990000018",
            local_number="45019",
        )
        make_patient(make_clinic(), family_name="Lovett")

        response = enter(clinic).post(reverse("patients"), {"q": words}, follow=True)

        assert [str(patient) for patient in response.context["page"]] == names
        assert response.redirect_chain == [(reverse("patients"), 302)]

    def test_asks_the_database_as_often_for_many_as_for_one(
        self, django_assert_num_queries: Any
    ) -> None:
        clinic = make_clinic()
        client = enter(clinic)
        make_patient(clinic)
        with django_assert_num_queries(6):
            client.get(reverse("patients"))

        for _ in range(60):
            make_patient(clinic)

        with django_assert_num_queries(6):
            response = client.get(reverse("patients"), {"page": "2"})
        assert len(response.context["page"]) == 11

    @pytest.mark.parametrize("page", ["0", "-1", "99999999999999999999", "x", "\x00"])
    def test_takes_rubbish_for_the_nearest_page(self, page: str) -> None:
        response = enter(make_clinic()).get(reverse("patients"), {"page": page})

        assert response.status_code == 200
