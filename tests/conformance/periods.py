"""The adapter of adherence: a plan, told for a period and counted."""

from datetime import date, timedelta
from typing import Any

from schedules import adherence
from schedules.phases import EventKind
from schedules.stretches import planned_slots
from tests.conformance.calendars import calendar, day, iso
from tests.schedules.stories import Story

Case = dict[str, Any]
Meta = dict[str, Any]


def adhered(case: Case, meta: Meta) -> Any:
    given, expected = case["input"], case["expected"]
    told = _counted(given, _treated(given, meta, pause="hospital"))
    strict = _counted(given, _treated(given, meta, pause="travel"))
    told["without_pause_exclusion"] = [strict["covered"], strict["denominator"]]
    return {name: told[name] for name in expected}


def _treated(given: Any, meta: Meta, pause: str) -> Story:
    story = Story(calendar=calendar(given["calendar"], meta))
    days = [day(on) for on in given.get("doses", given.get("given"))]
    if "planned_slots" in given:
        story.event(EventKind.STARTED, days[0])
    else:
        last_loading = given.get("last_loading_dose")
        first = day(last_loading) if last_loading else days.pop(0)
        story.loaded(first, given["interval"])
    if "paused" in given:
        begun, ended = map(day, given["paused"])
        story.event(EventKind.PAUSED, begun, reason=pause)
        story.event(EventKind.RESUMED, ended)
    for on in days:
        story.dose(on)
    story.as_of = day(given["observe"][1]) - timedelta(days=1)
    return story


def _counted(given: Any, story: Story) -> dict[str, Any]:
    plan = story.forecast
    start, end = map(day, given["observe"])
    counts = adherence.measure(plan, start=start, end=end)
    course = plan.courses[0]
    if "planned_slots" in given:
        assert [iso(slot) for slot in _slots(story)] == given["planned_slots"]
    return {
        "rows": [
            [
                iso(a.due_on),
                iso(a.given_on),
                a.timing,
                a.delay_days,
                iso(a.covered_until),
            ]
            for a in plan.answers[1:]
        ],
        "on_time": counts.on_time,
        "evaluable": counts.evaluable,
        "on_time_rate": _rounded(counts.on_time_rate),
        "mean_signed_delay": _rounded(counts.mean_signed_delay),
        "mean_days_late": _rounded(counts.mean_days_late),
        "covered": counts.covered,
        "denominator": counts.observed,
        "pdc": _rounded(counts.pdc),
        "slots_given": course.given,
        "slots_planned": course.planned,
        "loading_completion": _rounded(adherence.loading_completion(course)),
    }


def _slots(story: Story) -> tuple[date, ...]:
    assert story.protocol.loading is not None
    return planned_slots(
        story.given[0].on,
        until=story.as_of,
        loading=story.protocol.loading,
        calendar=story.calendar,
    )


def _rounded(number: float | None) -> float | None:
    return None if number is None else round(number, 4)
