"""The mutants: what is broken, and what is passed over."""

import pytest

from tests.mutation.mutants import mutants


def lines(source: str) -> set[str]:
    """Return the changed lines that mutants of a source of one line have."""
    return {mutant.source.strip() for mutant in mutants(source)}


class TestMutants:
    @pytest.mark.parametrize(
        ("source", "changed"),
        [
            pytest.param("DAYS = 7", {"DAYS = 8"}, id="a threshold"),
            pytest.param("a < b", {"a <= b"}, id="a boundary"),
            pytest.param("a and b", {"a or b"}, id="a condition"),
            pytest.param("x = 'late'", {"x = 'XXlateXX'"}, id="a word, once"),
            pytest.param("x = f(y)", {"x = f(None)"}, id="an argument"),
        ],
    )
    def test_break(self, source: str, changed: set[str]) -> None:
        assert lines(source) == changed

    @pytest.mark.parametrize(
        "source",
        [
            pytest.param("from datetime import date", id="imports"),
            pytest.param("def f(a: int | None) -> int | None: ...", id="types"),
            pytest.param('"""What it is."""', id="docstrings"),
            pytest.param("__all__ = ['a', 'b']", id="what is exported"),
            pytest.param("@dataclass(frozen=True)\nclass A: ...", id="decorators"),
            pytest.param("len(found)", id="what fails by itself"),
        ],
    )
    def test_pass_over(self, source: str) -> None:
        assert mutants(source) == []

    def test_reach_into_properties(self) -> None:
        source = "class A:\n    @property\n    def b(self):\n        return 1\n"

        assert [mutant.line for mutant in mutants(source)] == [4]

    def test_say_what_they_changed(self) -> None:
        (mutant,) = mutants("a = 1\nb = a < c")[1:][:1]

        assert mutant.line == 2
        assert mutant.words == "    - b = a < c\n    + b = a <= c"
