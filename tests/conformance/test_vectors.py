"""The worked examples of the clinical rules, each by the adapter of its kind."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.adapters import ADAPTERS
from tests.conformance.files import MORE, OWN, read
from tests.conformance.many import many

Case = dict[str, Any]

# Kinds that answer each question with a list of codes, or with one and such a list.
TOLD_IN_CODES = {"symptoms", "diagnosis"}


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
    files = files_of(metafunc.config)
    cases = [(file, case, meta) for file in files for case, meta in _of(file)]
    metafunc.parametrize(
        ("case", "meta"),
        [pytest.param(case, meta) for _, case, meta in cases],
        ids=[f"{file.stem}-{case['id']}" for file, case, _ in cases],
    )


def files_of(config: pytest.Config) -> list[Path]:
    """Return the files of cases: ours, and those named on the command line."""
    return [OWN, MORE, *map(Path, config.getoption("--vectors", default=[]))]


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


class TestFiles:
    def test_are_run_whole(self, request: pytest.FixtureRequest) -> None:
        counts = [(len(_of(file)), *_said(file)) for file in files_of(request.config)]

        assert counts[:2] == [(37, 37, 37), (24, 24, 24)]
        assert all(run == held == said for run, held, said in counts)

    def test_have_cases_of_every_kind(self) -> None:
        assert {case["kind"] for case, _ in _of(OWN)} == set(ADAPTERS)

    @pytest.mark.parametrize("file", [OWN, MORE], ids=["given", "more"])
    def test_name_each_case_once(self, file: Path) -> None:
        cases, _ = read(file)

        assert len({case["id"] for case in cases}) == len(cases)


def _said(file: Path) -> tuple[int, int]:
    """Return how many cases a file holds, and how many it says that it does."""
    cases, meta = read(file)
    return len(cases), meta.get("n_vectors", len(cases))


class TestMany:
    def test_hold_against_bare_loops(self) -> None:
        drawn = many(100)

        for case in drawn["vectors"]:
            check(case, drawn["meta"])
        assert len(drawn["vectors"]) == 100


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
