"""The course of a plan: how often, by which course, and its end (S08, S22, R14, T8)."""

from schedules.decisions import CloseReason, NoReason
from schedules.intervals import SIX_MONTHS, Interval, Unit
from schedules.safety.facts import Act, Facts
from schedules.safety.rule import (
    BLOCK,
    Evidence,
    Override,
    Rule,
)

# Any six months are at most 184 days, any five at most 153.
SIX_MONTHS_DAYS, FIVE_MONTHS_DAYS = 184, 153

_COURSES = frozenset({Act.START_LOADING, Act.RELOAD, Act.CHANGE_PROTOCOL})
_ENDS = frozenset({Act.CLOSE, Act.PAUSE, Act.CHANGE_INTERVAL, Act.TO_MAINTENANCE})
_INTERVALS = frozenset({Act.CHANGE_INTERVAL, Act.TO_MAINTENANCE, Act.TAKE_OVER})
_INTERVAL_READS = (
    "interval",
    "shortest_interval_days",
    "longest_interval_days",
    "cause_is_dietary",
    "cause_is_irreversible",
    "is_neurological",
)


def _days(interval: Interval) -> int:
    """Return the most days that an interval can be."""
    if interval.unit is Unit.MONTH:
        return interval.count * SIX_MONTHS_DAYS // 6
    return interval.nominal_days


def _is_long(facts: Facts) -> bool:
    """Tell whether it is beyond the clinic's longest, and shorter than 6 months."""
    if facts.interval is None or _days(facts.interval) > FIVE_MONTHS_DAYS:
        return False
    return facts.interval.nominal_days > facts.longest_interval_days


def _is_half_a_year(facts: Facts) -> bool:
    if facts.interval is None:
        return False
    return FIVE_MONTHS_DAYS < _days(facts.interval) <= SIX_MONTHS_DAYS


def _may_relapse(facts: Facts) -> bool:
    return facts.is_neurological is not False or facts.cause_is_irreversible


def stops_for_normal_levels(facts: Facts) -> bool:
    """S08: the reason is a laboratory value."""
    return facts.reason in set(NoReason)


def resolves_what_stays(facts: Facts) -> bool:
    """T8: the cause is said to be resolved, and is one that never is."""
    return facts.reason == CloseReason.CAUSE_RESOLVED and facts.cause_is_irreversible


def is_too_often(facts: Facts) -> bool:
    """S22: less than 7 days apart."""
    shortest = facts.shortest_interval_days
    return facts.interval is not None and facts.interval.nominal_days < shortest


def is_too_seldom(facts: Facts) -> bool:
    """
    S22: more than 3 months apart, and neither nerves nor the cause speak against it.

    Every 6 months is allowed where the cause is dietary (rules 2.2), and about as long
    is not beyond a prescriber's word there.
    """
    if _may_relapse(facts) or facts.interval == SIX_MONTHS:
        return False
    return _is_long(facts) or (_is_half_a_year(facts) and facts.cause_is_dietary)


def is_too_seldom_for_nerves(facts: Facts) -> bool:
    """S22: more than 3 months apart, neurological or of an irreversible cause."""
    return _may_relapse(facts) and _is_long(facts)


def is_far_too_seldom(facts: Facts) -> bool:
    """S22: more than 6 months, or 6 where the cause is not dietary (rules 2.2)."""
    if facts.interval is None:
        return False
    if _days(facts.interval) > SIX_MONTHS_DAYS:
        return True
    is_harmless = facts.cause_is_dietary and not _may_relapse(facts)
    return _is_half_a_year(facts) and not is_harmless


def is_too_little_for_nerves(facts: Facts) -> bool:
    """R14: the gentle course, and neurological symptoms not ruled out."""
    gentle = facts.course_is_for_neurological is False
    return gentle and facts.is_neurological is not False


RULES = (
    Rule(
        id="S08",
        version=1,
        title="Normal levels are no reason",
        severity=BLOCK,
        override=Override.NEVER,
        acts=_ENDS,
        speaks=stops_for_normal_levels,
        reads=("reason",),
        text="Levels are normal because of the injections: who stops for them "
        "relapses. Treatment is for life unless the cause is resolved. Choose the "
        "true reason.",
        sources=("R35", "R26", "R37"),
        evidence=Evidence.SUPPORTED,
    ),
    Rule(
        id="S22",
        version=1,
        title="Half a year or more",
        severity=BLOCK,
        override=Override.NEVER,
        acts=_INTERVALS,
        speaks=is_far_too_seldom,
        reads=_INTERVAL_READS,
        text="Six months are possible only where the cause is dietary and there are "
        "no neurological symptoms; more than six never are.",
        sources=("CKS (second-hand)", "rules 2.2"),
        evidence=Evidence.PARTLY,
    ),
    Rule(
        id="S22",
        version=1,
        title="More than 3 months, relapse likely",
        severity=BLOCK,
        override=Override.LEAD,
        acts=_INTERVALS,
        speaks=is_too_seldom_for_nerves,
        reads=_INTERVAL_READS,
        text="More than 3 months between injections, with neurological symptoms not "
        "ruled out or a cause that does not go away.",
        sources=("R36",),
        evidence=Evidence.DESIGN,
    ),
    Rule(
        id="S22",
        version=1,
        title="More than 3 months",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=_INTERVALS,
        speaks=is_too_seldom,
        reads=_INTERVAL_READS,
        text="More than 3 months between injections.",
        sources=("R36", "CKS (second-hand)"),
        evidence=Evidence.DESIGN,
    ),
    Rule(
        id="S22",
        version=1,
        title="Less than 7 days",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=_INTERVALS,
        speaks=is_too_often,
        reads=_INTERVAL_READS,
        text="Less than 7 days between injections on maintenance.",
        sources=("R36",),
        evidence=Evidence.DESIGN,
    ),
    Rule(
        id="T8",
        version=1,
        title="The cause does not resolve",
        severity=BLOCK,
        override=Override.LEAD,
        acts=frozenset({Act.CLOSE}),
        speaks=resolves_what_stays,
        reads=("reason", "cause_is_irreversible"),
        text="The cause of this deficiency is irreversible: treatment is for life.",
        sources=("R04", "NG239"),
        evidence=Evidence.PARTLY,
    ),
    Rule(
        id="R14",
        version=1,
        title="This course is not enough for nerves",
        severity=BLOCK,
        override=Override.PRESCRIBER,
        acts=_COURSES,
        speaks=is_too_little_for_nerves,
        reads=("course_is_for_neurological", "is_neurological"),
        text="This course is not enough where neurological symptoms are present or not "
        "ruled out.",
        sources=("R14", "BNF (second-hand)"),
        evidence=Evidence.SUPPORTED,
    ),
)
