from datetime import date, timedelta
from decimal import Decimal

import pytest

from patients.bands import B12_CUTS, HOMOCYSTEINE_LIMITS, MMA_LIMITS, Thresholds
from patients.lab_rules import (
    NUMBERS,
    ImplausibleThreshold,
    LabRules,
    LabTimeline,
    check,
    thresholds_from,
)
from patients.laboratory import Policy

JULY = date(2026, 7, 1)
DAY = timedelta(days=1)
DEFAULTS = {name: number.default for name, number in NUMBERS.items()}


def rules(from_on: date, policy: Policy = Policy.UK_CLINICAL) -> LabRules:
    own = thresholds_from(DEFAULTS | {"mma_high": Decimal(378)})
    return LabRules(from_on=from_on, policy=policy, thresholds=own)


class TestThresholdsFrom:
    def test_are_those_of_the_rules_if_nobody_changed_them(self) -> None:
        found = thresholds_from(DEFAULTS)

        assert found.b12 == B12_CUTS
        assert found.mma == MMA_LIMITS
        assert found.homocysteine == HOMOCYSTEINE_LIMITS
        assert found == Thresholds()


class TestLabTimeline:
    def test_begins_with_the_rules_own(self) -> None:
        assert LabTimeline().thresholds(JULY) == Thresholds()
        assert LabTimeline().policy(JULY) is Policy.QUARTERLY_THEN_ANNUAL
        assert LabTimeline().policies == ()

    def test_changes_on_the_day(self) -> None:
        timeline = LabTimeline((rules(JULY),))

        assert timeline.policy(JULY - DAY) is Policy.QUARTERLY_THEN_ANNUAL
        assert timeline.thresholds(JULY - DAY) == Thresholds()
        assert timeline.policy(JULY) is Policy.UK_CLINICAL
        assert timeline.thresholds(JULY).mma["nmol/L"] == 378

    def test_follows_the_last_change(self) -> None:
        back = rules(JULY + DAY, Policy.QUARTERLY_THEN_ANNUAL)
        timeline = LabTimeline((rules(JULY), back))

        assert timeline.policy(JULY) is Policy.UK_CLINICAL
        assert timeline.policy(JULY + DAY) is Policy.QUARTERLY_THEN_ANNUAL
        assert timeline.policies == (
            (JULY, Policy.UK_CLINICAL),
            (JULY + DAY, Policy.QUARTERLY_THEN_ANNUAL),
        )


class TestCheck:
    @pytest.mark.parametrize("name", NUMBERS)
    def test_believes_the_least_and_the_most_alone(self, name: str) -> None:
        known = NUMBERS[name]
        low = {each: number.least for each, number in NUMBERS.items()}
        high = {each: number.most for each, number in NUMBERS.items()}

        check(low)
        check(high)
        for wrong in (low | {name: known.least - 1}, high | {name: known.most + 1}):
            with pytest.raises(ImplausibleThreshold) as refusal:
                check(wrong)
            assert refusal.value.field == name
            assert str(refusal.value) == (
                f"This number lies between {known.least} and {known.most}."
            )

    @pytest.mark.parametrize(
        ("low", "high"),
        [
            ("b12_mass_low", "b12_mass_high"),
            ("b12_moles_low", "b12_moles_high"),
            ("active_b12_low", "active_b12_high"),
        ],
    )
    def test_wants_them_in_order(self, low: str, high: str) -> None:
        same = NUMBERS[high].least
        check(DEFAULTS | {low: same - 1, high: same})

        with pytest.raises(ImplausibleThreshold, match="is above the lower") as refusal:
            check(DEFAULTS | {low: same, high: same})

        assert refusal.value.field == high
