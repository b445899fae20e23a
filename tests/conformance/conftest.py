"""The conformance suite says how many cases it ran."""

from typing import Any

PROPERTY = "vector"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Say how many cases ran, and how fast."""
    reports = [
        report
        for report in terminalreporter.stats.get("passed", [])
        if report.when == "call" and PROPERTY in dict(report.user_properties)
    ]
    seconds = sum(report.duration for report in reports)
    if reports:
        speed = f"{len(reports) / seconds:.0f} cases a second"
        terminalreporter.write_line(f"conformance: {len(reports)} cases hold, {speed}")
