"""What would move, asked by programs."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from drf_spectacular.generators import SchemaGenerator

from patients.models import Clinic
from tests.factories import (
    TODAY,
    give,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_plan,
)
from tests.tracker.api.conftest import Program, _at_noon, clinic, nurse, prescriber
from tests.tracker.api.test_access import routes
from tests.tracker.api.test_rubbish import TAKEN
from tests.tracker.preview.test_middleware import dump

__all__ = ["_at_noon", "clinic", "nurse", "prescriber"]

GIVEN = {
    "given_at": "2026-11-20T10:00:00Z",
    "dose_mg": "1",
    "identity_confirmed": True,
}


def asked(program: Program, path: str, status: int = 200, **said: object) -> Any:
    """Return what would move, having seen that nothing was written."""
    before = dump()
    answer = program.post(f"{path}?preview=1", status, **said)
    assert dump() == before
    return answer


class TestAnAct:
    def test_says_what_it_would_move(self, nurse: Program, clinic: Clinic) -> None:
        plan = make_maintenance_plan(make_patient(clinic), date(2026, 9, 21))

        said = asked(nurse, "injections/", patient=plan.patient_id, **GIVEN)

        moved = said["plans"][0]
        assert (said["touched"], said["moved"]) == (1, 1)
        assert (moved["plan"], moved["patient"]) == (plan.pk, plan.patient_id)
        assert moved["phase"] == {"before": "maintenance", "after": "maintenance"}
        assert moved["dose"] == {"before": "2026-11-23", "after": "2027-01-21"}
        assert moved["reasons"] == ["4 months after the injection of Mon 21 Sep"]
        assert moved["ahead"] == []  # given inside the window: the grid stays
        replaced = {
            (each["purpose"], each["rung"]): each for each in moved["reminders"]
        }
        ahead = replaced["injection_ahead", 1]
        assert ahead["before"]["due_on"] == "2026-11-23"
        assert ahead["after"]["due_on"] == "2027-01-21"
        assert ahead["after"]["means"] == "email"

    def test_refuses_as_it_would_without(self, nurse: Program, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))
        give(plan.patient, TODAY)
        said = {"patient": plan.patient_id, **GIVEN}

        heard = [asked(nurse, "injections/", 409, **said) for _ in range(2)]

        assert heard[0] == heard[1] == nurse.post("injections/", 409, **said)

    def test_tells_what_falls_away(self, prescriber: Program, clinic: Clinic) -> None:
        plan = make_loading_plan(make_patient(clinic))

        said = asked(prescriber, f"plans/{plan.pk}/close/", reason="informed_refusal")

        moved = said["plans"][0]
        assert moved["phase"] == {"before": "loading", "after": "closed"}
        assert moved["dose"]["after"] is None
        assert moved["panel"]["after"] is None
        assert moved["reminders"]
        assert all(each["after"] is None for each in moved["reminders"])

    def test_names_no_plan_that_is_not_there(
        self, prescriber: Program, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        plan = make_plan(ada)

        said = asked(
            prescriber,
            f"plans/{plan.pk}/start/",
            reason="deficiency",
            protocol="NEURO_ALT",
            neurological="yes",
            start_on="2026-11-23",
            consent="said so",
            no_known_allergies=True,
        )

        assert said["plans"][0]["dose"] == {"before": None, "after": "2026-11-23"}
        assert len(said["plans"][0]["ahead"]) > 100

    def test_is_not_done_where_the_question_is_not_clear(
        self, nurse: Program, clinic: Clinic
    ) -> None:
        plan = make_loading_plan(make_patient(clinic))

        errors = nurse.refused(
            "post", "injections/?preview=yes", 400, patient=plan.patient_id, **GIVEN
        )

        assert errors == [("preview", "Ask with preview=1, or leave it out.")]
        assert not plan.injections.exists()

    def test_that_has_none_says_why(self, nurse: Program) -> None:
        errors = nurse.refused("post", "patients/search/?preview=1", 400)

        assert errors == [
            (
                "preview",
                "This cannot be previewed. It looks, and changes nothing.",
            )
        ]

    def test_writes_nothing_wherever_it_is(
        self, prescriber: Program, clinic: Clinic
    ) -> None:
        ada = make_patient(clinic)
        plan = make_loading_plan(ada)
        ids = {"patient": ada.pk, "plans": plan.pk, "injections": give(ada, TODAY).pk}
        before = dump()

        posts = {path for verb, path in routes() if verb == "post"}
        bodies = {path.removeprefix("/api/v1/"): {} for path in posts} | TAKEN
        for path, body in bodies.items():
            where = path.replace("{id}", str(ids.get(path.split("/")[0])))
            said = {name: ids.get(name, it) for name, it in body.items()}
            answer = prescriber.client.post(f"/api/v1/{where}?preview=1", said)

            assert answer.status_code in {200, 400, 403, 404, 409}, path
            if answer.status_code == 200:
                assert set(answer.json()) == {"touched", "moved", "plans"}, path
            assert dump() == before, path


class TestTheDescription:
    def test_speaks_of_the_question_at_every_act(self) -> None:
        paths = SchemaGenerator().get_schema(public=True)["paths"]

        asks = _asked(paths)

        assert "/api/v1/injections/" in asks
        assert "/api/v1/plans/{id}/pause/" in asks
        assert "/api/v1/token/" not in asks


def _asked(paths: dict[str, Any]) -> set[str]:
    return {
        path
        for path, verbs in paths.items()
        if "Preview" in str(verbs.get("post", {}).get("responses", {}).get("200"))
        and "'preview'" in str(verbs["post"]["parameters"])
    }


@pytest.mark.django_db
def test_a_dump_sees_every_row(clinic: Clinic) -> None:
    before = dump()
    make_patient(clinic)

    assert dump() != before
    assert len(before) == len(set(connection.introspection.table_names())) - 1
