from datetime import date, timedelta

import pytest

from patients.course import Suggestion
from patients.symptoms import Assessed, Domain
from schedules.forecast import Forecast
from schedules.symptom_course import course_of, judgement_of, spoken
from tests.schedules.stories import EVERY_DAY, Story

S = Suggestion
FIRST = date(2026, 1, 5)


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def seen(day: int, tremor: int) -> Assessed:
    return Assessed(on=on(day), scores={Domain.TREMOR: tremor}, pgic=4)


def loading() -> Story:
    story = Story(calendar=EVERY_DAY).event("started", FIRST)
    return story.dose(*(on(day) for day in range(0, 15, 2)))


class TestCourseOf:
    def test_counts_the_doses_of_the_episode(self) -> None:
        story = loading().dose(on(14))  # a second one on that day

        course = course_of(story.forecast, [seen(-3, 4)], as_of=on(14))

        assert (course.first_dose, course.doses) == (FIRST, 8)
        assert (course.assessments, course.as_of) == ([seen(-3, 4)], on(14))

    def test_has_no_first_dose_before_treatment(self) -> None:
        story = Story(calendar=EVERY_DAY).dose(on(-90)).event("started", FIRST)

        course = course_of(story.forecast, [seen(-100, 4)], as_of=FIRST)

        assert (course.first_dose, course.doses) == (None, 0)
        assert course.assessments == [seen(-100, 4)]

    def test_of_a_relapse_has_a_baseline_of_its_own(self) -> None:
        story = loading().event("maintained", on(14), "2m").dose(on(73))
        story.event("reloaded", on(90)).dose(on(90))
        old, last_visit, relapse = seen(0, 2), seen(73, 3), seen(74, 6)

        course = course_of(story.forecast, [old, last_visit, relapse], as_of=on(90))

        assert (course.first_dose, course.doses) == (on(90), 1)
        assert course.assessments == [relapse]


def forecasts() -> dict[str, Forecast]:
    story = loading()
    told = {"loading": story.forecast}
    told["paused"] = story.event("paused", on(15)).forecast
    story.event("resumed", on(16)).event("maintained", on(17), "2m")
    told["maintenance"] = story.forecast
    told["closed"] = story.event("closed", on(18)).forecast
    return told


class TestSpoken:
    @pytest.mark.proves("R26", "R23")
    @pytest.mark.parametrize(
        ("phase", "told"),
        [
            ("loading", (S.PARADOXICAL_WORSENING, S.PLATEAU_NOT_ASSESSABLE)),
            ("paused", (S.PARADOXICAL_WORSENING, S.PLATEAU_NOT_ASSESSABLE)),
            ("maintenance", (S.PARADOXICAL_WORSENING,)),
            ("closed", ()),
        ],
    )
    def test_has_a_plateau_only_in_loading(
        self, phase: str, told: tuple[Suggestion, ...]
    ) -> None:
        forecast = forecasts()[phase]
        assessments = [seen(0, 4), seen(14, 7)]

        judgement = judgement_of(forecast, assessments, as_of=on(18))

        assert spoken(judgement, forecast) == told
