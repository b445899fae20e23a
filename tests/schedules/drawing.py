"""
The drawings of docs/protocol.md, drawn from the engine.

    python -m tests.schedules.drawing

prints them; the page holds them word for word, and a test holds the page to them.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from schedules.calendar import Calendar
from schedules.doses import Answer, Dose
from schedules.phases import EventKind
from tests.schedules.stories import EVERY_DAY, MONDAY_TO_FRIDAY, Story

DAY = timedelta(days=1)
YEAR_END = dict.fromkeys(
    [date(2026, 12, 29), date(2026, 12, 30), date(2026, 12, 31)], "closed"
)
Point = tuple[date, str]


def spoken(on: date) -> str:
    """Say a day: `Mon 27 Apr 2026`."""
    return f"{on:%a} {on.day} {on:%b %Y}"


def line(points: list[Point], *, days: int) -> str:
    """
    Draw days on a line, one character for so many days, each with its words.

        o-----o---o
        |     |   what comes last
        |     what comes next
        what comes first
    """
    begin = points[0][0]
    places = [(on - begin).days // days for on, _ in points]
    drawn = "".join("o" if n in places else "-" for n in range(places[-1] + 1))
    rows = [drawn]
    for n in range(len(points) - 1, -1, -1):
        leaders = "".join("|" if k in places[:n] else " " for k in range(places[n]))
        on, words = points[n]
        rows.append(f"{leaders}{spoken(on)}  {words}".rstrip())
    return "\n".join(rows)


def weeks(calendar: Calendar, doses: list[Dose], *, begin: date, count: int) -> str:
    """Draw weeks: o a dose, b a bridge dose, x closed for a day, . never open."""
    marks = {dose.due_on: _mark(dose) for dose in doses}
    rows = ["               Mon Tue Wed Thu Fri Sat Sun"]
    for n in range(count):
        monday = begin + 7 * n * DAY
        cells = (_cell(calendar, monday + k * DAY, marks) for k in range(7))
        rows.append(f"{monday.day:2} {monday:%b %Y}     " + "   ".join(cells))
    return "\n".join(row.rstrip() for row in rows)


def _mark(dose: Dose) -> str:
    return "b" if "BRIDGE_DOSE" in dose.flags else "o"


def _cell(calendar: Calendar, on: date, marks: dict[date, str]) -> str:
    if on in marks:
        return marks[on]
    if calendar.is_open(on):
        return " "
    return "x" if calendar.why_closed(on) else "."


def due(dose: Dose) -> Point:
    """Say when a dose is due, and what for."""
    if dose.due_on == dose.target_on:
        return dose.due_on, "due, on its target"
    flags = ", ".join(sorted(dose.flags))
    return dose.due_on, f"due; its target {spoken(dose.target_on)} ({flags})"


def answered(answer: Answer) -> Iterator[Point]:
    """Say when a dose was due, and when it was given."""
    assert answer.due_on is not None
    if answer.delay_days:
        yield answer.due_on, "due"
    words = f"given: {answer.timing}, {answer.delay_days:+} days"
    yield answer.given_on, words if answer.delay_days else "due and given"


# -- the cases ---------------------------------------------------------------------


def alternate_days() -> str:
    """Draw loading in a clinic that is open from Monday to Friday (V02)."""
    story = Story().event(EventKind.STARTED, date(2026, 1, 5))
    return weeks(story.calendar, [*story.ahead(8)], begin=date(2026, 1, 5), count=3)


def easter() -> str:
    """Draw loading over Easter 2026: a bridge dose, then a gap (V05)."""
    story = Story().event(EventKind.STARTED, date(2026, 3, 30))
    doses = [*story.ahead(7)]
    drawn = weeks(story.calendar, doses, begin=date(2026, 3, 30), count=3)
    told = [
        f"{spoken(d.due_on)}  {', '.join(sorted(d.flags))}" for d in doses if d.flags
    ]
    return "\n".join([drawn, "", *told])


def month_end() -> str:
    """Draw maintenance from the last day of a year (V13)."""
    story = Story(calendar=EVERY_DAY).loaded(date(2026, 12, 31))
    points = [(date(2026, 12, 31), "last loading dose: counted from here")]
    return line(points + [due(dose) for dose in story.ahead(6)], days=8)


def christmas() -> str:
    """Draw a target on Christmas Day before a long closure (V29)."""
    closed = {**MONDAY_TO_FRIDAY.closed, **YEAR_END}
    story = Story(calendar=replace(MONDAY_TO_FRIDAY, closed=closed))
    story.loaded(date(2026, 9, 25), "3m")
    drawn = weeks(story.calendar, [story.open], begin=date(2026, 12, 21), count=3)
    on, words = due(story.open)
    return f"{drawn}\n\n{spoken(on)}  {words}"


def late_inside() -> str:
    """Draw a dose that is late but inside its window (V17)."""
    return _maintained(date(2026, 5, 1))


def late_outside() -> str:
    """Draw a dose that is late beyond its window (V16)."""
    return _maintained(date(2026, 5, 11))


def _maintained(given_on: date) -> str:
    story = Story().loaded(date(2026, 2, 27))
    window = story.open.closes_on
    story.dose(given_on)
    points = [(date(2026, 2, 27), "last loading dose: counted from here")]
    points += [*answered(story.last), due(story.open)]
    points.append((window, "the window closes"))
    return line(sorted(points), days=2)


def relapse() -> str:
    """Draw a relapse: loading again, then maintenance from its last dose (V32)."""
    story = (
        Story().loaded(date(2026, 4, 27)).event(EventKind.RELOADED, date(2026, 5, 20))
    )
    points = [(date(2026, 4, 27), "last dose of maintenance")]
    points.append((date(2026, 5, 20), "relapse: loading, episode 2, first dose"))
    while story.open.due_on < date(2026, 6, 12):
        story.dose(story.open.due_on)
    story.dose(date(2026, 6, 12))
    story.event(EventKind.MAINTAINED, date(2026, 6, 12), "1m")
    points.append((date(2026, 6, 12), "plateau: last loading dose, counted from here"))
    return line([*points, due(story.open)], days=1)


CASES: dict[str, Callable[[], str]] = {
    "alternate days": alternate_days,
    "easter": easter,
    "month end": month_end,
    "christmas": christmas,
    "late, inside the window": late_inside,
    "late, outside the window": late_outside,
    "relapse": relapse,
}

if __name__ == "__main__":
    for name, draw in CASES.items():
        sys.stdout.write(f"{name}\n\n{draw()}\n\n")
