"""
The laboratory calendar of a plan: all its panels, in the order of their days (2.9).

It asks and tells; nothing here can move a dose, a phase or an interval.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schedules.calendar import Calendar
from schedules.early_panels import Care, baseline, potassium, response, reviews
from schedules.facts import Result
from schedules.forecast import Forecast
from schedules.panel_log import Settled
from schedules.panels import VITAMIN, Kind, State
from schedules.phases import UNDER_TREATMENT
from schedules.stabilised import Sign


class LabFlag(StrEnum):
    """What the laboratory calendar asks somebody to notice (rules 2.11)."""

    PRETX_SAMPLE_MISSING = "PRETX_SAMPLE_MISSING"
    K_CHECK_DUE = "K_CHECK_DUE"
    LAB_DUE = "LAB_DUE"
    LAB_OVERDUE = "LAB_OVERDUE"
    LAB_UNINTERPRETABLE_RECENT_DOSE = "LAB_UNINTERPRETABLE_RECENT_DOSE"


WAITING = frozenset({State.DUE, State.OVERDUE})
REGULAR = frozenset({Kind.RESPONSE, Kind.QUARTERLY, Kind.ANNUAL, Kind.COUNT})


@dataclass(frozen=True, kw_only=True)
class LabCalendar:
    """Every panel up to the ones that are next, and what to notice about them."""

    panels: tuple[Settled, ...]
    flags: frozenset[LabFlag]
    missing: tuple[str, ...] = ()  # before the first dose
    is_annual: bool = False


def lab_calendar(
    forecast: Forecast,
    *,
    results: Sequence[Result],
    care: Care,
    calendar: Calendar,
    as_of: date,
) -> LabCalendar:
    """Return the laboratory calendar of a plan, as it stands on a day."""
    known = [result for result in results if result.on <= as_of]
    panels = sorted(
        (
            *_early(forecast, known, care, calendar, as_of),
            *forecast.panels,
            *_open(forecast, as_of),
        ),
        key=lambda each: (each.panel.due_on, each.panel.kind),
    )
    return LabCalendar(
        panels=tuple(panels),
        flags=frozenset(_flags(panels, known)),
        missing=care.missing,
        is_annual=forecast.panel is not None and forecast.panel.kind is Kind.ANNUAL,
    )


def _open(forecast: Forecast, as_of: date) -> Iterator[Settled]:
    panel = forecast.panel
    if panel is not None:
        yield Settled(panel=panel, state=panel.state(as_of))


def _early(
    forecast: Forecast,
    results: Sequence[Result],
    care: Care,
    calendar: Calendar,
    as_of: date,
) -> Iterator[Settled]:
    first_on, given = first_dose(forecast)
    if first_on is not None and forecast.episode == 1:
        yield baseline(first_on, given=given, care=care, as_of=as_of)
    if forecast.courses and forecast.phase in UNDER_TREATMENT:
        begun = forecast.courses[-1].first_on
        risk = care.potassium_risk
        yield from potassium(
            begun, results=results, at_risk=risk, calendar=calendar, as_of=as_of
        )
        yield from response(begun, results=results, calendar=calendar, as_of=as_of)
    if forecast.stretches and forecast.phase in UNDER_TREATMENT:
        begun = forecast.stretches[0].from_on
        yield from reviews(begun, care=care, calendar=calendar, as_of=as_of)


def first_dose(forecast: Forecast) -> tuple[date | None, bool]:
    """Return the first dose of loading, and whether it was given already."""
    if forecast.courses:
        return forecast.courses[0].first_on, True
    dose = forecast.dose
    return (dose.due_on, False) if dose is not None and dose.first else (None, False)


def _flags(panels: Sequence[Settled], results: Sequence[Result]) -> Iterator[LabFlag]:
    for each in panels:
        kind, state = each.panel.kind, each.state
        if kind is Kind.BASELINE and state is not State.DONE:
            yield LabFlag.PRETX_SAMPLE_MISSING
        if kind is Kind.POTASSIUM and state in WAITING:
            yield LabFlag.K_CHECK_DUE
        if kind in REGULAR and state in WAITING:
            due = state is State.DUE
            yield LabFlag.LAB_DUE if due else LabFlag.LAB_OVERDUE
    drawn = [r for r in results if r.tests & (VITAMIN - {"homocysteine"})]
    last = max(drawn, key=lambda r: r.on, default=None)
    if last is not None and Sign.RECENT_DOSE in last.signs:
        yield LabFlag.LAB_UNINTERPRETABLE_RECENT_DOSE
