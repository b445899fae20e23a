"""Every endpoint, walked as everybody who has no business there."""

from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from patients.models import Clinic, User
from tests.factories import (
    PASSWORD,
    TODAY,
    give,
    make_loading_plan,
    make_patient,
    make_staff,
)
from tests.tracker.api.conftest import Program

#: What a seat that may not treat is answered; nobody's record is behind these.
OPEN_TO_EVERY_SEAT = {"/api/v1/adherence/": 200, "/api/v1/forecast/": 400}
OPEN = {"/api/v1/token/", "/api/v1/schema/"}


def routes() -> list[tuple[str, str]]:
    """Return every verb and path of the schema."""
    paths = SchemaGenerator().get_schema(public=True)["paths"]
    return [
        (verb, path)
        for path, verbs in paths.items()
        for verb in verbs
        if path not in OPEN
    ]


def call(program: Program, verb: str, path: str, pk: object) -> Any:
    """Return the response to a call of a route, `pk` in place of any id."""
    act = getattr(program.client, verb)
    return act(path.replace("{id}", str(pk)), {} if verb != "get" else None)


@pytest.fixture
def pk(clinic: Clinic) -> int:
    """Give an id that patient, plan and injection of the clinic have in common."""
    ada = make_patient(clinic)
    plan = make_loading_plan(ada)
    injection = give(ada, TODAY)
    for model, row in ((type(plan), plan), (type(injection), injection)):
        assert model.objects.filter(pk=row.pk).exists()
    return ada.pk


class TestEveryRoute:
    def test_asks_who_it_is(self, db: None, subtests: pytest.Subtests) -> None:
        for verb, path in routes():
            with subtests.test(f"{verb} {path}"):
                response = call(Program(None), verb, path, 1)

                assert response.status_code == 401
                assert response["Content-Type"] == "application/problem+json"

    def test_shows_nothing_without_a_seat(
        self, db: None, subtests: pytest.Subtests
    ) -> None:
        nobody = Program(User.objects.create_user("nobody", password=PASSWORD))
        for verb, path in routes():
            with subtests.test(f"{verb} {path}"):
                assert call(nobody, verb, path, 1).status_code == 403

    def test_shows_a_manager_no_names(
        self, manager: Program, pk: int, subtests: pytest.Subtests
    ) -> None:
        for verb, path in routes():
            with subtests.test(f"{verb} {path}"):
                response = call(manager, verb, path, pk)

                assert response.status_code == OPEN_TO_EVERY_SEAT.get(path, 403)
                assert b"Lovelace" not in response.content

    def test_knows_nobody_of_another_clinic(
        self, stranger: Program, pk: int, subtests: pytest.Subtests
    ) -> None:
        for verb, path in routes():
            with subtests.test(f"{verb} {path}"):
                response = call(stranger, verb, path, pk)

                assert "{id}" not in path or response.status_code == 404
                assert b"Lovelace" not in response.content

    @pytest.mark.parametrize(
        "rubbish", [0, -1, 10**17, 10**40, "x", "%00", "1'--", "../1"], ids=str
    )
    def test_survives_rubbish_for_an_id(
        self, nurse: Program, subtests: pytest.Subtests, rubbish: object
    ) -> None:
        for verb, path in routes():
            with subtests.test(f"{verb} {path}"):
                assert call(nurse, verb, path, rubbish).status_code < 500


class TestToken:
    def test_is_given_for_a_password_and_ended(self, clinic: Clinic) -> None:
        user = make_staff(clinic)
        program = Program(None)

        said = program.post("token/", username=user.username, password=PASSWORD)
        program.client.credentials(HTTP_AUTHORIZATION=f"Token {said['token']}")
        program.get("patients/")
        assert program.client.delete("/api/v1/token/").status_code == 204

        program.get("patients/", 401)

    def test_is_refused_for_a_wrong_password(self, clinic: Clinic) -> None:
        user = make_staff(clinic)

        problem = Program(None).post(
            "token/", 401, username=user.username, password="wrong"
        )

        assert problem["detail"] == "The name or the password is wrong."


class TestSchema:
    def test_is_valid_openapi(self, db: None) -> None:
        schema = Program(None).get("schema/")

        validate_schema(schema)
        assert len(schema["paths"]) > 20

    def test_tells_what_a_decision_hears(self, db: None) -> None:
        pause = Program(None).get("schema/")["paths"]["/api/v1/plans/{id}/pause/"]

        heard = pause["post"]["requestBody"]["content"]["application/json"]["schema"]
        said = pause["post"]["responses"]["200"]["content"]["application/json"][
            "schema"
        ]
        assert heard == {"$ref": "#/components/schemas/PauseIn"}
        assert said["oneOf"] == [
            {"$ref": "#/components/schemas/MovedOut"},
            {"$ref": "#/components/schemas/PreviewOut"},
        ]


class TestProblems:
    @pytest.mark.parametrize(
        ("body", "media", "status"),
        [
            pytest.param(b"{", "application/json", 400, id="half a JSON"),
            pytest.param(b"[]", "application/json", 400, id="a list"),
            pytest.param(b"null", "application/json", 400, id="nothing"),
            pytest.param(b'"x"', "application/json", 400, id="a word"),
            pytest.param(b"\xff\xfe", "application/json", 400, id="no text"),
            pytest.param(b"a=b", "text/plain", 415, id="another media type"),
        ],
    )
    def test_tell_what_was_wrong_with_a_body(
        self, nurse: Program, body: bytes, media: str, status: int
    ) -> None:
        response = nurse.client.post("/api/v1/patients/", body, content_type=media)

        assert response.status_code == status
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["detail"]

    @pytest.mark.parametrize(
        "query",
        [
            "patients/?cursor=x",
            "injections/?patient=x",
            "injections/?since=2026-02-30",
            "injections/?patient=99999999999999999999999",
            "lab-results/?test=%00",
            "plans/?phase=x",
            "worklist/?clinic=mill-lane",
        ],
    )
    def test_tell_what_was_wrong_with_a_query(self, nurse: Program, query: str) -> None:
        response = nurse.client.get(f"/api/v1/{query}")

        assert response.status_code in {400, 404} or response.json()["results"] == []
