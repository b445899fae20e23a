"""
The guard against injecting twice (rules 2.7).

Any cobalamin counts: any product, any site, given here or elsewhere. Too much of it
does little harm; the guard is there to catch the wrong patient and the double entry.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schedules.calendar import ONE_DAY
from schedules.intervals import Interval
from schedules.parameters import DEFAULTS, Parameters
from schedules.phases import Phase
from schedules.windows import bounds


class Severity(StrEnum):
    """What a verdict means for an injection that somebody is about to give."""

    OK = "OK"
    WARN = "WARN"
    BLOCK = "BLOCK"


@dataclass(frozen=True)
class Verdict:
    """How severe it would be, and the rule that says so."""

    severity: Severity
    code: str | None = None


OK = Verdict(Severity.OK)
SAME_DAY_DUPLICATE = Verdict(Severity.BLOCK, "SAME_DAY_DUPLICATE")
OUT_OF_ORDER_ENTRY = Verdict(Severity.WARN, "OUT_OF_ORDER_ENTRY")
EARLY_LOADING = Verdict(Severity.WARN, "EARLY_LOADING")
MIN_INTERVAL = Verdict(Severity.BLOCK, "MIN_INTERVAL")
EARLY_DOSE = Verdict(Severity.WARN, "EARLY_DOSE")


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """
    An injection that somebody is about to give.

    `due_on` is the open dose, which the engine counted from the injection of
    `counted_from`; `bridge` says that it is a bridge dose, a day after the last.
    """

    on: date
    phase: Phase
    interval: Interval | None = None
    due_on: date | None = None
    counted_from: date | None = None
    bridge: bool = False
    parameters: Parameters = DEFAULTS  # in force on the day


def guard(
    attempt: Attempt,
    *,
    counted: Collection[date],
    unverified: Collection[date] = (),
) -> Verdict:
    """
    Return what an intended injection comes up against.

    `counted` are the days of all injections that count, `unverified` of those given
    elsewhere that nobody has accepted: such a one never does more than warn, and the
    code says so.
    """
    verdict = _verdict(attempt, counted)
    if verdict.severity is Severity.BLOCK or not unverified:
        return verdict
    with_all = _verdict(attempt, {*counted, *unverified})
    if with_all in (OK, verdict):
        return verdict
    return Verdict(Severity.WARN, f"{with_all.code}_UNVERIFIED")


def _verdict(attempt: Attempt, injected: Collection[date]) -> Verdict:
    if not injected:
        return OK
    last = max(injected)
    if attempt.on in injected:
        return SAME_DAY_DUPLICATE
    if attempt.on < last:
        return OUT_OF_ORDER_ENTRY
    if attempt.phase is Phase.LOADING:
        return _in_loading(attempt, last)
    return _in_maintenance(attempt, last)


def _in_loading(attempt: Attempt, last: date) -> Verdict:
    the_day_after = attempt.on == last + ONE_DAY
    if the_day_after and not (attempt.bridge and _is_due(attempt, last)):
        return EARLY_LOADING
    return OK


def _in_maintenance(attempt: Attempt, last: date) -> Verdict:
    if attempt.interval is None:
        return OK
    gap = (attempt.on - last).days
    least = attempt.interval.nominal_days // attempt.parameters.min_interval_divisor
    if gap < least and not _is_due(attempt, last):
        return MIN_INTERVAL
    return EARLY_DOSE if _is_early(attempt, attempt.interval) else OK


def _is_early(attempt: Attempt, interval: Interval) -> bool:
    if attempt.due_on is None:
        return False
    return attempt.on < bounds(attempt.due_on, interval, attempt.parameters)[0]


def _is_due(attempt: Attempt, last: date) -> bool:
    """Tell whether the engine itself asked for this, counting from that injection."""
    if attempt.due_on is None or attempt.counted_from != last:
        return False
    return attempt.on >= attempt.due_on
