"""Which alerts speak: on their days, unless acknowledged, never of a closed plan."""

from datetime import date, timedelta

import pytest

from schedules.alerts import BY_CODE, RULES, Listener, Severity, foreseen, speaking
from tests.schedules.alerts.watched import OPENED, facts_of, in_work_up, of_code
from tests.schedules.stories import Story

DAY = timedelta(days=1)
CODES_OF_THE_RULES = {
    "START_DELAYED",
    "NEURO_START_OVERDUE",
    "PRETX_SAMPLE_MISSING",
    "LOADING_GAP",
    "LOADING_INTERRUPTED",
    "LOADING_INCOMPLETE",
    "LOADING_REVIEW_14",
    "LOADING_REVIEW_21",
    "LOADING_REVIEW",
    "LONG_LOADING",
    "DUE_TODAY",
    "OVERDUE_1",
    "OVERDUE_2",
    "LTFU_SUSPECTED",
    "LTFU_CONFIRMED",
    "GAP_OVER_TWO_INTERVALS",
    "PENDING_EXTERNAL",
    "PAUSE_REVIEW_DUE",
    "RED_FLAG",
    "NEURO_EMERGED",
    "PARADOXICAL_WORSENING",
    "WORSENING",
    "NO_RESPONSE_21D",
    "RESOLVED_SUGGESTED",
    "PLATEAU_SUGGESTED",
    "LAB_DUE",
    "LAB_OVERDUE",
    "LAB_UNINTERPRETABLE_RECENT_DOSE",
}


class TestRules:
    def test_have_every_code_once(self) -> None:
        codes = [rule.code for rule in RULES]

        assert len(codes) == len(set(codes)) == len(BY_CODE)
        assert set(codes) >= CODES_OF_THE_RULES

    def test_say_a_rule_a_version_a_listener_and_a_sentence(self) -> None:
        for rule in RULES:
            assert rule.cites, rule.code
            assert rule.version >= 1
            assert rule.to in set(Listener)
            assert rule.text.endswith((".", "?")), rule.code

    def test_keep_what_only_a_fact_can_answer(self) -> None:
        assert {rule.code for rule in RULES if rule.by_answer} >= {
            "NEURO_UNANSWERED",
            "COURSE_NOT_ENOUGH",
            "PENDING_EXTERNAL",
        }


class TestForeseen:
    def test_is_nothing_where_nothing_is_to_be_said(self) -> None:
        assert foreseen(in_work_up()) == ()

    def test_is_nothing_of_a_closed_plan(self) -> None:
        story = Story().event("closed", OPENED)

        assert foreseen(facts_of(story, neurological="unknown")) == ()

    def test_names_the_rule_and_its_version(self) -> None:
        [alert] = of_code(in_work_up(product="cyanocobalamin"), "PRODUCT_REVIEW")

        assert alert.rule == "S04 v1"
        assert alert.key == ("PRODUCT_REVIEW", 1, "")
        assert (alert.severity, alert.since) == (Severity.WARN, OPENED)
        assert alert.text.startswith("Treated with cyanocobalamin.")


class TestSpeaking:
    @pytest.mark.parametrize(
        ("on", "speaks"),
        [
            pytest.param(date(2026, 6, 30), False, id="the day before"),
            pytest.param(date(2026, 7, 1), True, id="from the day on"),
            pytest.param(date(2026, 7, 31), True, id="on the last day"),
            pytest.param(date(2026, 8, 1), False, id="no longer"),
        ],
    )
    def test_is_on_the_days_of_an_alert(self, on: date, speaks: bool) -> None:
        facts = in_work_up(opened_on=date(2026, 7, 1), born_on=date(2010, 8, 1))

        found = speaking(foreseen(facts), on=on)

        assert [alert.code for alert in found] == ["CHILD"] * speaks

    def test_leaves_out_what_was_acknowledged_but_for_what_waits_for_an_answer(
        self,
    ) -> None:
        facts = in_work_up(neurological="unknown", product="cyanocobalamin")
        alerts = foreseen(facts)
        everything = {alert.key for alert in alerts}

        found = speaking(alerts, on=OPENED, quiet=everything)

        assert [alert.code for alert in found] == ["NEURO_UNANSWERED"]

    def test_is_again_once_it_is_about_something_else(self) -> None:
        story = Story().transferred(date(2026, 1, 1), OPENED).until(OPENED + 30 * DAY)
        before = of_code(facts_of(story), "GAP_OVER_TWO_INTERVALS")
        story.dose(OPENED + 30 * DAY).until(OPENED + 200 * DAY)
        after = of_code(facts_of(story), "GAP_OVER_TWO_INTERVALS")

        found = speaking(
            after, on=OPENED + 200 * DAY, quiet={alert.key for alert in before}
        )

        assert [alert.about for alert in found] == ["since 2026-07-01"]
