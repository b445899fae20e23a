import re
from datetime import date, timedelta

import pytest

from patients.course import ENDS_LOADING, Suggestion
from schedules.suggesting import (
    DISMISSIBLE,
    PAIN_FIRST,
    SAID,
    SPEAKS_FOR,
    Dismissed,
    quiet,
)

DAY = date(2026, 11, 20)


class TestSaid:
    def test_has_words_and_a_rule_for_each(self) -> None:
        assert set(SAID) == set(Suggestion)
        assert all(said.text and said.rule.endswith(" v1") for said in SAID.values())

    @pytest.mark.proves("R29")
    def test_says_whole_sentences_and_how_loud(self) -> None:
        for said in SAID.values():
            assert re.fullmatch(r"(?!XX)[A-Z].+[^X]\.", said.text, re.DOTALL), said.rule
            assert said.severity in {"", "info", "warn", "late"}, said.rule

    def test_of_an_early_worsening_names_no_medicine_but_what_to_do(self) -> None:
        said = SAID[Suggestion.PARADOXICAL_WORSENING]

        assert "potassium" in said.text
        assert "do not stop" in said.text
        assert "clonazepam" not in said.text
        assert (said.severity, said.rule) == ("warn", "R29 v1")

    @pytest.mark.proves("R22")
    def test_tells_the_reader_that_pain_improves_first(self) -> None:
        assert PAIN_FIRST == (
            "Pain and tingling usually improve before weakness (rule R22)."
        )

    def test_is_loud_for_what_cannot_wait_only(self) -> None:
        loud = {code for code, said in SAID.items() if said.severity == "late"}

        assert loud == {Suggestion.RED_FLAG}
        assert "today" in SAID[Suggestion.RED_FLAG].text


class TestAnswers:
    def test_may_dismiss_what_is_suggested_and_nothing_urgent(self) -> None:
        assert {*ENDS_LOADING, Suggestion.NO_RESPONSE_21D} == DISMISSIBLE

    @pytest.mark.proves("T4")
    def test_speak_for_a_decision_with_its_reason(self) -> None:
        assert SPEAKS_FOR == {
            "PLATEAU_SUGGESTED": "plateau",
            "RESOLVED_SUGGESTED": "resolved",
        }


class TestQuiet:
    @pytest.mark.parametrize(
        ("days", "told"),
        [
            pytest.param(0, True, id="on that day"),
            pytest.param(13, True, id="13 days later"),
            pytest.param(14, False, id="14 days later"),
            pytest.param(-1, False, id="the day before"),
        ],
    )
    def test_lasts_fourteen_days(self, days: int, told: bool) -> None:
        dismissed = [Dismissed(code="PLATEAU_SUGGESTED", on=DAY)]

        found = quiet(dismissed, on=DAY + timedelta(days=days))

        assert found == ({"PLATEAU_SUGGESTED"} if told else set())
