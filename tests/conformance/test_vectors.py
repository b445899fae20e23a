"""The worked examples of the clinical rules, each by the adapter of its kind."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.adapters import ADAPTERS

Case = dict[str, Any]

OWN = Path(__file__).parent / "vectors.json"

# Kinds that answer each question with a list of codes, or with one and such a list.
TOLD_IN_CODES = {"symptoms", "diagnosis"}


def read(path: Path) -> tuple[list[Case], dict[str, Any]]:
    """Return the cases of a file and its meta."""
    content = json.loads(path.read_text())
    return content["vectors"], content["meta"]


def check(case: Case, meta: dict[str, Any]) -> None:
    """Assert that the engine makes of a case what it expects."""
    actual, expected = ADAPTERS[case["kind"]](case, meta), case["expected"]
    if case["kind"] in TOLD_IN_CODES:
        actual, expected = (
            [_in_order(codes) for codes in it] for it in (actual, expected)
        )

    assert as_sets(actual) == as_sets(expected)


def _in_order(codes: Any) -> list[str]:
    """Return codes, listed within one another or not, in one order."""
    inside = [code for each in codes if isinstance(each, list) for code in each]
    return sorted([*(each for each in codes if isinstance(each, str)), *inside])


def as_sets(told: Any, name: str = "") -> Any:
    """Return what was told with lists of flags in order, since they compare as sets."""
    if isinstance(told, dict):
        inside = name == "flags"
        return {
            key: as_sets(it, "flags" if inside else key) for key, it in told.items()
        }
    if isinstance(told, list):
        items = [as_sets(item) for item in told]
        return sorted(items) if name == "flags" else items
    return told


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "case" not in metafunc.fixturenames:
        return
    others = metafunc.config.getoption("--vectors", default=[])
    files = [OWN, *map(Path, others)]
    cases = [(file, case, meta) for file in files for case, meta in _of(file)]
    metafunc.parametrize(
        ("case", "meta"),
        [pytest.param(case, meta) for _, case, meta in cases],
        ids=[f"{file.stem}-{case['id']}" for file, case, _ in cases],
    )


def _of(file: Path) -> list[tuple[Case, dict[str, Any]]]:
    cases, meta = read(file)
    return [(case, meta) for case in cases]


class TestVectors:
    def test_hold(
        self,
        case: Case,
        meta: dict[str, Any],
        record_property: Callable[[str, object], None],
    ) -> None:
        record_property("vector", case["id"])

        check(case, meta)


class TestOwnFile:
    def test_is_run_whole(self) -> None:
        cases, meta = read(OWN)

        assert len(cases) == len(_of(OWN)) == meta["n_vectors"] == 37

    def test_names_each_case_once(self) -> None:
        cases, _ = read(OWN)

        assert len({case["id"] for case in cases}) == len(cases)


class TestCheck:
    def test_refuses_a_kind_it_does_not_know(self) -> None:
        with pytest.raises(KeyError, match="horoscope"):
            check({"id": "X1", "kind": "horoscope", "input": {}, "expected": {}}, {})

    def test_sees_a_date_that_is_wrong(self) -> None:
        cases, meta = read(OWN)
        wrong = next(case for case in cases if case["id"] == "V13")
        wrong["expected"][0]["due"][0] = "2027-03-01"

        with pytest.raises(AssertionError):
            check(wrong, meta)

    def test_compares_flags_as_sets(self) -> None:
        one = {"flags": ["A", "B"], "due": ["1", "2"]}

        assert as_sets(one) == as_sets({"flags": ["B", "A"], "due": ["1", "2"]})
        assert as_sets(one) != as_sets({"flags": ["A", "B"], "due": ["2", "1"]})
