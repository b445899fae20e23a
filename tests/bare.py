"""
The dates of the rules by bare loops: what the engine is measured against.

No phases, no reasons, no parameters: only the arithmetic of rules 2.4 to 2.6 on a set
of open weekdays and closed days, written down once more without looking at the engine.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

DAY = timedelta(days=1)
WINDOWS = ((3, 0, 1), (7, 1, 1), (14, 2, 2), (28, 4, 4), (60, 7, 7))


@dataclass(frozen=True)
class Week:
    """Open weekdays, Monday is 0, and closed days."""

    weekdays: frozenset[int]
    closed: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Tell whether injections are given on a day."""
        return day.weekday() in self.weekdays and day not in self.closed

    def next_open(self, day: date) -> date:
        """Return the first open day from a day on."""
        while not self.is_open(day):
            day += DAY
        return day


def months_after(anchor: date, months: int) -> date:
    """Return the same day of a later month, or that month's last."""
    year, month = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return date(year, month + 1, min(anchor.day, monthrange(year, month + 1)[1]))


def target(anchor: date, interval: str, k: int) -> date:
    """Return the day `k` intervals such as `2m` or `6w` after the anchor."""
    n = int(interval[:-1]) * k
    if interval[-1] == "m":
        return months_after(anchor, n)
    return anchor + n * (7 if interval[-1] == "w" else 1) * DAY


def window(interval: str) -> tuple[int, int]:
    """Return the days early and late that are still on time (rules 2.6)."""
    nominal = int(interval[:-1]) * {"d": 1, "w": 7, "m": 30}[interval[-1]]
    return next(
        (e, late) for most, e, late in (*WINDOWS, (999, 14, 14)) if nominal <= most
    )


def near(day: date, last: date, week: Week) -> date:
    """Place a target: itself, up to 3 days on, or back to 14 days (rules 2.5)."""
    ahead = week.next_open(day)
    if (ahead - day).days <= 3:
        return ahead
    back = day
    while back > max(last, day - 15 * DAY):
        if week.is_open(back):
            return back
        back -= DAY
    return ahead


def load(last: date, week: Week) -> date:
    """Place the loading dose after an injection (rules 2.4)."""
    wanted = last + 2 * DAY
    ahead = week.next_open(wanted)
    if (ahead - last).days <= 4:
        return ahead
    return last + DAY if week.is_open(last + DAY) else ahead


@dataclass
class Maintenance:
    """Maintenance on its grid: the anchor, and how many intervals on."""

    anchor: date
    interval: str
    week: Week
    k: int = 1
    last: date = field(init=False)

    def __post_init__(self) -> None:
        self.last = self.anchor

    @property
    def due(self) -> date:
        """Return the day on which the open dose is due."""
        return near(target(self.anchor, self.interval, self.k), self.last, self.week)

    def give(self, on: date) -> str:
        """Take an injection; return how it met the window."""
        late = (on - self.due).days
        before, after = window(self.interval)
        self.last = on
        if -before <= late <= after:
            self.k += 1
            return "ON_TIME"
        self.anchor, self.k = on, 1
        return "LATE" if late > 0 else "EARLY"


def loading(
    start: date, n: int, week: Week, given: Callable[[int, date], date]
) -> list[date]:
    """Return the first `n` due days of an open-ended course."""
    due, found = week.next_open(start), []
    for ordinal in range(n):
        found.append(due)
        due = load(given(ordinal, due), week)
    return found
