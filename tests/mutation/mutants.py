"""The mutants of one module: what the operators of mutmut make of its source."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import (
    mutation_operators,
    operator_assignment,
    operator_string,
)

# What says nothing about behaviour: types, imports, what decorates, what is exported.
PASSED_OVER = (cst.Annotation, cst.Import, cst.ImportFrom, cst.Decorator)
# `len(None)` fails by itself and proves nothing; mutmut leaves these alone as well.
SELF_EVIDENT = {"len", "isinstance"}


@dataclass(frozen=True)
class Mutant:
    """A module with one thing changed."""

    module: cst.Module
    line: int
    original: cst.CSTNode
    changed: cst.CSTNode

    @cached_property
    def source(self) -> str:
        """Return the changed source."""
        return self.module.deep_replace(self.original, self.changed).code

    @property
    def words(self) -> str:
        """Say what was changed: the line, as it was and as it is."""
        was, now = self.module.code.splitlines(), self.source.splitlines()
        steps = [it for it in difflib.ndiff(was, now) if it[0] in "+-"]
        return "\n".join(f"    {it[0]} {it[2:].strip()}" for it in steps)


def mutants(source: str) -> list[Mutant]:
    """Return every mutant of a source that differs from it."""
    wrapper = MetadataWrapper(cst.parse_module(source), unsafe_skip_copy=True)
    visitor = _Visitor(wrapper.module)
    wrapper.visit(visitor)
    return visitor.found


class _Visitor(cst.CSTVisitor):
    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, module: cst.Module) -> None:
        super().__init__()
        self.module = module
        self.found: list[Mutant] = []
        self._functions = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, PASSED_OVER) or _is_self_evident(node) or _exports(node):
            return False
        self._functions += isinstance(node, cst.FunctionDef)
        line = self.get_metadata(PositionProvider, node, None)
        for changed in _changes(node, inside=self._functions > 0):
            number = line.start.line if line else 0
            self.found.append(Mutant(self.module, number, node, changed))
        return True

    def on_leave(self, original_node: cst.CSTNode) -> None:
        self._functions -= isinstance(original_node, cst.FunctionDef)


def _is_self_evident(node: cst.CSTNode) -> bool:
    return (
        isinstance(node, cst.Call)
        and isinstance(node.func, cst.Name)
        and node.func.value in SELF_EVIDENT
    )


def _exports(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.Assign):
        return False
    return cst.Module([]).code_for_node(node.targets[0].target) == "__all__"


def _changes(node: cst.CSTNode, *, inside: bool) -> Iterator[cst.CSTNode]:
    for kind, operator in mutation_operators:
        if not isinstance(node, kind):
            continue
        # A table or a field that becomes None stops the import: nothing learnt.
        if operator is operator_assignment and not inside:
            continue
        changes = operator(node)
        # One changed string is as good as the same in capitals.
        yield from list(changes)[:1] if operator is operator_string else changes
