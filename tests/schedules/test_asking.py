from datetime import date, timedelta
from typing import Any

import pytest

from patients.symptoms import Assessed, Domain
from schedules.asking import Occasion, Visit, asked_for, emerged_on, is_fresh
from schedules.phases import Phase

TODAY = date(2026, 11, 20)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def asked(phase: Phase, *assessed: int, given: int | None = 2, **more: Any) -> Any:
    """Ask today, the assessments and the last injection so many days ago."""
    details: dict[str, Any] = {"opens_on": None, "as_of": TODAY} | more
    visit = Visit(
        phase=phase,
        assessed=tuple(map(ago, assessed)),
        last_given_on=None if given is None else ago(given),
        **details,
    )
    return asked_for(visit)


@pytest.mark.proves("R43")
class TestAskedFor:
    @pytest.mark.parametrize("phase", [Phase.WORKUP, Phase.LOADING, Phase.MAINTENANCE])
    def test_wants_a_baseline_before_the_first_dose(self, phase: Phase) -> None:
        assert asked(phase, given=None) is Occasion.BASELINE
        assert asked(phase, 30, given=None) is None

    def test_wants_nothing_of_a_closed_plan(self) -> None:
        assert asked(Phase.CLOSED, given=None) is None
        assert asked(Phase.CLOSED, given=0) is None

    @pytest.mark.parametrize(
        ("assessed", "given", "occasion"),
        [
            pytest.param((), 2, Occasion.WEEKLY, id="never"),
            pytest.param((7,), 2, Occasion.WEEKLY, id="a week ago"),
            pytest.param((6,), 2, None, id="six days ago"),
            pytest.param((6,), 0, Occasion.OFFERED, id="given today"),
            pytest.param((7,), 0, Occasion.WEEKLY, id="given today, a week ago"),
            pytest.param((0,), 0, None, id="given and assessed today"),
            pytest.param((9, 3), 2, None, id="the latest counts"),
        ],
    )
    def test_wants_it_weekly_in_loading_and_offers_it_each_time(
        self, assessed: tuple[int, ...], given: int, occasion: Occasion | None
    ) -> None:
        assert asked(Phase.LOADING, *assessed, given=given) is occasion

    @pytest.mark.parametrize(
        ("assessed", "given", "opens", "occasion"),
        [
            pytest.param((60,), 60, 0, Occasion.AT_DOSE, id="the window opens"),
            pytest.param((60,), 60, -1, None, id="it opens tomorrow"),
            pytest.param((60,), 0, -60, Occasion.AT_DOSE, id="given today"),
            pytest.param((60,), 1, -60, None, id="given yesterday"),
            pytest.param((7,), 60, 3, None, id="assessed a week ago"),
            pytest.param((8,), 60, 3, Occasion.AT_DOSE, id="assessed before that"),
            pytest.param((), 60, 3, Occasion.AT_DOSE, id="never"),
            pytest.param((0,), 0, 3, None, id="assessed today"),
        ],
    )
    def test_wants_it_at_each_dose_of_maintenance(
        self,
        assessed: tuple[int, ...],
        given: int,
        opens: int,
        occasion: Occasion | None,
    ) -> None:
        told = asked(Phase.MAINTENANCE, *assessed, given=given, opens_on=ago(opens))

        assert told is occasion

    def test_wants_nothing_in_maintenance_without_a_dose_to_come(self) -> None:
        assert asked(Phase.MAINTENANCE, 60, given=60) is None


class TestIsFresh:
    @pytest.mark.proves("T4", "T7", "R42")
    @pytest.mark.parametrize(
        ("days", "told"),
        [
            pytest.param((0,), True, id="today"),
            pytest.param((7,), True, id="seven days ago"),
            pytest.param((8,), False, id="eight days ago"),
            pytest.param((-1,), False, id="tomorrow"),
            pytest.param((30, 3), True, id="one of two"),
            pytest.param((), False, id="never"),
        ],
    )
    def test_is_at_most_seven_days_old(self, days: tuple[int, ...], told: bool) -> None:
        assert is_fresh(map(ago, days), on=TODAY) is told


class TestEmergedOn:
    def test_tells_the_days_on_which_a_nerve_spoke_up(self) -> None:
        scores = {0: {Domain.GAIT: 3}, 1: {Domain.GAIT: 2}, 2: {Domain.PAIN: 9}}
        told = [Assessed(on=ago(n), scores=each) for n, each in scores.items()]

        assert emerged_on(told) == (TODAY,)
