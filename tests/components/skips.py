"""Skips become failures where FORBID_SKIPS is set: what CI did not run, it must say."""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest
from _pytest.reports import BaseReport

Report = TypeVar("Report", bound=BaseReport)


def are_forbidden() -> bool:
    """Return whether a skipped test is a failed one in this run."""
    return os.environ.get("FORBID_SKIPS", "") not in {"", "0"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[
    None, pytest.TestReport, pytest.TestReport
]:
    """Judge each test's report."""
    return _judged((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[
    None, pytest.CollectReport, pytest.CollectReport
]:
    """Judge each file's report: a whole module can be skipped as well."""
    return _judged((yield))


def _judged(report: Report) -> Report:
    if report.skipped and are_forbidden() and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"Skips are forbidden here. {_reason(report)}"
    return report


def _reason(report: BaseReport) -> str:
    longrepr = report.longrepr
    return longrepr[2] if isinstance(longrepr, tuple) else str(longrepr)
