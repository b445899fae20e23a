"""
From records to the facts that the rules read.

One place turns rows into the engine's words, so that a page, an action and the daily
check all ask the same question.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache

from patients.known import lab_rules_of, values_of
from patients.known_assessments import assessed_of
from patients.measured import Value
from patients.models import CalendarDay, Clinic
from patients.symptoms import Assessed
from schedules import forecast as engine
from schedules.asking import emerged_on
from schedules.calendar import Calendar
from schedules.facts import Event, Given, Result
from schedules.forecast import Dose, Forecast
from schedules.intervals import Interval
from schedules.models import ClinicParameters, Injection, Plan
from schedules.models import Protocol as ProtocolVersion
from schedules.panel_log import Monitoring
from schedules.parameters import Parameters, Timeline
from schedules.phases import EventKind
from schedules.products import alike
from schedules.protocol import Protocol
from schedules.stabilised import signs, worsened


def calendar_of(clinic: Clinic) -> Calendar:
    """Return the days on which `clinic` is open."""
    days = list(CalendarDay.objects.filter(clinic=clinic))
    extra = frozenset(day.on for day in days if day.kind == CalendarDay.Kind.EXTRA)
    return Calendar(
        patterns=tuple((week.from_on, week.numbers) for week in clinic.open_days.all()),
        closed={day.on: str(day.reason) for day in days if day.on not in extra},
        opened=extra,
    )


def timeline_of(clinic: Clinic) -> Timeline:
    """Return the versions of the parameters that `clinic` has set."""
    versions = ClinicParameters.objects.of(clinic)
    return Timeline(tuple((each.from_on, each.parameters) for each in versions))


def parameters_of(plan: Plan, *, today: date) -> Parameters:
    """Return what is in force for `plan` today, its protocol's own numbers included."""
    in_force = timeline_of(plan.clinic).on(today)
    return in_force.under(protocol_of(plan).overrides)


def events_of(plan: Plan) -> list[Event]:
    """Return the decisions that stand about `plan`."""
    return [
        Event(
            kind=EventKind(event.kind),
            on=event.on,
            entered=event.pk,
            interval=Interval.parse(event.interval) if event.interval else None,
            start_on=event.start_on,
            protocol=_rules(event.protocol),
            reason=event.reason,
        )
        for event in plan.events.all()
        if event.voided_at is None
    ]


def given_of(plan: Plan) -> list[Given]:
    """Return what went into the patient, as far as `plan` has to know."""
    return [
        Given(
            on=injection.given_on,
            entered=injection.pk,
            key=injection.pk,
            pending=injection.source == Injection.Source.UNVERIFIED,
        )
        for injection in plan.injections.all()
        if injection.voided_at is None
        and injection.outcome == Injection.Outcome.GIVEN
        and injection.product in alike(plan.product)
    ]


def results_of(plan: Plan, values: Iterable[Value] | None = None) -> list[Result]:
    """
    Return on which days blood was drawn, for which tests, and what they came to.

    `values` are those of the patient, if somebody has read them already.
    """
    by_day: dict[date, list[Value]] = defaultdict(list)
    for value in values_of(plan.patient_id) if values is None else values:
        by_day[value.on].append(value)
    if not by_day:
        return []
    rules = lab_rules_of(plan.clinic)
    days = sorted(given.on for given in given_of(plan))
    egfr: Value | None = None
    results = []
    for on, drawn in sorted(by_day.items()):
        egfr = next((v for v in reversed(drawn) if v.test == "egfr"), egfr)
        found = signs(drawn, egfr=egfr, given=days, thresholds=rules.thresholds(on))
        tests = frozenset(value.test for value in drawn)
        results.append(Result(on=on, tests=tests, signs=found))
    return results


def monitoring_of(plan: Plan) -> Monitoring:
    """Return what moves the blood tests of `plan` besides results."""

    @cache
    def assessed() -> tuple[Assessed, ...]:
        return assessed_of(plan.patient_id, on=date.max)  # asked only after two panels

    return Monitoring(
        policies=lab_rules_of(plan.clinic).policies,
        worsened=lambda earlier, later: worsened(assessed(), earlier, later),
    )


def protocol_of(plan: Plan) -> Protocol:
    """
    Return the rules that `plan` follows now, in the version it was started under.

    A plan in work-up follows none yet, and nothing is due in it: any will do.
    """
    return _rules(plan.protocol) or _any_rules()


def _rules(version: ProtocolVersion | None) -> Protocol | None:
    return None if version is None else Protocol.from_dict(version.content)


def _any_rules() -> Protocol:
    return Protocol.from_dict(ProtocolVersion.objects.earliest("pk").content)


def _emerged(plan: Plan, rules: Iterable[Protocol | None]) -> tuple[date, ...]:
    """Return when a nerve spoke up; asked only where a course can be held for it."""
    followed = [rule.loading for rule in rules if rule is not None]
    if not any(loading and loading.count for loading in followed):
        return ()
    return emerged_on(assessed_of(plan.patient_id, on=date.max))


def forecast_of(
    plan: Plan,
    *,
    today: date,
    calendar: Calendar | None = None,
    timeline: Timeline | None = None,
    results: Sequence[Result] | None = None,
) -> Forecast:
    """Replay `plan` as it stands on `today`; what is handed in is not read again."""
    protocol, events = protocol_of(plan), events_of(plan)
    return engine.forecast(
        protocol=protocol,
        events=events,
        given=given_of(plan),
        emerged=_emerged(plan, (protocol, *(event.protocol for event in events))),
        results=results_of(plan) if results is None else results,
        monitoring=monitoring_of(plan),
        calendar=calendar or calendar_of(plan.clinic),
        timeline=timeline or timeline_of(plan.clinic),
        as_of=today,
    )


def ahead_of(
    plan: Plan,
    *,
    today: date,
    until: date,
    calendar: Calendar | None = None,
    timeline: Timeline | None = None,
) -> tuple[Dose, ...]:
    """Return the doses to come, each counted as if the one before is given when due."""
    protocol, events = protocol_of(plan), events_of(plan)
    return engine.ahead(
        protocol=protocol,
        events=events,
        given=given_of(plan),
        emerged=_emerged(plan, (protocol, *(event.protocol for event in events))),
        calendar=calendar or calendar_of(plan.clinic),
        timeline=timeline or timeline_of(plan.clinic),
        as_of=today,
        until=until,
    )
