"""Dates are read in the order that the file proves, or not at all."""

from datetime import date

import pytest

from tracker.imports.dates import (
    Order,
    PastDates,
    Written,
    is_written_as_date,
    order_of,
    read_date,
)
from tracker.imports.problems import CellFault
from tracker.imports.unreadable import AmbiguousDates, ContradictoryDates

DAY, MONTH, NONE = Order.DAY_FIRST, Order.MONTH_FIRST, Order.NOT_SHOWN


def order(*texts: str) -> Order:
    return order_of(
        Written(line=line, column="Last injection", text=text)
        for line, text in enumerate(texts, start=2)
    )


class TestOrderOf:
    @pytest.mark.parametrize(
        ("texts", "expected"),
        [
            pytest.param(["31/12/2026", "03/04/2026"], DAY, id="one date proves"),
            pytest.param(["03/04/2026", "31.12.2026"], DAY, id="also from below"),
            pytest.param(["31/02/2026", "03/04/2026"], DAY, id="even if it is none"),
            pytest.param(["12/31/2026", "03/04/2026"], MONTH, id="month first"),
            pytest.param(["12-31-2026 00:00"], MONTH, id="with midnight"),
            pytest.param([], NONE, id="no dates"),
            pytest.param(["", "soon"], NONE, id="nothing like a date"),
            pytest.param(["03/03/2026"], NONE, id="the same either way"),
            pytest.param(["2026-04-03", "3-Apr-2026"], NONE, id="nothing depends"),
            pytest.param(["13/13/2026", "45/01/2026"], NONE, id="no date at all"),
            pytest.param(["00/05/2026", "05/00/2026"], NONE, id="zeros"),
        ],
    )
    def test_is_what_the_dates_prove(self, texts: list[str], expected: Order) -> None:
        assert order(*texts) is expected

    def test_is_refused_if_a_date_depends_on_it_and_none_proves_it(self) -> None:
        with pytest.raises(AmbiguousDates) as refusal:
            order("2026-12-31", "03/04/2026", "05/06/2026")

        assert "as on line 3 in Last injection; write" in str(refusal.value)

    def test_is_refused_if_dates_contradict_each_other(self) -> None:
        with pytest.raises(ContradictoryDates) as refusal:
            order("03/04/2026", "31/12/2026", "12/31/2026", "30/12/2026")

        assert "Line 3 writes the day first and line 4 the month" in str(refusal.value)


class TestReadDate:
    @pytest.mark.parametrize(
        "text",
        [
            "31/12/2026",
            "31-12-2026",
            "31.12.2026",
            "2026-12-31",
            "2026/12/31",
            "31-Dec-2026",
            "31 December 2026",
            "31st dec 2026",
            "31/Dec/2026",
            "31Dec2026",
            "31 Dec. 2026",
            "31/12/2026 00:00",
            "2026-12-31T00:00:00",
        ],
    )
    @pytest.mark.parametrize("order", [DAY, NONE])
    def test_knows_the_last_day_of_2026(self, text: str, order: Order) -> None:
        assert read_date(text, order) == date(2026, 12, 31)

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            pytest.param("1/2/2026", date(2026, 2, 1), id="without zeros"),
            pytest.param("29/02/2024", date(2024, 2, 29), id="leap day"),
            pytest.param("4 Sept 2026", date(2026, 9, 4), id="four letters"),
            pytest.param("4 May 2026", date(2026, 5, 4), id="May"),
        ],
    )
    def test_knows(self, text: str, day: date) -> None:
        assert read_date(text, DAY) == day

    def test_puts_the_month_first_where_the_file_does(self) -> None:
        assert read_date("03/04/2026", MONTH) == date(2026, 3, 4)
        assert read_date("03/04/2026", DAY) == date(2026, 4, 3)
        assert read_date("2026-03-04", MONTH) == date(2026, 3, 4)
        assert read_date("4-Mar-2026", MONTH) == date(2026, 3, 4)

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            pytest.param("31/02/2026", "no_such_date", id="31 February"),
            pytest.param("29/02/2026", "no_such_date", id="no leap year"),
            pytest.param("31-Apr-2026", "no_such_date", id="31 April"),
            pytest.param("2026-13-01", "no_such_date", id="13th month"),
            pytest.param("01/13/2026", "no_such_date", id="13th month, year last"),
            pytest.param("00/01/2026", "no_such_date", id="day zero"),
            pytest.param("01/01/0000", "no_such_date", id="year zero"),
            pytest.param("31/12/26", "two_digit_year", id="year of two digits"),
            pytest.param("31-Dec-26", "two_digit_year", id="named, two digits"),
            pytest.param("46387", "spreadsheet_date", id="day count"),
            pytest.param("46387.5", "spreadsheet_date", id="day count with a time"),
            pytest.param("20261231", "date_not_understood", id="run together"),
            pytest.param("31/12-2026", "date_not_understood", id="mixed marks"),
            pytest.param("31 Foo 2026", "date_not_understood", id="no such month"),
            pytest.param("Dec 2026", "date_not_understood", id="no day"),
            pytest.param("last week", "date_not_understood", id="words"),
            pytest.param("31/12/2026 14:30", "date_not_understood", id="a time"),
            pytest.param("٣١/١٢/٢٠٢٦", "date_not_understood", id="other digits"),
        ],
    )
    def test_refuses(self, text: str, code: str) -> None:
        with pytest.raises(CellFault) as fault:
            read_date(text, DAY)

        assert fault.value.code == code


class TestPastDates:
    past = PastDates(order=DAY, today=date(2026, 11, 20))

    def test_may_be_today(self) -> None:
        assert self.past.read("20/11/2026") == date(2026, 11, 20)

    def test_may_not_be_tomorrow(self) -> None:
        with pytest.raises(CellFault) as fault:
            self.past.read("21/11/2026")

        assert fault.value.code == "date_in_future"


class TestIsWrittenAsDate:
    @pytest.mark.parametrize("text", ["31/12/2026", "31/02/2026", "46387", "1/1/26"])
    def test_is_true_even_of_a_wrong_date(self, text: str) -> None:
        assert is_written_as_date(text)

    @pytest.mark.parametrize("text", ["", "yes", "3/12"])
    def test_is_false_of_anything_else(self, text: str) -> None:
        assert not is_written_as_date(text)
