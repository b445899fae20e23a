"""
One patient's whole story: who, where the plan stands and why, what was, what comes.

The dates and their reasons come from a fresh replay of the plan, not from what is
stored: whoever looks at a chart sees what the rules say now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.utils.translation import gettext as _

from notifications.models import Reminder
from patients.models import ContactPreference, LabResult, Patient
from schedules import alerts, phases, reading
from schedules.alerts import Alert, Facts
from schedules.doses import Dose
from schedules.forecast import Forecast
from schedules.intervals import Interval, Unit
from schedules.models import Injection, Plan, PlanEvent
from schedules.panels import PanelSlot
from schedules.phases import EventKind, Phase
from schedules.reasons import Reason
from schedules.words import day, every
from tracker.dashboard import words
from tracker.dashboard.story import (
    Decided,
    Injected,
    Message,
    Reported,
    decided,
    injected,
    message,
    reported,
)

MESSAGES_SHOWN = 30
MONTHS_AHEAD = 12
# A year of maintenance is shown whole, one of loading only begun: it has 150 doses.
SHOWN_WHOLE, SHOWN_AHEAD = 13, 6

# In the order in which the buttons stand; starting has a page of its own.
DECISIONS = (
    EventKind.TRANSFERRED_IN,
    EventKind.MAINTAINED,
    EventKind.INTERVAL_CHANGED,
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
    is_approved: bool
    interval: str
    dose: Coming | None
    panel: Coming | None
    review: str
    can_start: bool
    decisions: tuple[Next, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """All that the page of a patient shows."""

    patient: Patient
    about: str
    reached: tuple[str, ...]
    alerts: tuple[Alert, ...]
    tasks: tuple[Message, ...]
    plan: Standing | None
    soon: tuple[Coming, ...]  # the first doses of `ahead`
    ahead: tuple[Coming, ...]
    injections: tuple[Injected, ...]
    decisions: tuple[Decided, ...]
    results: tuple[Reported, ...]
    messages: tuple[Message, ...]


def chart_of(patient: Patient, *, role: str, today: date) -> Chart:
    """Return the chart of `patient`, with what `role` may do about it."""
    plans = _plans(patient)
    plan = _current(plans)
    injections = list(patient.injections.select_related("recorded_by"))
    forecast, ahead = _replayed(plan, today) if plan else (None, ())
    return Chart(
        patient=patient,
        about=words.age_and_birth(
            patient.age(today), patient.birth_date, patient.local_number
        ),
        reached=_reached(patient),
        alerts=_alerts(patient, plan, forecast, injections, today),
        tasks=_messages(patient, patient.reminders.tasks()),
        plan=_standing(plan, forecast, role, today) if plan and forecast else None,
        soon=ahead if len(ahead) <= SHOWN_WHOLE else ahead[:SHOWN_AHEAD],
        ahead=ahead,
        injections=tuple(injected(each) for each in injections),
        decisions=tuple(decided(event) for event in _events(plans)),
        results=tuple(reported(each) for each in _results(patient)),
        messages=_messages(patient, patient.reminders.all()[:MESSAGES_SHOWN]),
    )


def _plans(patient: Patient) -> list[Plan]:
    plans = patient.plans.select_related("protocol", "clinic").prefetch_related(
        "events__decided_by", "injections"
    )
    return list(plans)


def _current(plans: Iterable[Plan]) -> Plan | None:
    """Return the open plan; the last one, if none is open."""
    newest = sorted(plans, key=lambda plan: (plan.phase != Phase.CLOSED, plan.pk))
    return newest[-1] if newest else None


def _events(plans: Iterable[Plan]) -> list[PlanEvent]:
    events = [event for plan in plans for event in plan.events.all()]
    return sorted(events, key=lambda event: (event.on, event.pk), reverse=True)


def _results(patient: Patient) -> Iterable[LabResult]:
    return patient.lab_results.select_related("recorded_by")


def _messages(patient: Patient, found: Iterable[Reminder]) -> tuple[Message, ...]:
    zone = patient.clinic.zone
    return tuple(message(each, zone) for each in found)


def _reached(patient: Patient) -> tuple[str, ...]:
    said = ContactPreference.objects.latest_words(patient)
    sms = {True: _("texts allowed"), False: _("no texts"), None: _("texts not asked")}
    best = patient.get_preferred_channel_display()
    return tuple(
        part
        for part in (
            patient.phone,
            patient.email,
            sms[said.get(ContactPreference.Channel.SMS)],
            _("reached best by %s") % best if best else "",
        )
        if part
    )


def _alerts(
    patient: Patient,
    plan: Plan | None,
    forecast: Forecast | None,
    injections: Iterable[Injection],
    today: date,
) -> tuple[Alert, ...]:
    if patient.is_deceased:
        return ()
    facts = Facts(
        neurological=plan.neurological if plan else Plan.Neurological.NO,
        product=plan.product if plan else "",
        age=patient.age(today),
        flags=forecast.flags if forecast else (),
        gave_expired=any(_gave_expired(each) for each in injections),
    )
    seen = plan.acknowledgements.values_list("code", flat=True) if plan else ()
    return alerts.alerts(facts, seen=set(seen))


def _gave_expired(injection: Injection) -> bool:
    return (
        injection.voided_at is None
        and injection.outcome == Injection.Outcome.GIVEN
        and injection.expires_on is not None
        and injection.expires_on < injection.given_on
    )


def _standing(plan: Plan, forecast: Forecast, role: str, today: date) -> Standing:
    protocol, phase = plan.protocol, forecast.phase
    treated = phase in phases.UNDER_TREATMENT
    return Standing(
        id=plan.pk,
        phase=_phase(forecast),
        nerves=plan.get_neurological_display(),
        is_unanswered=plan.neurological == Plan.Neurological.UNKNOWN,
        cause=plan.cause,
        product=plan.product,
        protocol=str(protocol) if protocol else "",
        is_approved=protocol is not None and protocol.is_approved,
        interval=_interval(plan, forecast) if treated else "",
        dose=_dose(forecast.dose, today) if forecast.dose else None,
        panel=_panel(forecast.panel, today) if forecast.panel else None,
        review=_review(plan, phase),
        can_start=phase is Phase.WORKUP and phases.may(role, EventKind.STARTED),
        decisions=_decisions(forecast, role),
    )


def _phase(forecast: Forecast) -> str:
    name = words.said(words.PHASES, forecast.phase)
    if forecast.phase is Phase.LOADING and forecast.dose:
        return _("%(phase)s, dose %(number)s") % {
            "phase": name,
            "number": forecast.dose.ordinal,
        }
    return name


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


def _decisions(forecast: Forecast, role: str) -> tuple[Next, ...]:
    return tuple(
        Next(kind=kind.value, text=words.said(words.DECIDE, kind))
        for kind in DECISIONS
        if phases.destination(kind, forecast.phase, forecast.resume_phase)
        and phases.may(role, kind, pause_days=1)
    )


def _dose(dose: Dose, today: date) -> Coming:
    return Coming(
        what=_("Dose %s") % dose.ordinal,
        due=day(dose.due_on),
        target=day(dose.target_on) if dose.target_on != dose.due_on else "",
        window=_window(dose.opens_on, dose.closes_on),
        flags=tuple(sorted(words.said(words.FLAGS, flag) for flag in dose.flags)),
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


def _replayed(plan: Plan, today: date) -> tuple[Forecast, tuple[Coming, ...]]:
    calendar = reading.calendar_of(plan.clinic)
    until = today + relativedelta(months=MONTHS_AHEAD)
    doses = reading.ahead_of(plan, today=today, until=until, calendar=calendar)
    return (
        reading.forecast_of(plan, today=today, calendar=calendar),
        tuple(_dose(dose, today) for dose in doses),
    )
