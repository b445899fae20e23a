"""The course of symptoms; day 0 is that of the first dose, t the day of asking."""

from datetime import date, timedelta
from typing import Any

import pytest

from patients.course import Course, Judgement, Suggestion, judge
from patients.symptoms import Assessed, Domain, RedFlag

FIRST = date(2026, 1, 5)
TREMOR, NUMBNESS, WEAKNESS, PAIN = (
    Domain.TREMOR,
    Domain.NUMBNESS,
    Domain.WEAKNESS,
    Domain.PAIN,
)
S = Suggestion


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def seen(day: int, pgic: int | None = 4, **scores: int) -> Assessed:
    told = {Domain(name): score for name, score in scores.items()}
    return Assessed(on=on(day), scores=told, pgic=pgic)


def judged(*assessments: Assessed, t: int, **more: Any) -> Judgement:
    said = {"first_dose": FIRST, "doses": 6} | more
    return judge(Course(assessments=assessments, as_of=on(t), **said))


def suggested(*assessments: Assessed, t: int, **more: Any) -> set[Suggestion]:
    return set(judged(*assessments, t=t, **more).suggestions)


def flat(recent: int = 3, before: int = 3, pgic: int | None = 4) -> list[Assessed]:
    """Tell of a tremor that improved from 6, then of two spans around t = 35."""
    return [
        seen(0, tremor=6),
        seen(14, tremor=before),
        seen(28, tremor=recent),
        seen(35, pgic, tremor=recent),
    ]


@pytest.mark.proves("R23", "R42")
class TestPlateau:
    def test_is_suggested_when_nothing_gains_any_more(self) -> None:
        assert suggested(*flat(), t=35) == {S.PLATEAU_SUGGESTED}

    @pytest.mark.parametrize(
        ("recent", "told"),
        [
            pytest.param(4, S.STILL_IMPROVING, id="a point of gain"),
            pytest.param(5, S.PLATEAU_SUGGESTED, id="no gain"),
            pytest.param(6, S.PLATEAU_SUGGESTED, id="a point of loss"),
            pytest.param(7, S.STILL_IMPROVING, id="two points of loss"),
        ],
    )
    def test_is_between_a_gain_of_one_and_a_loss_of_two(
        self, recent: int, told: Suggestion
    ) -> None:
        assert suggested(*flat(recent, before=5), t=35) == {told}

    def test_takes_half_a_point_for_no_gain(self) -> None:
        assessments = [*flat()[:3], seen(35, tremor=2)]

        assert suggested(*assessments, t=35) == {S.PLATEAU_SUGGESTED}

    @pytest.mark.parametrize(
        ("pgic", "told"),
        [
            pytest.param(3, S.PLATEAU_SUGGESTED, id="a little better"),
            pytest.param(2, S.STILL_IMPROVING, id="much better"),
        ],
    )
    def test_is_not_what_somebody_says_who_feels_much_better(
        self, pgic: int, told: Suggestion
    ) -> None:
        assert suggested(*flat(pgic=pgic), t=35) == {told}

    def test_hears_the_last_that_was_said_of_change(self) -> None:
        assert judged(*flat(pgic=None), t=35).pgic == 4
        assert suggested(*flat(pgic=None), t=35) == {S.PLATEAU_SUGGESTED}

    @pytest.mark.proves("R22")
    def test_asks_every_tracked_symptom(self) -> None:
        assessments = [
            seen(0, pain=6, weakness=8),
            seen(14, pain=2, weakness=7),
            seen(28, pain=2, weakness=6),
            seen(35, pain=2, weakness=6),
        ]

        assert suggested(*assessments, t=35) == {S.STILL_IMPROVING}

    def test_is_not_suggested_beside_a_worsening(self) -> None:
        assessments = [seen(0, tremor=3), *flat(5, before=5)[1:]]

        assert suggested(*assessments, t=35) == {S.WORSENING, S.NO_RESPONSE_21D}


@pytest.mark.proves("R23")
class TestNotAssessable:
    @pytest.mark.parametrize(
        ("more", "told"),
        [
            pytest.param({"doses": 6}, S.PLATEAU_SUGGESTED, id="six doses"),
            pytest.param({"doses": 5}, S.PLATEAU_NOT_ASSESSABLE, id="five doses"),
            pytest.param(
                {"first_dose": on(21)}, S.PLATEAU_SUGGESTED, id="14 days of treatment"
            ),
            pytest.param(
                {"first_dose": on(22)}, S.PLATEAU_NOT_ASSESSABLE, id="13 days"
            ),
            pytest.param(
                {"first_dose": None}, S.PLATEAU_NOT_ASSESSABLE, id="no treatment"
            ),
        ],
    )
    def test_is_what_has_had_too_little_treatment(
        self, more: dict[str, Any], told: Suggestion
    ) -> None:
        assert suggested(*flat(), t=35, **more) == {told}

    @pytest.mark.parametrize(
        ("days", "told"),
        [
            pytest.param((14, 22, 28), S.PLATEAU_SUGGESTED, id="two, and one before"),
            pytest.param((14, 21, 28), S.PLATEAU_NOT_ASSESSABLE, id="one of them old"),
            pytest.param((8, 28, 35), S.PLATEAU_SUGGESTED, id="27 days ago"),
            pytest.param((7, 28, 35), S.PLATEAU_NOT_ASSESSABLE, id="28 days ago"),
            pytest.param((21, 28, 35), S.PLATEAU_SUGGESTED, id="14 days ago: before"),
            pytest.param((14, 28, 36), S.PLATEAU_NOT_ASSESSABLE, id="one tomorrow"),
        ],
    )
    def test_is_what_was_assessed_too_seldom(
        self, days: tuple[int, ...], told: Suggestion
    ) -> None:
        assessments = [seen(0, tremor=6), *(seen(day, tremor=3) for day in days)]

        assert suggested(*assessments, t=35) == {told}

    @pytest.mark.parametrize("missing", [(28, 35), (14,)], ids=["in R", "in B"])
    def test_is_a_tracked_symptom_without_a_score(self, missing: list[int]) -> None:
        assessments = [
            seen(day, tremor=3) if day in missing else seen(day, tremor=3, numbness=3)
            for day in (14, 28, 35)
        ]

        told = suggested(seen(0, tremor=6, numbness=6), *assessments, t=35)

        assert told == {S.PLATEAU_NOT_ASSESSABLE}

    def test_is_change_that_nobody_asked_for(self) -> None:
        assessments = [seen(day, None, tremor=3) for day in (14, 28, 35)]

        told = suggested(seen(0, None, tremor=6), *assessments, t=35)

        assert told == {S.PLATEAU_NOT_ASSESSABLE}

    def test_is_nothing_at_all(self) -> None:
        nothing = judged(t=35)

        assert nothing.suggestions == (S.PLATEAU_NOT_ASSESSABLE,)
        assert (nothing.lines, nothing.latest_on, nothing.pgic) == ((), None, None)

    def test_is_somebody_without_symptoms(self) -> None:
        assessments = [seen(day, tremor=0) for day in (0, 14, 28, 35)]

        assert suggested(*assessments, t=35) == {S.PLATEAU_NOT_ASSESSABLE}


class TestTracked:
    @pytest.mark.parametrize(
        ("scores", "told"),
        [
            pytest.param((0, 2), [], id="a trace that came later"),
            pytest.param((0, 3), [TREMOR], id="three points that came later"),
            pytest.param((1, 0), [TREMOR], id="a point at the beginning"),
            pytest.param((0, 3, 0), [TREMOR], id="three points that went again"),
        ],
    )
    def test_is_what_was_there_or_clearly_came(
        self, scores: tuple[int, ...], told: list[Domain]
    ) -> None:
        assessments = [seen(n, tremor=score) for n, score in enumerate(scores)]

        tracked = judged(*assessments, t=9).tracked

        assert [line.domain for line in tracked] == told

    def test_is_not_what_comes_later_than_asked(self) -> None:
        assert judged(seen(0, tremor=0), seen(3, tremor=5), t=2).tracked == ()

    def test_counts_from_the_first_score_whatever_the_order_of_entry(self) -> None:
        later, first = seen(10, tremor=4, gait=6), seen(0, tremor=7)

        lines = judged(later, first, t=10).lines

        assert [(line.domain, line.baseline, line.latest) for line in lines] == [
            ("tremor", 7, 4),
            ("gait", 6, 6),
        ]

    def test_tells_the_numbers_that_lead_to_a_suggestion(self) -> None:
        told = judged(*flat(recent=3, before=5), t=35)

        line = told.lines[0]
        assert (line.baseline, line.best, line.highest, line.latest) == (6, 3, 6, 3)
        assert (line.before, line.recent, line.gain) == (5, 3, 2)
        assert (told.recent, told.before) == (2, 1)
        assert (told.pgic, told.latest_on) == (4, on(35))


class TestResolved:
    @pytest.mark.parametrize(
        ("days", "told"),
        [
            pytest.param((20, 27), True, id="a week apart"),
            pytest.param((21, 27), False, id="six days apart"),
            pytest.param((20, 22, 24, 27), True, id="a week with visits in between"),
            pytest.param((27,), False, id="once"),
        ],
    )
    def test_is_gone_for_a_week(self, days: tuple[int, ...], told: bool) -> None:
        assessments = [seen(0, tremor=5), *(seen(day, tremor=1) for day in days)]

        assert (S.RESOLVED_SUGGESTED in suggested(*assessments, t=28)) is told

    @pytest.mark.parametrize(
        "between",
        [
            pytest.param(seen(24, tremor=2, numbness=1), id="that came back"),
            pytest.param(seen(24, tremor=1), id="that was not asked about"),
        ],
    )
    def test_is_nothing_in_between(self, between: Assessed) -> None:
        told = suggested(
            seen(0, tremor=5, numbness=5),
            seen(20, tremor=1, numbness=1),
            between,
            seen(27, tremor=1, numbness=0),
            t=28,
        )

        assert S.RESOLVED_SUGGESTED not in told

    def test_stands_instead_of_a_plateau(self) -> None:
        assert suggested(*flat(1, before=1), t=35) == {S.RESOLVED_SUGGESTED}


class TestNoResponse:
    @pytest.mark.parametrize(
        ("t", "told"),
        [pytest.param(21, True, id="day 21"), pytest.param(20, False, id="day 20")],
    )
    def test_is_told_after_three_weeks(self, t: int, told: bool) -> None:
        found = suggested(seen(0, tremor=5), seen(20, tremor=5), t=t)

        assert (S.NO_RESPONSE_21D in found) is told

    @pytest.mark.parametrize(
        ("tremor", "numbness", "told"),
        [
            pytest.param(5, 5, True, id="no gain"),
            pytest.param(6, 5, True, id="a loss"),
            pytest.param(5, 4, False, id="a point in one of two"),
        ],
    )
    def test_is_less_than_a_point_in_any(
        self, tremor: int, numbness: int, told: bool
    ) -> None:
        found = suggested(
            seen(0, tremor=5, numbness=5),
            seen(20, tremor=tremor, numbness=numbness),
            t=21,
        )

        assert (S.NO_RESPONSE_21D in found) is told

    def test_forgets_no_gain_that_was_lost_again(self) -> None:
        found = suggested(
            seen(0, tremor=5), seen(10, tremor=4), seen(20, tremor=5), t=21
        )

        assert S.NO_RESPONSE_21D not in found

    def test_stands_above_a_plateau(self) -> None:
        told = judged(*(seen(day, tremor=4) for day in (0, 7, 14, 21)), t=21)

        assert told.suggestions == (S.NO_RESPONSE_21D, S.PLATEAU_SUGGESTED)

    def test_is_no_answer_without_treatment(self) -> None:
        found = suggested(seen(0, tremor=5), seen(28, tremor=5), t=28, first_dose=None)

        assert found == {S.PLATEAU_NOT_ASSESSABLE}


class TestWorsening:
    @pytest.mark.proves("R29")
    @pytest.mark.parametrize(
        ("day", "tremor", "told"),
        [
            pytest.param(3, 6, S.PARADOXICAL_WORSENING, id="two points on day 3"),
            pytest.param(14, 6, S.PARADOXICAL_WORSENING, id="on day 14"),
            pytest.param(15, 6, S.WORSENING, id="on day 15"),
            pytest.param(3, 5, None, id="a point"),
        ],
    )
    def test_is_two_points_above_the_first_score(
        self, day: int, tremor: int, told: Suggestion | None
    ) -> None:
        found = suggested(seen(0, tremor=4), seen(day, tremor=tremor), t=day)

        assert found - {S.PLATEAU_NOT_ASSESSABLE} == ({told} if told else set())

    @pytest.mark.parametrize(
        "latest",
        [
            pytest.param(seen(6, tremor=5), id="better again"),
            pytest.param(seen(6, numbness=5), id="not asked"),
        ],
    )
    def test_is_heard_of_the_latest_assessment_only(self, latest: Assessed) -> None:
        found = suggested(seen(0, tremor=4), seen(3, tremor=7), latest, t=6)

        assert S.PARADOXICAL_WORSENING not in found

    @pytest.mark.parametrize(
        ("first_dose", "told"),
        [
            pytest.param(on(4), False, id="before treatment"),
            pytest.param(on(3), True, id="on the day of the first dose"),
            pytest.param(None, False, id="without treatment"),
        ],
    )
    def test_is_about_time_under_treatment(
        self, first_dose: date | None, told: bool
    ) -> None:
        found = suggested(
            seen(0, tremor=4), seen(3, tremor=7), t=5, first_dose=first_dose
        )

        assert (S.PARADOXICAL_WORSENING in found) is told

    def test_leaves_out_a_trace_of_what_is_not_tracked(self) -> None:
        found = suggested(seen(0, tremor=0), seen(3, tremor=2), t=3)

        assert found == {S.PLATEAU_NOT_ASSESSABLE}


class TestRedFlag:
    def test_speaks_first_and_only_of_the_latest_assessment(self) -> None:
        flagged = Assessed(
            on=on(2), scores={TREMOR: 7}, red_flags=frozenset({RedFlag.VISION})
        )
        before, after = seen(0, tremor=4), seen(4, tremor=4)

        assert judged(before, flagged, t=3).suggestions == (
            S.RED_FLAG,
            S.PARADOXICAL_WORSENING,
            S.PLATEAU_NOT_ASSESSABLE,
        )
        assert S.RED_FLAG not in suggested(before, flagged, after, t=4)
        assert S.RED_FLAG not in suggested(before, flagged, t=1)
