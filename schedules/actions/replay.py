"""
Replaying a plan: from all its facts to what is next.

The result is kept beside the facts, in the transaction that changed them: one open
dose, one open panel, the phase, and on each injection what it answered.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Prefetch

from patients.known import values_of
from patients.measured import Value
from patients.models import Clinic, Patient
from schedules import alerts, reading, watching
from schedules.actions import alerting
from schedules.calendar import Calendar, ClinicNeverOpens
from schedules.facts import Result
from schedules.forecast import Answer, Forecast, ImpossibleHistory, NothingToLoad
from schedules.intervals import IntervalNotUnderstood
from schedules.models import Dose, Injection, Panel, Plan, PlanEvent
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


@dataclass(frozen=True, kw_only=True)
class Difference:
    """
    A plan whose stored dose or panel was not what a replay says.

    It is mended; where `problem` names one, it could not be replayed, and is not.
    """

    plan: Plan
    stored: tuple[object, ...] = ()
    replayed: tuple[object, ...] = ()
    problem: str = ""

    def __str__(self) -> str:
        if self.problem:
            return f"plan {self.plan.pk} cannot be replayed: {self.problem}"
        return f"plan {self.plan.pk} was stored wrong, and is mended"


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
    _store_phase(plan, forecast, today)
    _store_dose(plan, forecast)
    _store_panel(plan, forecast)
    _store_answers(plan, forecast)
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


def check_plans(*, now: datetime) -> list[Difference]:
    """
    Compare what is stored of each open plan with a fresh replay, and mend it.

    This is the watch against maintenance that silently stops (hazard H02): whoever
    calls it says aloud what it returns. A plan that cannot be replayed is one more
    difference, and keeps nobody else from being looked at.
    """
    return [difference for plan in _open_plans() if (difference := _look(plan, now))]


def _open_plans() -> Iterator[Plan]:
    return Plan.objects.open().select_related("clinic").iterator(chunk_size=200)


def _look(plan: Plan, now: datetime) -> Difference | None:
    try:
        return _check(plan, now)
    except UNREPLAYABLE as problem:
        return Difference(plan=plan, problem=type(problem).__name__)


@transaction.atomic
def _check(plan: Plan, now: datetime) -> Difference | None:
    Patient.objects.locked(plan.patient_id)
    plan = Plan.objects.select_related("clinic").get(pk=plan.pk)
    today = plan.clinic.day(now)
    stored = _next(plan)
    # The same question again, as of the same day: what time alone moved is no
    # difference.
    replay(plan=plan, today=plan.replayed_on or today)
    replayed = _next(plan)
    replay(plan=plan, today=today)
    if stored == replayed:
        return None
    return Difference(plan=plan, stored=stored, replayed=replayed)


def _next(plan: Plan) -> tuple[object, ...]:
    """Return all that is stored of what is next, so that two can be compared."""
    here = Plan.objects.filter(pk=plan.pk).values_list("phase", "episode", "interval")
    dose = Dose.objects.filter(plan=plan).values_list().first()
    panel = Panel.objects.filter(plan=plan).values_list().first()
    return here.get(), dose, panel


def _next_dates(plan: Plan) -> tuple[date | None, date | None]:
    dose = Dose.objects.filter(plan=plan).values_list("due_on", flat=True).first()
    panel = Panel.objects.filter(plan=plan).values_list("due_on", flat=True).first()
    return dose, panel


def _store_phase(plan: Plan, forecast: Forecast, today: date) -> None:
    # By `update`, so that the history keeps decisions and not what follows from them.
    Plan.objects.filter(pk=plan.pk).update(
        phase=forecast.phase,
        episode=forecast.episode,
        interval=str(forecast.interval),
        replayed_on=today,
    )


def _store_dose(plan: Plan, forecast: Forecast) -> None:
    dose = forecast.dose
    if dose is None:
        Dose.objects.filter(plan=plan).delete()
        return
    Dose.objects.update_or_create(
        plan=plan,
        defaults={
            "patient_id": plan.patient_id,
            "clinic_id": plan.clinic_id,
            "episode": dose.episode,
            "ordinal": dose.ordinal,
            "phase": dose.phase,
            "target_on": dose.target_on,
            "due_on": dose.due_on,
            "opens_on": dose.opens_on,
            "closes_on": dose.closes_on,
            "flags": sorted(dose.flags),
        },
    )


def _store_panel(plan: Plan, forecast: Forecast) -> None:
    panel = forecast.panel
    if panel is None:
        Panel.objects.filter(plan=plan).delete()
        return
    Panel.objects.update_or_create(
        plan=plan,
        defaults={
            "patient_id": plan.patient_id,
            "clinic_id": plan.clinic_id,
            "number": panel.number,
            "target_on": panel.target_on,
            "due_on": panel.due_on,
            "opens_on": panel.opens_on,
            "closes_on": panel.closes_on,
        },
    )


def _store_answers(plan: Plan, forecast: Forecast) -> None:
    answers = {answer.key: answer for answer in forecast.answers}
    injections = list(plan.injections.all())
    changed = [each for each in injections if _answer(each, answers.get(each.pk))]
    Injection.objects.bulk_update(changed, fields=ANSWER_COLUMNS, batch_size=200)


ANSWER_COLUMNS = (
    "episode",
    "ordinal",
    "answered_due_on",
    "timing",
    "delay_days",
    "covered_until",
    "reasons",
)


def _answer(injection: Injection, answer: Answer | None) -> bool:
    """Write onto `injection` what it answered; tell whether that is news."""
    said: tuple[object, ...] = (None, None, None, "", None, None, [])
    if answer is not None:
        said = (
            answer.episode,
            answer.ordinal,
            answer.due_on,
            answer.timing,
            answer.delay_days,
            answer.covered_until,
            [reason.said for reason in answer.reasons],
        )
    news = said != tuple(getattr(injection, column) for column in ANSWER_COLUMNS)
    for column, value in zip(ANSWER_COLUMNS, said, strict=True):
        setattr(injection, column, value)
    return news
