"""
Which test proves which rule: read from the marks, held on every whole run.

    @pytest.mark.proves("S01", "R19")

A whole run fails if a rule for which the software acts has no test that passes, or if
docs/traceability.md says something else than the marks. A mark that names no rule fails
any run. `make traceability` writes the page.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from schedules.rulebook import claims, ways
from schedules.safety import TABLE

PAGE = Path("docs") / "traceability.md"
PROPERTY = "proves"

HEAD = """# Which test proves which rule

Written by `make traceability` from the marks of the tests. A whole run fails where a
rule that acts has no test that passes, and where this page is not what the marks say.
None of these rules is clinically approved.
"""


@dataclass(frozen=True)
class Traced:
    """A rule, what it says, and whether the software does something for it."""

    id: str
    says: str
    acts: bool = True


def rules() -> list[Traced]:
    """Return every rule: the claims, the safety rules, the ways."""
    return [
        *(Traced(claim.id, claim.says, claim.acts) for claim in claims.claims()),
        *(Traced(id, f"{'; '.join(said)}.") for id, said in _safety().items()),
        *(Traced(way.id, way.says) for way in ways.ways()),
    ]


def _safety() -> dict[str, list[str]]:
    """Return the titles under each number S; the table has rows of other rules too."""
    titles: dict[str, list[str]] = defaultdict(list)
    for rule in sorted(TABLE, key=lambda rule: rule.id):
        if rule.id.startswith("S"):
            titles[rule.id].append(rule.title)
    return titles


def page(found: Iterable[Traced], tests: Mapping[str, set[str]]) -> str:
    """Return the page: each rule, what it says, and the tests that prove it."""
    parts = [HEAD]
    for rule in found:
        parts += [f"## {rule.id}\n", f"{rule.says}\n"]
        named = [f"- {test}" for test in sorted(tests.get(rule.id, ()))]
        parts.append("\n".join(named or [_without(rule)]) + "\n")
    return "\n".join(parts)


def _without(rule: Traced) -> str:
    return "No test yet." if rule.acts else "Words only: the software does nothing."


def unproven(found: Iterable[Traced], passed: Mapping[str, set[str]]) -> list[str]:
    """Return the rules that act and have no test that passed."""
    return [rule.id for rule in found if rule.acts and not passed.get(rule.id)]


def named_by(item: pytest.Item) -> set[str]:
    """Return the rules that a test says it proves."""
    return {id for mark in item.iter_markers("proves") for id in mark.args}


def test_of(nodeid: str) -> str:
    """Return the test without its parameters, file, class and sentence."""
    return nodeid.partition("[")[0].replace("::", " › ")


@dataclass(eq=False)
class Traceability:
    """The plugin: it gathers what the tests of a run proved."""

    config: pytest.Config
    marked: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    passed: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    faults: list[str] = field(default_factory=list)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Write the rules into each test's report: it travels between processes."""
        known = {rule.id for rule in rules()}
        for item in items:
            for id in sorted(named_by(item)):
                if id not in known:
                    raise pytest.UsageError(f"{item.nodeid} proves {id}: no such rule")
                item.user_properties.append((PROPERTY, id))
                self.marked[id].add(test_of(item.nodeid))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Gather what a test proved, here or in another process."""
        for name, id in report.user_properties:
            if name == PROPERTY:
                self.marked[str(id)].add(test_of(report.nodeid))
                if report.when == "call" and report.passed:
                    self.passed[str(id)].add(test_of(report.nodeid))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Write the page if asked to; else hold a whole run to it."""
        if self.config.getoption("write_traceability"):
            self.page.write_text(page(rules(), self.marked))
        elif self.is_whole and session.exitstatus == pytest.ExitCode.OK:
            self.faults = self.found_wrong()
            if self.faults:
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Say what is wrong, and how many rules are proven."""
        for fault in self.faults:
            terminalreporter.write_line(f"traceability: {fault}", red=True)
        if self.is_whole:
            n = sum(bool(tests) for tests in self.passed.values())
            terminalreporter.write_line(f"traceability: {n} rules have a test")

    @property
    def page(self) -> Path:
        """Return where the page lies."""
        return self.config.rootpath / PAGE

    @property
    def is_whole(self) -> bool:
        """Tell whether this process has seen every test there is."""
        option = self.config.option
        narrowed = option.keyword or option.markexpr or option.deselect
        narrowed = narrowed or option.ignore or option.collectonly
        everything = self.config.args_source is pytest.Config.ArgsSource.TESTPATHS
        return everything and not narrowed and not hasattr(self.config, "workerinput")

    def found_wrong(self) -> list[str]:
        """Return what a whole run has to complain about."""
        found = rules()
        faults = [f"no test proves {id}" for id in unproven(found, self.passed)]
        if not self.page.is_file() or self.page.read_text() != page(found, self.marked):
            faults.append(f"{PAGE} is not what the marks say: make traceability")
        return faults
