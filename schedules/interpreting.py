"""From records to what the numbers say of a diagnosis (rules 3). It writes nothing."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from patients.background import NITROUS_OXIDE, Background, Condition
from patients.bands import VERY_HIGH_B12
from patients.diagnosis import Interpretation, interpret
from patients.exclusions import Answer, Exclusion
from patients.findings import About
from patients.known import lab_rules_of, values_of
from patients.known_background import background_of
from patients.measured import VITAMIN, Value, at_diagnosis, days_above
from patients.medicines import Medicine
from patients.models import Patient
from schedules.models import Injection, Plan
from schedules.stabilised import RECENT, is_recent

ORAL_DAILY_MG = Decimal("0.05")  # 50 µg by mouth make B12 unreliable (rules 3)


def interpretation_of(patient: Patient, *, on: date) -> Interpretation | None:
    """Return what the results of `patient` say together; None without a B12."""
    values = values_of(patient)
    given = injection_days(patient)
    treated_from = min(given, default=None)
    measured = at_diagnosis(values, treated_from=treated_from, on=on)
    if not any(value.test in VITAMIN for value in measured):
        return None
    drawn = max((v for v in measured if v.test in VITAMIN), key=lambda v: v.on)
    about = _about(patient, drawn, given, values)
    rules = lab_rules_of(patient.clinic)
    return interpret(measured, about=about, thresholds=rules.thresholds(drawn.on))


def injection_days(patient: Patient) -> list[date]:
    """Return the days on which B12 went into a patient, wherever it was given."""
    stands = Injection.objects.filter(
        patient=patient, voided_at=None, outcome=Injection.Outcome.GIVEN
    )
    return sorted(stands.values_list("given_on", flat=True))


def _about(
    patient: Patient,
    drawn: Value,
    given: list[date],
    values: Iterable[Value],
) -> About:
    background = background_of(patient, on=drawn.on)
    untreated = [v for v in values if not given or v.on < given[0]]
    # Blood of the first day is drawn before the injection.
    earlier = [day for day in given if day < drawn.on]
    return About(
        neurological=_has_nerve_symptoms(patient),
        nitrous_oxide=_was_exposed(background),
        suspicion=background.has(Condition.HIGH_SUSPICION),
        recent_b12=is_recent(drawn, earlier) or _by_mouth(background),
        on_treatment=bool(earlier),
        pregnant=background.is_pregnant,
        contraceptive_pill=background.takes(Medicine.CONTRACEPTIVE),
        very_high_twice=days_above(untreated, VERY_HIGH_B12) >= 2,
    )


def _has_nerve_symptoms(patient: Patient) -> bool:
    """Ask the newest plan; one that has not answered counts as yes (R11)."""
    plan = Plan.objects.filter(patient=patient).order_by("pk").last()
    return plan is not None and plan.is_neurological


def _was_exposed(background: Background) -> bool:
    answered = background.answers.get(Exclusion.NITROUS_OXIDE)
    is_present = answered is not None and answered.answer is Answer.PRESENT
    return is_present or background.has(*NITROUS_OXIDE)


def _by_mouth(background: Background) -> bool:
    """Tell whether at least 50 µg a day were taken in the fortnight before."""
    days = (background.on, background.on - RECENT)
    return any(
        (taken.daily_mg or 0) >= ORAL_DAILY_MG
        for day in days
        for taken in background.as_of(day).oral_cobalamins
    )
