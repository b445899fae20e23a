"""Where a plan stands, why, and what may be decided about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from notifications.words import of
from schedules import phases, reading
from schedules.doses import Dose
from schedules.forecast import Forecast
from schedules.intervals import Interval, Unit
from schedules.models import Plan
from schedules.panels import PanelSlot
from schedules.phases import EventKind, Phase
from schedules.reasons import Reason
from schedules.words import day, every
from tracker.dashboard import words

# In the order in which the buttons stand; starting has a page of its own.
DECISIONS = (
    EventKind.TRANSFERRED_IN,
    EventKind.MAINTAINED,
    EventKind.INTERVAL_CHANGED,
    EventKind.PROTOCOL_CHANGED,
    EventKind.RESUMED,
    EventKind.RELOADED,
    EventKind.PAUSED,
    EventKind.REOPENED,
    EventKind.CLOSED,
)


@dataclass(frozen=True, kw_only=True)
class Coming:
    """A dose or a panel to come."""

    what: str
    due: str
    target: str  # empty when it is the day on which it is due
    window: str
    flags: tuple[str, ...]
    reasons: tuple[str, ...]
    late: str = ""


@dataclass(frozen=True, kw_only=True)
class Next:
    """A decision that may be taken now, by the one who looks."""

    kind: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where a plan stands."""

    id: int
    phase: str
    nerves: str
    is_unanswered: bool
    cause: str
    product: str
    protocol: str
    protocol_id: int | None
    is_approved: bool
    interval: str
    dose: Coming | None
    panel: Coming | None
    review: str
    can_start: bool
    decisions: tuple[Next, ...]


def standing_of(plan: Plan, forecast: Forecast, *, role: str, today: date) -> Standing:
    """Say where `plan` stands today, and what `role` may decide about it."""
    protocol, phase = plan.protocol, forecast.phase
    treated = phase in phases.UNDER_TREATMENT
    return Standing(
        id=plan.pk,
        phase=_phase(forecast),
        nerves=plan.get_neurological_display(),
        is_unanswered=plan.neurological == Plan.Neurological.UNKNOWN,
        cause=_cause(plan),
        product=plan.product,
        protocol=str(protocol) if protocol else "",
        protocol_id=plan.protocol_id,
        is_approved=protocol is not None and protocol.is_approved_in(plan.clinic),
        interval=_interval(plan, forecast) if treated else "",
        dose=coming(forecast.dose, today=today) if forecast.dose else None,
        panel=_panel(forecast.panel, today) if forecast.panel else None,
        review=_review(plan, phase),
        can_start=phase is Phase.WORKUP and phases.may(role, EventKind.STARTED),
        decisions=_decisions(plan, forecast, role),
    )


def _phase(forecast: Forecast) -> str:
    name = of(words.PHASES, forecast.phase)
    if forecast.phase is Phase.LOADING and forecast.dose:
        return _("%(phase)s, dose %(number)s") % {
            "phase": name,
            "number": forecast.dose.ordinal,
        }
    return name


def _cause(plan: Plan) -> str:
    """Say the cause as it was coded, and as somebody wrote it."""
    parts = (str(plan.get_cause_code_display()), plan.cause)
    return "; ".join(part for part in parts if part)


def _interval(plan: Plan, forecast: Forecast) -> str:
    then = every(forecast.interval)
    loading = reading.protocol_of(plan).loading
    if forecast.phase is not Phase.LOADING or loading is None:
        return words.capital(then)
    first = words.capital(every(Interval(loading.step_days, Unit.DAY)))
    said = {"first": first, "then": then}
    return _("%(first)s; on maintenance: %(then)s") % said


def _review(plan: Plan, phase: Phase) -> str:
    if phase is not Phase.PAUSED:
        return ""
    pauses = [
        event.review_on
        for event in plan.events.all()
        if event.kind == EventKind.PAUSED and event.voided_at is None
    ]
    return day(pauses[-1]) if pauses and pauses[-1] else _("no review date")


def _decisions(plan: Plan, forecast: Forecast, role: str) -> tuple[Next, ...]:
    offered = set(DECISIONS)
    if plan.protocol is None or not plan.protocol.newer().exists():
        offered.discard(EventKind.PROTOCOL_CHANGED)
    return tuple(
        Next(kind=kind.value, text=of(words.DECIDE, kind))
        for kind in DECISIONS
        if kind in offered
        and phases.destination(kind, forecast.phase, forecast.resume_phase)
        and phases.may(role, kind, pause_days=1)
    )


def coming(dose: Dose, *, today: date) -> Coming:
    """Say when a dose is due, and why."""
    return Coming(
        what=_("Dose %s") % dose.ordinal,
        due=day(dose.due_on),
        target=day(dose.target_on) if dose.target_on != dose.due_on else "",
        window=_window(dose.opens_on, dose.closes_on),
        flags=tuple(sorted(of(words.FLAGS, flag) for flag in dose.flags)),
        reasons=_sentences(dose.reasons),
        late=_lateness(dose.due_on, today),
    )


def _panel(panel: PanelSlot, today: date) -> Coming:
    return Coming(
        what=_("Blood test %s") % panel.number,
        due=day(panel.due_on),
        target=day(panel.target_on) if panel.target_on != panel.due_on else "",
        window=_window(panel.opens_on, panel.closes_on),
        flags=(),
        reasons=_sentences(panel.reasons),
        late=_lateness(panel.due_on, today),
    )


def _window(opens_on: date, closes_on: date) -> str:
    return _("%(from)s to %(until)s") % {
        "from": words.short_day(opens_on),
        "until": words.short_day(closes_on),
    }


def _lateness(due_on: date, today: date) -> str:
    return words.days_late((today - due_on).days) if due_on < today else ""


def _sentences(reasons: Iterable[Reason]) -> tuple[str, ...]:
    return tuple(words.sentence(reason.text) for reason in reasons)
