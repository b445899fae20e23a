"""
Run by `make bench-engine`: what a replay costs beside bare loops over the same dates.

One plan of ten years: loading, then maintenance with 70 injections in all, 40 panels
with results, 20 decisions. And the same plan once, twice, four and eight times as long.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from schedules.calendar import Calendar
from schedules.forecast import Event, Given, Result, forecast
from schedules.intervals import Interval
from schedules.phases import EventKind
from tests.bare import DAY, Maintenance, Week, load, months_after, near
from tests.schedules.stories import LONG_AGO, NEURO_ALT

BEGIN = date(2026, 1, 5)
LOADED = 10
TESTS = frozenset({"b12", "homocysteine", "haemoglobin"})
INTERVALS = ("2m", "6w")
AIM = 20
SECONDS = 1.0
WEEKDAYS = frozenset(range(5))


@dataclass
class History:
    """A plan as it went, and the dates that bare loops give it."""

    events: list[Event] = field(default_factory=list)
    given: list[Given] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    as_of: date = BEGIN

    @property
    def size(self) -> int:
        """Return how many facts it has."""
        return len(self.events) + len(self.given) + len(self.results)


def closures(years: int) -> frozenset[date]:
    """Return eight closed days for each year."""
    days = [date(BEGIN.year + n, 1, 1) for n in range(years + 2)]
    return frozenset(on + k * 45 * DAY for on in days for k in range(8))


def history(times: int) -> History:
    """Return a plan of ten years, told so many times as long."""
    week, told = Week(WEEKDAYS, closures(12 * times)), History()
    _decide(told, EventKind.STARTED, BEGIN)
    due = BEGIN
    for _ in range(LOADED):
        last = _give(told, due)
        due = load(last, week)
    _decide(told, EventKind.MAINTAINED, last, INTERVALS[0])
    plan = Maintenance(last, INTERVALS[0], week)
    for n in range(60 * times):
        if n % 10 == 5:
            _pause(told, plan.last)
        if n % 10 == 0:
            _change(told, plan, INTERVALS[n // 10 % 2])
        plan.give(_give(told, plan.due + (n % 3) * DAY))
    for n in range(1, 40 * times + 1):
        told.results.append(Result(on=months_after(BEGIN, 3 * n), tests=TESTS))
    told.as_of = plan.last
    return told


def _decide(told: History, kind: EventKind, on: date, interval: str = "") -> None:
    chosen = Interval.parse(interval) if interval else None
    event = Event(kind=kind, on=on, entered=told.size, interval=chosen)
    told.events.append(event)


def _give(told: History, on: date) -> date:
    told.given.append(Given(on=on, entered=told.size, key=on))
    return on


def _pause(told: History, last: date) -> None:
    _decide(told, EventKind.PAUSED, last + 2 * DAY)
    _decide(told, EventKind.RESUMED, last + 9 * DAY)


def _change(told: History, plan: Maintenance, interval: str) -> None:
    _decide(told, EventKind.INTERVAL_CHANGED, plan.last + DAY, interval)
    plan.anchor, plan.interval, plan.k = plan.last, interval, 1


def replayed(told: History, calendar: Calendar) -> list[date]:
    """Return the due dates of a plan by the engine, the open one last."""
    found = forecast(
        protocol=NEURO_ALT,
        events=told.events,
        given=told.given,
        results=told.results,
        calendar=calendar,
        as_of=told.as_of,
    )
    assert found.dose is not None
    return [answer.due_on or BEGIN for answer in found.answers] + [found.dose.due_on]


def looped(told: History, week: Week) -> list[date]:
    """Return the due dates of a plan by bare loops, and look at its panels."""
    days = sorted(given.on for given in told.given)
    changes = [(event.on, event.interval) for event in told.events if event.interval]
    due, found = week.next_open(BEGIN), []
    for on in days[:LOADED]:
        found.append(due)
        due = load(on, week)
    plan = Maintenance(days[LOADED - 1], str(changes.pop(0)[1]), week)
    for on in days[LOADED:]:
        while changes and changes[0][0] <= on:
            plan.anchor, plan.k = plan.last, 1
            plan.interval = str(changes.pop(0)[1])
        found.append(plan.due)
        plan.give(on)
    resulted = sorted(result.on for result in told.results)
    for n, on in enumerate(resulted, start=1):
        _ = abs(on - near(months_after(BEGIN, 3 * n), BEGIN, week)) <= timedelta(14)
    return [*found, plan.due]


def per_second(work: Callable[[], object]) -> float:
    """Return how often something can be done in a second of the processor's time."""
    started, done = time.process_time(), 0
    while time.process_time() - started < SECONDS:
        work()
        done += 1
    return done / (time.process_time() - started)


def main() -> int:
    """Print the ratio and the growth; fail where the dates are not the same."""
    costs = {}
    for times in (1, 2, 4, 8):
        told, closed = history(times), closures(12 * times)
        week = Week(WEEKDAYS, closed)
        calendar = Calendar(
            patterns=((LONG_AGO, WEEKDAYS),), closed=dict.fromkeys(closed, "")
        )
        assert replayed(told, calendar) == looped(told, week)
        engine = per_second(lambda t=told, c=calendar: replayed(t, c))
        costs[times] = 1 / engine
        if times == 1:
            bare = per_second(lambda t=told, w=week: looped(t, w))
            _say(_words(told))
            _say(f"{engine:8.0f} replays a second\n{bare:8.0f} bare loops a second")
            _say(f"{bare / engine:8.1f} times the cost (aim: within {AIM})")
    for times, cost in costs.items():
        _say(f"{times:4} times the history: {cost / costs[1]:5.2f} times the cost")
    return 0


def _words(told: History) -> str:
    counts = len(told.given), len(told.results), len(told.events)
    return "{} injections, {} panels, {} decisions".format(*counts)


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")


if __name__ == "__main__":
    sys.exit(main())
