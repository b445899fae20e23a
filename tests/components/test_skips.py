"""A skip is a failure where skips are forbidden."""

import pytest

pytest_plugins = ("pytester",)

SKIPPING = """
import pytest

def test_skips():
    pytest.skip("no browser")

@pytest.mark.skip(reason="not today")
def test_is_marked(): ...

@pytest.mark.xfail(reason="known", strict=True)
def test_is_known_to_fail():
    assert False

def test_passes(): ...
"""
SKIPPING_WHOLLY = "import pytest; pytest.importorskip('no_such_module')"
PLUGIN = ("-p", "tests.components.skips", "-p", "no:django", "-p", "no:cacheprovider")


@pytest.fixture(autouse=True)
def the_plugin_can_be_found(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Let the inner run import the plugin from here."""
    monkeypatch.setenv("PYTHONPATH", str(pytestconfig.rootpath))


class TestForbidSkips:
    """Where skips are forbidden, CI cannot be green by leaving out."""

    def test_leaves_skips_alone_where_they_are_allowed(
        self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("FORBID_SKIPS", raising=False)
        pytester.makepyfile(SKIPPING)

        result = pytester.runpytest_subprocess(*PLUGIN)

        result.assert_outcomes(passed=1, skipped=2, xfailed=1)

    def test_fails_what_would_be_skipped(
        self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FORBID_SKIPS", "1")
        pytester.makepyfile(SKIPPING)

        result = pytester.runpytest_subprocess(*PLUGIN)

        result.assert_outcomes(passed=1, failed=1, errors=1, xfailed=1)
        result.stdout.fnmatch_lines(["*Skips are forbidden here. *no browser*"])

    def test_fails_a_module_that_would_be_skipped(
        self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("FORBID_SKIPS", "1")
        pytester.makepyfile(SKIPPING_WHOLLY)

        result = pytester.runpytest_subprocess(*PLUGIN)

        result.assert_outcomes(errors=1)
