"""
The panels around a start: baseline, potassium, response of the blood, review (2.9).

    first dose
       |--48 h--day 7--day 7-10 ------------- week 8 ---- 3 months ---- yearly
    P0 |   P1     P1      P2                    P2           R3           R3

P1 is asked for where potassium may fall, P2 where the blood was ill at the start. None
of them delays a dose. The days on which each opens and ends are [design].
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schedules.calendar import Calendar
from schedules.facts import Result
from schedules.intervals import Interval, Unit
from schedules.panel_log import Settled
from schedules.panels import NEEDS, QUARTER, YEAR, Kind, PanelSlot, Series, State, slot
from schedules.reasons import Code, Reason
from schedules.stabilised import Sign

POTASSIUM_RISK = frozenset({Sign.BLOOD_VERY_LOW, Sign.POTASSIUM_LOW})
ILL_BLOOD = frozenset({Sign.BLOOD_LOW, Sign.BLOOD_VERY_LOW, Sign.CELLS_LARGE})
FIRST_WEEK = timedelta(days=7)
MONTH = Interval(1, Unit.MONTH)


@dataclass(frozen=True, kw_only=True)
class Care:
    """
    What is known of a patient that asks for more tests, or for an earlier review.

    `potassium_risk`: a diuretic, digoxin or cardiac disease. `early_review`: pregnant
    or breastfeeding. `missing` names what was not drawn before the first dose.
    `reviewed` are the days on which symptoms were assessed.
    """

    potassium_risk: bool = False
    early_review: bool = False
    missing: tuple[str, ...] = ()
    reviewed: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Once:
    """A panel asked for once: its days after the first dose."""

    kind: Kind
    due: int
    opens: int
    closes: int
    ends: int  # from then on it is missed
    count: bool = False  # a blood count too


POTASSIUM = (
    Once(kind=Kind.POTASSIUM, due=2, opens=1, closes=3, ends=6),
    Once(kind=Kind.POTASSIUM, due=7, opens=6, closes=8, ends=15),
)
RESPONSE = (
    Once(kind=Kind.RESPONSE, due=7, opens=7, closes=10, ends=28),
    Once(kind=Kind.RESPONSE, due=56, opens=49, closes=63, ends=91, count=True),
)


def baseline(first_on: date, *, given: bool, care: Care, as_of: date) -> Settled:
    """Return the panel before the first dose (P0); what is missing delays nothing."""
    panel = PanelSlot(
        number=0,
        target_on=first_on,
        due_on=first_on,
        opens_on=min(first_on, as_of),
        closes_on=first_on,
        kind=Kind.BASELINE,
    )
    if not care.missing:
        return Settled(panel=panel, state=State.DONE)
    return Settled(panel=panel, state=State.MISSED if given else panel.state(as_of))


def potassium(
    first_on: date,
    *,
    results: Sequence[Result],
    at_risk: bool,
    calendar: Calendar,
    as_of: date,
) -> tuple[Settled, ...]:
    """Return the checks of potassium at 48 hours and on day 7, where it may fall."""
    known = [r for r in results if r.on <= min(first_on + FIRST_WEEK, as_of)]
    if not at_risk and not _latest(known) & POTASSIUM_RISK:
        return ()
    return tuple(_asked(POTASSIUM, first_on, results, calendar, as_of))


def response(
    first_on: date, *, results: Sequence[Result], calendar: Calendar, as_of: date
) -> tuple[Settled, ...]:
    """Return the checks of the blood's response, where it was ill at the start."""
    before = [r for r in results if r.on <= first_on]
    if not _latest(before) & ILL_BLOOD:
        return ()
    return tuple(_asked(RESPONSE, first_on, results, calendar, as_of))


def reviews(
    begun_on: date, *, care: Care, calendar: Calendar, as_of: date
) -> tuple[Settled, ...]:
    """
    Return the clinical reviews up to the one that is next (R3).

    Three months after the start, one in pregnancy or while breastfeeding, then yearly.
    A review is done by an assessment of symptoms inside its window, or late before the
    next one opens.
    """
    yearly = _series(begun_on, YEAR)
    panel = slot(
        _series(begun_on, MONTH if care.early_review else QUARTER), 1, calendar=calendar
    )
    found: list[Settled] = []
    while True:
        following = slot(yearly, panel.number, calendar=calendar, before=1)
        found.append(_reviewed(panel, following.opens_on, care, as_of))
        if as_of < following.opens_on:
            return tuple(found)
        panel = following


def _series(begun_on: date, interval: Interval) -> Series:
    return Series(from_on=begun_on, interval=interval, kind=Kind.REVIEW)


def _reviewed(panel: PanelSlot, until: date, care: Care, as_of: date) -> Settled:
    days = sorted(on for on in care.reviewed if panel.opens_on <= on <= as_of)
    done_on = next((on for on in days if on < until), None)
    if done_on is not None:
        state = State.DONE if done_on <= panel.closes_on else State.LATE
        return Settled(panel=panel, state=state, done_on=done_on)
    return Settled(
        panel=panel, state=State.MISSED if as_of >= until else panel.state(as_of)
    )


def _asked(
    asked: Iterable[Once],
    first_on: date,
    results: Sequence[Result],
    calendar: Calendar,
    as_of: date,
) -> Iterator[Settled]:
    for number, once in enumerate(asked, start=1):
        panel = _placed(once, number, first_on, calendar)
        ends = first_on + timedelta(days=once.ends)
        yield _settled(panel, once, ends, results, as_of)


def _placed(once: Once, number: int, first_on: date, calendar: Calendar) -> PanelSlot:
    target = first_on + timedelta(days=once.due)
    due = calendar.next_open(target)
    return PanelSlot(
        number=number,
        target_on=target,
        due_on=due,
        opens_on=first_on + timedelta(days=once.opens),
        closes_on=max(due, first_on + timedelta(days=once.closes)),
        kind=once.kind,
        reasons=(
            Reason.of(
                Code.PANEL, interval=Interval(once.due, Unit.DAY).words, start=first_on
            ),
        ),
    )


def _settled(
    panel: PanelSlot,
    once: Once,
    ends: date,
    results: Sequence[Result],
    as_of: date,
) -> Settled:
    needs = (*NEEDS[once.kind], *(NEEDS[Kind.COUNT] if once.count else ()))
    found: frozenset[str] = frozenset()
    for result in sorted(results, key=lambda r: r.on):
        if not panel.opens_on <= result.on < ends or result.on > as_of:
            continue
        found |= result.tests
        if all(found & needed for needed in needs):
            state = State.DONE if result.on <= panel.closes_on else State.LATE
            return Settled(panel=panel, state=state, done_on=result.on)
    return Settled(
        panel=panel, state=State.MISSED if as_of >= ends else panel.state(as_of)
    )


def _latest(results: Iterable[Result]) -> frozenset[Sign]:
    """Return what blood count and potassium came to when last measured."""
    found: dict[str, frozenset[Sign]] = {}
    for result in sorted(results, key=lambda r: r.on):
        for test in result.tests & SPEAKS.keys():
            found[test] = result.signs & SPEAKS[test]
    return frozenset().union(*found.values())


#: The signs that each of these tests can have.
SPEAKS = {
    "haemoglobin": frozenset({Sign.BLOOD_LOW, Sign.BLOOD_VERY_LOW}),
    "mcv": frozenset({Sign.CELLS_LARGE}),
    "potassium": frozenset({Sign.POTASSIUM_LOW}),
}
