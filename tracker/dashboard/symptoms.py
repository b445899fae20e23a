"""
The symptoms of a patient, as the chart shows them: first what is asked and suggested,
then each symptom with its numbers and its line, then every assessment.

Symptoms stand before laboratory results, because on treatment they outrank them (R26).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from patients.course import Course, Judgement, Line, Suggestion, judge
from patients.known_assessments import assessed_of
from patients.models import Assessment, Patient
from patients.symptom_words import CHANGE, DOMAINS, RED_FLAGS
from patients.symptoms import WORST, Assessed, Domain
from schedules.forecast import Forecast
from schedules.known_symptoms import SymptomsNow, symptoms_of
from schedules.models import Plan
from schedules.suggesting import DISMISSIBLE, SAID, SPEAKS_FOR
from schedules.words import ASKED, day

# The field of a line, in its own units: wide enough for a year, ten points high.
WIDE, HIGH, EDGE = 120, 20, 4


@dataclass(frozen=True, kw_only=True)
class Track:
    """One symptom: its numbers, and the same numbers as a line."""

    name: str
    first: str
    before: str
    recent: str
    latest: str
    is_tracked: bool
    points: str  # of the line, from the first assessment to the last
    end: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Suggested:
    """What the course suggests, and what the one who looks may answer."""

    code: str
    tone: str
    text: str
    rule: str
    reason: str  # of the decision that it speaks for
    is_dismissible: bool
    is_quiet: bool


@dataclass(frozen=True, kw_only=True)
class Visit:
    """One assessment."""

    id: int
    on: date
    scores: tuple[str, ...]
    change: str
    red_flags: tuple[str, ...]
    findings: tuple[str, ...]
    note: str
    by: str
    is_voided: bool
    void_reason: str


@dataclass(frozen=True, kw_only=True)
class Symptoms:
    """All that the chart says of symptoms."""

    asked: str
    suggested: tuple[Suggested, ...]
    tracks: tuple[Track, ...]
    told: str
    visits: tuple[Visit, ...]


def symptoms_shown(
    patient: Patient, plan: Plan | None, forecast: Forecast | None, *, today: date
) -> Symptoms:
    """Return what the chart of `patient` says of symptoms."""
    now = _now(patient, plan, forecast, today)
    rows = patient.assessments.select_related("recorded_by")
    asked = now.asked if plan is not None and not patient.is_deceased else None
    return Symptoms(
        asked=str(ASKED[asked]) if asked else "",
        suggested=tuple(_suggested(each, now) for each in now.suggestions),
        tracks=tuple(_tracks(now.judgement, now.course.assessments)),
        told=_told(now.judgement),
        visits=tuple(_visit(row) for row in rows),
    )


def _now(
    patient: Patient, plan: Plan | None, forecast: Forecast | None, today: date
) -> SymptomsNow:
    if plan is not None and forecast is not None:
        return symptoms_of(plan, forecast, today=today)
    seen = assessed_of(patient, on=today)
    course = Course(assessments=seen, first_dose=None, doses=0, as_of=today)
    return SymptomsNow(
        course=course,
        judgement=judge(course),
        suggestions=(),
        quiet=frozenset(),
        asked=None,
    )


def _suggested(code: Suggestion, now: SymptomsNow) -> Suggested:
    said, reason = SAID[code], SPEAKS_FOR.get(code)
    return Suggested(
        code=code,
        tone=said.severity,
        text=said.text,
        rule=said.rule,
        reason=reason.value if reason else "",
        is_dismissible=code in DISMISSIBLE,
        is_quiet=code in now.quiet,
    )


def _tracks(judged: Judgement, seen: Sequence[Assessed]) -> Iterable[Track]:
    """Say each symptom's numbers, those that count first."""
    for line in sorted(judged.lines, key=lambda line: not line.is_tracked):
        points = _points(line.domain, seen)
        yield Track(
            name=str(DOMAINS[line.domain]),
            first=str(line.baseline),
            before=_number(line.before),
            recent=_number(line.recent),
            latest=str(_latest(line, seen)),
            is_tracked=line.is_tracked,
            points=" ".join(f"{x},{y}" for x, y in points),
            end=points[-1],
        )


def _latest(line: Line, seen: Sequence[Assessed]) -> int:
    return [s.scores[line.domain] for s in seen if line.domain in s.scores][-1]


def _points(domain: Domain, seen: Sequence[Assessed]) -> list[tuple[int, int]]:
    first, last = seen[0].on, seen[-1].on
    days = max((last - first).days, 1)
    return [
        (EDGE + WIDE * (each.on - first).days // days, _height(each.scores[domain]))
        for each in seen
        if domain in each.scores
    ]


def _height(score: int) -> int:
    """Return how far below the top a score lies: 10 is at the top, 0 at the bottom."""
    return EDGE + HIGH - score * HIGH // WORST


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def _told(judged: Judgement) -> str:
    """Say what the numbers were made from."""
    if judged.latest_on is None:
        return ""
    return _(
        "Last assessed %(day)s. In the last 14 days: %(recent)s; in the 14 days "
        "before: %(before)s. Change all in all: %(change)s."
    ) % {
        "day": day(judged.latest_on),
        "recent": judged.recent,
        "before": judged.before,
        "change": CHANGE[judged.pgic] if judged.pgic else _("not asked"),
    }


def _visit(row: Assessment) -> Visit:
    scores = row.told.scores
    return Visit(
        id=row.pk,
        on=row.assessed_on,
        scores=tuple(
            f"{DOMAINS[domain]} {scores[domain]}"
            for domain in Domain
            if domain in scores
        ),
        change=str(CHANGE[row.pgic]) if row.pgic else "",
        red_flags=tuple(str(RED_FLAGS[flag]) for flag in row.red_flags),
        findings=tuple(_findings(row)),
        note=row.note,
        by=_("the patient")
        if row.source == Assessment.Source.PATIENT
        else str(row.recorded_by),
        is_voided=row.voided_at is not None,
        void_reason=row.void_reason,
    )


def _findings(row: Assessment) -> Iterable[str]:
    """Say what was examined, and how it was."""
    if row.falls is not None:
        yield _("falls: %s") % row.falls
    if row.up_and_go_seconds is not None:
        yield _("Timed Up and Go: %s s") % f"{row.up_and_go_seconds.normalize():f}"
    if row.romberg:
        yield _("Romberg: %s") % row.get_romberg_display()
    if row.vibration:
        yield _("vibration: %s") % row.get_vibration_display()
    if row.ankle_reflexes:
        yield _("ankle reflexes: %s") % row.get_ankle_reflexes_display()
