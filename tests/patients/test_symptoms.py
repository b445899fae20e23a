from datetime import date
from typing import Any

import pytest

from patients.symptoms import (
    CORE,
    NEUROLOGICAL,
    SNOMED,
    UNVERIFIED,
    Assessed,
    Domain,
    ImplausibleAssessment,
    RedFlag,
    check,
    emerged,
)


def refusal(**answers: Any) -> tuple[str, str]:
    said = {"scores": {"tremor": 3}, "pgic": None, "red_flags": ()} | answers
    with pytest.raises(ImplausibleAssessment) as refused:
        check(**said)
    return refused.value.field, str(refused.value)


class TestDomains:
    @pytest.mark.proves("R21")
    def test_hold_the_five_that_treatment_is_watched_by(self) -> None:
        assert set(CORE) == {
            "tremor",
            "spasm",
            "paraesthesia",
            "numbness",
            "weakness",
        }
        assert list(Domain)[: len(CORE)] == list(CORE)

    def test_have_each_a_code_whose_check_digit_is_right(self) -> None:
        assert set(SNOMED) == set(Domain)
        assert {
            domain for domain, code in SNOMED.items() if not verhoeff(code)
        } == set()
        assert {"gait", "cognition", "pain"} == UNVERIFIED

    def test_are_nine_and_six_red_flags(self) -> None:
        assert len(Domain) == 9
        assert set(RedFlag) == {
            "vision",
            "sphincter",
            "fall_injury",
            "rapid_weakness",
            "seizure",
            "psychosis",
        }


class TestCheck:
    @pytest.mark.parametrize(
        "answers",
        [
            pytest.param({"scores": {"tremor": 0}}, id="no tremor"),
            pytest.param({"scores": {"tremor": 10}}, id="the worst"),
            pytest.param({"pgic": 1}, id="very much improved"),
            pytest.param({"pgic": 7}, id="very much worse"),
            pytest.param({"scores": {}, "red_flags": {"vision"}}, id="only a flag"),
        ],
    )
    def test_takes(self, answers: dict[str, Any]) -> None:
        said = {"scores": {"tremor": 3}, "pgic": None, "red_flags": ()} | answers

        check(**said)

    @pytest.mark.parametrize(
        "score",
        [
            pytest.param(-1, id="below none"),
            pytest.param(11, id="beyond the worst"),
            pytest.param(2.5, id="half a point"),
            pytest.param("3", id="a word"),
            pytest.param(True, id="a truth"),
            pytest.param(None, id="nothing"),
        ],
    )
    def test_refuses_a_score(self, score: object) -> None:
        assert refusal(scores={"gait": score}) == (
            "scores",
            "The score of gait is a whole number from 0 to 10.",
        )

    def test_refuses_a_symptom_that_is_not_asked(self) -> None:
        assert refusal(scores={"hiccups": 3}) == (
            "scores",
            "There is no symptom called “hiccups”.",
        )

    @pytest.mark.parametrize("pgic", [0, 8, True, "4"])
    def test_refuses_a_change(self, pgic: object) -> None:
        assert refusal(pgic=pgic) == (
            "pgic",
            "Global change is a number from 1 to 7.",
        )

    def test_refuses_a_red_flag_that_there_is_not(self) -> None:
        assert refusal(red_flags=["dragons"]) == (
            "red_flags",
            "There is no red flag called “dragons”.",
        )

    def test_refuses_silence(self) -> None:
        assert refusal(scores={}) == ("scores", "Score one symptom at least.")


class TestEmerged:
    @pytest.mark.proves("T4")
    @pytest.mark.parametrize(
        ("scores", "told"),
        [
            pytest.param({Domain.GAIT: 3}, True, id="three"),
            pytest.param({Domain.GAIT: 2}, False, id="less than three"),
            pytest.param({Domain.PAIN: 9, Domain.FATIGUE: 9}, False, id="no nerve's"),
            pytest.param(
                {Domain.TREMOR: 0, Domain.COGNITION: 4}, True, id="one of two"
            ),
            pytest.param({}, False, id="nothing"),
        ],
    )
    def test_needs_three_points_of_a_nerve(
        self, scores: dict[Domain, int], told: bool
    ) -> None:
        assert emerged(Assessed(on=date(2026, 1, 5), scores=scores)) is told

    def test_leaves_out_what_has_many_causes(self) -> None:
        assert set(Domain) - NEUROLOGICAL == {"pain", "fatigue"}


def verhoeff(code: str) -> bool:
    """Tell whether the check digit of a SNOMED code is right."""
    permuted = [list(range(10)), [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]]
    while len(permuted) < 8:
        permuted.append([permuted[-1][permuted[1][n]] for n in range(10)])
    check = 0
    for place, digit in enumerate(reversed(code)):
        check = times(check, permuted[place % 8][int(digit)])
    return check == 0


def times(one: int, other: int) -> int:
    """Multiply in the group of a pentagon's symmetries."""
    if one < 5:
        return (one + other) % 5 if other < 5 else (one + other) % 5 + 5
    return (one - other) % 5 + (5 if other < 5 else 0)
