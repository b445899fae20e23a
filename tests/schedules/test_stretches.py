from datetime import date

import pytest

from schedules.phases import Phase
from schedules.protocol import Loading
from schedules.stretches import Course, CourseSoFar, Stretch, courses, observed
from schedules.stretches import planned_slots as planned
from tests.schedules.stories import MONDAY_TO_FRIDAY


def january(day: int) -> date:
    return date(2026, 1, day)


def stretch(phase: Phase, from_on: date, to_on: date | None) -> Stretch:
    return Stretch(phase=phase, from_on=from_on, to_on=to_on)


class TestHolds:
    @pytest.mark.parametrize(
        ("day", "holds"),
        [
            pytest.param(january(4), False, id="before"),
            pytest.param(january(5), True, id="the first day"),
            pytest.param(january(8), True, id="the last day"),
            pytest.param(january(9), False, id="the day it ends"),
        ],
    )
    def test_is_half_open(self, day: date, holds: bool) -> None:
        assert stretch(Phase.PAUSED, january(5), january(9)).holds(day) is holds

    def test_goes_on_without_an_end(self) -> None:
        assert stretch(Phase.PAUSED, january(5), None).holds(date(2099, 1, 1))


class TestObserved:
    def test_joins_what_follows_on_each_other(self) -> None:
        spans = observed(
            [
                stretch(Phase.LOADING, january(5), january(9)),
                stretch(Phase.PAUSED, january(9), january(12)),
                stretch(Phase.LOADING, january(12), january(20)),
                stretch(Phase.LOADING, january(26), None),
            ]
        )

        assert spans == ((january(5), january(20)), (january(26), None))

    def test_is_nothing_before_treatment(self) -> None:
        assert observed([]) == ()


class TestPlannedSlots:
    def test_gives_each_dose_on_its_due_date(self) -> None:
        slots = planned(
            january(5),
            until=january(18),
            loading=Loading(),
            calendar=MONDAY_TO_FRIDAY,
        )

        assert slots == tuple(map(january, (5, 7, 9, 12, 14, 16)))

    def test_includes_the_last_day(self) -> None:
        slots = planned(
            january(5), until=january(7), loading=Loading(), calendar=MONDAY_TO_FRIDAY
        )

        assert slots == (january(5), january(7))

    def test_ends_with_a_fixed_course(self) -> None:
        slots = planned(
            january(5),
            until=date(2026, 12, 31),
            loading=Loading(count=6, cap_per_7d=3),
            calendar=MONDAY_TO_FRIDAY,
        )

        assert slots == tuple(map(january, (5, 7, 9, 12, 14, 16)))

    def test_leaves_out_a_pause(self) -> None:
        slots = planned(
            january(5),
            until=january(18),
            loading=Loading(),
            calendar=MONDAY_TO_FRIDAY,
            pauses=[stretch(Phase.PAUSED, january(8), january(13))],
        )

        assert slots == tuple(map(january, (5, 7, 13, 15)))

    def test_ends_with_a_pause_that_has_not_ended(self) -> None:
        slots = planned(
            january(5),
            until=january(18),
            loading=Loading(),
            calendar=MONDAY_TO_FRIDAY,
            pauses=[stretch(Phase.PAUSED, january(8), None)],
        )

        assert slots == (january(5), january(7))


class TestCourses:
    def of(self, so_far: CourseSoFar) -> tuple[Course, ...]:
        return courses(
            [so_far],
            calendar=MONDAY_TO_FRIDAY,
            stretches=[],
            as_of=january(18),
        )

    def test_compare_what_was_given_with_what_was_planned(self) -> None:
        days = list(map(january, (5, 7, 12, 14, 16)))

        assert self.of(CourseSoFar(episode=1, loading=Loading(), days=days)) == (
            Course(episode=1, count=None, first_on=january(5), given=5, planned=6),
        )

    def test_know_when_a_fixed_one_was_complete(self) -> None:
        days = list(map(january, (5, 7, 9, 12)))

        (course,) = self.of(CourseSoFar(episode=2, loading=Loading(count=3), days=days))

        assert course.complete_on == january(9)
        assert (course.count, course.given, course.planned) == (3, 4, 3)

    def test_know_when_it_was_not(self) -> None:
        days = [january(5), january(7)]

        (course,) = self.of(CourseSoFar(episode=1, loading=Loading(count=3), days=days))

        assert course.complete_on is None

    @pytest.mark.parametrize(
        ("last", "planned"),
        [
            pytest.param(january(9), 3, id="the day before it ended"),
            pytest.param(january(12), 4, id="or the day of its last dose"),
        ],
    )
    def test_end_with_the_course(self, last: date, planned: int) -> None:
        days = [january(5), january(7), last]
        so_far = CourseSoFar(
            episode=1, loading=Loading(), days=days, ended_on=january(12)
        )

        (course,) = self.of(so_far)

        assert course.planned == planned

    def test_leave_out_one_without_a_dose(self) -> None:
        assert self.of(CourseSoFar(episode=1, loading=Loading())) == ()
