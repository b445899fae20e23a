"""From records to the facts that the alerts read, and to what a plan keeps of them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from patients.known import values_of
from patients.known_assessments import assessed_of
from patients.known_background import background_of
from patients.measured import Value
from schedules import reading
from schedules.alerts import (
    BY_CODE,
    Alert,
    Expired,
    Facts,
    Incident,
    Occasion,
    Severity,
    foreseen,
    speaking,
)
from schedules.alerts.nouns import alert_of
from schedules.calendar import Calendar
from schedules.facts import Result
from schedules.forecast import Forecast
from schedules.known_symptoms import dismissed_of
from schedules.models import AlertEntry, Injection, Plan, PlanEvent
from schedules.parameters import Timeline
from schedules.phases import EventKind

STARTS = frozenset({EventKind.STARTED, EventKind.RELOADED})


def facts_of(
    plan: Plan,
    forecast: Forecast,
    *,
    values: Sequence[Value],
    results: Iterable[Result],
    entries: Iterable[AlertEntry],
    today: date,
    calendar: Calendar,
    timeline: Timeline,
) -> Facts:
    """Return what the alerts of `plan` read, as it stands on `today`."""
    events = [event for event in plan.events.all() if event.voided_at is None]
    given = [each for each in plan.injections.all() if _was_given(each)]
    waiting = [each for each in given if each.source == Injection.Source.UNVERIFIED]
    counted = [each.given_on for each in given if each not in waiting]
    return Facts(
        today=today,
        forecast=forecast,
        calendar=calendar,
        parameters=timeline.on(today).under(reading.protocol_of(plan).overrides),
        neurological=plan.neurological,
        is_for_neurological=_is_for_neurological(plan),
        product=plan.product,
        born_on=plan.patient.birth_date,
        opened_on=plan.clinic.day(plan.opened_at),
        started_on=max((e.on for e in events if e.kind in STARTS), default=None),
        review_on=_review_on(events),
        last_contact_on=max(counted, default=None),
        pending=tuple(sorted({each.given_on for each in waiting})),
        expired=tuple(_expired(given)),
        results=tuple(results),
        assessed=(assessed := assessed_of(plan.patient_id, on=today)),
        # Nothing is dismissed that no assessment suggested.
        dismissed=tuple(dismissed_of(plan)) if assessed else (),
        incidents=tuple(_incidents(plan)),
        background=background_of(plan.patient, on=today),
        values=tuple(values),
        opened={(e.code, e.about): e.opened_on for e in entries if not e.closed_on},
    )


def speaking_of(plan: Plan, *, today: date) -> tuple[Alert, ...]:
    """Return all that speaks about `plan` on a day, acknowledged or not."""
    calendar, timeline = (
        reading.calendar_of(plan.clinic),
        reading.timeline_of(plan.clinic),
    )
    values = values_of(plan.patient_id)
    results = reading.results_of(plan, values)
    forecast = reading.forecast_of(
        plan, today=today, calendar=calendar, timeline=timeline, results=results
    )
    facts = facts_of(
        plan,
        forecast,
        values=values,
        results=results,
        entries=plan.alert_entries.open(),
        today=today,
        calendar=calendar,
        timeline=timeline,
    )
    return speaking(foreseen(facts), on=today)


def _was_given(injection: Injection) -> bool:
    is_given = injection.outcome == Injection.Outcome.GIVEN
    return is_given and injection.voided_at is None


def _is_for_neurological(plan: Plan) -> bool | None:
    return reading.protocol_of(plan).neurological if plan.protocol else None


def _review_on(events: Iterable[PlanEvent]) -> date | None:
    pauses = [e for e in events if e.kind == EventKind.PAUSED]
    last = max(pauses, key=lambda e: (e.on, e.pk), default=None)
    return last.review_on if last else None


def _expired(given: Iterable[Injection]) -> Iterator[Expired]:
    for each in given:
        if each.expires_on is not None and each.expires_on < each.given_on:
            yield Expired(key=each.pk, given_on=each.given_on)


Kept = dict[str, str | int | None]


def _incidents(plan: Plan) -> Iterator[Incident]:
    """Yield what a rule spoke against; an expired batch has an alert of its own."""
    for each in plan.injections.all():
        if each.voided_at is not None:
            continue
        has_expired = any(_expired([each]))
        for said in each.spoke_against:
            if not (said["rule"] == "S17" and has_expired):
                yield Incident(
                    key=each.pk,
                    given_on=each.given_on,
                    rule=said["rule"],
                    title=said["title"],
                )


def stored(alerts: Iterable[Alert]) -> list[Kept]:
    """Return what a plan keeps beside its dates: the alerts that those do not tell."""
    return [_stored(alert) for alert in alerts if not alert.of.in_dates]


def _stored(alert: Alert) -> Kept:
    said: Kept = {
        "code": alert.code,
        "version": alert.of.version,
        "about": alert.about,
        "severity": alert.severity.value,
        "since": alert.since.isoformat(),
        "until": alert.until.isoformat() if alert.until else None,
    }
    if alert.text != alert.of.text:
        said["text"] = alert.text
    return said


def kept(said: Iterable[Kept]) -> tuple[Alert, ...]:
    """Return the alerts that a plan keeps, without those of a rule that is gone."""
    return tuple(
        alert_of(rule, _occasion(each))
        for each in said
        if (rule := BY_CODE.get(str(each["code"]))) and rule.version == each["version"]
    )


def _occasion(said: Kept) -> Occasion:
    until = said["until"]
    return Occasion(
        since=date.fromisoformat(str(said["since"])),
        until=date.fromisoformat(str(until)) if until else None,
        about=str(said["about"]),
        severity=Severity(str(said["severity"])),
        text=str(said.get("text", "")),
    )
