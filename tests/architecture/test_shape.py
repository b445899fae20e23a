"""Laws about files: their names, their size, and where they lie."""

import ast

import pytest

from tests.architecture.sources import APPS, Source, code, tracked

LONGEST_FILE = 400
LONGEST_FUNCTION = 45
# Names under which anything can be hidden.
NAMES_OF_NOTHING = {"utils.py", "services.py", "helpers.py", "managers.py", "misc.py"}
TOP = {
    *APPS,
    *(".ci", ".gitignore", "docs", "tests", "manage.py", "Makefile", "README.md"),
    *("pyproject.toml", "requirements.in", "requirements.txt"),
    *("requirements-dev.in", "requirements-dev.txt"),
}


def strangers(paths: tuple[str, ...]) -> set[str]:
    """Return what lies at the top and does not belong there."""
    return {path.split("/")[0] for path in paths} - TOP


def nameless(paths: tuple[str, ...]) -> list[str]:
    """Return the files whose name says nothing."""
    return [path for path in paths if path.split("/")[-1] in NAMES_OF_NOTHING]


def unmarked(paths: tuple[str, ...]) -> set[str]:
    """Return the folders of tests that are no package: equal names would clash."""
    folders = {path.rpartition("/")[0] for path in paths if _is_test(path)}
    return {folder for folder in folders if f"{folder}/__init__.py" not in paths}


def _is_test(path: str) -> bool:
    return path.startswith("tests/") and path.endswith(".py")


def too_long(source: Source) -> list[str]:
    """Return what in `source` is longer than a reader can hold."""
    lines = source.text.count("\n")
    found = [f"{source.path}: {lines} lines"] if lines > LONGEST_FILE else []
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                found.append(f"{source.path}: {node.name}() has {length} lines")
    return found


def hidden_logic(source: Source) -> list[str]:
    """Return where `source` acts behind the back: signals, and `save()` overridden."""
    return [
        f"{source.path}:{node.lineno}"
        for node in ast.walk(source.tree)
        if _is_signal(node) or (_is_model(source) and _overrides_save(node))
    ]


def _is_signal(node: ast.AST) -> bool:
    """`post_migrate` is about tables, and Celery's are about processes."""
    if not isinstance(node, ast.ImportFrom) or not node.module:
        return False
    if node.module.startswith("celery."):
        return False
    names = {alias.name for alias in node.names}
    if node.module.endswith("signals"):
        return names != {"post_migrate"}
    return node.module.startswith("django.dispatch") or "signals" in names


def _is_model(source: Source) -> bool:
    return "models" in source.path


def _overrides_save(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name in {"save", "delete"}


class TestTheTop:
    def test_holds(self) -> None:
        assert strangers(tracked()) == set()

    def test_bites(self) -> None:
        assert strangers(("manage.py", "common/dates.py")) == {"common"}


class TestNames:
    def test_holds(self) -> None:
        assert nameless(tracked()) == []

    def test_bites(self) -> None:
        paths = ("schedules/forecast.py", "schedules/utils.py")

        assert nameless(paths) == ["schedules/utils.py"]


class TestPackagesOfTests:
    def test_holds(self) -> None:
        assert unmarked(tracked()) == set()

    def test_bites(self) -> None:
        paths = ("tests/__init__.py", "tests/conftest.py", "tests/new/test_it.py")

        assert unmarked(paths) == {"tests/new"}


class TestSize:
    def test_holds(self) -> None:
        product = [source for source in code() if source.is_product]

        assert [found for source in product for found in too_long(source)] == []

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            pytest.param("x = 1\n" * 400, [], id="a long file"),
            pytest.param("x = 1\n" * 401, ["a.py: 401 lines"], id="a line too many"),
            pytest.param("def f():\n" + "    g()\n" * 44, [], id="a long function"),
            pytest.param(
                "def f():\n" + "    g()\n" * 45,
                ["a.py: f() has 46 lines"],
                id="a function with a line too many",
            ),
        ],
    )
    def test_bites(self, text: str, found: list[str]) -> None:
        assert too_long(Source("a.py", text)) == found


class TestNothingActsBehindTheBack:
    def test_holds(self) -> None:
        product = [source for source in code() if source.is_product]

        assert [found for source in product for found in hidden_logic(source)] == []

    @pytest.mark.parametrize(
        "text",
        [
            "from django.db.models.signals import post_save",
            "from django.db.models import signals",
            "from django.dispatch import receiver",
            "class Plan(Model):\n    def save(self, **kwargs): ...",
        ],
    )
    def test_bites(self, text: str) -> None:
        assert len(hidden_logic(Source("schedules/models.py", text))) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "from django.db.models.signals import post_migrate",
            "from celery.signals import worker_ready",
        ],
    )
    def test_leaves_alone_what_is_not_about_rows(self, text: str) -> None:
        assert hidden_logic(Source("schedules/apps.py", text)) == []
