"""
One patient's whole story: who, where the plan stands and why, what was, what comes.

The dates and their reasons come from a fresh replay of the plan, not from what is
stored: whoever looks at a chart sees what the rules say now.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from notifications.models import Reminder
from notifications.outbox import Letter, letters, with_last_attempt
from patients.known import values_of
from patients.models import ContactPreference, LabResult, Patient
from schedules import alerts, reading, watching
from schedules.alerts import Alert, Facts
from schedules.calendar import Calendar
from schedules.facts import Result
from schedules.forecast import Forecast
from schedules.models import AlertEntry, Injection, Plan, PlanEvent
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
from tracker.dashboard.symptoms import Suggested, Symptoms, symptoms_shown
from tracker.laboratory.calendar import Laboratory, laboratory_of
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
    symptoms: Symptoms
    injections: tuple[Injected, ...]
    decisions: tuple[Decided, ...]
    results: tuple[Reported, ...]
    interpretation: Said | None
    laboratory: Laboratory | None
    messages: tuple[Letter, ...]

    @property
    def suggested(self) -> tuple[Suggested, ...]:
        """Return what symptoms suggest, but for what an alert says and asks already."""
        told = {alert.code for alert in self.alerts}
        return tuple(
            each
            for each in self.symptoms.suggested
            if each.is_dismissible or each.code not in told
        )


def chart_of(patient: Patient, *, role: str, today: date) -> Chart:
    """Return the chart of `patient`, with what `role` may do about it."""
    plans = _plans(patient)
    plan = _current(plans)
    injections = list(patient.injections.select_related("recorded_by"))
    stands = _replayed(plan, today) if plan else None
    ahead = stands.ahead if stands else ()
    return Chart(
        patient=patient,
        about=words.age_and_birth(
            patient.age(today), patient.birth_date, patient.local_number
        ),
        reached=_reached(patient),
        alerts=stands.alerts if stands and not patient.is_deceased else (),
        tasks=tuple(letters(_tasks(patient), patient.clinic)),
        plan=_standing(stands, role, today) if stands else None,
        soon=ahead if len(ahead) <= SHOWN_WHOLE else ahead[:SHOWN_AHEAD],
        ahead=ahead,
        background=known_of(
            patient,
            today=today,
            samples_until=_samples_until(plan, injections, today),
        ),
        symptoms=symptoms_shown(
            patient, plan, stands.forecast if stands else None, today=today
        ),
        injections=tuple(injected(each) for each in injections),
        decisions=tuple(decided(event) for event in _events(plans)),
        results=tuple(reported(each) for each in _results(patient)),
        interpretation=interpreted(patient, today=today),
        laboratory=_laboratory(stands, today) if stands else None,
        messages=tuple(letters(_messages(patient), patient.clinic)),
    )


def _laboratory(stands: "_Replayed", today: date) -> Laboratory:
    return laboratory_of(
        stands.plan,
        stands.forecast,
        results=stands.results,
        calendar=stands.calendar,
        today=today,
    )


def _samples_until(
    plan: Plan | None, injections: Iterable[Injection], today: date
) -> date | None:
    """Return by when the baseline is drawn; who is on maintenance is past that."""
    if plan is not None and plan.phase not in (Phase.WORKUP, Phase.LOADING):
        return None
    given = (
        each.given_on
        for each in injections
        if each.voided_at is None and each.outcome == Injection.Outcome.GIVEN
    )
    return min(given, default=today)


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


@dataclass(frozen=True, kw_only=True)
class _Replayed:
    """What the rules say about a plan now."""

    plan: Plan
    forecast: Forecast
    results: Sequence[Result]
    calendar: Calendar
    ahead: tuple[Coming, ...]
    alerts: tuple[Alert, ...]


def _replayed(plan: Plan, today: date) -> _Replayed:
    calendar, timeline = (
        reading.calendar_of(plan.clinic),
        reading.timeline_of(plan.clinic),
    )
    values = values_of(plan.patient_id)
    results = reading.results_of(plan, values)
    until = today + relativedelta(months=MONTHS_AHEAD)
    doses = reading.ahead_of(
        plan, today=today, until=until, calendar=calendar, timeline=timeline
    )
    forecast = reading.forecast_of(
        plan, today=today, calendar=calendar, timeline=timeline, results=results
    )
    entries = list(plan.alert_entries.of_interest())
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
    return _Replayed(
        plan=plan,
        forecast=forecast,
        results=results,
        calendar=calendar,
        ahead=tuple(coming(dose, today=today) for dose in doses),
        alerts=_alerts(facts, entries),
    )


def _standing(stands: _Replayed, role: str, today: date) -> Standing:
    return standing_of(stands.plan, stands.forecast, role=role, today=today)


def _alerts(facts: Facts, entries: Iterable[AlertEntry]) -> tuple[Alert, ...]:
    """Return the alerts that speak, but for those that the dates tell already."""
    quiet = {entry.key for entry in entries if entry.acknowledged_at}
    said = alerts.speaking(alerts.foreseen(facts), on=facts.today, quiet=quiet)
    return tuple(alert for alert in said if not alert.of.in_dates)
