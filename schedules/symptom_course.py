"""
What of a patient's assessments belongs to the episode that a plan is in (rules 4.3).

    … dose   dose │        reload   dose   dose          t
    ──────────────│──────────────────────────────────────
       before     │  assessments of this episode: from the day after the last dose
                     of the episode before, so that a relapse has its own baseline
"""

from collections.abc import Sequence
from datetime import date

from patients.course import Course, Judgement, Suggestion, judge
from patients.symptoms import Assessed
from schedules.forecast import Forecast
from schedules.phases import Phase

#: What is said in maintenance too: it has no plateau to come to.
ALWAYS = (
    Suggestion.RED_FLAG,
    Suggestion.PARADOXICAL_WORSENING,
    Suggestion.WORSENING,
)


def course_of(
    forecast: Forecast, assessments: Sequence[Assessed], *, as_of: date
) -> Course:
    """Return the episode that a plan is in, as its symptoms see it."""
    here = {a.given_on for a in forecast.answers if a.episode == forecast.episode}
    before = [a.given_on for a in forecast.answers if 0 < a.episode < forecast.episode]
    return Course(
        assessments=[
            each for each in assessments if not before or each.on > max(before)
        ],
        first_dose=min(here, default=None),
        doses=len(here),
        as_of=as_of,
    )


def judgement_of(
    forecast: Forecast, assessments: Sequence[Assessed], *, as_of: date
) -> Judgement:
    """Return what the symptoms of the episode suggest."""
    return judge(course_of(forecast, assessments, as_of=as_of))


def spoken(judgement: Judgement, forecast: Forecast) -> tuple[Suggestion, ...]:
    """
    Return the suggestions that have a place in the phase of a plan.

    A plateau is the end of loading; what is urgent is said as long as the plan is open.
    """
    if is_loading(forecast):
        return judgement.suggestions
    if forecast.phase is Phase.CLOSED:
        return ()
    return tuple(each for each in judgement.suggestions if each in ALWAYS)


def is_loading(forecast: Forecast) -> bool:
    """Tell whether a plan is in loading, or in a pause of it."""
    return Phase.LOADING in (forecast.phase, forecast.resume_phase)
