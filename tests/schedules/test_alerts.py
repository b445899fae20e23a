"""What a plan says to staff: each rule speaks of its facts, and of no others."""

from dataclasses import replace
from typing import Any

import pytest

from schedules.alerts import RULES, Facts, alerts

QUIET = Facts(
    is_closed=False,
    neurological="no",
    is_for_neurological=None,
    product="hydroxocobalamin",
    age=16,
    flags=(),
    gave_expired=False,
)
LOUD = Facts(
    is_closed=False,
    neurological="unknown",
    is_for_neurological=False,
    product="cyanocobalamin",
    age=15,
    flags=(
        "PENDING_EXTERNAL",
        "GAP_OVER_TWO_INTERVALS",
        "LOADING_INCOMPLETE",
        "NEURO_EMERGED",
    ),
    gave_expired=True,
)
EVERY = {rule.alert.code for rule in RULES}


def codes(facts: Facts, seen: frozenset[str] | set[str] = frozenset()) -> list[str]:
    return [alert.code for alert in alerts(facts, seen=seen)]


class TestAlerts:
    def test_are_none_where_nothing_is_to_be_said(self) -> None:
        assert codes(QUIET) == []

    @pytest.mark.parametrize(
        ("facts", "code"),
        [
            pytest.param({"neurological": "unknown"}, "NEURO_UNANSWERED", id="asked"),
            pytest.param({"age": 15}, "CHILD", id="under 16"),
            pytest.param({"product": "cyanocobalamin"}, "PRODUCT_REVIEW", id="product"),
            pytest.param({"gave_expired": True}, "EXPIRED_GIVEN", id="expired"),
            *(
                pytest.param({"flags": [flag]}, flag, id=flag.lower())
                for flag in LOUD.flags
            ),
        ],
    )
    def test_speak_of_the_one_thing_that_is_so(
        self, facts: dict[str, Any], code: str
    ) -> None:
        assert codes(replace(QUIET, **facts)) == [code]

    @pytest.mark.parametrize(
        ("neurological", "is_for", "speaks"),
        [
            pytest.param("yes", False, True, id="present"),
            pytest.param("unknown", False, True, id="not ruled out"),
            pytest.param("no", False, False, id="absent"),
            pytest.param("yes", True, False, id="a protocol for them"),
            pytest.param("yes", None, False, id="a protocol for either, or none"),
        ],
    )
    @pytest.mark.proves("R11", "R14")
    def test_speak_of_a_protocol_that_is_not_enough(
        self, neurological: str, is_for: bool | None, speaks: bool
    ) -> None:
        facts = replace(QUIET, neurological=neurological, is_for_neurological=is_for)

        assert ("COURSE_NOT_ENOUGH" in codes(facts)) is speaks

    def test_keep_only_what_a_fact_has_to_answer_once_seen(self) -> None:
        assert set(codes(LOUD)) == EVERY
        assert codes(LOUD, seen=EVERY) == [
            "NEURO_UNANSWERED",
            "COURSE_NOT_ENOUGH",
            "PENDING_EXTERNAL",
            "NEURO_EMERGED",
        ]

    def test_are_none_about_a_closed_plan(self) -> None:
        assert codes(replace(LOUD, is_closed=True)) == []
