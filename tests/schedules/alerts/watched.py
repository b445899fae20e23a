"""Facts for alerts, read off a story: nothing speaks but what it tells."""

from dataclasses import replace
from datetime import date
from typing import Any

from schedules.alerts import Alert, Facts, foreseen, speaking
from schedules.parameters import DEFAULTS
from tests.schedules.stories import Story

OPENED = date(2026, 6, 1)  # a Monday


def facts_of(story: Story, **details: Any) -> Facts:
    """Return what the alerts read of a story."""
    known: dict[str, Any] = {
        "today": story.as_of,
        "forecast": story.forecast,
        "calendar": story.calendar,
        "parameters": DEFAULTS,
        "neurological": "no",
        "is_for_neurological": None,
        "product": "hydroxocobalamin",
        "born_on": date(1975, 12, 10),
        "opened_on": OPENED,
    }
    return Facts(**(known | details))


def in_work_up(**details: Any) -> Facts:
    """Return the facts of a plan that nobody has started."""
    return facts_of(Story().until(OPENED), **details)


def of_code(facts: Facts, code: str) -> list[Alert]:
    """Return the alerts of a code, whenever they speak."""
    return [alert for alert in foreseen(facts) if alert.code == code]


def heard(facts: Facts, on: date | None = None) -> list[str]:
    """Return the codes that speak on a day: today, if not said."""
    found = speaking(foreseen(facts), on=on or facts.today)
    return [alert.code for alert in found]


def spans(facts: Facts, code: str) -> list[tuple[date, date | None]]:
    """Return from when until when a code speaks."""
    return [(alert.since, alert.until) for alert in of_code(facts, code)]


def at(facts: Facts, today: date) -> Facts:
    """Return the same facts, looked at on another day."""
    return replace(facts, today=today)
