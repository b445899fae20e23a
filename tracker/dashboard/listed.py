"""Somebody on the list, as the stored rows tell it, and the alerts that speak."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from schedules.alerts import Alert, Severity
from schedules.intervals import Interval, Unit
from schedules.models import Plan
from schedules.parameters import DEFAULTS, Parameters
from schedules.phases import Phase
from schedules.watching import Kept
from tracker.dashboard.groups import Group

#: Alerts that another group of the list, or the next decision, answers anyway.
SHOWN_ELSEWHERE = frozenset({"PENDING_EXTERNAL"})
ANSWERED_BY_THE_START = frozenset({"NEURO_UNANSWERED", "NEURO_START_OVERDUE"})


@dataclass(frozen=True, kw_only=True)
class OpenSlot:
    """The stored open dose or panel of a plan."""

    ordinal: int
    target_on: date
    due_on: date
    opens_on: date
    closes_on: date
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OpenPlan:
    """The open plan of a patient."""

    id: int
    phase: Phase
    interval: Interval | None
    neurological: str
    product: str
    step_days: int | None  # between loading doses
    review_on: date | None  # of the pause
    speaks: Sequence[Kept] = ()

    @property
    def is_neurological(self) -> bool:
        return self.neurological != Plan.Neurological.NO

    @property
    def pace(self) -> Interval:
        """Return the interval between two doses now."""
        if self.phase is Phase.LOADING and self.step_days:
            return Interval(self.step_days, Unit.DAY)
        return self.interval or Interval(1, Unit.DAY)


@dataclass
class Given:
    """What the injections of a patient say to the list."""

    last_on: date | None = None
    unverified: int = 0
    unplanned: int = 0


@dataclass(frozen=True, kw_only=True)
class ListedPatient:
    """A living patient as the list sees them."""

    id: int
    family_name: str
    given_name: str
    birth_date: date
    local_number: str
    nhs_number: str
    age: int
    was_planned: bool
    plan: OpenPlan | None
    dose: OpenSlot | None
    panel: OpenSlot | None
    given: Given = field(default_factory=Given)
    alerts: tuple[Alert, ...] = ()
    parameters: Parameters = DEFAULTS  # in force today
    task: str = ""  # the purpose of the task that waits for a nurse
    group: Group | None = None

    @property
    def name(self) -> str:
        return f"{self.family_name}, {self.given_name}".rstrip(", ")


def asks_for_review(plan: OpenPlan | None, speaking: Iterable[Alert]) -> bool:
    """Tell whether an alert warns of what no other group of the list answers."""
    elsewhere = set(SHOWN_ELSEWHERE)
    if plan is None or plan.phase is Phase.WORKUP:
        elsewhere |= ANSWERED_BY_THE_START
    return any(
        alert.code not in elsewhere
        and (alert.of.by_answer or alert.severity is not Severity.INFO)
        for alert in speaking
    )
