"""Alerts of the laboratory calendar, and of results that mislead (rules 2.9)."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from schedules.alerts.facts import Facts
from schedules.alerts.nouns import Listener, Occasion, Rule, Severity
from schedules.alerts.safety import known_of
from schedules.alerts.start import VITAMIN
from schedules.calendar import ONE_DAY
from schedules.safety import Act, Condition
from schedules.safety import Facts as Known
from schedules.safety.blood import LOW_HAEMOGLOBIN, LOW_POTASSIUM
from schedules.safety.medicines import POTASSIUM_RISKS

TOO_SOON = timedelta(days=14)
POTASSIUM_DAYS = (2, 7)


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


def potassium_due(facts: Facts) -> Iterator[Occasion]:
    """
    Speak 48 hours and 7 days after the first dose of somebody at risk (rules 2.9, P1).

    At risk is who has Hb < 80 g/L, K < 3.5 mmol/L, a diuretic, digoxin, or cardiac
    disease. A potassium drawn on the day or later answers.
    """
    known, course = known_of(facts, Act.GIVE), facts.course
    if course is None or known is None or not _is_at_risk(known):
        return
    drawn = [value.on for value in facts.values if value.test == "potassium"]
    second, last = (course.first_on + timedelta(days=n) for n in POTASSIUM_DAYS)
    for since, until in ((second, last), (last, None)):
        if not any(on >= since for on in drawn):
            yield Occasion(since=since, until=until, about=f"check of {since}")


def _is_at_risk(known: Known) -> bool:
    haemoglobin, potassium = known.haemoglobin, known.potassium
    is_anaemic = haemoglobin is not None and haemoglobin < LOW_HAEMOGLOBIN
    is_low = potassium is not None and potassium < Decimal(str(LOW_POTASSIUM))
    is_cardiac = Condition.CARDIAC_DISEASE in known.conditions
    takes = not known.medicines.isdisjoint(POTASSIUM_RISKS)
    return is_anaemic or is_low or is_cardiac or takes


RULES = (
    Rule(
        code="K_CHECK_DUE",
        cites="2.9",
        reads=potassium_due,
        to=Listener.NURSE,
        by_answer=True,
        text="Check potassium: it may fall in early loading, and this patient is at "
        "risk.",
    ),
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
