"""Somebody on the list, as the stored rows tell it, and the alerts that speak."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from schedules import alerts
from schedules.alerts import Alert, Facts
from schedules.forecast import PlanFlag, long_gap_from
from schedules.intervals import Interval
from schedules.models import Plan
from schedules.parameters import ALWAYS, DEFAULTS, Parameters, Timeline
from schedules.phases import Phase
from tracker.dashboard.groups import Group

#: Alerts that another group of the list, or the next decision, answers anyway.
SHOWN_ELSEWHERE = frozenset({"PENDING_EXTERNAL"})
ANSWERED_BY_THE_START = frozenset({"NEURO_UNANSWERED"})


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
    loading_count: int | None  # of doses, where the protocol counts them
    is_for_neurological: bool | None  # the protocol; None: for either
    review_on: date | None  # of the pause

    @property
    def is_neurological(self) -> bool:
        return self.neurological != Plan.Neurological.NO

    @property
    def pace_days(self) -> int:
        """Return the days between two doses now."""
        if self.phase is Phase.LOADING and self.step_days:
            return self.step_days
        return self.interval.nominal_days if self.interval else 1


@dataclass
class Given:
    """What the injections of a patient say to the list."""

    last_on: date | None = None
    first_of_episode_on: date | None = None
    unverified: int = 0
    unplanned: int = 0
    expired: int = 0


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


def alerts_of(
    plan: OpenPlan | None,
    given: Given,
    *,
    age: int,
    is_closed: bool,
    seen: Collection[str],
    today: date,
    timeline: Timeline = ALWAYS,
) -> tuple[Alert, ...]:
    """Return the alerts that the chart would show, without asking the engine."""
    facts = Facts(
        is_closed=is_closed,
        neurological=plan.neurological if plan else Plan.Neurological.NO,
        is_for_neurological=plan.is_for_neurological if plan else None,
        product=plan.product if plan else "",
        age=age,
        flags=_flags(plan, given, today, timeline),
        gave_expired=given.expired > 0,
    )
    return alerts.alerts(facts, seen=seen)


def _flags(
    plan: OpenPlan | None, given: Given, today: date, timeline: Timeline
) -> frozenset[str]:
    """Return what the engine would raise about the plan as a whole."""
    raised = {
        PlanFlag.PENDING_EXTERNAL: given.unverified > 0,
        PlanFlag.GAP_OVER_TWO_INTERVALS: _has_long_gap(plan, given, today, timeline),
        PlanFlag.LOADING_INCOMPLETE: _is_incomplete(plan, given, today, timeline),
    }
    return frozenset(flag for flag, up in raised.items() if up)


def _has_long_gap(
    plan: OpenPlan | None, given: Given, today: date, timeline: Timeline
) -> bool:
    if plan is None or plan.phase is not Phase.MAINTENANCE:
        return False
    if plan.interval is None or given.last_on is None:
        return False
    return today >= long_gap_from(given.last_on, plan.interval, timeline.on(today))


def _is_incomplete(
    plan: OpenPlan | None, given: Given, today: date, timeline: Timeline
) -> bool:
    if plan is None or plan.phase is not Phase.LOADING or plan.loading_count is None:
        return False
    first = given.first_of_episode_on
    if first is None:
        return False
    return today > first + timedelta(days=timeline.on(first).course_days)


def asks_for_review(plan: OpenPlan | None, speaking: Iterable[Alert]) -> bool:
    """Tell whether an alert speaks that no other group of the list answers."""
    elsewhere = set(SHOWN_ELSEWHERE)
    if plan is None or plan.phase is Phase.WORKUP:
        elsewhere |= ANSWERED_BY_THE_START
    return any(alert.code not in elsewhere for alert in speaking)
