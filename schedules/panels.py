"""
The panels of the laboratory calendar: what is asked for, and when (rules 2.9).

    start        panel 1       panel 2       panel 3
      |-------------|-------------|-------------|
                 |==+==|       |==+==|               |==| 14 days either side
                 |------------>|                     open until panel 2 opens

A quarterly or annual panel asks for B12 or homocysteine, and a blood count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schedules.calendar import Calendar
from schedules.intervals import Interval, Unit
from schedules.placement import place_maintenance
from schedules.reasons import Code, Reason

QUARTER = Interval(3, Unit.MONTH)
YEAR = Interval(12, Unit.MONTH)
VITAMIN = frozenset({"b12", "active_b12", "homocysteine"})
BLOOD_COUNT = frozenset({"haemoglobin"})


class Kind(StrEnum):
    """What a panel is for, by its name in the rules."""

    BASELINE = "P0"
    POTASSIUM = "P1"
    RESPONSE = "P2"
    QUARTERLY = "P3"
    ANNUAL = "P4"
    COUNT = "FBC"  # the yearly blood count of the policy UK_CLINICAL
    REVIEW = "R3"  # no blood: a clinical review


#: What has to be resulted for a panel to be done: one test of each set.
NEEDS: Mapping[Kind, tuple[frozenset[str], ...]] = {
    Kind.POTASSIUM: (frozenset({"potassium"}),),
    Kind.RESPONSE: (frozenset({"reticulocytes"}),),
    Kind.QUARTERLY: (VITAMIN, BLOOD_COUNT),
    Kind.ANNUAL: (VITAMIN, BLOOD_COUNT),
    Kind.COUNT: (BLOOD_COUNT,),
}

#: What is ordered, in words.
CONTENTS: Mapping[Kind, str] = {
    Kind.BASELINE: "Total or active B12, folate, full blood count and film, "
    "reticulocytes, ferritin, U&E with creatinine, eGFR and potassium, MMA with or "
    "without homocysteine, thyroid function, HbA1c, liver function; intrinsic factor "
    "antibody and coeliac serology if the cause is unknown; copper, B1, B6, E if "
    "atypical",
    Kind.POTASSIUM: "Potassium",
    Kind.RESPONSE: "Reticulocytes; in week 8 a full blood count too",
    Kind.QUARTERLY: "B12, homocysteine, full blood count; creatinine once a year",
    Kind.ANNUAL: "B12, homocysteine, full blood count, creatinine",
    Kind.COUNT: "Full blood count",
    Kind.REVIEW: "Symptoms, interval, side effects",
}


class State(StrEnum):
    """How a panel stands."""

    COMING = "coming"
    OPEN = "open"  # its window has begun
    DUE = "due"
    OVERDUE = "overdue"
    DONE = "done"
    LATE = "late"  # done, after its window
    MISSED = "missed"
    EXCUSED = "excused"  # it fell into a pause, or the plan moved on


SETTLED = frozenset({State.DONE, State.LATE, State.MISSED, State.EXCUSED})


@dataclass(frozen=True, kw_only=True)
class Series:
    """
    Panels counted from one day, at one interval, on time within `window_days`.

    It ends before `to_on`, and leaves out those whose windows were over by `since_on`.
    """

    from_on: date
    to_on: date | None = None
    interval: Interval = QUARTER
    window_days: int = 14
    kind: Kind = Kind.QUARTERLY
    since_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class PanelSlot:
    """A panel of the laboratory calendar."""

    number: int
    target_on: date
    due_on: date
    opens_on: date
    closes_on: date
    kind: Kind = Kind.QUARTERLY
    reasons: tuple[Reason, ...] = ()

    def state(self, as_of: date) -> State:
        """Return how it stands on a day, as long as nothing settles it."""
        if as_of < self.opens_on:
            return State.COMING
        if as_of < self.due_on:
            return State.OPEN
        return State.DUE if as_of <= self.closes_on else State.OVERDUE


def slot(series: Series, n: int, *, calendar: Calendar, before: int = 0) -> PanelSlot:
    """Return the n-th panel of a series, numbered after the `before` earlier ones."""
    placed = place_maintenance(
        series.interval.after(series.from_on, n), calendar=calendar
    )
    window = timedelta(days=series.window_days)
    counted = Reason.of(
        Code.STABILISED if series.kind is Kind.ANNUAL else Code.PANEL,
        interval=series.interval.times(n).words,
        start=series.from_on,
    )
    return PanelSlot(
        number=before + n,
        target_on=placed.target_on,
        due_on=placed.due_on,
        opens_on=placed.due_on - window,
        closes_on=placed.due_on + window,
        kind=series.kind,
        reasons=(counted, *placed.reasons),
    )


def annual(from_on: date, *, to_on: date | None) -> Series:
    """Return the yearly panels after the second of two good ones (P4)."""
    return Series(
        from_on=from_on, to_on=to_on, interval=YEAR, window_days=30, kind=Kind.ANNUAL
    )


def counts(series: Series) -> Series:
    """Return the yearly blood counts instead of a series (policy UK_CLINICAL)."""
    return Series(
        from_on=series.from_on,
        to_on=series.to_on,
        interval=YEAR,
        window_days=30,
        kind=Kind.COUNT,
    )
