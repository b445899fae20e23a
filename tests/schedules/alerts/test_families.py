"""Alerts of start, reviews, laboratory and findings."""

from datetime import date, timedelta
from typing import Any

import pytest

from schedules.alerts import Expired, Facts, Severity
from schedules.facts import Result
from tests.schedules.alerts.watched import (
    OPENED,
    at,
    facts_of,
    heard,
    in_work_up,
    of_code,
    spans,
)
from tests.schedules.stories import Story

DAY = timedelta(days=1)


def loading(*days: int, **details: Any) -> Facts:
    """Return the facts of a course begun on OPENED, with doses so many days later."""
    story = Story().event("started", OPENED)
    story.dose(*(OPENED + n * DAY for n in days))
    return facts_of(story, started_on=OPENED, **details)


def drawn(test: str, on: date) -> Result:
    """Return that a test was drawn on a day."""
    return Result(on=on, tests=frozenset({test}))


@pytest.mark.proves("R05", "S16")
class TestSampleMissing:
    @pytest.mark.parametrize(
        ("neurological", "severity"),
        [("yes", Severity.INFO), ("unknown", Severity.INFO), ("no", Severity.WARN)],
    )
    def test_warns_only_where_nobody_is_in_a_hurry(
        self, neurological: str, severity: Severity
    ) -> None:
        [alert] = of_code(loading(neurological=neurological), "PRETX_SAMPLE_MISSING")

        assert (alert.severity, alert.since) == (severity, OPENED)

    @pytest.mark.parametrize(
        ("test", "days", "speaks"),
        [
            pytest.param("b12", 0, False, id="on the day of the first dose"),
            pytest.param("active_b12", -40, False, id="long before"),
            pytest.param("b12", 1, True, id="too late"),
            pytest.param("haemoglobin", 0, True, id="another test"),
        ],
    )
    def test_asks_for_a_b12_by_the_first_dose(
        self, test: str, days: int, speaks: bool
    ) -> None:
        facts = loading(0, 2, results=(drawn(test, OPENED + days * DAY),))

        assert bool(of_code(facts, "PRETX_SAMPLE_MISSING")) is speaks

    def test_takes_a_sample_of_today_before_the_first_dose(self) -> None:
        facts = loading(results=(drawn("b12", OPENED),))

        assert of_code(facts, "PRETX_SAMPLE_MISSING") == []
        assert of_code(at(facts, OPENED - DAY), "PRETX_SAMPLE_MISSING")

    def test_is_not_asked_before_a_start_nor_of_a_reload(self) -> None:
        again = Story().transferred(date(2026, 4, 1), OPENED)
        again.event("reloaded", OPENED + DAY)
        facts = facts_of(again, started_on=OPENED + DAY)

        assert of_code(in_work_up(), "PRETX_SAMPLE_MISSING") == []
        assert of_code(facts, "PRETX_SAMPLE_MISSING") == []


@pytest.mark.proves("R23")
class TestReviews:
    def test_follow_each_other(self) -> None:
        facts = loading(0)

        day = {n: OPENED + n * DAY for n in (14, 21, 35, 49, 63, 90)}
        assert spans(facts, "LOADING_REVIEW_14") == [(day[14], day[21])]
        assert spans(facts, "LOADING_REVIEW_21") == [(day[21], day[35])]
        assert spans(facts, "LOADING_REVIEW") == [
            (day[35], day[49]),
            (day[49], day[63]),
        ]
        assert spans(facts, "LONG_LOADING") == [(day[90], None)]

    @pytest.mark.parametrize(
        ("days", "abouts"),
        [
            pytest.param(48, ["day 35", "day 49"], id="the last day of one"),
            pytest.param(49, ["day 49", "day 63"], id="the first of the next"),
            pytest.param(50, ["day 49", "day 63"], id="a day later"),
            pytest.param(400, ["day 399", "day 413"], id="after a year"),
        ],
    )
    def test_come_again_every_fortnight(self, days: int, abouts: list[str]) -> None:
        facts = at(loading(0), OPENED + days * DAY)

        alerts = of_code(facts, "LOADING_REVIEW")

        assert [alert.about for alert in alerts] == abouts

    def test_are_one_on_any_day(self) -> None:
        for days in range(14, 120):
            facts = at(loading(0), OPENED + days * DAY)

            reviews = [c for c in heard(facts) if c.startswith("LOADING_REVIEW")]

            assert len(reviews) == 1, days

    @pytest.mark.parametrize(
        "story",
        [
            pytest.param(Story().event("started", OPENED), id="not begun"),
            pytest.param(Story().loaded(OPENED), id="over"),
            pytest.param(
                Story()
                .event("started", OPENED)
                .dose(OPENED)
                .event("paused", OPENED + DAY, reason="travel"),
                id="paused",
            ),
            pytest.param(
                Story().loaded(OPENED).event("reloaded", OPENED + 60 * DAY),
                id="begun again, without a dose yet",
            ),
        ],
    )
    def test_are_of_a_course_that_runs(self, story: Story) -> None:
        facts = facts_of(story)

        assert of_code(facts, "LOADING_REVIEW_14") == []
        assert of_code(facts, "LONG_LOADING") == []


class TestLaboratory:
    @pytest.mark.proves("R24")
    def test_says_when_a_panel_is_due_and_when_it_is_late(self) -> None:
        facts = loading(0)
        panel = facts.forecast.panel
        assert panel is not None

        assert panel.due_on == OPENED + 92 * DAY
        assert spans(facts, "LAB_DUE") == [(panel.due_on, panel.closes_on + DAY)]
        assert spans(facts, "LAB_OVERDUE") == [(panel.closes_on + DAY, None)]
        assert of_code(facts, "LAB_DUE")[0].about == "panel 1"

    def test_asks_for_nothing_in_work_up(self) -> None:
        assert of_code(in_work_up(), "LAB_DUE") == []
        assert of_code(in_work_up(), "LAB_OVERDUE") == []

    @pytest.mark.parametrize(
        ("days", "speaks"),
        [
            pytest.param(-1, False, id="before the injection"),
            pytest.param(0, False, id="on its day, as it should be"),
            pytest.param(1, True, id="a day after"),
            pytest.param(14, True, id="two weeks after"),
            pytest.param(15, False, id="later"),
        ],
    )
    def test_doubts_a_b12_after_an_injection(self, days: int, speaks: bool) -> None:
        on = OPENED + days * DAY
        facts = loading(0, results=(drawn("b12", on),))

        found = spans(facts, "LAB_UNINTERPRETABLE_RECENT_DOSE")

        assert found == [(on, None)] * speaks

    def test_doubts_the_last_b12_only(self) -> None:
        results = (
            drawn("b12", OPENED + 40 * DAY),
            drawn("active_b12", OPENED + DAY),
            drawn("haemoglobin", OPENED + 2 * DAY),
        )

        facts = loading(0, results=results)

        assert of_code(facts, "LAB_UNINTERPRETABLE_RECENT_DOSE") == []


class TestFindings:
    @pytest.mark.parametrize(
        ("details", "code"),
        [
            pytest.param({"neurological": "unknown"}, "NEURO_UNANSWERED", id="asked"),
            pytest.param(
                {"product": "cyanocobalamin"}, "PRODUCT_REVIEW", id="the product"
            ),
            pytest.param(
                {"expired": (Expired(key=7, given_on=OPENED),)},
                "EXPIRED_GIVEN",
                id="an expired batch",
            ),
        ],
    )
    def test_speak_of_what_is_so(self, details: dict[str, Any], code: str) -> None:
        [alert] = of_code(in_work_up(**details), code)

        assert (alert.since, alert.until) == (OPENED, None)
        assert of_code(in_work_up(), code) == []

    @pytest.mark.proves("R11", "R14")
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
    def test_speak_of_a_protocol_that_is_not_enough(
        self, neurological: str, is_for: bool | None, speaks: bool
    ) -> None:
        facts = in_work_up(neurological=neurological, is_for_neurological=is_for)

        assert spans(facts, "COURSE_NOT_ENOUGH") == [(OPENED, None)] * speaks

    def test_count_a_protocol_from_its_start(self) -> None:
        later = facts_of(
            Story().event("started", OPENED + DAY),
            neurological="yes",
            is_for_neurological=False,
            started_on=OPENED + DAY,
        )

        assert spans(later, "COURSE_NOT_ENOUGH") == [(OPENED + DAY, None)]

    @pytest.mark.proves("S20")
    @pytest.mark.parametrize(
        ("born_on", "expected"),
        [
            pytest.param(date(2010, 6, 2), [(OPENED, date(2026, 6, 2))], id="15"),
            pytest.param(date(2010, 6, 1), [], id="16 today"),
            pytest.param(
                date(2012, 2, 29), [(OPENED, date(2028, 2, 29))], id="a leap day"
            ),
        ],
    )
    def test_speak_of_a_child(
        self, born_on: date, expected: list[tuple[date, date]]
    ) -> None:
        assert spans(in_work_up(born_on=born_on), "CHILD") == expected

    def test_tell_incidents_apart(self) -> None:
        expired = (
            Expired(key=7, given_on=OPENED),
            Expired(key=8, given_on=OPENED + DAY),
        )

        alerts = of_code(in_work_up(expired=expired), "EXPIRED_GIVEN")

        assert [alert.about for alert in alerts] == ["injection 7", "injection 8"]
