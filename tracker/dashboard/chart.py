"""
One patient's whole story: who, where the plan stands and why, what was, what comes.

The dates and their reasons come from a fresh replay of the plan, not from what is
stored: whoever looks at a chart sees what the rules say now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from notifications.models import Reminder
from notifications.outbox import Letter, letters, with_last_attempt
from patients.models import ContactPreference, LabResult, Patient
from schedules import alerts, reading
from schedules.alerts import Alert, Facts
from schedules.forecast import Forecast
from schedules.models import Injection, Plan, PlanEvent
from schedules.phases import Phase
from tracker.dashboard import words
from tracker.dashboard.known import Known, known_of
from tracker.dashboard.standing import Coming, Standing, coming, standing_of
from tracker.dashboard.story import (
    Decided,
    Injected,
    Reported,
    decided,
    injected,
    reported,
)
from tracker.laboratory.interpreted import Said, interpreted

MESSAGES_SHOWN = 30
MONTHS_AHEAD = 12
# A year of maintenance is shown whole, one of loading only begun: it has 150 doses.
SHOWN_WHOLE, SHOWN_AHEAD = 13, 6


@dataclass(frozen=True, kw_only=True)
class Chart:
    """All that the page of a patient shows."""

    patient: Patient
    about: str
    reached: tuple[str, ...]
    alerts: tuple[Alert, ...]
    tasks: tuple[Letter, ...]
    plan: Standing | None
    soon: tuple[Coming, ...]  # the first doses of `ahead`
    ahead: tuple[Coming, ...]
    background: Known
    injections: tuple[Injected, ...]
    decisions: tuple[Decided, ...]
    results: tuple[Reported, ...]
    interpretation: Said | None
    messages: tuple[Letter, ...]


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
        tasks=tuple(letters(_tasks(patient), patient.clinic)),
        plan=_stands(plan, forecast, role, today),
        soon=ahead if len(ahead) <= SHOWN_WHOLE else ahead[:SHOWN_AHEAD],
        ahead=ahead,
        background=known_of(patient, today=today),
        injections=tuple(injected(each) for each in injections),
        decisions=tuple(decided(event) for event in _events(plans)),
        results=tuple(reported(each) for each in _results(patient)),
        interpretation=interpreted(patient, today=today),
        messages=tuple(letters(_messages(patient), patient.clinic)),
    )


def _plans(patient: Patient) -> list[Plan]:
    events = PlanEvent.objects.select_related("decided_by", "protocol")
    plans = patient.plans.select_related("protocol", "clinic").prefetch_related(
        Prefetch("events", events), "injections"
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


def _tasks(patient: Patient) -> Iterable[Reminder]:
    return with_last_attempt(patient.reminders.tasks()).order_by("due_on", "pk")


def _messages(patient: Patient) -> Iterable[Reminder]:
    return with_last_attempt(patient.reminders.all())[:MESSAGES_SHOWN]


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


def _stands(
    plan: Plan | None, forecast: Forecast | None, role: str, today: date
) -> Standing | None:
    if plan is None or forecast is None:
        return None
    return standing_of(plan, forecast, role=role, today=today)


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
        is_closed=plan is not None and plan.phase == Phase.CLOSED,
        neurological=plan.neurological if plan else Plan.Neurological.NO,
        is_for_neurological=_is_for_neurological(plan),
        product=plan.product if plan else "",
        age=patient.age(today),
        flags=forecast.flags if forecast else (),
        gave_expired=any(_gave_expired(each) for each in injections),
    )
    seen = plan.acknowledgements.values_list("code", flat=True) if plan else ()
    return alerts.alerts(facts, seen=set(seen))


def _is_for_neurological(plan: Plan | None) -> bool | None:
    protocol = reading.protocol_of(plan) if plan and plan.protocol else None
    return protocol.neurological if protocol else None


def _gave_expired(injection: Injection) -> bool:
    return (
        injection.voided_at is None
        and injection.outcome == Injection.Outcome.GIVEN
        and injection.expires_on is not None
        and injection.expires_on < injection.given_on
    )


def _replayed(plan: Plan, today: date) -> tuple[Forecast, tuple[Coming, ...]]:
    calendar = reading.calendar_of(plan.clinic)
    timeline = reading.timeline_of(plan.clinic)
    until = today + relativedelta(months=MONTHS_AHEAD)
    doses = reading.ahead_of(
        plan, today=today, until=until, calendar=calendar, timeline=timeline
    )
    return (
        reading.forecast_of(plan, today=today, calendar=calendar, timeline=timeline),
        tuple(coming(dose, today=today) for dose in doses),
    )
