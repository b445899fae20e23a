"""Assessments of symptoms, by the API."""

from patients.models import Clinic
from tests.factories import TODAY, make_assessment, make_loading_plan, make_patient
from tests.schedules.test_suggestions import make_flat_plan
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


class TestPlanSymptoms:
    def test_tell_what_is_suggested_and_the_numbers_behind_it(
        self, nurse: Program, prescriber: Program, clinic: Clinic
    ) -> None:
        path = f"plans/{make_flat_plan(make_patient(clinic)).pk}/"

        said = nurse.get(f"{path}symptoms/")

        assert said["suggestions"][0]["code"] == "PLATEAU_SUGGESTED"
        assert said["suggestions"][0]["rule"] == "R23 v1"
        assert not said["suggestions"][0]["is_clinically_approved"]
        assert said["lines"] == [
            {
                "domain": "tremor",
                "is_tracked": True,
                "baseline": 6,
                "best": 3,
                "latest": 3,
                "before": 3.0,
                "recent": 3.0,
            }
        ]
        assert (said["recent"], said["before"], said["pgic"]) == (2, 1, 4)

        refused = {"code": "PLATEAU_SUGGESTED", "reason": "still gaining"}
        nurse.post(f"{path}dismiss-suggestion/", 403, **refused)
        said = prescriber.post(f"{path}dismiss-suggestion/", 200, **refused)

        assert [each["is_quiet"] for each in said["suggestions"]] == [True]

    def test_say_when_they_are_to_be_assessed(
        self, nurse: Program, clinic: Clinic
    ) -> None:
        plan = make_loading_plan(make_patient(clinic))

        assert nurse.get(f"plans/{plan.pk}/symptoms/")["asked"] == "baseline"
        make_assessment(plan.patient)
        assert nurse.get(f"plans/{plan.pk}/symptoms/")["asked"] is None
