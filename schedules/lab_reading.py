"""From records to the laboratory calendar of a plan. It writes nothing."""

from collections.abc import Sequence
from datetime import date

from patients.background import Background, Condition
from patients.known_assessments import assessed_of
from patients.known_background import background_of
from patients.medicines import Medicine
from schedules import reading
from schedules.calendar import Calendar
from schedules.early_panels import Care
from schedules.facts import Result
from schedules.forecast import Forecast
from schedules.lab_calendar import LabCalendar, first_dose, lab_calendar
from schedules.models import Plan


def lab_calendar_of(
    plan: Plan,
    *,
    today: date,
    forecast: Forecast | None = None,
    results: Sequence[Result] | None = None,
    calendar: Calendar | None = None,
) -> LabCalendar:
    """Return the laboratory calendar of `plan`; what is handed in is not read again."""
    calendar = calendar or reading.calendar_of(plan.clinic)
    results = reading.results_of(plan) if results is None else results
    forecast = forecast or reading.forecast_of(
        plan, today=today, calendar=calendar, results=results
    )
    return lab_calendar(
        forecast,
        results=results,
        care=_care(plan, forecast, today),
        calendar=calendar,
        as_of=today,
    )


def _care(plan: Plan, forecast: Forecast, today: date) -> Care:
    background = background_of(plan.patient, on=today)
    first_on, _ = first_dose(forecast)
    begun = forecast.stretches[0].from_on if forecast.stretches else today
    at_start = background.as_of(begun)
    missing = background.missing_samples(before=first_on or today)
    return Care(
        potassium_risk=has_potassium_risk(background),
        early_review=at_start.is_pregnant or at_start.is_breastfeeding,
        missing=tuple(sample.value for sample in missing),
        reviewed=tuple(each.on for each in assessed_of(plan.patient_id, on=today)),
    )


def has_potassium_risk(background: Background) -> bool:
    """Tell whether a fall of potassium is likely, or does harm (P1, S09)."""
    medicines = background.takes(Medicine.DIURETIC, Medicine.DIGOXIN)
    return medicines or background.has(Condition.CARDIAC_DISEASE)
