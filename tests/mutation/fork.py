"""
Trying one mutant: a fork in which the module is another, and its tests.

A fork starts with pytest and Hypothesis already imported and none of our modules, so
that trying costs little more than the tests themselves.
"""

import os
import signal
import sys
from collections.abc import Sequence
from enum import Enum
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_file_location
from pathlib import Path
from types import CodeType, ModuleType

import hypothesis
import pytest

from tests.mutation.choosing import Trial

NO_PLUGINS = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
BARE = ("-o", "addopts=", "--noconftest")
# Hypothesis has drawn by then, and its plugin may only be loaded before that.
LATE = ("-p", "no:hypothesispytest")
ALWAYS = (
    "-x",
    "-q",
    "--assert=plain",
    "--tb=no",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:terminalreporter",
)


class Outcome(Enum):
    """What became of a mutant, as the fork tells it when it ends."""

    SURVIVED = 0
    KILLED = 1
    UNTRIED = 3  # no test was found that could have noticed


class Other(SourceFileLoader):
    """Loads a module from another text than that of its file."""

    def __init__(self, name: str, path: str, text: str) -> None:
        super().__init__(name, path)
        self.text = text

    def get_code(self, fullname: str) -> CodeType:
        """Return the other text, compiled under the name of the file."""
        return compile(self.text, self.path, "exec", dont_inherit=True)


class Finder(MetaPathFinder):
    """Finds one module, and leaves all others to Python."""

    def __init__(self, trial: Trial, text: str) -> None:
        self.trial = trial
        self.text = text

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: ModuleType | None = None,
    ) -> ModuleSpec | None:
        """Return the other text for the module of the trial."""
        if fullname != self.trial.module:
            return None
        file = str(self.trial.path)
        return spec_from_file_location(
            fullname, file, loader=Other(fullname, file, self.text)
        )


def prepare() -> None:
    """Let Hypothesis try a few examples, the same each time, and stop at the first."""
    os.environ[NO_PLUGINS] = "1"
    hypothesis.settings.register_profile(
        "mutants",
        max_examples=25,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutants")


def try_out(trial: Trial, text: str, *, seconds: int, root: Path) -> int:
    """Fork, and there run the tests against another text; return the fork's number."""
    number = os.fork()
    if number:
        return number
    signal.alarm(seconds)
    os.chdir(root)
    _be_silent()
    outcome = Outcome.KILLED
    try:
        outcome = _tried(trial, text)
    finally:
        os._exit(outcome.value)


def _tried(trial: Trial, text: str) -> Outcome:
    sys.meta_path.insert(0, Finder(trial, text))
    outcome = Outcome.UNTRIED
    for files, is_framed in (
        (trial.own, False),
        (trial.others, False),
        (trial.framed, True),
    ):
        if not files:
            continue
        if not _passes(files, is_framed=is_framed):
            return Outcome.KILLED
        outcome = Outcome.SURVIVED
    return outcome


def _passes(files: tuple[str, ...], *, is_framed: bool) -> bool:
    """Run files of tests; bare ones without what the project's plugins prepare."""
    options = LATE if is_framed else BARE
    if is_framed:
        os.environ.pop(NO_PLUGINS)
    return pytest.main([*ALWAYS, *options, *files]) == pytest.ExitCode.OK


def _be_silent() -> None:
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
