"""What else is known of a patient, through the API."""

from typing import Any

import pytest

from patients.models import Clinic, Patient
from tests.factories import make_patient
from tests.tracker.api.conftest import Program


@pytest.fixture
def ada(clinic: Clinic) -> Patient:
    return make_patient(clinic)


class TestBackground:
    @pytest.mark.proves("T1", "R05")
    def test_says_what_is_missing_until_it_is_said(
        self, nurse: Program, ada: Patient
    ) -> None:
        here = f"patients/{ada.pk}/"
        before = nurse.get(f"{here}background/")
        assert before["missing_for_start"] == ["consent", "allergies"]
        assert len(before["unanswered"]) == 17
        assert before["missing_samples"][-1] == "mma"

        nurse.post(f"{here}allergies/", allergen="none_known")
        consent = nurse.post(
            f"{here}consents/", answer="given", how="said so", said_on="2026-11-20"
        )
        samples = nurse.post(
            f"{here}samples/", samples=["mma", "mma"], drawn_on="2026-11-20"
        )
        lines = nurse.post(f"{here}checklist/", 200, X2="excluded", X6="pending")

        assert (consent["answer"], len(samples)) == ("given", 1)
        assert [line["answered"] for line in lines[:2]] == [
            None,
            {"answer": "excluded", "answered_on": "2026-11-20", "by": "Grace Adeyemi"},
        ]
        assert nurse.get(f"{here}checklist/") == lines
        after = nurse.get(f"{here}background/")
        assert (after["missing_for_start"], after["pending"]) == ([], ["X6"])
        assert "mma" not in after["missing_samples"]

        nurse.post(f"consents/{consent['id']}/void/", 200, reason="another Ada")
        after = nurse.get(f"{here}background/")
        assert after["missing_for_start"] == ["consent"]

    @pytest.mark.proves("R27", "R28")
    def test_keeps_medicines(self, nurse: Program, ada: Patient) -> None:
        here = f"patients/{ada.pk}/medicines/"
        oral = {"medicine": "cyanocobalamin", "daily_mg": "1", "route": "sublingual"}

        use = nurse.post(here, **oral, started_on="2026-11-20")
        assert (use["atc"], use["stopped_on"]) == ("B03BA01", None)

        stop = f"medicines/{use['id']}/stop/"
        use = nurse.post(stop, 200, stopped_on="2026-11-20")
        assert use["stopped_on"] == "2026-11-20"
        void = f"medicines/{use['id']}/void/"
        assert nurse.refused("post", void, 400) == [
            ("reason", "This field is required.")
        ]
        use = nurse.post(void, 200, reason="another Ada")
        assert nurse.get(here)["results"] == [use]

    def test_keeps_conditions_and_allergies(self, nurse: Program, ada: Patient) -> None:
        here = f"patients/{ada.pk}/"
        had = nurse.post(
            f"{here}conditions/", condition="pregnancy", from_on="2026-10-01"
        )
        assert nurse.get(f"{here}background/")["is_pregnant"]
        had = nurse.post(f"conditions/{had['id']}/end/", 200, ended_on="2026-11-20")
        assert not nurse.get(f"{here}background/")["is_pregnant"]
        assert nurse.get(f"{here}conditions/")["results"] == [had]

        allergy = nurse.post(f"{here}allergies/", allergen="cobalt", reaction="mild")
        assert (allergy["reaction"], allergy["since"]) == ("mild", None)

    @pytest.mark.parametrize(
        ("kind", "said", "error"),
        [
            pytest.param(
                "medicines",
                {"medicine": "folic_acid"},
                (
                    "daily_mg",
                    "Enter the milligrams a day: rule S01 reads them (400 micrograms "
                    "are 0.4 mg).",
                ),
                id="folic acid without a dose",
            ),
            pytest.param(
                "medicines",
                {"medicine": "metformin", "started_on": "2026-11-21"},
                (
                    "started_on",
                    "The start of the medicine lies between birth and today.",
                ),
                id="a start tomorrow",
            ),
            pytest.param(
                "allergies",
                {"allergen": "other"},
                ("name", "Write what the patient reacts to."),
                id="an allergy without a name",
            ),
            pytest.param(
                "conditions",
                {
                    "condition": "diabetes",
                    "from_on": "2026-11-02",
                    "ended_on": "2026-11-01",
                },
                ("ended_on", "The condition ended before it began."),
                id="an end before the beginning",
            ),
            pytest.param(
                "checklist",
                {"X18": "excluded"},
                ("X18", "There is no such field."),
                id="an eighteenth line",
            ),
        ],
    )
    def test_refuses(
        self,
        nurse: Program,
        ada: Patient,
        kind: str,
        said: dict[str, Any],
        error: tuple[str, str],
    ) -> None:
        path = f"patients/{ada.pk}/{kind}/"

        assert nurse.refused("post", path, 400, **said) == [error]
