"""The pages on which symptoms are assessed, and an assessment is taken back."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse

from patients.models import Assessment, Patient
from tests.doors import enter, refusals, told
from tests.factories import NOON, TODAY, make_assessment, make_clinic, make_patient

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon() -> Any:
    with time_machine.travel(NOON, tick=False):
        yield


def assess(ada: Patient, **changes: Any) -> Any:
    form = {"tremor": "4", "assessed_on": "2026-11-20", "source": "nurse"}
    where = reverse("assessment-new", args=[ada.pk])
    return enter(ada.clinic).post(where, form | changes)


class TestAssess:
    def test_keeps_what_was_asked_and_nothing_else(self) -> None:
        ada = make_patient(make_clinic())

        response = assess(
            ada,
            gait="0",
            pgic="3",
            falls="2",
            up_and_go_seconds="11.5",
            romberg="unsteady",
            vibration="reduced",
            ankle_reflexes="absent",
            source="patient",
            note="on the phone",
        )

        assert response["Location"] == reverse("patient", args=[ada.pk])
        assert told(response) == ["The symptoms are recorded."]
        kept = Assessment.objects.get()
        assert kept.scores == {"tremor": 4, "gait": 0}
        assert (kept.pgic, kept.falls, kept.red_flags) == (3, 2, [])
        assert kept.up_and_go_seconds == Decimal("11.5")
        assert (kept.romberg, kept.vibration) == ("unsteady", "reduced")
        assert (kept.ankle_reflexes, kept.source) == ("absent", "patient")
        assert (kept.note, kept.assessed_on) == ("on the phone", TODAY)

    def test_says_aloud_what_cannot_wait(self) -> None:
        response = assess(make_patient(make_clinic()), tremor="", red_flags=["vision"])

        assert told(response) == [
            "The symptoms are recorded. A red flag: a clinician must hear of it "
            "today (rule S21)."
        ]

    @pytest.mark.parametrize(
        ("changes", "field", "sentence"),
        [
            pytest.param(
                {"tremor": ""}, "tremor", "Score one symptom at least.", id="nothing"
            ),
            pytest.param(
                {"gait": "11"},
                "gait",
                "Score from 0 to 10, in whole numbers.",
                id="beyond the worst",
            ),
            pytest.param(
                {"gait": "a lot"},
                "gait",
                "Score from 0 to 10, in whole numbers.",
                id="a word",
            ),
            pytest.param(
                {"pgic": "9"},
                "pgic",
                "Choose one of the seven answers.",
                id="a change that there is not",
            ),
            pytest.param(
                {"assessed_on": "2026-11-21"},
                "assessed_on",
                "The symptoms were assessed between birth and today.",
                id="tomorrow",
            ),
        ],
    )
    def test_says_what_is_wrong(
        self, changes: dict[str, str], field: str, sentence: str
    ) -> None:
        response = assess(make_patient(make_clinic()), **changes)

        assert refusals(response) == {field: [sentence]}
        assert not Assessment.objects.exists()

    def test_shows_the_score_of_the_last_time(self) -> None:
        ada = make_patient(make_clinic())
        make_assessment(ada, TODAY - timedelta(days=14), tremor=6, gait=5)
        make_assessment(ada, TODAY - timedelta(days=7), tremor=4)

        response = enter(ada.clinic).get(reverse("assessment-new", args=[ada.pk]))

        fields = response.context["form"].fields
        assert fields["tremor"].help_text == "was 4 on Fri 13 Nov 2026"
        assert fields["gait"].help_text == "was 5 on Fri 6 Nov 2026"
        assert fields["pain"].help_text == ""
        assert next(iter(fields)) == "tremor"


class TestTakeBack:
    def test_needs_a_reason(self) -> None:
        ada = make_patient(make_clinic())
        wrong = make_assessment(ada)
        where = reverse("assessment-void", args=[wrong.pk])
        nurse = enter(ada.clinic)

        assert "reason" in refusals(nurse.post(where, {"reason": ""}))
        response = nurse.post(where, {"reason": "wrong patient"})

        assert told(response) == ["Taken back."]
        wrong.refresh_from_db()
        assert wrong.void_reason == "wrong patient"
