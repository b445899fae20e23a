from datetime import date, timedelta

import pytest

from schedules.early_panels import Care, baseline, potassium, response, reviews
from schedules.facts import Result
from schedules.panels import Kind, State
from schedules.stabilised import Sign
from tests.schedules.stories import EVERY_DAY, MONDAY_TO_FRIDAY

FIRST = date(2026, 1, 5)  # a Monday


def on(days: int) -> date:
    return FIRST + timedelta(days=days)


def result(days: int, *tests: str, sign: Sign | None = None) -> Result:
    signs = frozenset() if sign is None else frozenset({sign})
    return Result(on=on(days), tests=frozenset(tests), signs=signs)


@pytest.mark.proves("R05")
class TestBaseline:
    @pytest.mark.parametrize(
        ("given", "days", "missing", "state"),
        [
            pytest.param(False, -1, (), State.DONE, id="nothing is missing"),
            pytest.param(True, 9, (), State.DONE, id="and the dose was given"),
            pytest.param(False, -1, ("mma",), State.OPEN, id="before the first dose"),
            pytest.param(False, 0, ("mma",), State.DUE, id="on its day"),
            pytest.param(False, 1, ("mma",), State.OVERDUE, id="the dose is late too"),
            pytest.param(True, 0, ("mma",), State.MISSED, id="the dose was given"),
        ],
    )
    def test_is_before_the_first_dose(
        self, given: bool, days: int, missing: tuple[str, ...], state: State
    ) -> None:
        found = baseline(FIRST, given=given, care=Care(missing=missing), as_of=on(days))

        assert (found.state, found.panel.kind) == (state, Kind.BASELINE)
        assert (found.panel.due_on, found.panel.closes_on) == (FIRST, FIRST)
        assert found.panel.opens_on == min(FIRST, on(days))


class TestPotassium:
    def asked(
        self, *results: Result, at_risk: bool = True, days: int = 20
    ) -> list[tuple[State, date | None]]:
        found = potassium(
            FIRST,
            results=results,
            at_risk=at_risk,
            calendar=EVERY_DAY,
            as_of=on(days),
        )
        return [(each.state, each.done_on) for each in found]

    @pytest.mark.proves("S09")
    @pytest.mark.parametrize(
        ("found", "is_asked"),
        [
            pytest.param(None, False, id="nothing is known"),
            pytest.param(
                result(-9, "haemoglobin", sign=Sign.BLOOD_VERY_LOW), True, id="Hb < 80"
            ),
            pytest.param(
                result(-9, "haemoglobin", sign=Sign.BLOOD_LOW), False, id="Hb low"
            ),
            pytest.param(
                result(7, "potassium", sign=Sign.POTASSIUM_LOW), True, id="K on day 7"
            ),
            pytest.param(
                result(8, "potassium", sign=Sign.POTASSIUM_LOW), False, id="K on day 8"
            ),
            pytest.param(
                result(0, "mcv", sign=Sign.POTASSIUM_LOW), False, id="another's sign"
            ),
        ],
    )
    def test_is_asked_for_where_it_may_fall(
        self, found: Result | None, is_asked: bool
    ) -> None:
        results = () if found is None else (found,)

        assert bool(self.asked(*results, at_risk=False)) is is_asked

    def test_reads_what_was_measured_last(self) -> None:
        low = result(-9, "potassium", sign=Sign.POTASSIUM_LOW)
        good = result(-1, "potassium")

        assert self.asked(good, low, at_risk=False) == []

    def test_does_not_look_ahead(self) -> None:
        low = result(5, "potassium", sign=Sign.POTASSIUM_LOW)

        assert self.asked(low, at_risk=False, days=4) == []

    @pytest.mark.parametrize(
        ("days", "states"),
        [
            pytest.param(0, (State.COMING, State.COMING), id="the first day"),
            pytest.param(1, (State.OPEN, State.COMING), id="the next"),
            pytest.param(2, (State.DUE, State.COMING), id="48 hours"),
            pytest.param(3, (State.DUE, State.COMING), id="its last day"),
            pytest.param(4, (State.OVERDUE, State.COMING), id="later"),
            pytest.param(5, (State.OVERDUE, State.COMING), id="day 5"),
            pytest.param(6, (State.MISSED, State.OPEN), id="the second opens"),
            pytest.param(7, (State.MISSED, State.DUE), id="day 7"),
            pytest.param(8, (State.MISSED, State.DUE), id="day 8"),
            pytest.param(9, (State.MISSED, State.OVERDUE), id="day 9"),
            pytest.param(14, (State.MISSED, State.OVERDUE), id="day 14"),
            pytest.param(15, (State.MISSED, State.MISSED), id="day 15"),
        ],
    )
    def test_is_at_48_hours_and_on_day_7(
        self, days: int, states: tuple[State, State]
    ) -> None:
        assert self.asked(days=days) == [(state, None) for state in states]

    def test_is_done_by_a_result(self) -> None:
        results = (result(9, "potassium"), result(1, "potassium"))

        assert self.asked(*results) == [(State.DONE, on(1)), (State.LATE, on(9))]
        assert self.asked(result(0, "potassium"), result(15, "potassium")) == [
            (State.MISSED, None),
            (State.MISSED, None),
        ]

    def test_is_taken_on_an_open_day(self) -> None:
        friday = date(2026, 1, 9)
        found = potassium(
            friday, results=(), at_risk=True, calendar=MONDAY_TO_FRIDAY, as_of=friday
        )

        [second, _] = [each.panel for each in found]
        assert (second.target_on, second.due_on, second.closes_on) == (
            date(2026, 1, 11),
            date(2026, 1, 12),
            date(2026, 1, 12),
        )
        assert (second.number, second.kind) == (1, Kind.POTASSIUM)
        assert [reason.text for reason in second.reasons] == ["2 days after Fri 9 Jan"]


@pytest.mark.proves("R25")
class TestResponse:
    ILL = result(-9, "haemoglobin", sign=Sign.BLOOD_LOW)

    def asked(self, *results: Result, days: int) -> list[tuple[State, date | None]]:
        found = response(FIRST, results=results, calendar=EVERY_DAY, as_of=on(days))
        return [(each.state, each.done_on) for each in found]

    @pytest.mark.parametrize(
        ("found", "is_asked"),
        [
            pytest.param(ILL, True, id="anaemia"),
            pytest.param(
                result(0, "mcv", sign=Sign.CELLS_LARGE), True, id="macrocytes"
            ),
            pytest.param(result(-9, "mcv"), False, id="cells of good size"),
            pytest.param(
                result(1, "haemoglobin", sign=Sign.BLOOD_LOW), False, id="not at start"
            ),
        ],
    )
    def test_is_asked_for_where_the_blood_was_ill(
        self, found: Result, is_asked: bool
    ) -> None:
        assert bool(self.asked(found, days=9)) is is_asked

    @pytest.mark.parametrize(
        ("days", "states"),
        [
            pytest.param(6, (State.COMING, State.COMING), id="day 6"),
            pytest.param(7, (State.DUE, State.COMING), id="day 7"),
            pytest.param(10, (State.DUE, State.COMING), id="day 10"),
            pytest.param(11, (State.OVERDUE, State.COMING), id="day 11"),
            pytest.param(27, (State.OVERDUE, State.COMING), id="day 27"),
            pytest.param(28, (State.MISSED, State.COMING), id="day 28"),
            pytest.param(48, (State.MISSED, State.COMING), id="day 48"),
            pytest.param(49, (State.MISSED, State.OPEN), id="week 7"),
            pytest.param(56, (State.MISSED, State.DUE), id="week 8"),
            pytest.param(63, (State.MISSED, State.DUE), id="week 9"),
            pytest.param(64, (State.MISSED, State.OVERDUE), id="after week 9"),
            pytest.param(90, (State.MISSED, State.OVERDUE), id="day 90"),
            pytest.param(91, (State.MISSED, State.MISSED), id="day 91"),
        ],
    )
    def test_is_on_days_7_to_10_and_in_week_8(
        self, days: int, states: tuple[State, State]
    ) -> None:
        assert self.asked(self.ILL, days=days) == [(state, None) for state in states]

    def test_asks_for_reticulocytes_and_later_for_a_count_too(self) -> None:
        early = result(8, "reticulocytes")
        late = result(56, "reticulocytes")
        count = result(57, "haemoglobin")

        assert self.asked(self.ILL, early, late, days=60) == [
            (State.DONE, on(8)),
            (State.DUE, None),
        ]
        assert self.asked(self.ILL, early, count, late, days=60)[1] == (
            State.DONE,
            on(57),
        )


class TestReviews:
    THREE_MONTHS, A_YEAR = date(2026, 4, 5), date(2027, 1, 5)

    def asked(
        self, *reviewed: date, as_of: date, early: bool = False
    ) -> list[tuple[date, State]]:
        care = Care(reviewed=reviewed, early_review=early)
        found = reviews(FIRST, care=care, calendar=EVERY_DAY, as_of=as_of)
        assert {each.panel.kind for each in found} == {Kind.REVIEW}
        assert [each.panel.number for each in found] == list(range(1, len(found) + 1))
        return [(each.panel.due_on, each.state) for each in found]

    def test_is_after_three_months_or_one_in_pregnancy(self) -> None:
        assert self.asked(as_of=FIRST) == [(self.THREE_MONTHS, State.COMING)]
        assert self.asked(as_of=FIRST, early=True) == [(date(2026, 2, 5), State.COMING)]

    def test_is_yearly_then(self) -> None:
        opens = date(2026, 12, 22)

        assert self.asked(as_of=opens - timedelta(days=1)) == [
            (self.THREE_MONTHS, State.OVERDUE)
        ]
        assert self.asked(as_of=opens) == [
            (self.THREE_MONTHS, State.MISSED),
            (self.A_YEAR, State.OPEN),
        ]
        assert [due.year for due, _ in self.asked(as_of=date(2029, 1, 5))] == [
            2026,
            2027,
            2028,
            2029,
        ]

    @pytest.mark.parametrize(
        ("day", "state"),
        [
            pytest.param(date(2026, 3, 21), State.DUE, id="too early"),
            pytest.param(date(2026, 3, 22), State.DONE, id="as it opens"),
            pytest.param(date(2026, 4, 19), State.DONE, id="its last day"),
        ],
    )
    def test_is_done_by_an_assessment(self, day: date, state: State) -> None:
        assert self.asked(day, as_of=date(2026, 4, 19)) == [(self.THREE_MONTHS, state)]

    def test_may_be_done_late(self) -> None:
        late = date(2026, 4, 20)

        assert self.asked(late, as_of=late) == [(self.THREE_MONTHS, State.LATE)]
        assert self.asked(late, as_of=late - timedelta(days=1)) == [
            (self.THREE_MONTHS, State.DUE)
        ]

    def test_of_a_year_is_not_done_by_the_next(self) -> None:
        opens = date(2026, 12, 22)

        assert self.asked(opens, as_of=opens) == [
            (self.THREE_MONTHS, State.MISSED),
            (self.A_YEAR, State.DONE),
        ]
