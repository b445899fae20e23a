"""Assessments of symptoms, by the API."""

from patients.models import Clinic
from tests.factories import TODAY, make_loading_plan, make_patient
from tests.tracker.api.conftest import Program


class TestAssessments:
    def test_are_recorded_listed_and_taken_back(
        self, nurse: Program, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        make_loading_plan(ada)

        said = nurse.post(
            "assessments/",
            patient=ada.pk,
            assessed_on=str(TODAY),
            scores={"gait": 3, "tremor": 0},
            pgic=4,
            red_flags=["vision"],
            up_and_go_seconds="12.5",
            vibration="absent",
        )

        kept = said["assessment"]
        assert kept["scores"] == [
            {"domain": "tremor", "snomed": "26079004", "score": 0},
            {"domain": "gait", "snomed": "22325002", "score": 3},
        ]
        assert (kept["pgic"], kept["red_flags"], kept["source"]) == (
            4,
            ["vision"],
            "nurse",
        )
        assert said["moved"]["dose_before"] == said["moved"]["dose_after"]
        listed = nurse.get("assessments/", patient=ada.pk, since=str(TODAY))
        assert [each["id"] for each in listed["results"]] == [kept["id"]]

        back = nurse.post(f"assessments/{kept['id']}/void/", 200, reason="wrong day")

        assert back["assessment"]["void_reason"] == "wrong day"
        assert back["moved"] is not None

    def test_refuse_what_cannot_be_right(self, nurse: Program, clinic: Clinic) -> None:
        said = {"patient": make_patient(clinic).pk, "assessed_on": str(TODAY)}

        def refused(**more: object) -> list[object]:
            return nurse.refused("post", "assessments/", 400, **(said | more))

        assert refused() == [("scores", "Score one symptom at least.")]
        assert refused(scores={"tremor": 11})[0][0] == "scores.tremor"
        assert refused(scores={"hiccups": 1})[0][0] == "scores.hiccups"
        assert refused(scores=[3])[0][0].startswith("scores")
        assert refused(scores={"tremor": 1}, red_flags=["x"])[0][0].startswith(
            "red_flags"
        )
        assert refused(scores={"tremor": 1}, pgic=0)[0][0] == "pgic"
