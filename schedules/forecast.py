"""
The schedule of a plan, as a pure function of what happened.

    events, injections, results, calendar, as-of day  ──forecast()──►  phase, open dose,
                                              open panel, what each injection answered

Nothing is stored and no clock is read. The same facts give the same answer in whatever
order they were entered, and a fact taken back leaves no trace.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schedules.calendar import Calendar
from schedules.chronicle import Chronicle
from schedules.doses import Answer, Dose, Lapsed, Timing
from schedules.facts import Event, Given, Result, in_order
from schedules.intervals import Interval, Unit
from schedules.panel_log import USUAL, Monitoring, PanelLog, Settled, follow
from schedules.panels import PanelSlot
from schedules.parameters import ALWAYS, DEFAULTS, Parameters, Timeline
from schedules.phases import Phase
from schedules.placement import Flag
from schedules.position import NothingToLoad
from schedules.protocol import Protocol
from schedules.replay import ImpossibleHistory, Replay
from schedules.stretches import Course, Span, Stretch, courses, observed

__all__ = [
    "Answer",
    "Course",
    "Dose",
    "Event",
    "Flag",
    "Forecast",
    "Given",
    "ImpossibleHistory",
    "Lapsed",
    "NothingToLoad",
    "PanelSlot",
    "PlanFlag",
    "Result",
    "Stretch",
    "Timing",
    "ahead",
    "forecast",
    "long_gap_from",
]


class PlanFlag(StrEnum):
    """What is to be noticed about a plan as a whole."""

    PENDING_EXTERNAL = "PENDING_EXTERNAL"
    GAP_OVER_TWO_INTERVALS = "GAP_OVER_TWO_INTERVALS"
    LOADING_INCOMPLETE = "LOADING_INCOMPLETE"
    NEURO_EMERGED = "NEURO_EMERGED"


@dataclass(frozen=True, kw_only=True)
class Forecast:
    """
    What a plan has come to.

    `relapsed_at` is the interval at which a patient relapsed who is loaded again: the
    next one should be shorter (rules 2.8). `lapsed` are the doses left behind, ungiven,
    by a reload or a closure; `stretches` the time spent in each phase. Panels count as
    done inside their window, late after it, or missed.
    """

    phase: Phase
    resume_phase: Phase | None
    episode: int
    interval: Interval
    pace: Interval  # between two doses in this phase
    dose: Dose | None
    panel: PanelSlot | None
    answers: tuple[Answer, ...]
    lapsed: tuple[Lapsed, ...]
    done_panels: int
    late_panels: int
    missed_panels: int
    panels: tuple[Settled, ...]
    flags: frozenset[PlanFlag]
    last_given_on: date | None
    stretches: tuple[Stretch, ...]
    courses: tuple[Course, ...]
    relapsed_at: Interval | None

    @property
    def treatment(self) -> Phase:
        """Return the phase of treatment, seen through a pause."""
        return self.resume_phase or self.phase

    @property
    def observed(self) -> tuple[Span, ...]:
        """Return the spans [from, to) in which the plan was under treatment."""
        return observed(self.stretches)

    @property
    def pauses(self) -> tuple[Stretch, ...]:
        """Return the pauses."""
        return tuple(s for s in self.stretches if s.phase is Phase.PAUSED)

    def spent_in(self, phase: Phase) -> tuple[Span, ...]:
        """Return the spans [from, to) that the plan spent in a phase."""
        return tuple(s.span for s in self.stretches if s.phase is phase)


def forecast(
    *,
    protocol: Protocol,
    events: Sequence[Event],
    given: Sequence[Given],
    calendar: Calendar,
    as_of: date,
    results: Sequence[Result] = (),
    emerged: Collection[date] = (),
    timeline: Timeline = ALWAYS,
    monitoring: Monitoring = USUAL,
) -> Forecast:
    """
    Replay a plan up to a day and return what it has come to.

    `protocol` is what the plan begins with; a start or reload may name another. Facts
    later than `as_of` are left out; due dates do not depend on it otherwise.
    `emerged` are the days on which a neurological symptom scored 3 or more: one during
    a fixed course keeps it in loading after its last dose (T4). `timeline` has the
    clinic's parameters. `monitoring` moves blood tests, and nothing else.

    Raises `ImpossibleHistory` where a decision cannot follow what was before it,
    `NothingToLoad` where the protocol has no loading, and `ClinicNeverOpens` where the
    calendar holds no open day.
    """
    replay = _replayed(protocol, calendar, events, given, as_of, emerged, timeline)
    chronicle = replay.chronicle
    panels = _panels(chronicle, results, calendar, as_of, monitoring)
    pending = any(g.pending and g.on <= as_of for g in given)
    loaded = courses(
        chronicle.courses,
        calendar=calendar,
        stretches=chronicle.stretches,
        as_of=as_of,
        timeline=timeline,
    )
    raised = _flags(replay, loaded, pending, emerged, as_of, timeline.on(as_of))
    return _come_to(replay, panels, loaded, raised)


def ahead(
    *,
    protocol: Protocol,
    events: Sequence[Event],
    given: Sequence[Given],
    calendar: Calendar,
    as_of: date,
    until: date,
    emerged: Collection[date] = (),
    at_least: int = 2,
    timeline: Timeline = ALWAYS,
) -> tuple[Dose, ...]:
    """
    Return the doses to come: the open one, then each as if the one before was given.

    A dose is taken to be given on its due date, one that is late on the first open day
    from `as_of` on. Ends with the last dose due by `until`, but not before `at_least`.
    """
    replay = _replayed(protocol, calendar, events, given, as_of, emerged, timeline)
    doses: list[Dose] = []
    while (dose := replay.dose) and (dose.due_on <= until or len(doses) < at_least):
        doses.append(dose)
        replay.give(calendar.next_open(max(dose.due_on, as_of)))
    return tuple(doses)


def _replayed(
    protocol: Protocol,
    calendar: Calendar,
    events: Sequence[Event],
    given: Sequence[Given],
    as_of: date,
    emerged: Collection[date],
    timeline: Timeline,
) -> Replay:
    replay = Replay(
        protocol=protocol, calendar=calendar, emerged=emerged, timeline=timeline
    )
    replay.take(in_order(events, given, as_of=as_of))
    return replay


def _panels(
    chronicle: Chronicle,
    results: Sequence[Result],
    calendar: Calendar,
    as_of: date,
    monitoring: Monitoring,
) -> PanelLog:
    return follow(
        chronicle.panel_series,
        results=results,
        stretches=chronicle.stretches,
        calendar=calendar,
        as_of=as_of,
        changes=chronicle.interval_changes,
        monitoring=monitoring,
    )


def _come_to(
    replay: Replay,
    panels: PanelLog,
    loaded: tuple[Course, ...],
    flags: frozenset[PlanFlag],
) -> Forecast:
    return Forecast(
        phase=replay.phase,
        resume_phase=replay.resume_phase,
        episode=replay.episode,
        interval=replay.regimen.interval,
        pace=replay.regimen.pace(replay.phase),
        dose=replay.dose,
        panel=panels.open if replay.dose else None,
        answers=tuple(replay.answers),
        lapsed=tuple(replay.lapsed),
        done_panels=panels.done,
        late_panels=panels.late,
        missed_panels=panels.missed,
        panels=tuple(panels.settled),
        flags=flags,
        last_given_on=replay.position.last_on,
        stretches=tuple(replay.chronicle.stretches),
        courses=loaded,
        relapsed_at=replay.relapsed_at if replay.treatment is Phase.LOADING else None,
    )


def _flags(
    replay: Replay,
    loaded: tuple[Course, ...],
    pending: bool,
    emerged: Collection[date],
    as_of: date,
    parameters: Parameters,
) -> frozenset[PlanFlag]:
    raised = {
        PlanFlag.PENDING_EXTERNAL: pending,
        PlanFlag.GAP_OVER_TWO_INTERVALS: _long_gap(replay, as_of, parameters),
        PlanFlag.LOADING_INCOMPLETE: _incomplete(replay, loaded, as_of),
        PlanFlag.NEURO_EMERGED: _emerged(replay, loaded, emerged, as_of),
    }
    return frozenset(flag for flag, up in raised.items() if up)


def long_gap_from(
    last: date, interval: Interval, parameters: Parameters = DEFAULTS
) -> date:
    """Return the day from which a gap in maintenance asks for a decision (2.8)."""
    months = Interval(parameters.gap_months, Unit.MONTH)
    return min(interval.after(last, parameters.gap_intervals), months.after(last))


def _long_gap(replay: Replay, as_of: date, parameters: Parameters) -> bool:
    last, interval = replay.position.last_on, replay.regimen.interval
    if replay.phase is not Phase.MAINTENANCE or last is None:
        return False
    return as_of >= long_gap_from(last, interval, parameters)


def _incomplete(replay: Replay, loaded: tuple[Course, ...], as_of: date) -> bool:
    if replay.treatment is not Phase.LOADING or not loaded:
        return False
    course = loaded[-1]
    short = course.count is not None and course.complete_on is None
    return short and as_of > course.in_time_until


def _emerged(
    replay: Replay,
    loaded: tuple[Course, ...],
    emerged: Collection[date],
    as_of: date,
) -> bool:
    """Tell whether a neurological symptom came up in the fixed course that goes on."""
    if replay.treatment is not Phase.LOADING:
        return False
    return any(
        course.first_on <= day <= as_of
        for course in loaded
        for day in emerged
        if course.episode == replay.episode and course.count is not None
    )
