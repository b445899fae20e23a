"""What is known of symptoms and what they suggest, for pages, alerts and decisions."""

from dataclasses import dataclass
from datetime import date

from patients.course import Course, Judgement, Suggestion, judge
from patients.known_assessments import assessed_of
from patients.models import Patient
from schedules import reading
from schedules.asking import Occasion, Visit, asked_for
from schedules.forecast import Forecast
from schedules.models import Plan, SuggestionAnswer
from schedules.suggesting import Dismissed, quiet
from schedules.symptom_course import course_of, spoken


@dataclass(frozen=True, kw_only=True)
class SymptomsNow:
    """
    The symptoms of a plan on a day.

    `suggestions` are those that have a place in its phase, the most urgent first;
    `quiet` those of them that were dismissed of late; `asked` why symptoms are to be
    asked about today, if they are.
    """

    course: Course
    judgement: Judgement
    suggestions: tuple[Suggestion, ...]
    quiet: frozenset[str]
    asked: Occasion | None

    @property
    def speaking(self) -> tuple[Suggestion, ...]:
        """Return the suggestions that nobody dismissed."""
        return tuple(each for each in self.suggestions if each not in self.quiet)


def symptoms_of(plan: Plan, forecast: Forecast, *, today: date) -> SymptomsNow:
    """Return what is known of the symptoms of `plan`, as it stands in `forecast`."""
    assessments = assessed_of(plan.patient_id, on=today)
    course = course_of(forecast, assessments, as_of=today)
    judgement = judge(course)
    suggestions = spoken(judgement, forecast)
    return SymptomsNow(
        course=course,
        judgement=judgement,
        suggestions=suggestions,
        quiet=quiet(dismissed_of(plan), on=today),
        asked=asked_for(_visit(course, forecast)),
    )


def asked_of(patient: Patient, *, today: date) -> Occasion | None:
    """Return why `patient` is to be asked about symptoms today, if at all."""
    plans = Plan.objects.open().filter(patient=patient)
    plan = plans.select_related("clinic", "protocol").first()
    if plan is None:
        return None
    forecast = reading.forecast_of(plan, today=today)
    return symptoms_of(plan, forecast, today=today).asked


def dismissed_of(plan: Plan) -> list[Dismissed]:
    """Return which suggestions about `plan` were dismissed, and when."""
    rows = SuggestionAnswer.objects.dismissals().filter(plan=plan)
    days = rows.values_list("code", "answered_at")
    return [Dismissed(code=code, on=plan.clinic.day(at)) for code, at in days]


def _visit(course: Course, forecast: Forecast) -> Visit:
    here = [a.given_on for a in forecast.answers if a.episode == forecast.episode]
    return Visit(
        phase=forecast.resume_phase or forecast.phase,
        assessed=tuple(each.on for each in course.assessments),
        last_given_on=max(here, default=None),
        opens_on=forecast.dose.opens_on if forecast.dose else None,
        as_of=course.as_of,
    )
