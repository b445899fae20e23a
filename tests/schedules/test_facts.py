from datetime import date

from schedules.facts import Event, Given, in_order
from schedules.phases import EventKind

MONDAY = date(2026, 1, 5)
TUESDAY = date(2026, 1, 6)


def event(kind: EventKind, entered: int, on: date = MONDAY) -> Event:
    return Event(kind=kind, on=on, entered=entered)


def given(entered: int, on: date = MONDAY, **details: bool) -> Given:
    return Given(on=on, entered=entered, key=entered, **details)


class TestWantedOn:
    def test_is_the_day_of_the_event_unless_another_is_named(self) -> None:
        named = Event(kind=EventKind.STARTED, on=MONDAY, entered=1, start_on=TUESDAY)

        assert event(EventKind.STARTED, 1).wanted_on == MONDAY
        assert named.wanted_on == TUESDAY

    def test_is_never_before_the_decision(self) -> None:
        late = Event(kind=EventKind.STARTED, on=TUESDAY, entered=1, start_on=MONDAY)

        assert late.wanted_on == TUESDAY


class TestInOrder:
    def test_orders_a_day_by_kind_then_by_entry(self) -> None:
        paused = event(EventKind.PAUSED, 1)
        second_dose = given(4)
        first_dose = given(2)
        changed = event(EventKind.INTERVAL_CHANGED, 3)
        started = event(EventKind.STARTED, 5)

        ordered = in_order(
            [paused, changed, started], [second_dose, first_dose], as_of=MONDAY
        )

        assert ordered == [started, first_dose, second_dose, paused, changed]

    def test_puts_what_opens_a_day_first(self) -> None:
        first = [
            event(EventKind.STARTED, 11),
            event(EventKind.TRANSFERRED_IN, 12),
            event(EventKind.RELOADED, 13),
            event(EventKind.RESUMED, 14),
            event(EventKind.REOPENED, 15),
        ]
        last = [
            event(EventKind.MAINTAINED, 1),
            event(EventKind.INTERVAL_CHANGED, 2),
            event(EventKind.PAUSED, 3),
            event(EventKind.CLOSED, 4),
        ]
        dose = given(5)

        assert in_order([*last, *first], [dose], as_of=MONDAY) == [*first, dose, *last]

    def test_orders_days_before_anything_else(self) -> None:
        tomorrow = event(EventKind.STARTED, 1, TUESDAY)
        today = event(EventKind.CLOSED, 2)

        assert in_order([tomorrow, today], [], as_of=TUESDAY) == [today, tomorrow]

    def test_leaves_out_what_has_not_happened(self) -> None:
        tomorrow = event(EventKind.STARTED, 1, TUESDAY)
        dose = given(2, TUESDAY)

        assert in_order([tomorrow], [dose], as_of=MONDAY) == []
        assert in_order([tomorrow], [dose], as_of=TUESDAY) == [tomorrow, dose]

    def test_leaves_out_injections_that_do_not_count(self) -> None:
        void, pending = given(1, counts=False), given(2, pending=True)

        assert in_order([], [void, pending], as_of=MONDAY) == []

    def test_leaves_out_the_opening_of_the_record(self) -> None:
        assert in_order([event(EventKind.OPENED, 1)], [], as_of=MONDAY) == []
