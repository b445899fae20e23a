"""Whatever a program says, it hears a problem and never a failure of ours."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from patients.models import Clinic
from tests.factories import TODAY, give, make_loading_plan, make_patient
from tests.tracker.api.conftest import PROBLEM, Program

EVERYWHERE = {"reason": "other", "note": "", "on": "2026-11-20"}
#: What each address would take; ids are put in where there is something to name.
TAKEN: dict[str, dict[str, object]] = {
    "token/": {"username": "grace", "password": "correct horse"},
    "patients/": {
        "family_name": "Lovelace",
        "given_name": "Ada",
        "birth_date": "1975-12-10",
        "gender": "female",
        "nhs_number": "",
        "phone": "07700 900123",
        "email": "ada@example.org",
        "preferred_channel": "sms",
        "sms_allowed": True,
        "evidence": "said so",
        "clinic": "elm-street",
    },
    "plans/": {"patient": 0, "neurological": "yes", "cause": ""},
    "injections/": {
        "patient": 0,
        "given_at": "2026-11-19T10:00:00Z",
        "given_on": "2026-11-19",
        "outcome": "given",
        "is_here": True,
        "dose_mg": "1",
        "site": "left_deltoid",
        "batch": "346A80",
        "expires_on": "2027-11-20",
        "identity_confirmed": True,
    },
    "lab-results/": {
        "patient": 0,
        "test": "b12",
        "value": "180",
        "unit": "ng/L",
        "drawn_on": "2026-11-20",
    },
    "assessments/": {
        "patient": 0,
        "assessed_on": "2026-11-20",
        "source": "nurse",
        "scores": {"tremor": 4},
        "pgic": 4,
        "red_flags": ["vision"],
        "falls": 1,
        "up_and_go_seconds": "11.5",
        "romberg": "steady",
        "note": "",
    },
    "plans/{id}/start/": EVERYWHERE
    | {"protocol": "NEURO_ALT", "neurological": "yes", "start_on": "2026-11-20"}
    | {"consent": "said so", "no_known_allergies": True},
    "plans/{id}/transfer-in/": EVERYWHERE | {"protocol": "NONE", "interval": "2m"},
    "plans/{id}/pause/": EVERYWHERE | {"review_on": "2026-11-23"},
    "plans/{id}/close/": EVERYWHERE,
    "plans/{id}/dismiss-suggestion/": {"code": "PLATEAU_SUGGESTED", "reason": "no"},
    "injections/{id}/correct/": {
        "given_at": "2026-11-19T10:00:00Z",
        "is_here": True,
        "dose_mg": "1",
        "batch": "346A81",
        "reason": "wrong batch",
    },
    "forecast/": {
        "protocol": "NEURO_ALT",
        "calendar": {"weekdays": [0, 1, 2, 3, 4], "closed": ["2026-12-25"]},
        "as_of": "2026-11-20",
        "until": "2027-11-20",
        "events": [{"kind": "started", "on": "2026-05-11"}],
        "injections": [{"given_on": "2026-05-11"}],
        "results": [{"drawn_on": "2026-05-11", "tests": ["b12"]}],
        "assessments": [{"assessed_on": "2026-05-11", "scores": {"pain": 3}}],
        "parameters": {"course_days": 21},
    },
    "patients/{id}/medicines/": {
        "medicine": "warfarin",
        "daily_mg": "5",
        "started_on": "2026-11-20",
        "inr_low": "2",
        "inr_high": "3",
    },
    "injections/{id}/void/": {"reason": "wrong patient"},
}

DAYS = (
    "0001-01-01", "9999-12-31", "2026-02-30", "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59Z", "9999-12-31T23:59:59-23:59", "", 20261120, None, [],
)  # fmt: skip
AWKWARD = (
    "99999999999m", "1e400", "NaN", "9" * 400, "٣", "\x00", "\ud800", "é" * 500,
    True, None, -1, 0, 2**63, 10**400, 1e308, float("nan"), float("inf"), [], {},
)  # fmt: skip
PLAIN = st.sampled_from(AWKWARD) | st.text(st.characters(), max_size=20)
NAMES = PLAIN.map(str)
VALUES = PLAIN | st.recursive(
    PLAIN,
    lambda part: st.lists(part, max_size=3) | st.dictionaries(NAMES, part, max_size=3),
    max_leaves=6,
)


def is_day(name: str) -> bool:
    """Tell whether a day, or an instant, is asked for."""
    return f"_{name}".endswith(("_on", "_at", "_date"))


@st.composite
def changes(draw: st.DrawFn, names: list[str]) -> dict[str, Any]:
    """Draw what is said instead, of a field or two, and now and then of one more."""
    changed = draw(st.sets(st.sampled_from(names), min_size=1, max_size=2))
    said = {
        name: draw(st.sampled_from(DAYS) if is_day(name) else VALUES)
        for name in sorted(changed)
    }
    return said | draw(st.just({}) | st.dictionaries(NAMES, VALUES, max_size=1))


@pytest.fixture
def known(clinic: Clinic) -> dict[str, int]:
    """Give the ids of somebody whose plan has begun and who had an injection."""
    ada = make_patient(clinic)
    plan = make_loading_plan(ada)
    return {
        "patient": ada.pk,
        "patients": ada.pk,
        "plans": plan.pk,
        "injections": give(ada, TODAY).pk,
    }


def send(program: Program, path: str, body: bytes) -> Any:
    """Return the answer to a body that was sent as it is."""
    where = f"/api/v1/{path}"
    return program.client.post(where, body, content_type="application/json")


class TestEveryInput:
    @pytest.mark.parametrize("path", TAKEN)
    @given(data=st.data())
    @settings(
        max_examples=50,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_is_taken_or_refused_with_a_problem(
        self,
        prescriber: Program,
        known: dict[str, int],
        path: str,
        data: st.DataObject,
    ) -> None:
        body = {name: known.get(name, said) for name, said in TAKEN[path].items()}
        body |= data.draw(changes(list(body)))
        where = path.replace("{id}", str(known.get(path.split("/")[0])))

        answer = send(prescriber, where, json.dumps(body).encode())

        assert answer.status_code < 500
        if answer.status_code >= 400:
            assert answer["Content-Type"] == PROBLEM
            assert answer.json()["status"] == answer.status_code


class TestBodies:
    @pytest.mark.parametrize(
        ("body", "reason"),
        [
            pytest.param(
                rb'{"family_name": "\ud800"}',
                "The body holds a character that cannot be kept.",
                id="half a pair in a value",
            ),
            pytest.param(
                rb'{"\udfff": 1}',
                "The body holds a character that cannot be kept.",
                id="half a pair in a key",
            ),
            pytest.param(
                rb'{"gender": ["\ud800"]}',
                "The body holds a character that cannot be kept.",
                id="half a pair in a list",
            ),
            pytest.param(
                rb'{"family_name": "A\u0000da"}',
                "The body holds a character that cannot be kept.",
                id="a NUL",
            ),
            pytest.param(
                b"[" * 90_000, "The body is nested too deep.", id="very many brackets"
            ),
            pytest.param(
                b'{"gender":' + b"[" * 8 + b"]" * 8 + b"}",
                "The body is nested too deep.",
                id="a level too many",
            ),
            pytest.param(b"[" * 200_000, "The body is too long.", id="far too many"),
            pytest.param(
                b" " * 100_001, "The body is too long.", id="a blank too many"
            ),
        ],
    )
    def test_are_refused_as_a_whole(
        self, nurse: Program, body: bytes, reason: str
    ) -> None:
        answer = send(nurse, "patients/", body)

        assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM)
        assert answer.json() == {
            "type": "about:blank",
            "title": "Bad Request",
            "status": 400,
            "detail": reason,
            "errors": [{"field": "", "reason": reason, "code": "parse_error"}],
        }

    def test_may_be_as_deep_as_a_wrong_field(self, nurse: Program) -> None:
        deep = b'{"gender":' + b"[" * 7 + b"]" * 7 + b"}"

        errors = send(nurse, "patients/", deep).json()["errors"]

        assert ("gender", '"[[[[[[[]]]]]]]" is not a valid choice.') in [
            (error["field"], error["reason"]) for error in errors
        ]

    def test_may_be_as_long_as_the_limit(self, nurse: Program) -> None:
        said = json.dumps({"family_name": "Lovelace", "birth_date": "1975-12-10"})

        answer = send(nurse, "patients/", said.ljust(100_000).encode())

        assert answer.status_code == 201

    def test_may_hold_whole_pairs(self, nurse: Program) -> None:
        said = nurse.post("patients/", family_name="𝒜da", birth_date="1975-12-10")

        assert said["family_name"] == "𝒜da"


class TestUnknownAddresses:
    @pytest.mark.parametrize(
        "path", ["", "nothing/", "patients", "patients/x/", "plans/1/explode/", "é/%00"]
    )
    @pytest.mark.parametrize("verb", ["get", "post", "delete", "options"])
    def test_are_a_problem_to_everybody(self, db: None, verb: str, path: str) -> None:
        answer = getattr(Program(None).client, verb)(f"/api/v1/{path}")

        reason = "There is nothing at this address. Addresses end with a slash."
        assert (answer.status_code, answer["Content-Type"]) == (404, PROBLEM)
        assert answer.json()["errors"] == [
            {"field": "", "reason": reason, "code": "not_found"}
        ]
