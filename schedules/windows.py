"""
When a dose counts as on time, and how late an open one is (rules 2.6 and 2.8).

    opens_on        due_on        closes_on
       |--- early ----|---- late ----|
       on time, anywhere in between

The windows are borrowed from other long-acting injections; none was published for this
one.
"""

from datetime import date, timedelta
from enum import StrEnum

from schedules.intervals import Interval
from schedules.parameters import DEFAULTS, Parameters
from schedules.phases import Phase


class Standing(StrEnum):
    """How an open dose stands on a day, from nothing to do to lost to follow-up."""

    NOT_DUE = "NOT_DUE"
    DUE_TODAY = "DUE_TODAY"
    IN_LATE_WINDOW = "IN_LATE_WINDOW"
    OVERDUE_1 = "OVERDUE_1"
    OVERDUE_2 = "OVERDUE_2"
    LOADING_INTERRUPTED = "LOADING_INTERRUPTED"
    LTFU_SUSPECTED = "LTFU_SUSPECTED"
    LTFU_CONFIRMED = "LTFU_CONFIRMED"


def tolerance(nominal_days: int, parameters: Parameters = DEFAULTS) -> tuple[int, int]:
    """Return the days early and late for an interval of so many nominal days."""
    return parameters.tolerance(nominal_days)


def window(interval: Interval, parameters: Parameters = DEFAULTS) -> tuple[int, int]:
    """Return the days before and after its due date on which a dose is on time."""
    return parameters.tolerance(interval.nominal_days)


def bounds(
    due_on: date, interval: Interval, parameters: Parameters = DEFAULTS
) -> tuple[date, date]:
    """Return the first and the last day on which a dose is on time."""
    early, late = window(interval, parameters)
    return due_on - timedelta(days=early), due_on + timedelta(days=late)


def standing(
    *,
    due_on: date,
    interval: Interval,
    phase: Phase,
    as_of: date,
    last_contact_on: date | None = None,
    parameters: Parameters = DEFAULTS,
) -> Standing:
    """
    Return how an open dose stands on a day (rules 2.8).

    The last contact is the latest injection, reply or call that reached the patient.
    Where none is known, silence is counted from the due date. `parameters` are those
    in force on `as_of`.
    """
    late = (as_of - due_on).days
    if late < 0:
        return Standing.NOT_DUE
    if late == 0:
        return Standing.DUE_TODAY
    if late <= window(interval, parameters)[1]:
        return Standing.IN_LATE_WINDOW
    silent = (as_of - (last_contact_on or due_on)).days
    if phase is Phase.LOADING:
        return _overdue_in_loading(late, silent, parameters)
    return _overdue_in_maintenance(late, silent, parameters)


def steps(
    *,
    due_on: date,
    interval: Interval,
    phase: Phase,
    last_contact_on: date | None = None,
    parameters: Parameters = DEFAULTS,
) -> tuple[tuple[Standing, date], ...]:
    """
    Return each rung that an open dose comes to, and the day from which it stands there.

    The same ladder as `standing` climbs (rules 2.8), seen from its side: the last rung
    lasts until the dose is given, or somebody hears of the patient.
    """
    found: list[tuple[Standing, date]] = []
    for day in _turns(due_on, interval, last_contact_on or due_on, parameters):
        stands = standing(
            due_on=due_on,
            interval=interval,
            phase=phase,
            as_of=day,
            last_contact_on=last_contact_on,
            parameters=parameters,
        )
        if day >= due_on and (not found or found[-1][0] is not stands):
            found.append((stands, day))
    return tuple(found)


def _turns(
    due_on: date, interval: Interval, contact: date, parameters: Parameters
) -> list[date]:
    """Return the days on which a dose may come to stand on another rung."""
    late = (
        0,
        1,
        window(interval, parameters)[1] + 1,
        parameters.interrupted_days,
        parameters.loading_lost_days,
        parameters.overdue_again_days,
        parameters.lost_days,
    )
    silent = (parameters.loading_lost_days, parameters.lost_silent_days)
    turns = {due_on + timedelta(days=n) for n in late}
    return sorted(turns | {contact + timedelta(days=n) for n in silent})


def _overdue_in_loading(late: int, silent: int, parameters: Parameters) -> Standing:
    if min(late, silent) >= parameters.loading_lost_days:
        return Standing.LTFU_SUSPECTED
    if late >= parameters.interrupted_days:
        return Standing.LOADING_INTERRUPTED
    return Standing.OVERDUE_1


def _overdue_in_maintenance(late: int, silent: int, parameters: Parameters) -> Standing:
    if late >= parameters.lost_days:
        confirmed = silent >= parameters.lost_silent_days
        return Standing.LTFU_CONFIRMED if confirmed else Standing.LTFU_SUSPECTED
    if late >= parameters.overdue_again_days:
        return Standing.OVERDUE_2
    return Standing.OVERDUE_1
