"""
From records to the facts that the safety rules read.

One place, so that a page, the API and an act all judge by the same.
"""

from dataclasses import replace
from datetime import date

from patients.known import values_of
from patients.known_assessments import assessed_of
from patients.known_background import background_of
from patients.measured import latest
from patients.models import Patient
from schedules import reading
from schedules.forecast import Forecast
from schedules.guard import Attempt, Verdict, guard
from schedules.models import Injection, Plan, Protocol
from schedules.models.injection import InjectionQuerySet
from schedules.phases import Phase
from schedules.placement import Flag
from schedules.products import COBALAMINS, USUAL
from schedules.protocol import Protocol as Rules
from schedules.safety import Act, Facts, Rule, judge
from schedules.safety.known import facts_of


def known_of(act: Act, patient: Patient, *, on: date) -> Facts:
    """Return what is known of a patient on a day, for an act; nothing of a plan."""
    values = values_of(patient)
    first = _counted(patient).order_by("given_on").first()
    assessed = assessed_of(patient, on=on)
    facts = facts_of(
        act,
        background=background_of(patient, on=on),
        measured=latest(values, on=on),
        untreated=latest(values, on=min(on, first.given_on) if first else on),
        has_red_flag=bool(assessed and assessed[-1].red_flags),
    )
    return replace(
        facts, age=patient.age(on), last_b12_dose_days_ago=_days_since(patient, on)
    )


def speaking_of_conditions(patient: Patient, *, on: date) -> list[Rule]:
    """
    Return the rules that speak of what a patient has, is, or is about to meet (S14).

    A condition is recorded whatever they say: it is there.
    """
    facts = known_of(Act.RECORD_CONDITION, patient, on=on)
    return [found.rule for found in judge(facts)]


def of_course(facts: Facts, plan: Plan, *, protocol: Protocol, on: date) -> Facts:
    """Add what a start or a reload is about: the course, the product, the first day."""
    return replace(
        of_plan(facts, plan),
        course_is_for_neurological=Rules.from_dict(protocol.content).neurological,
        loading_day=0,
        has_sample=_has_sample(plan.patient, on),
    )


def of_plan(facts: Facts, plan: Plan) -> Facts:
    """Add what a plan says of the treatment; an unanswered question counts as yes."""
    return replace(
        facts,
        product=plan.product,
        is_neurological=plan.is_neurological,
    )


def of_injection(
    facts: Facts, injection: Injection, *, identified: bool | None
) -> Facts:
    """Add what an injection is: given now, or given already."""
    plan, on = injection.plan, injection.given_on
    before = _counted(injection.patient, injection.product).exclude(pk=injection.pk)
    earlier = before.filter(given_on__lte=on).order_by("-given_on").first()
    forecast = reading.forecast_of(plan, today=on) if plan else None
    facts = of_plan(facts, plan) if plan else facts
    return replace(
        facts,
        product=injection.product,
        route=injection.route,
        # What S17 says of the dose, it says of B12.
        dose_mg=injection.dose_mg if injection.product in COBALAMINS else None,
        has_batch=bool(injection.batch),
        has_expired=injection.expires_on is not None and injection.expires_on < on,
        identifiers_confirmed=identified,
        is_first_dose=earlier is None,
        is_product_change=earlier is not None and earlier.product != injection.product,
        failed_today=_failed(injection),
        has_sample=None if earlier else _has_sample(injection.patient, on),
        guard=_guarded(injection, forecast),
        loading_day=_loading_day(injection, forecast),
    )


def _counted(patient: Patient, product: str = USUAL) -> InjectionQuerySet:
    given = Injection.objects.given().like(product).filter(patient=patient)
    return given.exclude(source=Injection.Source.UNVERIFIED)


def _days_since(patient: Patient, on: date) -> int | None:
    last = _counted(patient).filter(given_on__lte=on).order_by("-given_on").first()
    return (on - last.given_on).days if last else None


def _has_sample(patient: Patient, on: date) -> bool | None:
    """Tell whether blood was drawn before treatment; None once it has begun."""
    if _counted(patient).filter(given_on__lt=on).exists():
        return None
    return not background_of(patient, on=on).missing_samples(before=on)


def _failed(injection: Injection) -> bool:
    same_day = Injection.objects.standing().filter(
        patient=injection.patient, given_on=injection.given_on
    )
    return same_day.filter(outcome=Injection.Outcome.FAILED).exists()


def _guarded(injection: Injection, forecast: Forecast | None) -> Verdict:
    """Return what rules 2.7 say, of all that was given, here or elsewhere."""
    alike = Injection.objects.given().like(injection.product)
    given = alike.filter(patient=injection.patient)
    rows = given.exclude(pk=injection.pk).values_list("given_on", "source")
    waiting = {on for on, source in rows if source == Injection.Source.UNVERIFIED}
    counted = {on for on, source in rows if source != Injection.Source.UNVERIFIED}
    attempt = _attempt(injection.given_on, forecast)
    if injection.plan is not None:
        in_force = reading.parameters_of(injection.plan, today=injection.given_on)
        attempt = replace(attempt, parameters=in_force)
    return guard(attempt, counted=counted, unverified=waiting)


def _attempt(on: date, forecast: Forecast | None) -> Attempt:
    if forecast is None:
        return Attempt(on=on, phase=Phase.WORKUP)
    dose = forecast.dose
    return Attempt(
        on=on,
        phase=forecast.phase,
        interval=forecast.interval if forecast.phase is Phase.MAINTENANCE else None,
        due_on=dose.due_on if dose else None,
        counted_from=forecast.last_given_on,
        bridge=dose is not None and Flag.BRIDGE_DOSE in dose.flags,
    )


def _loading_day(injection: Injection, forecast: Forecast | None) -> int | None:
    """Return the day of loading, counted from the first injection of the episode."""
    if forecast is None or forecast.phase is not Phase.LOADING:
        return None
    first = (
        _counted(injection.patient)
        .filter(plan=injection.plan, episode=forecast.episode)
        .order_by("given_on")
        .first()
    )
    return (injection.given_on - first.given_on).days if first else 0
