"""
Plans that could have happened: mixed facts, in an order that people could have made.

A small model of the phases chooses what may come next. It knows nothing of dates: those
are what the engine is tested on.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from schedules.calendar import Calendar
from schedules.forecast import Event, Given
from schedules.intervals import ALLOWED
from schedules.phases import EventKind, Phase
from tests.schedules.stories import LONG_AGO, NEURO_ALT, NON_NEURO_3W2, Story

BEGIN = date(2026, 1, 1)

# From each phase, what may happen next. An injection may happen everywhere.
NEXT: dict[str, tuple[str, ...]] = {
    "workup": ("started", "transferred_in", "closed"),
    "loading": ("dose", "dose", "dose", "maintained", "paused", "interval_changed"),
    "maintenance": (
        "dose",
        "dose",
        "dose",
        "interval_changed",
        "paused",
        "reloaded",
        "closed",
    ),
    "paused": ("resumed", "resumed", "dose", "reloaded", "maintained", "closed"),
    "closed": ("reopened",),
}
LEADS_TO = {
    "started": "loading",
    "transferred_in": "maintenance",
    "maintained": "maintenance",
    "reloaded": "loading",
    "paused": "paused",
    "closed": "closed",
    "reopened": "workup",
}


@dataclass
class Model:
    """The phase a plan is in, by the table alone."""

    phase: str = "workup"
    paused: str = ""
    loaded: int = 0
    course: int | None = None

    def take(self, step: str) -> None:
        """Move on by one step."""
        if step == "dose":
            self._dose()
            return
        if step in ("started", "reloaded"):
            self.loaded = 0
        if step == "paused":
            self.paused = self.phase
        if step == "resumed":
            self.phase = self.paused
        self.phase = LEADS_TO.get(step, self.phase)

    def _dose(self) -> None:
        treated = self.paused if self.phase == "paused" else self.phase
        self.loaded += treated == "loading"
        if treated != "loading" or self.loaded != self.course:
            return
        if self.phase == "paused":
            self.paused = "maintenance"
        else:
            self.phase = "maintenance"


@st.composite
def calendars(draw: st.DrawFn, *, closures: bool = True) -> Calendar:
    """Draw a clinic that is open on one weekday at least, with a few closed days."""
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1))
    soon = st.integers(0, 900).map(lambda n: BEGIN + timedelta(days=n))
    days = draw(st.lists(soon, max_size=12)) if closures else []
    extra = draw(st.frozensets(soon, max_size=4)) if closures else frozenset()
    return Calendar(
        patterns=((LONG_AGO, weekdays),),
        closed=dict.fromkeys(days, "closed"),
        opened=extra,
    )


@st.composite
def stories(draw: st.DrawFn, *, closures: bool = True, most: int = 25) -> Story:
    """Draw a plan, one fact a day at most."""
    protocol = draw(st.sampled_from([NEURO_ALT, NON_NEURO_3W2]))
    loading = protocol.loading
    assert loading is not None
    story = Story(calendar=draw(calendars(closures=closures)), protocol=protocol)
    model = Model(course=loading.count)
    on = BEGIN
    for _ in range(draw(st.integers(1, most))):
        on += timedelta(days=draw(_gaps(model.phase)))
        step = draw(st.sampled_from(NEXT[model.phase]))
        _tell(story, step, on, draw)
        model.take(step)
    return story


def _gaps(phase: str) -> st.SearchStrategy[int]:
    """Draw days between facts: short in loading, up to long overdue elsewhere."""
    return st.integers(1, 5 if phase == Phase.LOADING else 130)


def _tell(story: Story, step: str, on: date, draw: st.DrawFn) -> None:
    if step == "dose":
        story.dose(on)
        return
    chosen = draw(st.sampled_from(ALLOWED))
    details: dict[str, Any] = {}
    if step == "paused":
        details["reason"] = draw(st.sampled_from(["hospital", "travel"]))
    told = {"started", "transferred_in", "maintained", "interval_changed"}
    story.event(EventKind(step), on, str(chosen) if step in told else "", **details)


def reversed_entry(story: Story) -> Story:
    """Return the same plan, entered from the last fact to the first."""
    events = [
        Event(
            kind=e.kind,
            on=e.on,
            entered=-e.entered,
            interval=e.interval,
            reason=e.reason,
        )
        for e in story.events
    ]
    given = [Given(on=g.on, entered=-g.entered, key=g.key) for g in story.given]
    return Story(
        calendar=story.calendar,
        protocol=story.protocol,
        events=events[::-1],
        given=given[::-1],
        as_of=story.as_of,
    )
