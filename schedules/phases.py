"""
The five phases of a plan and the thirteen ways between them (rules 2.3).

              T1 ───────────► LOADING ◄──── T7 ────┐
    WORKUP ──┤                   │ T4              │
      ▲      └─ T2 ──────────► MAINTENANCE ────────┘
      │ T9                       │ T5, back by T6
      │                        PAUSED (either way)
    CLOSED ◄── T3, T8 ── from every other phase

Only people move a plan. Each way names who may take it and the coded reasons it
accepts; a laboratory value is none of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from schedules import decisions
from schedules.parameters import DEFAULTS, Parameters


class Phase(StrEnum):
    """Where a plan stands."""

    WORKUP = "workup"
    LOADING = "loading"
    MAINTENANCE = "maintenance"
    PAUSED = "paused"
    CLOSED = "closed"


class EventKind(StrEnum):
    """What a person decided about a plan."""

    OPENED = "opened"
    STARTED = "started"
    TRANSFERRED_IN = "transferred_in"
    MAINTAINED = "maintained"
    INTERVAL_CHANGED = "interval_changed"
    PROTOCOL_CHANGED = "protocol_changed"
    PAUSED = "paused"
    RESUMED = "resumed"
    RELOADED = "reloaded"
    CLOSED = "closed"
    REOPENED = "reopened"


NURSE = "nurse"
PRESCRIBER = "prescriber"
CLINICAL_LEAD = "clinical_lead"


class IllegalTransition(Exception):
    """Say that no way leads from one phase to the other."""

    def __init__(self, source: Phase, target: Phase) -> None:
        super().__init__(f"a plan cannot go from {source} to {target}")


class ReasonNotAccepted(Exception):
    """Say that a decision was given for a reason that does not exist for it."""

    def __init__(self, kind: EventKind, reason: str) -> None:
        super().__init__(f"{reason!r} is no reason for {kind}")


Reasons = tuple[StrEnum, ...]


@dataclass(frozen=True)
class Transition:
    """
    One legal way from a phase to another.

    `ways` holds each event that goes this way with the reasons it accepts.
    """

    number: str
    source: Phase
    target: Phase
    ways: Mapping[EventKind, Reasons]


WORKUP, LOADING, MAINTENANCE, PAUSED, CLOSED = Phase

Ways = dict[EventKind, Reasons]

START: Ways = {EventKind.STARTED: tuple(decisions.StartReason)}
TRANSFER: Ways = {EventKind.TRANSFERRED_IN: tuple(decisions.TransferReason)}
MAINTAIN: Ways = {EventKind.MAINTAINED: tuple(decisions.MaintainReason)}
PAUSE: Ways = {EventKind.PAUSED: tuple(decisions.PauseReason)}
RESUME: Ways = {EventKind.RESUMED: tuple(decisions.ResumeReason)}
RELOAD: Ways = {EventKind.RELOADED: tuple(decisions.ReloadReason)}
NEVER_BEGUN: Ways = {EventKind.CLOSED: decisions.BEFORE_TREATMENT}
CLOSE: Ways = {EventKind.CLOSED: decisions.DURING_TREATMENT}
REOPEN: Ways = {EventKind.REOPENED: tuple(decisions.ReopenReason)}

TRANSITIONS = (
    Transition("T1", WORKUP, LOADING, START),
    Transition("T2", WORKUP, MAINTENANCE, TRANSFER),
    Transition("T3", WORKUP, CLOSED, NEVER_BEGUN),
    Transition("T4", LOADING, MAINTENANCE, MAINTAIN),
    Transition("T5", LOADING, PAUSED, PAUSE),
    Transition("T5", MAINTENANCE, PAUSED, PAUSE),
    Transition("T6", PAUSED, LOADING, RESUME | RELOAD),
    Transition("T6", PAUSED, MAINTENANCE, RESUME | MAINTAIN),
    Transition("T7", MAINTENANCE, LOADING, RELOAD),
    Transition("T8", LOADING, CLOSED, CLOSE),
    Transition("T8", MAINTENANCE, CLOSED, CLOSE),
    Transition("T8", PAUSED, CLOSED, CLOSE),
    Transition("T9", CLOSED, WORKUP, REOPEN),
)
WAY = {(way.source, way.target): way for way in TRANSITIONS}

# Where each decision leads; a resumed plan goes back to the phase that was paused.
LEADS_TO = {
    EventKind.STARTED: LOADING,
    EventKind.TRANSFERRED_IN: MAINTENANCE,
    EventKind.MAINTAINED: MAINTENANCE,
    EventKind.PAUSED: PAUSED,
    EventKind.RELOADED: LOADING,
    EventKind.CLOSED: CLOSED,
    EventKind.REOPENED: WORKUP,
}
# What leaves a plan in its phase, from any phase of treatment.
STAYS: Ways = {
    EventKind.INTERVAL_CHANGED: tuple(decisions.IntervalReason),
    EventKind.PROTOCOL_CHANGED: tuple(decisions.ProtocolReason),
}
UNDER_TREATMENT = frozenset({LOADING, MAINTENANCE, PAUSED})


def legal(source: Phase, target: Phase) -> bool:
    """Tell whether a way leads from one phase to the other."""
    return (source, target) in WAY


def transition(source: Phase, target: Phase) -> Transition:
    """Return the way from one phase to the other, or raise `IllegalTransition`."""
    if not legal(source, target):
        raise IllegalTransition(source, target)
    return WAY[source, target]


def destination(
    kind: EventKind, source: Phase, resume_phase: Phase | None = None
) -> Phase | None:
    """Return the phase a decision leads to, None if it cannot be taken from here."""
    if kind in STAYS:
        return source if source in UNDER_TREATMENT else None
    target = resume_phase if kind is EventKind.RESUMED else LEADS_TO.get(kind)
    way = WAY.get((source, target)) if target else None
    return target if way and kind in way.ways else None


def reasons(
    kind: EventKind, source: Phase, resume_phase: Phase | None = None
) -> Reasons:
    """Return the reasons a decision accepts when taken from a phase, if any."""
    target = destination(kind, source, resume_phase)
    if target is None:
        return ()
    if kind in STAYS:
        return STAYS[kind]
    return WAY[source, target].ways[kind]


def check_reason(
    kind: EventKind, reason: str, *, source: Phase, resume_phase: Phase | None = None
) -> None:
    """Raise `ReasonNotAccepted` unless the decision can be taken for this reason."""
    if reason not in reasons(kind, source, resume_phase):
        raise ReasonNotAccepted(kind, reason)


def longest_pause(phase: Phase, parameters: Parameters) -> int:
    """Return the most days until the review of a pause, 0 if none may be (T5)."""
    most = {
        Phase.LOADING: parameters.loading_pause_days,
        Phase.MAINTENANCE: parameters.maintenance_pause_days,
    }
    return most.get(phase, 0)


def may(
    role: str,
    kind: EventKind,
    *,
    pause_days: int | None = None,
    parameters: Parameters = DEFAULTS,
) -> bool:
    """
    Tell whether a role may take a decision.

    A prescriber and a clinical lead may take each. A nurse may resume a plan to the
    phase that was paused, and pause it for at most 7 days; `pause_days` is the time
    until the review (T5, T6).
    """
    if role in {PRESCRIBER, CLINICAL_LEAD}:
        return True
    if role != NURSE:
        return False
    if kind is EventKind.RESUMED:
        return True
    short = pause_days is not None and pause_days <= parameters.nurse_pause_days
    return kind is EventKind.PAUSED and short
