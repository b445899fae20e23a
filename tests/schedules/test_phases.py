from enum import EnumType
from itertools import permutations

import pytest

from schedules import decisions, phases
from schedules.decisions import CloseReason, MaintainReason
from schedules.parameters import DEFAULTS
from schedules.phases import EventKind, IllegalTransition, Phase, ReasonNotAccepted

LEGAL = {
    ("workup", "loading"): "T1",
    ("workup", "maintenance"): "T2",
    ("workup", "closed"): "T3",
    ("loading", "maintenance"): "T4",
    ("loading", "paused"): "T5",
    ("maintenance", "paused"): "T5",
    ("paused", "loading"): "T6",
    ("paused", "maintenance"): "T6",
    ("maintenance", "loading"): "T7",
    ("loading", "closed"): "T8",
    ("maintenance", "closed"): "T8",
    ("paused", "closed"): "T8",
    ("closed", "workup"): "T9",
}
PAIRS = list(permutations(Phase, 2))


@pytest.mark.proves("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8", "T9")
class TestLegal:
    @pytest.mark.parametrize(("source", "target"), PAIRS)
    def test_knows_thirteen_of_twenty_pairs(self, source: Phase, target: Phase) -> None:
        assert phases.legal(source, target) is ((source, target) in LEGAL)

    def test_has_no_way_from_a_phase_to_itself(self) -> None:
        assert not any(phases.legal(phase, phase) for phase in Phase)


class TestTransition:
    @pytest.mark.parametrize(("pair", "number"), LEGAL.items())
    def test_has_a_number(self, pair: tuple[str, str], number: str) -> None:
        source, target = map(Phase, pair)

        assert phases.transition(source, target).number == number

    def test_refuses_aloud(self) -> None:
        with pytest.raises(IllegalTransition, match="from closed to loading"):
            phases.transition(Phase.CLOSED, Phase.LOADING)


class TestDestination:
    @pytest.mark.parametrize(
        ("kind", "source", "target"),
        [
            ("started", "workup", "loading"),
            ("started", "maintenance", None),
            ("transferred_in", "workup", "maintenance"),
            ("transferred_in", "loading", None),
            ("maintained", "loading", "maintenance"),
            ("maintained", "paused", "maintenance"),
            ("maintained", "workup", None),
            ("paused", "loading", "paused"),
            ("paused", "maintenance", "paused"),
            ("paused", "paused", None),
            ("reloaded", "maintenance", "loading"),
            ("reloaded", "paused", "loading"),
            ("reloaded", "loading", None),
            ("reloaded", "workup", None),
            ("closed", "workup", "closed"),
            ("closed", "paused", "closed"),
            ("closed", "closed", None),
            ("reopened", "closed", "workup"),
            ("reopened", "paused", None),
            ("interval_changed", "loading", "loading"),
            ("interval_changed", "maintenance", "maintenance"),
            ("interval_changed", "paused", "paused"),
            ("interval_changed", "workup", None),
            ("interval_changed", "closed", None),
            ("opened", "workup", None),
        ],
    )
    def test_follows_the_table(
        self, kind: str, source: str, target: str | None
    ) -> None:
        assert phases.destination(EventKind(kind), Phase(source)) == target

    @pytest.mark.parametrize("paused", [Phase.LOADING, Phase.MAINTENANCE])
    def test_resumes_what_was_paused(self, paused: Phase) -> None:
        resumed = phases.destination(EventKind.RESUMED, Phase.PAUSED, paused)

        assert resumed is paused

    def test_cannot_resume_what_was_not_paused(self) -> None:
        assert phases.destination(EventKind.RESUMED, Phase.LOADING) is None


class TestReasons:
    @pytest.mark.proves("T3", "T8")
    def test_differ_before_and_during_treatment(self) -> None:
        before = phases.reasons(EventKind.CLOSED, Phase.WORKUP)
        during = phases.reasons(EventKind.CLOSED, Phase.MAINTENANCE)

        assert CloseReason.NOT_DEFICIENT in before
        assert CloseReason.NOT_DEFICIENT not in during
        assert CloseReason.CAUSE_RESOLVED in during
        assert CloseReason.CAUSE_RESOLVED not in before
        assert CloseReason.DIED in before
        assert CloseReason.DIED in during

    @pytest.mark.parametrize("source", sorted(phases.UNDER_TREATMENT))
    @pytest.mark.proves("R37")
    def test_of_a_changed_interval_are_symptoms(self, source: Phase) -> None:
        found = phases.reasons(EventKind.INTERVAL_CHANGED, source)

        assert found == tuple(decisions.IntervalReason)

    def test_are_none_where_the_decision_cannot_be_taken(self) -> None:
        assert phases.reasons(EventKind.PAUSED, Phase.CLOSED) == ()

    def test_exist_for_every_way(self) -> None:
        assert all(found for way in phases.TRANSITIONS for found in way.ways.values())

    @pytest.mark.proves("R35", "R37", "S08")
    def test_are_never_a_laboratory_value(self) -> None:
        kinds = [
            kind
            for name, kind in vars(decisions).items()
            if isinstance(kind, EnumType)
            and name.endswith("Reason")
            # What is no reason is named too, to say why it is none.
            and kind is not decisions.NoReason
        ]
        coded = [reason.value for kind in kinds for reason in kind]
        words = (
            "lab",
            "level",
            "b12",
            "normal",
            "range",
            "homocysteine",
            "auto",
            "max",
        )

        assert len(kinds) == 10
        assert [code for code in coded if any(word in code for word in words)] == []


class TestCheckReason:
    def test_accepts_a_reason_of_the_table(self) -> None:
        phases.check_reason(
            EventKind.MAINTAINED, MaintainReason.PLATEAU, source=Phase.LOADING
        )

    @pytest.mark.parametrize(
        "reason", ["labs_normal", "b12_high", "levels_in_range", ""]
    )
    @pytest.mark.proves("R35")
    def test_refuses_to_close_for_levels(self, reason: str) -> None:
        with pytest.raises(ReasonNotAccepted, match="is no reason for closed"):
            phases.check_reason(EventKind.CLOSED, reason, source=Phase.MAINTENANCE)

    @pytest.mark.parametrize("reason", ["auto_plateau", "max_doses_reached"])
    @pytest.mark.proves("R42")
    def test_refuses_to_end_loading_by_computation(self, reason: str) -> None:
        with pytest.raises(ReasonNotAccepted, match="is no reason for maintained"):
            phases.check_reason(EventKind.MAINTAINED, reason, source=Phase.LOADING)

    def test_knows_the_phase_that_was_paused(self) -> None:
        phases.check_reason(
            EventKind.RESUMED,
            "pause_over",
            source=Phase.PAUSED,
            resume_phase=Phase.LOADING,
        )


class TestMay:
    @pytest.mark.parametrize("role", ["prescriber", "clinical_lead"])
    @pytest.mark.parametrize("kind", EventKind)
    def test_lets_prescribers_decide_everything(
        self, role: str, kind: EventKind
    ) -> None:
        assert phases.may(role, kind)

    @pytest.mark.parametrize(
        ("kind", "pause_days", "allowed"),
        [
            pytest.param("resumed", None, True, id="resumes"),
            pytest.param("paused", 7, True, id="pauses for a week"),
            pytest.param("paused", 8, False, id="not for longer"),
            pytest.param("paused", None, False, id="not without a review"),
            pytest.param("started", None, False, id="does not start"),
            pytest.param("started", 3, False, id="whatever the days"),
            pytest.param("closed", None, False, id="does not close"),
        ],
    )
    @pytest.mark.proves("T5", "T6")
    def test_lets_a_nurse_pause_for_a_week_and_resume(
        self, kind: str, pause_days: int | None, allowed: bool
    ) -> None:
        assert phases.may("nurse", EventKind(kind), pause_days=pause_days) is allowed

    @pytest.mark.parametrize("role", ["manager", "auditor", ""])
    def test_lets_nobody_else_decide(self, role: str) -> None:
        assert not any(phases.may(role, kind, pause_days=1) for kind in EventKind)


class TestLongestPause:
    def test_is_a_week_in_loading_and_three_months_in_maintenance(self) -> None:
        most = {phase: phases.longest_pause(phase, DEFAULTS) for phase in Phase}

        assert {phase for phase in most if most[phase]} == {
            Phase.LOADING,
            Phase.MAINTENANCE,
        }
        assert (most[Phase.LOADING], most[Phase.MAINTENANCE]) == (7, 90)
