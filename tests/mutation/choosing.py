"""Which modules are tried, and by which tests: the contract and the imports say it."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import grimp

from tests.architecture.sources import APPS
from tests.architecture.test_imports import FRAMEWORKS, contract

TESTS = "tests"
# The folders whose tests are about the product; others are about the project.
FOLDERS = (*APPS, "conformance")
FEW = 3


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A module and the files of tests that speak about it, the nearest first."""

    module: str
    path: Path
    own: tuple[str, ...]
    others: tuple[str, ...]
    framed: tuple[str, ...]  # its own, but they need Django to be set up


def trials(root: Path, wanted: Iterable[str] = ()) -> list[Trial]:
    """Return a trial for each module of the contract, or for those wanted of them."""
    named = sorted(contract(root, "Rules are pure"))
    graph = grimp.build_graph(
        TESTS, *APPS, include_external_packages=True, cache_dir=None
    )
    chosen = [name for name in named if _is_wanted(name, tuple(wanted))]
    return [_trial(root, graph, module) for module in chosen]


def _is_wanted(module: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or any(
        module == name or module.startswith(f"{name}.") for name in wanted
    )


def _trial(root: Path, graph: grimp.ImportGraph, module: str) -> Trial:
    path = root / (module.replace(".", "/") + ".py")
    pure = _pure_tests(graph, module)
    near = [test for test in _tests(graph) if _is_own(test, module)]
    if not near and not pure:
        near = _nearest(graph, module)
    return Trial(
        module=module,
        path=path if path.exists() else path.with_suffix("") / "__init__.py",
        own=tuple(_file(test) for test in near if test in pure),
        others=tuple(_file(test) for test in pure if test not in near),
        framed=tuple(_file(test) for test in near if test not in pure),
    )


def _nearest(graph: grimp.ImportGraph, module: str) -> list[str]:
    """Return the few tests from which the fewest imports lead to a module."""
    chains = {
        test: graph.find_shortest_chain(importer=test, imported=module)
        for test in _tests(graph)
    }
    reaching = {test: len(chain) for test, chain in chains.items() if chain}
    return sorted(reaching, key=lambda test: (reaching[test], test))[:FEW]


def _tests(graph: grimp.ImportGraph) -> list[str]:
    return sorted(
        name
        for name in graph.modules
        if name.startswith(tuple(f"{TESTS}.{folder}." for folder in FOLDERS))
        and name.rpartition(".")[2].startswith("test_")
    )


def _is_own(test: str, module: str) -> bool:
    """
    Tell whether a test is named for a module.

    For `schedules.replay`, test_replay.py and test_replay_ends.py in tests/schedules;
    for `schedules.rulebook.ways`, test_rulebook.py besides.
    """
    folder, _, name = module.rpartition(".")
    inside, _, file = test.removeprefix(f"{TESTS}.").rpartition(".")
    above, _, package = folder.rpartition(".")
    if (inside, file) == (above, f"test_{package}"):
        return True
    return inside == folder and f"{file}_".startswith(f"test_{name}_")


def _pure_tests(graph: grimp.ImportGraph, module: str) -> list[str]:
    """Return the tests that reach a module and need no framework to do so."""
    impure: set[str] = set()
    for framework in graph.modules & FRAMEWORKS:
        impure |= graph.find_downstream_modules(framework)
    reaching = graph.find_downstream_modules(module)
    return [test for test in _tests(graph) if test in reaching and test not in impure]


def _file(test: str) -> str:
    return test.replace(".", "/") + ".py"
