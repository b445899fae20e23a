from datetime import date

import pytest

from schedules.intervals import Interval, IntervalNotUnderstood, Unit

TWO_MONTHS = Interval(2, Unit.MONTH)


class TestInterval:
    @pytest.mark.parametrize(
        ("text", "count", "unit"),
        [
            pytest.param("1d", 1, Unit.DAY, id="a day"),
            pytest.param("14d", 14, Unit.DAY, id="days"),
            pytest.param("6w", 6, Unit.WEEK, id="weeks"),
            pytest.param("2m", 2, Unit.MONTH, id="months"),
            pytest.param("999d", 999, Unit.DAY, id="three digits"),
        ],
    )
    def test_is_read_and_written_alike(self, text: str, count: int, unit: Unit) -> None:
        assert Interval.parse(text) == Interval(count, unit)
        assert str(Interval(count, unit)) == text

    @pytest.mark.parametrize(
        "text",
        ["", "m", "2", "0m", "02m", "-1m", "2 m", "2M", "2y", "2m ", "1000d", "٢m"],
    )
    def test_refuses_other_texts(self, text: str) -> None:
        with pytest.raises(IntervalNotUnderstood, match="not an interval such as"):
            Interval.parse(text)

    def test_refuses_no_time_at_all(self) -> None:
        with pytest.raises(IntervalNotUnderstood, match="'0w' is not an interval"):
            Interval(0, Unit.WEEK)

    @pytest.mark.parametrize(
        ("text", "words"),
        [("1d", "1 day"), ("6w", "6 weeks"), ("1m", "1 month"), ("3m", "3 months")],
    )
    def test_says_itself_in_words(self, text: str, words: str) -> None:
        assert Interval.parse(text).words == words

    @pytest.mark.parametrize(
        ("text", "days"),
        [
            pytest.param("2d", 2, id="days"),
            pytest.param("6w", 42, id="weeks"),
            pytest.param("2m", 60, id="a month counts 30"),
        ],
    )
    def test_has_a_nominal_length(self, text: str, days: int) -> None:
        assert Interval.parse(text).nominal_days == days

    def test_counts_one_step_unless_told(self) -> None:
        assert TWO_MONTHS.after(date(2026, 2, 27)) == date(2026, 4, 27)

    def test_counts_months_from_the_anchor_and_never_drifts(self) -> None:
        anchor = date(2026, 12, 31)

        days = [TWO_MONTHS.after(anchor, k) for k in range(1, 7)]

        assert days == [
            date(2027, 2, 28),
            date(2027, 4, 30),
            date(2027, 6, 30),
            date(2027, 8, 31),
            date(2027, 10, 31),
            date(2027, 12, 31),
        ]

    @pytest.mark.parametrize(
        ("text", "k", "day"),
        [
            pytest.param("2d", 3, date(2028, 3, 2), id="days, over a leap day"),
            pytest.param("4w", 2, date(2028, 4, 21), id="weeks"),
            pytest.param("12m", 1, date(2029, 2, 25), id="a year of months"),
            pytest.param("1m", 0, date(2028, 2, 25), id="none"),
        ],
    )
    def test_counts_in_its_unit(self, text: str, k: int, day: date) -> None:
        assert Interval.parse(text).after(date(2028, 2, 25), k) == day
