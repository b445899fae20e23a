"""The pages on which is written down what else is known of a patient."""

import re
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from patients.exclusions import Exclusion
from patients.models import Patient
from tests.doors import enter, refusals, told
from tests.factories import NOON, TODAY, make_background, make_clinic, make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def ada() -> Patient:
    return make_patient(make_clinic())


@pytest.fixture
def nurse(ada: Patient) -> Client:
    return enter(ada.clinic)


MEDICINE = {"medicine": "folic_acid", "daily_mg": "0.4", "route": "oral"}


class TestMedicines:
    def test_start_stop_and_are_taken_back(self, ada: Patient, nurse: Client) -> None:
        page = reverse("medicine-new", args=[ada.pk])
        metformin = {"medicine": "metformin", "daily_mg": "500", "when": "today"}
        answer = nurse.post(page, MEDICINE | metformin)

        assert told(answer)[-1] == "Metformin 500 mg a day is recorded."
        assert answer.url == reverse("patient", args=[ada.pk]) + "#background"
        use = ada.medicines.get()
        assert (use.started_on, use.stopped_on) == (TODAY, None)

        stop = reverse("medicine-stop", args=[use.pk])
        assert refusals(nurse.post(stop, {"stopped_on": "2026-11-19"})) == {
            "stopped_on": ["The medicine was stopped before it was started."]
        }
        answer = nurse.post(stop, {"stopped_on": "2026-11-20"})
        assert told(answer)[-1] == "Metformin 500 mg a day is stopped."

        void = reverse("medicine-void", args=[use.pk])
        assert refusals(nurse.post(void)) == {"reason": ["Say why it is taken back."]}
        assert told(nurse.post(void, {"reason": "another Ada"}))[-1] == "Taken back."

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            pytest.param(
                {"when": "today", "started_on": "2026-11-19"},
                "started_on",
                "It starts today, or on that day.",
                id="two first days",
            ),
            pytest.param(
                {"daily_mg": "400"},
                "daily_mg",
                "A day’s dose of this lies above 0 and up to 50 mg; 400 micrograms are "
                "0.4 mg.",
                id="micrograms",
            ),
            pytest.param(
                {"daily_mg": "much"},
                "daily_mg",
                "Enter milligrams as a number, such as 0.4.",
                id="a word",
            ),
            pytest.param(
                {"started_on": "1975-12-09"},
                "started_on",
                "The start of the medicine lies between birth and today.",
                id="before birth",
            ),
            pytest.param(
                {"started_on": "0001-01-01"},
                "started_on",
                "This day is too long ago.",
                id="the beginning of time",
            ),
            pytest.param(
                {"inr_low": "2", "inr_high": "3"},
                "inr_high",
                "An INR range belongs to warfarin.",
                id="a range of another medicine",
            ),
            pytest.param(
                {"medicine": "gold"}, "medicine", "Choose the medicine.", id="gold"
            ),
            pytest.param(
                {"when": ""},
                "when",
                "Say whether the medicine starts today.",
                id="nobody says when",
            ),
        ],
    )
    def test_refuse(
        self,
        ada: Patient,
        nurse: Client,
        changes: dict[str, str],
        field: str,
        sentence: str,
    ) -> None:
        page = reverse("medicine-new", args=[ada.pk])

        answer = nurse.post(page, MEDICINE | {"when": "before"} | changes)

        assert refusals(answer) == {field: [sentence]}
        assert not ada.medicines.exists()


class TestAllergies:
    def test_are_recorded_or_none_is(self, ada: Patient, nurse: Client) -> None:
        page = reverse("allergy-new", args=[ada.pk])
        none = {"allergen": "none_known", "reaction": "unknown"}
        cobalt = {"allergen": "cobalt", "reaction": "mild", "since": "2020-02-29"}

        assert told(nurse.post(page, none))[-1] == "Recorded: no allergy is known."
        assert told(nurse.post(page, cobalt))[-1] == "The allergy is recorded: Cobalt."
        assert refusals(nurse.post(page, none)) == {
            "allergen": ["An allergy is recorded. Take it back first."]
        }
        assert refusals(nurse.post(page, {})) == {
            "allergen": ["Choose what the patient reacts to, if anything."],
            "reaction": ["Say how bad the reaction was, or “not known”."],
        }


class TestConditions:
    def test_begin_and_end(self, ada: Patient, nurse: Client) -> None:
        page = reverse("condition-new", args=[ada.pk])

        answer = nurse.post(page, {"condition": "pregnancy", "from_on": "2026-09-01"})
        assert told(answer)[-1] == (
            "Pregnancy is recorded. S19b: Review after one month rather than three; "
            "measure active B12."
        )

        record = ada.conditions.get()
        end = reverse("condition-end", args=[record.pk])
        assert refusals(nurse.post(end, {"ended_on": "2026-08-31"})) == {
            "ended_on": ["The condition ended before it began."]
        }
        answer = nurse.post(end, {"ended_on": "2026-11-20"})
        assert told(answer)[-1] == "Pregnancy has ended."


class TestChecklist:
    @pytest.mark.proves("R30", "R31", "R32", "R33", "R34", "R34a")
    def test_asks_all_and_saves_what_changed(self, ada: Patient, nurse: Client) -> None:
        page = reverse("checklist", args=[ada.pk])
        text = nurse.get(page).content.decode()
        assert len(set(re.findall(r'name="(X\d+)"', text))) == 17

        first = dict.fromkeys(Exclusion, "excluded") | {"X6": ""}
        assert told(nurse.post(page, first))[-1] == "16 answers are saved."
        assert (
            told(nurse.post(page, first | {"X6": "pending"}))[-1]
            == "1 answer is saved."
        )
        assert told(nurse.post(page, {}))[-1] == "Nothing was changed."
        assert refusals(nurse.post(page, {"X1": "perhaps"})) == {
            "X1": ["Choose one of the answers."]
        }
        assert ada.exclusion_answers.count() == 17


class TestSamplesAndConsent:
    @pytest.mark.proves("R05")
    def test_are_recorded(self, ada: Patient, nurse: Client) -> None:
        samples = reverse("samples-new", args=[ada.pk])
        drawn = {"samples": ["b12", "mma"], "drawn_on": "2026-11-19"}
        assert told(nurse.post(samples, drawn))[-1] == "The samples are recorded."
        assert refusals(nurse.post(samples, {"drawn_on": "2026-11-21"})) == {
            "samples": ["Choose at least one test."]
        }
        assert ada.baseline_samples.count() == 2

        consent = reverse("consent-new", args=[ada.pk])
        said = {"answer": "given", "how": "signed form", "said_on": "2026-11-20"}
        assert told(nurse.post(consent, said))[-1] == "Recorded: consent given."
        assert refusals(nurse.post(consent, said | {"said_on": "2026-11-21"})) == {
            "said_on": ["The day of the answer lies between birth and today."]
        }


class TestVoid:
    def test_takes_back_each_kind_and_shows_it_on_the_chart(
        self, ada: Patient, nurse: Client
    ) -> None:
        facts = make_background(ada)
        chart = reverse("patient", args=[ada.pk])
        before = nurse.get(chart).content.decode()
        for page, kind in (
            ("allergy-void", "allergies"),
            ("condition-void", "conditions"),
            ("sample-void", "samples"),
            ("consent-void", "consents"),
        ):
            where = reverse(page, args=[facts[kind].pk])
            assert where in before
            assert (
                told(nurse.post(where, {"reason": "another Ada"}))[-1] == "Taken back."
            )

        after = nurse.get(chart).content.decode()
        assert ">not asked<" not in before
        assert ">not asked<" in after
        assert "no consent stands" in after
        assert after.count("Taken back: another Ada") == 4
