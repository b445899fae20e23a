"""What the alerts read of a plan and its patient: nothing else can make one speak."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from patients.background import Background
from patients.measured import Value
from patients.symptoms import Assessed
from schedules.calendar import Calendar
from schedules.facts import Result
from schedules.forecast import Forecast
from schedules.parameters import Parameters
from schedules.phases import Phase
from schedules.stretches import Course
from schedules.suggesting import Dismissed


@dataclass(frozen=True, kw_only=True)
class Expired:
    """An injection given from a batch that had expired."""

    key: int
    given_on: date


@dataclass(frozen=True, kw_only=True)
class Incident:
    """An injection that was given although a safety rule spoke against it."""

    key: int
    given_on: date
    rule: str
    title: str


@dataclass(frozen=True, kw_only=True)
class Facts:
    """
    A plan as it stands on a day.

    `started_on` is the day of the last decision to load, `review_on` that of the pause,
    `pending` the days of injections that nobody has accepted, `last_contact_on` the
    latest injection, reply or call that reached the patient (rules 2.8). `assessed` are
    the assessments that stand, the earliest first, `dismissed` the suggestions that a
    prescriber dismissed. `background` is None where nobody told it. `opened` tells
    since when the log has an alert open, by code and occasion.
    """

    today: date
    forecast: Forecast
    calendar: Calendar
    parameters: Parameters
    neurological: str  # yes, no, unknown
    is_for_neurological: bool | None  # the protocol; None: for either
    product: str
    born_on: date
    opened_on: date
    started_on: date | None = None
    review_on: date | None = None
    last_contact_on: date | None = None
    pending: tuple[date, ...] = ()
    expired: tuple[Expired, ...] = ()
    results: tuple[Result, ...] = ()
    assessed: tuple[Assessed, ...] = ()
    dismissed: tuple[Dismissed, ...] = ()
    incidents: tuple[Incident, ...] = ()
    background: Background | None = None
    values: tuple[Value, ...] = ()
    opened: Mapping[tuple[str, str], date] = field(default_factory=dict)

    @property
    def phase(self) -> Phase:
        """Return the phase of the plan."""
        return self.forecast.phase

    @property
    def may_have_nerve_damage(self) -> bool:
        """Return whether nerves are, or may be, affected: unknown counts as yes."""
        return self.neurological != "no"

    @property
    def course(self) -> Course | None:
        """Return the loading course that runs, once its first dose was given."""
        if self.phase is not Phase.LOADING:
            return None
        running = (
            c for c in self.forecast.courses if c.episode == self.forecast.episode
        )
        return next(running, None)
