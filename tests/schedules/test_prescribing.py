from dataclasses import replace

import pytest

from patients.refusals import Refused
from schedules.intervals import Interval
from schedules.parameters import DEFAULTS, Parameters
from schedules.prescribing import refuse_interval


def prescribe(
    interval: str,
    cause_code: str = "",
    *,
    neurological: bool = True,
    in_force: Parameters = DEFAULTS,
) -> None:
    refuse_interval(
        Interval.parse(interval),
        in_force=in_force,
        cause_code=cause_code,
        neurological=neurological,
    )


@pytest.mark.proves("R12", "R36")
class TestRefuseInterval:
    @pytest.mark.parametrize("interval", ["7d", "1w", "1m", "2m", "3m", "92d"])
    def test_lets_pass_what_may_be_set(self, interval: str) -> None:
        prescribe(interval)

    @pytest.mark.parametrize("interval", ["6d", "93d", "4m", "12m"])
    def test_names_the_bounds(self, interval: str) -> None:
        with pytest.raises(Refused, match="from 7 to 92 days") as refused:
            prescribe(interval, "dietary", neurological=False)

        assert refused.value.field == "interval"

    def test_names_the_bounds_of_the_clinic(self) -> None:
        narrow = replace(DEFAULTS, shortest_interval_days=14, longest_interval_days=60)

        with pytest.raises(Refused, match="from 14 to 60 days"):
            prescribe("61d", in_force=narrow)
        with pytest.raises(Refused, match="from 14 to 60 days"):
            prescribe("13d", in_force=narrow)
        prescribe("14d", in_force=narrow)
        prescribe("60d", in_force=narrow)

    def test_lets_six_months_pass_for_a_dietary_cause_without_nerves(self) -> None:
        prescribe("6m", "dietary", neurological=False)

    @pytest.mark.parametrize(
        ("cause_code", "neurological"),
        [("dietary", True), ("", False), ("total_gastrectomy", False)],
    )
    def test_refuses_six_months_otherwise(
        self, cause_code: str, neurological: bool
    ) -> None:
        with pytest.raises(Refused, match="dietary cause") as refused:
            prescribe("6m", cause_code, neurological=neurological)

        assert refused.value.field == "interval"
