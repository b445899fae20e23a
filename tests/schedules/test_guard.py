from datetime import date
from typing import Any

import pytest

from schedules.guard import OK, Attempt, Severity, Verdict, guard
from schedules.intervals import Interval
from schedules.phases import Phase

LAST = date(2026, 2, 27)
DUE = date(2026, 4, 27)


def loading(on: date, **details: Any) -> Attempt:
    return Attempt(on=on, phase=Phase.LOADING, **details)


def maintenance(on: date, **details: Any) -> Attempt:
    asked = {
        "interval": Interval.parse("2m"),
        "due_on": DUE,
        "counted_from": LAST,
        **details,
    }
    return Attempt(on=on, phase=Phase.MAINTENANCE, **asked)


class TestGuard:
    def test_lets_the_first_injection_of_all_pass(self) -> None:
        assert guard(loading(LAST), counted=[]) == OK

    @pytest.mark.parametrize(
        ("on", "verdict"),
        [
            pytest.param(date(2026, 1, 9), Verdict(Severity.OK), id="two days on"),
            pytest.param(
                date(2026, 1, 8),
                Verdict(Severity.WARN, "EARLY_LOADING"),
                id="the day after",
            ),
            pytest.param(
                date(2026, 1, 7),
                Verdict(Severity.BLOCK, "SAME_DAY_DUPLICATE"),
                id="the same day",
            ),
            pytest.param(
                date(2026, 1, 6),
                Verdict(Severity.WARN, "OUT_OF_ORDER_ENTRY"),
                id="between two injections",
            ),
            pytest.param(
                date(2026, 1, 5),
                Verdict(Severity.BLOCK, "SAME_DAY_DUPLICATE"),
                id="the day of an earlier one",
            ),
        ],
    )
    def test_watches_loading(self, on: date, verdict: Verdict) -> None:
        counted = [date(2026, 1, 7), date(2026, 1, 5)]

        assert guard(loading(on), counted=counted) == verdict

    @pytest.mark.parametrize(
        ("details", "verdict"),
        [
            pytest.param(
                {"bridge": True, "due_on": date(2026, 4, 2), "counted_from": None},
                Verdict(Severity.WARN, "EARLY_LOADING"),
                id="not one counted from another injection",
            ),
            pytest.param(
                {
                    "bridge": True,
                    "due_on": date(2026, 4, 2),
                    "counted_from": date(2026, 4, 1),
                },
                OK,
                id="one that the engine asked for",
            ),
            pytest.param(
                {
                    "bridge": False,
                    "due_on": date(2026, 4, 2),
                    "counted_from": date(2026, 4, 1),
                },
                Verdict(Severity.WARN, "EARLY_LOADING"),
                id="nothing that is no bridge",
            ),
        ],
    )
    def test_lets_a_bridge_dose_pass(
        self, details: dict[str, Any], verdict: Verdict
    ) -> None:
        attempt = loading(date(2026, 4, 2), **details)

        assert guard(attempt, counted=[date(2026, 4, 1)]) == verdict

    @pytest.mark.parametrize(
        ("on", "severity", "code"),
        [
            pytest.param(
                date(2026, 3, 28), "BLOCK", "MIN_INTERVAL", id="less than half"
            ),
            pytest.param(date(2026, 3, 29), "WARN", "EARLY_DOSE", id="half of it"),
            pytest.param(
                date(2026, 4, 19), "WARN", "EARLY_DOSE", id="before the window"
            ),
            pytest.param(date(2026, 4, 20), "OK", None, id="inside the window"),
            pytest.param(date(2026, 6, 30), "OK", None, id="however late"),
        ],
    )
    def test_watches_maintenance(
        self, on: date, severity: str, code: str | None
    ) -> None:
        found = guard(maintenance(on), counted=[LAST])

        assert (found.severity, found.code) == (severity, code)

    def test_lets_a_dose_pass_that_the_engine_asked_for(self) -> None:
        """A closure may ask for a dose sooner than half the interval."""
        asked = maintenance(date(2026, 3, 6), due_on=date(2026, 3, 6))
        day_before = maintenance(date(2026, 3, 5), due_on=date(2026, 3, 6))

        assert guard(asked, counted=[LAST]) == OK
        assert guard(day_before, counted=[LAST]).code == "MIN_INTERVAL"

    def test_takes_the_whole_days_of_half_an_odd_interval(self) -> None:
        three_weeks = Interval.parse("3w")

        asked = maintenance(date(2026, 3, 9), interval=three_weeks)
        day_before = maintenance(date(2026, 3, 8), interval=three_weeks)

        assert guard(asked, counted=[LAST]).severity is Severity.WARN
        assert guard(day_before, counted=[LAST]).code == "MIN_INTERVAL"

    def test_knows_a_due_date_that_was_counted_from_another_injection(self) -> None:
        since = date(2026, 4, 10)

        found = guard(maintenance(DUE), counted=[LAST, since])

        assert found == Verdict(Severity.BLOCK, "MIN_INTERVAL")

    @pytest.mark.parametrize(
        "details",
        [
            pytest.param({"interval": None}, id="no interval"),
            pytest.param({"due_on": None}, id="no open dose"),
        ],
    )
    def test_has_little_to_say_without(self, details: dict[str, Any]) -> None:
        attempt = maintenance(date(2026, 4, 1), **details)

        assert guard(attempt, counted=[LAST]) == OK


class TestGuardAgainstUnverified:
    """An injection elsewhere that nobody has accepted never does more than warn."""

    ELSEWHERE = date(2026, 4, 10)

    @pytest.mark.parametrize(
        ("on", "code"),
        [
            pytest.param(ELSEWHERE, "SAME_DAY_DUPLICATE_UNVERIFIED", id="the same day"),
            pytest.param(DUE, "MIN_INTERVAL_UNVERIFIED", id="soon after"),
            pytest.param(
                date(2026, 4, 9), "OUT_OF_ORDER_ENTRY_UNVERIFIED", id="before it"
            ),
        ],
    )
    def test_warns_and_says_so(self, on: date, code: str) -> None:
        found = guard(maintenance(on), counted=[LAST], unverified=[self.ELSEWHERE])

        assert found == Verdict(Severity.WARN, code)

    def test_does_not_soften_what_counted_ones_say(self) -> None:
        found = guard(
            maintenance(date(2026, 3, 20)), counted=[LAST], unverified=[self.ELSEWHERE]
        )

        assert found == Verdict(Severity.BLOCK, "MIN_INTERVAL")

    def test_leaves_a_warning_that_it_changes_nothing_about(self) -> None:
        found = guard(
            maintenance(date(2026, 4, 19)),
            counted=[LAST],
            unverified=[date(2026, 1, 5)],
        )

        assert found == Verdict(Severity.WARN, "EARLY_DOSE")

    def test_stays_silent_long_after(self) -> None:
        found = guard(maintenance(DUE), counted=[LAST], unverified=[date(2026, 1, 5)])

        assert found == OK
