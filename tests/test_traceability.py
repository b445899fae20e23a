"""The plugin that holds a whole run to the rules."""

import pytest

from tests.traceability import Traced, page, rules, unproven
from tests.traceability import test_of as name_of

pytest_plugins = ("pytester",)

FOUND = [
    Traced("R01", "Act."),
    Traced("R18", "Speak.", acts=False),
    Traced("S01", "Block."),
]
CONFTEST = """
from tests.traceability import Traceability

def pytest_addoption(parser):
    parser.addoption("--write-traceability", action="store_true")

def pytest_configure(config):
    config.addinivalue_line("markers", "proves(*rules): what it proves")
    config.pluginmanager.register(Traceability(config))
"""
PROVING = """
import pytest

@pytest.mark.proves("R01")
@pytest.mark.parametrize("n", [1, 2])
def test_proves(n): ...
"""
QUIET = ("-p", "no:django", "-p", "no:cacheprovider")


@pytest.fixture
def run(
    pytester: pytest.Pytester,
    pytestconfig: pytest.Config,
    monkeypatch: pytest.MonkeyPatch,
) -> pytest.Pytester:
    """Give a folder of tests that knows the plugin."""
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))
    pytester.makeconftest(CONFTEST)
    pytester.makeini("[pytest]\ntestpaths = .\n")
    pytester.mkdir("docs")
    return pytester


class TestRules:
    def test_are_claims_safety_rules_and_ways_once_each(self) -> None:
        ids = [rule.id for rule in rules()]

        assert len(ids) == len(set(ids))
        assert {id[0] for id in ids} == {"R", "S", "T"}
        assert [rule.id for rule in rules() if not rule.acts] == ["R18"]


class TestUnproven:
    def test_are_the_rules_that_act_and_have_no_test(self) -> None:
        assert unproven(FOUND, {"S01": {"a"}, "R01": set()}) == ["R01"]


class TestPage:
    def test_names_the_tests_of_each_rule(self) -> None:
        said = page(FOUND, {"S01": {"b", "a"}})

        assert "## S01\n\nBlock.\n\n- a\n- b\n" in said
        assert "## R01\n\nAct.\n\nNo test yet.\n" in said
        assert "## R18\n\nSpeak.\n\nWords only" in said

    def test_names_a_test_without_its_parameters(self) -> None:
        assert (
            name_of("tests/a.py::TestB::test_c[1-x]") == "tests/a.py › TestB › test_c"
        )


class TestARun:
    def test_that_is_whole_fails_where_a_rule_has_no_test(
        self, run: pytest.Pytester
    ) -> None:
        run.makepyfile(PROVING)

        result = run.runpytest_subprocess(*QUIET, "-n", "1")

        assert result.ret == pytest.ExitCode.TESTS_FAILED
        result.assert_outcomes(passed=2)
        result.stdout.fnmatch_lines(["traceability: no test proves R02"])
        result.stdout.fnmatch_lines(["traceability: docs/* is not what the marks say*"])
        result.stdout.fnmatch_lines(["traceability: 1 rules have a test"])
        result.stdout.no_fnmatch_line("traceability: no test proves R01")
        result.stdout.no_fnmatch_line("traceability: no test proves R18")

    def test_of_a_few_tests_says_nothing(self, run: pytest.Pytester) -> None:
        run.makepyfile(test_one=PROVING)

        result = run.runpytest_subprocess(*QUIET, "test_one.py")

        assert result.ret == pytest.ExitCode.OK
        result.stdout.no_fnmatch_line("traceability: *")

    def test_that_names_no_rule_fails_at_once(self, run: pytest.Pytester) -> None:
        run.makepyfile(test_one=PROVING.replace("R01", "R99"))

        result = run.runpytest_subprocess(*QUIET, "test_one.py")

        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines(["*proves R99: no such rule*"])

    def test_writes_the_page_where_it_is_asked_to(self, run: pytest.Pytester) -> None:
        run.makepyfile(test_one=PROVING)

        run.runpytest_subprocess(*QUIET, "--collect-only", "--write-traceability")

        said = (run.path / "docs" / "traceability.md").read_text()
        assert "- test_one.py › test_proves\n" in said
