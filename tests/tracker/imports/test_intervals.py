"""Intervals as people write them."""

import pytest

from schedules.intervals import ALLOWED, Interval
from tracker.imports.intervals import read_interval
from tracker.imports.problems import CellFault

UNDERSTOOD = {
    "7d": ["7 days", "7/7"],
    "1w": ["weekly", "Weekly", "every week", "once a week", "1/52"],
    "2w": ["fortnightly", "every fortnight", "2 weekly", "every other week"],
    "3w": ["3/52", "three weekly"],
    "4w": ["4 weekly", "every 4 weeks"],
    "6w": ["6 weekly", "six weeks"],
    "8w": ["8 wks", "8 wk", "8 weekly", "every 8 weeks."],
    "10w": ["10/52", "10 / 52", "ten weekly"],
    "12w": [
        "12 weekly",
        "12-weekly",
        "12 Weeks",
        "every 12 weeks",
        "EVERY TWELVE WEEKS",
        "12/52",
        "every 12/52",
        "q12w",
        "q 12 wks",
        "12w",
        "12wkly",
    ],
    "13w": ["13 weekly"],
    "84d": ["every 84 days", "84/7"],
    "1m": ["Monthly", "monthly", "every month", "once a month", "per month", "1/12"],
    "2m": [
        "2 monthly",
        "2/12",
        "Every 2 months",
        "every two months",
        "every other month",
        "every second month",
        "alternate months",
        "2m",
        "q2m",
    ],
    "3m": [
        "3 monthly",
        "3-monthly",
        "3/12",
        "Every 3 months",
        "once every 3 months",
        "each 3 months",
        "quarterly",
        "every quarter",
        "3 mths",
    ],
}


class TestReadInterval:
    @pytest.mark.parametrize(
        ("text", "interval"),
        [
            pytest.param(text, interval, id=text)
            for interval, texts in UNDERSTOOD.items()
            for text in texts
        ],
    )
    def test_understands(self, text: str, interval: str) -> None:
        assert str(read_interval(text)) == interval

    @pytest.mark.parametrize("interval", ALLOWED, ids=str)
    def test_understands_what_the_product_itself_writes(
        self, interval: Interval
    ) -> None:
        assert read_interval(str(interval)) == interval

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            pytest.param(
                "when he feels like it", "interval_not_understood", id="words"
            ),
            pytest.param("as required", "interval_not_understood", id="as required"),
            pytest.param("12", "interval_not_understood", id="no unit"),
            pytest.param("2-3 monthly", "interval_not_understood", id="a range"),
            pytest.param("8-12 weekly", "interval_not_understood", id="a wide range"),
            pytest.param("2/3 monthly", "interval_not_understood", id="two or three"),
            pytest.param("12/51", "interval_not_understood", id="no such fraction"),
            pytest.param("-3 monthly", "interval_not_understood", id="negative"),
            pytest.param("1.5 monthly", "interval_not_understood", id="a half"),
            pytest.param("twice weekly", "interval_not_understood", id="twice"),
            pytest.param("weekly x 6", "interval_not_understood", id="a course"),
            pytest.param("3 monthly or 12 weekly", "interval_not_understood", id="or"),
            pytest.param("٣ monthly", "interval_not_understood", id="other digits"),
            pytest.param("1000 weekly", "interval_not_understood", id="four digits"),
            pytest.param("bi-monthly", "interval_ambiguous", id="bi-monthly"),
            pytest.param("Bimonthly", "interval_ambiguous", id="bimonthly"),
            pytest.param("bi weekly", "interval_ambiguous", id="bi weekly"),
            pytest.param("03-Dec", "interval_is_a_date", id="3/12 made a date"),
            pytest.param("Dec-03", "interval_is_a_date", id="3/12 made a month"),
            pytest.param("03/12/2026", "interval_is_a_date", id="3/12 made a day"),
            pytest.param("46000", "interval_is_a_date", id="3/12 made a day count"),
            pytest.param("daily", "interval_not_allowed", id="every day"),
            pytest.param("alternate days", "interval_not_allowed", id="loading"),
            pytest.param("6 days", "interval_not_allowed", id="6 days"),
            pytest.param("93 days", "interval_not_allowed", id="93 days"),
            pytest.param("14 weekly", "interval_not_allowed", id="14 weeks"),
            pytest.param("4 monthly", "interval_not_allowed", id="4 months"),
            pytest.param("6/12", "interval_not_allowed", id="6 months"),
            pytest.param("annually", "interval_not_allowed", id="every year"),
            pytest.param("0 weekly", "interval_not_allowed", id="zero"),
        ],
    )
    def test_refuses(self, text: str, code: str) -> None:
        with pytest.raises(CellFault) as fault:
            read_interval(text)

        assert fault.value.code == code
