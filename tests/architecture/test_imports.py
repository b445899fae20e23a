"""Laws about imports: those in `pyproject.toml`, and those about doors."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import grimp
import pytest

from tests.architecture.sources import APPS

# What makes a module more than a rule.
FRAMEWORKS = {"django", "celery", "rest_framework", "requests", "redis", "honcho"}
# A door is known by its name, or by the folder of doors that it lies in.
DOORS = {"access", "api", "commands", "endpoints", "pages", "tasks", "urls", "views"}
# The shell's own doors, and what only they use.
SHELL = {
    "tracker.celery",
    "tracker.context",
    "tracker.health",
    "tracker.paging",
    "tracker.parsers",
    "tracker.preview.middleware",
    "tracker.problems",
    "tracker.tokens",
}
PLANTED = {
    "The arrow": ("patients/identifiers.py", "import schedules.intervals"),
    "Rules are pure": ("schedules/calendar.py", "import django.utils.timezone"),
    "Actions do not know who knocked": ("schedules/models/plan.py", "import celery"),
    "Channels know no records": ("notifications/channels/gsm.py", "import patients"),
}


@pytest.fixture(scope="module")
def graph(root: Path) -> grimp.ImportGraph:
    """Give who imports whom, the world outside included."""
    return grimp.build_graph(*APPS, include_external_packages=True, cache_dir=None)


def trespassers(graph: grimp.ImportGraph, module: str) -> set[str]:
    """Return who imports `module` and is no door."""
    if module not in graph.modules:
        return set()
    importers = graph.find_modules_that_directly_import(module)
    return {importer for importer in importers if not _is_door(importer)}


def _is_door(module: str) -> bool:
    return module in SHELL or not DOORS.isdisjoint(module.split("."))


def pure(graph: grimp.ImportGraph) -> set[str]:
    """Return our modules that need no framework, directly or through others."""
    impure: set[str] = set()
    for name in graph.modules & FRAMEWORKS:
        impure |= graph.find_downstream_modules(name)
    found = {name for name in graph.modules if name.split(".")[0] in APPS}
    return {name for name in found - impure if not graph.find_children(name)}


def contract(root: Path, name: str) -> set[str]:
    """Return the modules of which a contract of `pyproject.toml` speaks."""
    said = tomllib.loads((root / "pyproject.toml").read_text())
    for each in said["tool"]["importlinter"]["contracts"]:
        if each["name"] == name:
            return set(each["source_modules"])
    raise AssertionError(f"there is no contract {name!r}")


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the code in `folder` against the contracts."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
    )


class TestContracts:
    def test_hold(self, root: Path) -> None:
        linted = lint(root)

        assert linted.returncode == 0, linted.stdout

    @pytest.mark.parametrize("name", PLANTED)
    def test_bite(self, name: str, root: Path, tmp_path: Path) -> None:
        path, line = PLANTED[name]
        for app in APPS:
            shutil.copytree(root / app, tmp_path / app)
        shutil.copy(root / "pyproject.toml", tmp_path)
        with (tmp_path / path).open("a") as file:
            file.write(f"\n{line}\n")

        linted = lint(tmp_path)

        assert linted.returncode == 1
        assert f"{name} BROKEN" in linted.stdout


class TestRules:
    def test_are_all_named_in_the_contract(
        self, graph: grimp.ImportGraph, root: Path
    ) -> None:
        channels = contract(root, "Channels know no records")

        assert pure(graph) - channels == contract(root, "Rules are pure")

    def test_are_what_needs_no_framework(self) -> None:
        graph = grimp.ImportGraph()
        for name in ("schedules.rule", "schedules.near", "schedules.far", "django"):
            graph.add_module(name)
        graph.add_import(importer="schedules.near", imported="django")
        graph.add_import(importer="schedules.far", imported="schedules.near")

        assert pure(graph) == {"schedules.rule"}


class TestOnlyDoors:
    @pytest.mark.parametrize(
        "module",
        [
            pytest.param("patients.clock", id="read the clock"),
            pytest.param("celery", id="know of Celery"),
            pytest.param("schedules.tasks", id="enqueue for schedules"),
            pytest.param("notifications.tasks", id="enqueue for notifications"),
            pytest.param("rest_framework", id="know of the API"),
        ],
    )
    def test_holds(self, module: str, graph: grimp.ImportGraph) -> None:
        assert trespassers(graph, module) == set()

    def test_bites(self) -> None:
        graph = grimp.ImportGraph()
        for name in ("schedules.actions", "schedules.api.plans", "celery"):
            graph.add_module(name)
            if name != "celery":
                graph.add_import(importer=name, imported="celery")

        assert trespassers(graph, "celery") == {"schedules.actions"}
