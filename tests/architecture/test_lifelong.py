"""Laws about ends: nothing that goes on for life has a field in which it could end."""

import ast
import re
from collections.abc import Iterator

import pytest

from schedules.models import Plan, Protocol
from tests.architecture.sources import Source, code

# A field that says when something stops by itself.
END = re.compile(r"(^|_)(end|ends|ended|expires?|stops?|stopped|until|last_due)(_|$)")
# What a plan is made of. A pause, a course and a series of panels do have an end.
FOR_LIFE = {
    "schedules/doses.py": {"Dose"},
    "schedules/facts.py": {"Event", "Given"},
    "schedules/forecast.py": {"Forecast"},
    "schedules/position.py": {"Position", "Regimen"},
    "schedules/protocol.py": {"Protocol", "Loading"},
}
# The nouns of the laboratory, and what decides where a plan stands.
VALUES = {"Measured", "Value", "LabResult", "Result", "Interpretation", "Band"}
PHASES = {"Phase", "EventKind", "Event", "Interval", "Transition", "PlanEvent"}


def endings(source: Source, names: set[str]) -> list[str]:
    """Return the fields in which one of the classes could hold an end."""
    return [
        f"{node.name}.{field.target.id}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and node.name in names
        for field in node.body
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if END.search(field.target.id)
    ]


def deciding(source: Source) -> list[str]:
    """Return the functions that take a laboratory value and return a phase."""
    return [
        f"{source.path}: {node.name}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.FunctionDef)
        if PHASES & set(_names(node.returns))
        and any(VALUES & set(_names(each.annotation)) for each in _arguments(node))
    ]


def _arguments(node: ast.FunctionDef) -> list[ast.arg]:
    return [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]


def _names(annotation: ast.expr | None) -> Iterator[str]:
    for node in ast.walk(annotation) if annotation else ():
        if isinstance(node, ast.Name):
            yield node.id
        if isinstance(node, ast.Attribute):
            yield node.attr


@pytest.mark.proves("R04")
class TestNothingForLife:
    def test_has_a_field_for_its_end(self) -> None:
        found = [s for s in code() if s.path in FOR_LIFE]

        assert len(found) == len(FOR_LIFE)
        assert [end for s in found for end in endings(s, FOR_LIFE[s.path])] == []

    def test_has_a_column_for_its_end(self) -> None:
        columns = [f.name for m in (Plan, Protocol) for f in m._meta.get_fields()]

        assert [name for name in columns if END.search(name)] == []

    @pytest.mark.parametrize("name", ["end_on", "ends_on", "expires_on", "until"])
    def test_bites(self, name: str) -> None:
        source = Source("a.py", f"class Dose:\n    {name}: date")

        assert endings(source, {"Dose"}) == [f"Dose.{name}"]


@pytest.mark.proves("R26", "R35", "S08")
class TestNoFunction:
    def test_takes_a_laboratory_value_and_returns_a_phase(self) -> None:
        product = [source for source in code() if source.is_product]

        assert [found for source in product for found in deciding(source)] == []

    @pytest.mark.parametrize(
        "text",
        [
            "def f(value: Value) -> Phase: ...",
            "def f(*, found: measured.Measured | None) -> Phase | None: ...",
            "def f(results: Sequence[Result]) -> list[Event]: ...",
        ],
    )
    def test_bites(self, text: str) -> None:
        assert deciding(Source("a.py", text)) == ["a.py: f"]
