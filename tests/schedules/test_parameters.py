from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from schedules.guard import MIN_INTERVAL, Attempt, guard
from schedules.intervals import ALLOWED, Interval
from schedules.parameters import (
    DEFAULTS,
    MOST_EARLY,
    MOST_LATE,
    NUMBERS,
    TOLERANCES,
    Number,
    ParameterRefused,
    Parameters,
    Timeline,
    Tolerance,
)
from schedules.phases import EventKind, Phase, longest_pause, may
from schedules.windows import bounds, standing
from tests.schedules.stories import EVERY_DAY, NON_NEURO_3W2, Story

JULY = date(2026, 7, 1)
FEB_27 = date(2026, 2, 27)
NARROW = replace(
    DEFAULTS, tolerances=(*TOLERANCES[:4], Tolerance(60, 1, 1), TOLERANCES[5])
)
ROWS = [[row.longest, row.early, row.late] for row in TOLERANCES]


def named(name: str) -> Number:
    return next(number for number in NUMBERS if number.name == name)


class TestDefaults:
    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("max_load_gap_days", 4),
            ("max_forward_roll_days", 3),
            ("max_back_roll_days", 14),
            ("first_review_day", 14),
            ("second_review_day", 21),
            ("review_every_days", 14),
            ("long_loading_day", 90),
            ("course_days", 21),
            ("shortest_interval_days", 7),
            ("longest_interval_days", 92),
            ("min_interval_divisor", 2),
            ("gap_intervals", 2),
            ("gap_months", 6),
            ("overdue_again_days", 28),
            ("lost_days", 60),
            ("lost_silent_days", 180),
            ("interrupted_days", 5),
            ("loading_lost_days", 14),
            ("nurse_pause_days", 7),
            ("loading_pause_days", 7),
            ("maintenance_pause_days", 90),
        ],
    )
    def test_are_those_of_the_rules(self, name: str, value: int) -> None:
        assert getattr(DEFAULTS, name) == value == named(name).default

    def test_are_all_explained(self) -> None:
        explained = {number.name for number in NUMBERS} | {"tolerances", "intervals"}

        assert {field.name for field in fields(Parameters)} == explained
        for number in NUMBERS:
            assert all((number.title, number.unit, number.rule, number.basis))
            assert number.least <= number.default <= number.most


class TestOf:
    def test_returns_what_was_stored(self) -> None:
        said = Parameters.of({"lost_days": 70, "intervals": ["3m", "1w"]})

        assert Parameters.of(said.values) == said
        assert said.lost_days == 70
        assert [str(each) for each in said.intervals] == ["1w", "3m"]
        assert Parameters.of(DEFAULTS.values) == DEFAULTS == Parameters.of({})

    @pytest.mark.parametrize("number", NUMBERS, ids=lambda number: number.name)
    def test_takes_each_number_within_its_bounds(self, number: Number) -> None:
        for value in (number.least, number.most):
            assert number.read(value) == value
        for value in (number.least - 1, number.most + 1, "7", 7.0, True, None):
            with pytest.raises(ParameterRefused, match=str(number.most)):
                number.read(value)

    @pytest.mark.parametrize(
        ("values", "name"),
        [
            pytest.param({"horoscope": 1}, "horoscope", id="a name that is none"),
            pytest.param({"lost_days": 59}, "lost_days", id="out of bounds"),
            pytest.param({"lost_days": True}, "lost_days", id="no number"),
            pytest.param({"tolerances": 7}, "tolerances", id="no table"),
            pytest.param({"tolerances": ROWS[1:]}, "tolerances", id="a row missing"),
            pytest.param({"tolerances": [1, *ROWS[1:]]}, "tolerances", id="no row"),
            pytest.param(
                {"tolerances": [[3, 0], *ROWS[1:]]}, "tolerances", id="half a row"
            ),
            pytest.param(
                {"tolerances": [[3, 0, "1"], *ROWS[1:]]}, "tolerances", id="a word"
            ),
            pytest.param({"intervals": []}, "intervals", id="no interval"),
            pytest.param({"intervals": "2m"}, "intervals", id="no list of intervals"),
            pytest.param({"intervals": ["5w"]}, "intervals", id="an unusual interval"),
            pytest.param({"intervals": ["often"]}, "intervals", id="not understood"),
            pytest.param(
                {"first_review_day": 21}, "second_review_day", id="two reviews at once"
            ),
        ],
    )
    def test_refuses(self, values: dict[str, Any], name: str) -> None:
        with pytest.raises(ParameterRefused) as refused:
            Parameters.of(values)

        assert refused.value.name == name
        assert refused.value.why in str(refused.value)

    @pytest.mark.parametrize("row", range(6))
    def test_bounds_each_row_of_the_windows(self, row: int) -> None:
        longest = TOLERANCES[row].longest
        most = [longest, MOST_EARLY[row], MOST_LATE[row]]

        said = Parameters.of({"tolerances": [*ROWS[:row], most, *ROWS[row + 1 :]]})

        assert said.tolerances[row] == Tolerance(*most)
        for wrong in (
            [longest, MOST_EARLY[row] + 1, 1],
            [longest, 0, MOST_LATE[row] + 1],
            [longest, -1, 1],
            [longest, 0, -1],
        ):
            with pytest.raises(ParameterRefused, match="days"):
                Parameters.of({"tolerances": [*ROWS[:row], wrong, *ROWS[row + 1 :]]})

    def test_lets_reviews_follow_each_other(self) -> None:
        said = Parameters.of({"first_review_day": 20, "second_review_day": 21})

        assert said.second_review_day == 21


class TestAllows:
    @pytest.mark.parametrize("interval", ALLOWED, ids=str)
    def test_takes_all_that_is_offered(self, interval: Interval) -> None:
        assert DEFAULTS.allows(interval, dietary=False, neurological=True)

    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            pytest.param("6d", False, id="a day short of a week"),
            pytest.param("7d", True, id="a week of days"),
            pytest.param("92d", True, id="the longest of all"),
            pytest.param("93d", False, id="a day longer"),
            pytest.param("13w", True, id="13 weeks are 91 days"),
            pytest.param("14w", False, id="14 weeks are not"),
            pytest.param("4m", False, id="4 months"),
            pytest.param("12m", False, id="a year"),
        ],
    )
    def test_takes_a_custom_one_from_7_to_92_days(
        self, text: str, answer: bool
    ) -> None:
        interval = Interval.parse(text)

        assert DEFAULTS.allows(interval, dietary=True, neurological=False) is answer

    @pytest.mark.parametrize("dietary", [True, False])
    @pytest.mark.parametrize("neurological", [True, False])
    def test_takes_six_months_for_a_dietary_cause_only(
        self, dietary: bool, neurological: bool
    ) -> None:
        answer = DEFAULTS.allows(
            Interval.parse("6m"), dietary=dietary, neurological=neurological
        )

        assert answer is (dietary and not neurological)


class TestTimeline:
    def test_has_the_defaults_before_its_first_version(self) -> None:
        timeline = Timeline(((JULY, NARROW),))

        assert timeline.on(date(2026, 6, 30)) is DEFAULTS
        assert timeline.on(JULY) is NARROW
        assert timeline.on(date(2030, 1, 1)) is NARROW

    def test_is_in_order_and_lets_the_later_of_one_day_hold(self) -> None:
        other = replace(DEFAULTS, lost_days=61)

        timeline = Timeline(((JULY, NARROW), (FEB_27, NARROW), (JULY, other)))

        assert timeline.on(JULY) is other
        assert timeline.on(date(2026, 6, 30)) is NARROW


class TestUnder:
    def test_lets_the_protocol_win(self) -> None:
        clinic = replace(DEFAULTS, max_load_gap_days=3, max_back_roll_days=2)

        assert clinic.under({}) is clinic
        assert clinic.under({"max_load_gap_days": 5}) == replace(
            clinic, max_load_gap_days=5
        )


class TestTheRulesReadThem:
    def test_windows(self) -> None:
        due, interval = date(2026, 4, 27), Interval.parse("2m")

        assert bounds(due, interval, NARROW) == (date(2026, 4, 26), date(2026, 4, 28))

    @pytest.mark.parametrize(
        ("phase", "interval", "late", "parameters", "expected"),
        [
            (
                Phase.MAINTENANCE,
                "2m",
                2,
                {"tolerances": NARROW.tolerances},
                "OVERDUE_1",
            ),
            (Phase.MAINTENANCE, "2m", 20, {"overdue_again_days": 20}, "OVERDUE_2"),
            (Phase.MAINTENANCE, "2m", 60, {"lost_days": 61}, "OVERDUE_2"),
            (Phase.MAINTENANCE, "2m", 61, {"lost_days": 61}, "LTFU_SUSPECTED"),
            (Phase.MAINTENANCE, "2m", 90, {"lost_silent_days": 90}, "LTFU_CONFIRMED"),
            (Phase.LOADING, "2d", 4, {"interrupted_days": 4}, "LOADING_INTERRUPTED"),
            (Phase.LOADING, "2d", 14, {"loading_lost_days": 15}, "LOADING_INTERRUPTED"),
            (Phase.LOADING, "2d", 15, {"loading_lost_days": 15}, "LTFU_SUSPECTED"),
        ],
    )
    def test_the_overdue_ladder(
        self,
        phase: Phase,
        interval: str,
        late: int,
        parameters: dict[str, Any],
        expected: str,
    ) -> None:
        due = date(2026, 4, 27)

        found = standing(
            due_on=due,
            interval=Interval.parse(interval),
            phase=phase,
            as_of=date.fromordinal(due.toordinal() + late),
            parameters=replace(DEFAULTS, **parameters),
        )

        assert found == expected

    def test_the_guard(self) -> None:
        last, on = date(2026, 3, 1), date(2026, 3, 25)
        attempt = Attempt(on=on, phase=Phase.MAINTENANCE, interval=Interval.parse("2m"))
        third = replace(DEFAULTS, min_interval_divisor=3)

        assert guard(attempt, counted=[last]) == MIN_INTERVAL
        assert guard(replace(attempt, parameters=third), counted=[last]).code is None

    def test_the_guard_of_early_doses(self) -> None:
        attempt = Attempt(
            on=date(2026, 4, 22),
            phase=Phase.MAINTENANCE,
            interval=Interval.parse("2m"),
            due_on=date(2026, 4, 27),
        )
        strict = replace(attempt, parameters=NARROW)

        assert guard(attempt, counted=[FEB_27]).code is None
        assert guard(strict, counted=[FEB_27]).code == "EARLY_DOSE"

    def test_pauses(self) -> None:
        short = replace(
            DEFAULTS,
            nurse_pause_days=3,
            loading_pause_days=4,
            maintenance_pause_days=30,
        )

        assert longest_pause(Phase.LOADING, short) == 4
        assert longest_pause(Phase.MAINTENANCE, short) == 30
        assert longest_pause(Phase.PAUSED, short) == 0
        assert may("nurse", EventKind.PAUSED, pause_days=3, parameters=short)
        assert not may("nurse", EventKind.PAUSED, pause_days=4, parameters=short)

    def test_gaps(self) -> None:
        story = Story(calendar=EVERY_DAY).loaded(FEB_27, "1m")
        story.timeline = Timeline(((JULY, replace(DEFAULTS, gap_intervals=3)),))

        asked = [
            bool(story.until(day).forecast.flags)
            for day in (date(2026, 4, 26), date(2026, 4, 27), date(2026, 6, 30))
        ]

        assert asked == [False, True, True]
        story.dose(date(2026, 6, 30)).until(date(2026, 8, 31))
        assert not story.forecast.flags
        assert story.until(date(2026, 9, 30)).forecast.flags

    def test_the_time_of_a_course(self) -> None:
        story = Story(protocol=NON_NEURO_3W2).event("started", FEB_27).dose(FEB_27)
        story.timeline = Timeline(((FEB_27, replace(DEFAULTS, course_days=30)),))

        assert not story.until(date(2026, 3, 29)).forecast.flags
        assert story.until(date(2026, 3, 30)).forecast.flags


class TestEffectiveDates:
    """E3a: a newer version rewrites no past."""

    def test_judge_a_dose_by_what_is_in_force_when_it_is_due(self) -> None:
        story = Story(calendar=EVERY_DAY).loaded(FEB_27)
        before = story.dose(date(2026, 5, 2)).last
        story.timeline = Timeline(((JULY, NARROW),))

        after = story.dose(date(2026, 7, 3)).forecast.answers

        assert after[1] == replace(before, covered_until=after[1].covered_until)
        assert (after[1].timing, after[1].closes_on) == ("ON_TIME", date(2026, 5, 4))
        # The third is due on 27 June, before the new version; the fourth after it.
        assert after[2].timing == "ON_TIME"
        assert story.open.closes_on == date(2026, 8, 28)

    def test_judge_an_early_dose_by_what_was_in_force_when_it_was_given(self) -> None:
        story = Story(calendar=EVERY_DAY).loaded(date(2026, 5, 3))
        story.timeline = Timeline(((JULY, NARROW),))

        told = story.until(date(2026, 6, 27)).open
        answer = story.dose(date(2026, 6, 28)).last

        assert (told.due_on, told.opens_on) == (date(2026, 7, 3), date(2026, 7, 2))
        assert (answer.timing, answer.delay_days) == ("ON_TIME", -5)
        assert story.open.due_on == date(2026, 9, 3)

    def test_place_a_dose_by_what_is_in_force_on_its_target(self) -> None:
        """A Friday closed for a long weekend: forward by 3 days, or back."""
        calm = replace(DEFAULTS, max_forward_roll_days=2)
        story = Story().loaded(date(2026, 2, 4))
        story.protocol = replace(story.protocol, overrides={})
        story.timeline = Timeline(((date(2026, 4, 4), calm),))

        assert story.open.due_on == date(2026, 4, 2)  # 4 April is the Saturday

        story.timeline = Timeline(((date(2026, 4, 5), calm),))
        assert story.open.due_on == date(2026, 4, 7)

    def test_bridge_a_gap_by_what_is_in_force(self) -> None:
        story = Story().event("started", date(2026, 3, 31)).dose(date(2026, 3, 31))
        story.protocol = replace(story.protocol, overrides={})
        story.dose(date(2026, 4, 2))

        assert story.open.due_on == date(2026, 4, 7)
        story.timeline = Timeline(((FEB_27, replace(DEFAULTS, max_load_gap_days=5)),))
        assert story.open.due_on == date(2026, 4, 7)
        assert story.open.flags == {"ROLLED_FORWARD"}

    def test_let_the_protocol_win_over_the_clinic(self) -> None:
        story = Story().loaded(date(2026, 2, 4))
        story.timeline = Timeline(
            ((FEB_27, replace(DEFAULTS, max_forward_roll_days=0)),)
        )

        assert story.protocol.overrides["max_forward_roll_days"] == 3
        assert story.open.due_on == date(2026, 4, 7)


class TestTold:
    def test_has_its_unit(self) -> None:
        assert named("gap_months").told(6) == "6 months"
