"""
Replaying a plan: from all its facts to what is next.

The result is kept beside the facts, in the transaction that changed them: one open
dose, one open panel, the phase, and on each injection what it answered.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Prefetch

from patients.known import values_of
from patients.measured import Value
from patients.models import Clinic, Patient
from schedules import alerts, reading, watching
from schedules.actions import alerting
from schedules.actions.storing import store
from schedules.calendar import Calendar, ClinicNeverOpens
from schedules.facts import Result
from schedules.forecast import Forecast, ImpossibleHistory, NothingToLoad
from schedules.intervals import IntervalNotUnderstood
from schedules.models import Dose, Panel, Plan, PlanEvent
from schedules.parameters import Timeline
from schedules.protocol import ProtocolNotUnderstood


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What a fact moved: where the next dose and panel stood, and where they stand."""

    dose_before: date | None
    dose_after: date | None
    panel_before: date | None
    panel_after: date | None


@dataclass(frozen=True, kw_only=True)
class Replayed:
    """A plan that was replayed, and from where to where it went."""

    plan_id: int
    phase_before: str
    phase_after: str
    moved: Moved

    @property
    def is_elsewhere(self) -> bool:
        """Tell whether the phase, the next dose or the next panel is another now."""
        moved = self.moved
        before = (self.phase_before, moved.dose_before, moved.panel_before)
        return before != (self.phase_after, moved.dose_after, moved.panel_after)


_heard: ContextVar[list[Replayed] | None] = ContextVar("heard", default=None)


def is_rehearsed() -> bool:
    """Tell whether what is done now will be taken back: then nothing was asked."""
    return _heard.get() is not None


@contextmanager
def hearing() -> Iterator[list[Replayed]]:
    """Hear of every replay within, in order: a rehearsal asks which plans it moved."""
    heard: list[Replayed] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


#: What a plan's facts can hold that no replay can follow.
UNREPLAYABLE = (
    ClinicNeverOpens,
    ImpossibleHistory,
    IntervalNotUnderstood,
    NothingToLoad,
    ProtocolNotUnderstood,
)


@transaction.atomic
def replay(
    *,
    plan: Plan,
    today: date,
    calendar: Calendar | None = None,
    timeline: Timeline | None = None,
) -> Moved:
    """Work out `plan` afresh as of `today`, store what is next, tell what moved."""
    Patient.objects.locked(plan.patient_id)
    plan = _whole(plan)
    values = values_of(plan.patient_id)
    results = reading.results_of(plan, values)
    calendar = calendar or reading.calendar_of(plan.clinic)
    timeline = timeline or reading.timeline_of(plan.clinic)
    dose_before, panel_before = _next_dates(plan)
    forecast = reading.forecast_of(
        plan, today=today, calendar=calendar, timeline=timeline, results=results
    )
    store(plan, forecast, today=today)
    _store_alerts(
        plan,
        forecast,
        values=values,
        results=results,
        today=today,
        calendar=calendar,
        timeline=timeline,
    )
    moved = Moved(
        dose_before=dose_before,
        panel_before=panel_before,
        dose_after=forecast.dose.due_on if forecast.dose else None,
        panel_after=forecast.panel.due_on if forecast.panel else None,
    )
    _tell(plan, forecast, moved)
    return moved


def _tell(plan: Plan, forecast: Forecast, moved: Moved) -> None:
    heard = _heard.get()
    if heard is not None:
        heard.append(
            Replayed(
                plan_id=plan.pk,
                phase_before=plan.phase,
                phase_after=forecast.phase,
                moved=moved,
            )
        )


def _store_alerts(
    plan: Plan,
    forecast: Forecast,
    *,
    values: Sequence[Value],
    results: Sequence[Result],
    today: date,
    calendar: Calendar,
    timeline: Timeline,
) -> None:
    entries = list(plan.alert_entries.open())
    facts = watching.facts_of(
        plan,
        forecast,
        values=values,
        results=results,
        entries=entries,
        today=today,
        calendar=calendar,
        timeline=timeline,
    )
    alerting.keep(
        plan,
        alerts.foreseen(facts),
        known=entries,
        phase=forecast.phase,
        today=today,
    )


def _whole(plan: Plan) -> Plan:
    """Return `plan` as it is stored, with all its facts, each read once."""
    events = PlanEvent.objects.select_related("protocol")
    return (
        Plan.objects.select_related("clinic", "patient", "protocol")
        .prefetch_related("injections", Prefetch("events", events))
        .get(pk=plan.pk)
    )


def replay_clinic(*, clinic: Clinic, today: date) -> int:
    """Replay every open plan of a clinic whose days changed; return how many moved."""
    calendar = reading.calendar_of(clinic)
    timeline = reading.timeline_of(clinic)
    moves = [
        replay(plan=plan, today=today, calendar=calendar, timeline=timeline)
        for plan in Plan.objects.of(clinic).open()
    ]
    return sum(
        (move.dose_before, move.panel_before) != (move.dose_after, move.panel_after)
        for move in moves
    )


def _next_dates(plan: Plan) -> tuple[date | None, date | None]:
    dose = Dose.objects.filter(plan=plan).values_list("due_on", flat=True).first()
    panel = Panel.objects.filter(plan=plan).values_list("due_on", flat=True).first()
    return dose, panel
