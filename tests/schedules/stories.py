"""
Plans told fact by fact, and asked after each.

    Story().loaded(on=27 Feb, "2m").dose(29 Apr).open.due_on
"""

import json
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Self

import schedules
from schedules import forecast as engine
from schedules.calendar import Calendar
from schedules.forecast import Answer, Dose, Event, Forecast, Given, Result
from schedules.intervals import Interval
from schedules.parameters import ALWAYS, Timeline
from schedules.phases import EventKind
from schedules.protocol import Protocol

PROTOCOLS = Path(schedules.__file__).parent / "protocols"
LONG_AGO = date(2000, 1, 1)
EVERY_DAY = Calendar(patterns=((LONG_AGO, frozenset(range(7))),))
MONDAY_TO_FRIDAY = Calendar(
    patterns=((LONG_AGO, frozenset(range(5))),),
    closed={
        date(2026, 1, 1): "New Year's Day",
        date(2026, 4, 3): "Good Friday",
        date(2026, 4, 6): "Easter Monday",
        date(2026, 5, 4): "Early May bank holiday",
        date(2026, 5, 25): "Spring bank holiday",
        date(2026, 8, 31): "Summer bank holiday",
        date(2026, 12, 25): "Christmas Day",
        date(2026, 12, 28): "Boxing Day (substitute)",
        date(2027, 1, 1): "New Year's Day",
    },
)


def protocol(code: str) -> Protocol:
    """Return the first version of a protocol, as its file says it."""
    contents = (json.loads(file.read_text()) for file in PROTOCOLS.glob("*.v1.json"))
    return next(Protocol.from_dict(c) for c in contents if c["code"] == code)


NEURO_ALT = protocol("NEURO_ALT")
NON_NEURO_3W2 = protocol("NON_NEURO_3W2")
MAINTENANCE_ONLY = protocol("MAINTENANCE_ONLY")


@dataclass(kw_only=True)
class Story:
    """A plan, as far as it has been told."""

    calendar: Calendar = field(default_factory=lambda: MONDAY_TO_FRIDAY)
    protocol: Protocol = field(default_factory=lambda: NEURO_ALT)
    events: list[Event] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    emerged: tuple[date, ...] = ()
    timeline: Timeline = ALWAYS
    as_of: date = LONG_AGO

    def event(self, kind: str, on: date, interval: str = "", **details: Any) -> Self:
        """Tell a decision."""
        chosen = Interval.parse(interval) if interval else None
        event = Event(
            kind=EventKind(kind),
            on=on,
            entered=self._next(),
            interval=chosen,
            **details,
        )
        self.events.append(event)
        return self.until(max(self.as_of, on))

    def dose(self, *days: date, **details: Any) -> Self:
        """Tell injections; the key of each is its day."""
        for on in days:
            given = Given(on=on, entered=self._next(), key=on, **details)
            self.given.append(given)
            self.until(max(self.as_of, on))
        return self

    def result(self, on: date, *tests: str) -> Self:
        """Tell which tests were resulted on a day."""
        self.results.append(Result(on=on, tests=frozenset(tests)))
        return self.until(max(self.as_of, on))

    def void(self, on: date) -> Self:
        """Take the injections of a day back."""
        self.given = [given for given in self.given if given.on != on]
        return self

    def until(self, on: date) -> Self:
        """Let time pass, or go back."""
        self.as_of = on
        return self

    def loaded(self, on: date, interval: str = "2m") -> Self:
        """Tell a loading course of one dose, and maintenance from it."""
        self.event(EventKind.STARTED, on).dose(on)
        return self.event(EventKind.MAINTAINED, on, interval)

    def transferred(self, last: date, on: date, interval: str = "2m") -> Self:
        """Tell a transfer from elsewhere, and when the last injection there was."""
        return self.dose(last).event(EventKind.TRANSFERRED_IN, on, interval)

    @property
    def forecast(self) -> Forecast:
        """Return what the plan has come to."""
        return engine.forecast(**self._facts(), as_of=self.as_of, results=self.results)

    @property
    def open(self) -> Dose:
        """Return the open dose."""
        dose = self.forecast.dose
        assert dose is not None
        return dose

    @property
    def last(self) -> Answer:
        """Return what the last injection answered."""
        return self.forecast.answers[-1]

    def ahead(self, n: int = 2, *, until: date = LONG_AGO) -> tuple[Dose, ...]:
        """Return the doses to come: n of them, and those due by a day."""
        return engine.ahead(**self._facts(), as_of=self.as_of, until=until, at_least=n)

    def _facts(self) -> dict[str, Any]:
        return {
            "protocol": self.protocol,
            "calendar": self.calendar,
            "events": self.events,
            "given": self.given,
            "emerged": self.emerged,
            "timeline": self.timeline,
        }

    def _next(self) -> int:
        return len(self.events) + len(self.given)
