"""What was, line by line: injections, decisions, results."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.words import of
from patients.laboratory import TESTS
from patients.models import LabResult
from schedules.doses import Timing
from schedules.intervals import Interval
from schedules.models import Injection, PlanEvent
from schedules.phases import EventKind
from schedules.units import written
from schedules.words import REASONS as DECISION_REASONS
from schedules.words import day, every
from tracker.dashboard import words


@dataclass(frozen=True, kw_only=True)
class Injected:
    """An injection that was given, or was not."""

    id: int
    on: date
    answered: str
    timing: str
    tone: str
    what: str
    reasons: tuple[str, ...]
    where: str
    batch: str
    by: str
    note: str
    incident: str  # the rules that spoke against it, if any did
    is_waiting: bool  # to be accepted
    is_uncounted: bool
    void_reason: str
    is_voided: bool


@dataclass(frozen=True, kw_only=True)
class Decided:
    """A decision about a plan."""

    id: int
    can_be_voided: bool
    on: date
    what: str
    details: str
    why: str
    by: str
    is_voided: bool
    void_reason: str


@dataclass(frozen=True, kw_only=True)
class Reported:
    """A laboratory result."""

    id: int
    on: date
    test: str
    value: str
    unit: str
    limits: str  # of the laboratory, as it printed them
    outside: str  # above or below them
    drawn: str  # fasting, before the injection
    by: str
    is_voided: bool
    void_reason: str


def injected(injection: Injection) -> Injected:
    """Say what an injection was, and what it answered."""
    given = injection.outcome == Injection.Outcome.GIVEN
    is_voided = injection.voided_at is not None
    waits = given and injection.source == Injection.Source.UNVERIFIED
    return Injected(
        id=injection.pk,
        on=injection.given_on,
        answered=_answered(injection),
        timing=_timing(injection),
        tone=_TONES.get(injection.timing, "") if given else "warn",
        what=_what(injection),
        reasons=tuple(words.sentence(each["text"]) for each in injection.reasons),
        where=_where(injection),
        batch=injection.batch,
        by=injection.given_by or str(injection.recorded_by),
        note=injection.note,
        incident=", ".join(sorted({each["rule"] for each in injection.spoke_against})),
        is_waiting=waits and not is_voided,
        is_uncounted=injection.plan_id is None and not is_voided,
        is_voided=is_voided,
        void_reason=injection.void_reason,
    )


_TONES: dict[str, str] = {
    Timing.ON_TIME: "good",
    Timing.EARLY: "warn",
    Timing.LATE: "late",
}


def _what(injection: Injection) -> str:
    milligrams = f"{injection.dose_mg.normalize():f}"
    return _("%(product)s %(dose)s mg, %(route)s") % {
        "product": injection.product_title,
        "dose": milligrams,
        "route": injection.get_route_display(),
    }


def _where(injection: Injection) -> str:
    elsewhere = injection.source != Injection.Source.HERE
    parts = (
        injection.get_site_display() if injection.site else "",
        injection.get_source_display() if elsewhere else "",
    )
    return ", ".join(part for part in parts if part)


def _answered(injection: Injection) -> str:
    if injection.ordinal is None or injection.timing == Timing.OUTSIDE:
        return ""
    return _("dose %(ordinal)s of episode %(episode)s") % {
        "ordinal": injection.ordinal,
        "episode": injection.episode,
    }


def _timing(injection: Injection) -> str:
    if injection.outcome != Injection.Outcome.GIVEN:
        return str(injection.get_outcome_display())
    if not injection.timing:
        return ""
    if injection.timing == Timing.OUTSIDE and not injection.episode:
        return _("before the plan")
    said = of(words.TIMINGS, injection.timing)
    days = injection.delay_days
    if not days:
        return said
    text = ngettext("%(days)s day", "%(days)s days", abs(days)) % {"days": abs(days)}
    after = _("after it was due") if days > 0 else _("before it was due")
    return f"{said}, {text} {after}"


def decided(event: PlanEvent) -> Decided:
    """Say what was decided, and why."""
    why = str(DECISION_REASONS.get(event.reason, event.reason))
    return Decided(
        id=event.pk,
        can_be_voided=event.voided_at is None and event.kind != EventKind.OPENED,
        on=event.on,
        what=of(words.EVENTS, event.kind),
        details=_details(event),
        why=". ".join(part for part in (why, event.note) if part),
        by=str(event.decided_by),
        is_voided=event.voided_at is not None,
        void_reason=event.void_reason,
    )


def _details(event: PlanEvent) -> str:
    parts = (
        every(Interval.parse(event.interval)) if event.interval else "",
        str(event.protocol) if event.kind == EventKind.PROTOCOL_CHANGED else "",
        _("first injection %s") % day(event.start_on) if event.start_on else "",
        _("review %s") % day(event.review_on) if event.review_on else "",
    )
    return ", ".join(part for part in parts if part)


def reported(result: LabResult) -> Reported:
    """Say what the laboratory reported."""
    return Reported(
        id=result.pk,
        on=result.drawn_on,
        test=TESTS[result.test].title,
        value=_plain(result.value),
        unit=written(result.unit),
        limits=_limits(result.range_low, result.range_high),
        outside=_outside(result),
        drawn=_drawn(result),
        by=str(result.recorded_by),
        is_voided=result.voided_at is not None,
        void_reason=result.void_reason,
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _limits(low: Decimal | None, high: Decimal | None) -> str:
    if low is not None and high is not None:
        return f"{_plain(low)}–{_plain(high)}"
    if high is not None:
        return _("up to %s") % _plain(high)
    return "" if low is None else _("from %s") % _plain(low)


def _outside(result: LabResult) -> str:
    if result.range_high is not None and result.value > result.range_high:
        return _("above")
    if result.range_low is not None and result.value < result.range_low:
        return _("below")
    return ""


def _drawn(result: LabResult) -> str:
    fasting = {True: _("fasting"), False: _("not fasting"), None: ""}
    before = _("before the injection") if result.before_injection else ""
    return ", ".join(part for part in (fasting[result.fasting], before) if part)
