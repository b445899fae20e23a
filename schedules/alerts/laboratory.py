"""Alerts of the laboratory calendar, and of results that mislead (rules 2.9)."""

from collections.abc import Iterator
from datetime import timedelta

from schedules.alerts.facts import Facts
from schedules.alerts.nouns import Listener, Occasion, Rule, Severity
from schedules.alerts.start import VITAMIN
from schedules.calendar import ONE_DAY

TOO_SOON = timedelta(days=14)


def lab_due(facts: Facts) -> Iterator[Occasion]:
    """Speak of the open panel from its day until its window closes (rules 2.9)."""
    panel = facts.forecast.panel
    if panel is not None:
        yield Occasion(
            since=panel.due_on,
            until=panel.closes_on + ONE_DAY,
            about=f"panel {panel.number}",
        )


def lab_overdue(facts: Facts) -> Iterator[Occasion]:
    """Speak of the open panel after its window (rules 2.9)."""
    panel = facts.forecast.panel
    if panel is not None:
        yield Occasion(since=panel.closes_on + ONE_DAY, about=f"panel {panel.number}")


def recent_dose(facts: Facts) -> Iterator[Occasion]:
    """Speak of the last B12, drawn within 14 days after an injection (rules 2.9)."""
    drawn = [r.on for r in facts.results if r.tests & VITAMIN]
    for last in sorted(drawn)[-1:]:
        given = (answer.given_on for answer in facts.forecast.answers)
        if any(last - TOO_SOON <= on < last for on in given):
            yield Occasion(since=last, about=f"drawn {last}")


RULES = (
    Rule(
        code="LAB_DUE",
        cites="R24",
        reads=lab_due,
        to=Listener.NURSE,
        severity=Severity.INFO,
        in_dates=True,
        text="A blood test is due.",
    ),
    Rule(
        code="LAB_OVERDUE",
        cites="R24",
        reads=lab_overdue,
        to=Listener.NURSE,
        severity=Severity.INFO,
        in_dates=True,
        text="A blood test is later than its window allows.",
    ),
    Rule(
        code="LAB_UNINTERPRETABLE_RECENT_DOSE",
        cites="2.9",
        reads=recent_dose,
        severity=Severity.INFO,
        text="The last B12 was drawn within 14 days after an injection and says "
        "little. Draw the next one immediately before an injection.",
    ),
)
