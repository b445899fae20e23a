"""
What the course of symptoms suggests (clinical rules, section 4).

           t − 28            t − 14              t
    ──────────)────── B ────────](────── R ──────]    R against B: any gain?
       baseline: the first score of each domain

A suggestion decides nothing. The threshold of a plateau is one point, below the two
that matter to a patient, so that treatment is not cut short; it asks *every* tracked
domain, because pain and tingling usually improve before weakness does (R22).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile
from statistics import median

from patients.symptoms import PRESENT, UNCHANGED, Assessed, Domain

FORTNIGHT = timedelta(days=14)
WEEK = timedelta(days=7)
NO_RESPONSE_AFTER = timedelta(days=21)

LEAST_DOSES = 6
LEAST_RECENT, LEAST_BEFORE = 2, 1
GAIN = 1  # points: less is no further improvement
WORSE = 2  # points: the least difference that matters (NRS)
GONE = 1  # a score no higher than this
ONCE_PRESENT = 1  # a baseline from which a domain is tracked
NOT_IMPROVED = UNCHANGED - 1  # the least global change that goes with a plateau


class Suggestion(StrEnum):
    """What the course of symptoms suggests, the most urgent first."""

    RED_FLAG = "RED_FLAG"
    PARADOXICAL_WORSENING = "PARADOXICAL_WORSENING"
    WORSENING = "WORSENING"
    NO_RESPONSE_21D = "NO_RESPONSE_21D"
    RESOLVED_SUGGESTED = "RESOLVED_SUGGESTED"
    PLATEAU_SUGGESTED = "PLATEAU_SUGGESTED"
    PLATEAU_NOT_ASSESSABLE = "PLATEAU_NOT_ASSESSABLE"
    STILL_IMPROVING = "STILL_IMPROVING"


WORSENINGS = frozenset({Suggestion.PARADOXICAL_WORSENING, Suggestion.WORSENING})
#: What supports the end of loading (T4).
ENDS_LOADING = frozenset({Suggestion.PLATEAU_SUGGESTED, Suggestion.RESOLVED_SUGGESTED})


@dataclass(frozen=True, kw_only=True)
class Course:
    """
    An episode of treatment, as symptoms see it.

    `assessments` are those of the episode, in the order of their days; `first_dose` is
    None before treatment; `doses` is the number of injections that counted.
    """

    assessments: Sequence[Assessed]
    first_dose: date | None
    doses: int
    as_of: date


@dataclass(frozen=True, kw_only=True)
class Line:
    """
    The numbers of one domain.

    `recent` and `before` are medians, None where the domain was not scored then;
    `latest` is the score of the latest assessment; `best` the lowest of all.
    """

    domain: Domain
    baseline: int
    best: int
    highest: int
    latest: int | None
    recent: float | None
    before: float | None

    @property
    def is_tracked(self) -> bool:
        """Tell whether the domain counts: there at baseline, or clearly since (4.3)."""
        return self.baseline >= ONCE_PRESENT or self.highest >= PRESENT

    @property
    def is_worse(self) -> bool:
        """Tell whether it is worse than at baseline by what matters (4.5)."""
        return self.latest is not None and self.latest - self.baseline >= WORSE

    @property
    def gain(self) -> float | None:
        """Return the points gained of late, None if that cannot be compared (4.4)."""
        if self.before is None or self.recent is None:
            return None
        return self.before - self.recent


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What is suggested, the most urgent first, and the numbers that led there."""

    suggestions: tuple[Suggestion, ...]
    lines: tuple[Line, ...]
    recent: int  # assessments in the last 14 days
    before: int  # assessments in the 14 days before them
    pgic: int | None
    latest_on: date | None

    @property
    def tracked(self) -> tuple[Line, ...]:
        """Return the domains that count."""
        return tuple(line for line in self.lines if line.is_tracked)


def judge(course: Course) -> Judgement:
    """Return what the course suggests as of its day (rules 4.3 to 4.5)."""
    course = replace(course, assessments=_up_to(course))
    recent = _between(course, timedelta(0), FORTNIGHT)
    before = _between(course, FORTNIGHT, 2 * FORTNIGHT)
    told = [each.pgic for each in course.assessments if each.pgic is not None]
    unsorted = Judgement(
        suggestions=(),
        lines=tuple(_lines(course.assessments, recent, before)),
        recent=len(recent),
        before=len(before),
        pgic=told[-1] if told else None,
        latest_on=course.assessments[-1].on if course.assessments else None,
    )
    found = _suggested(course, unsorted)
    ranked = tuple(each for each in Suggestion if each in found)
    return replace(unsorted, suggestions=ranked)


def _up_to(course: Course) -> list[Assessed]:
    happened = [each for each in course.assessments if each.on <= course.as_of]
    return sorted(happened, key=lambda each: each.on)


def _between(course: Course, later: timedelta, earlier: timedelta) -> list[Assessed]:
    """Return the assessments of (t − earlier, t − later]."""
    first, last = course.as_of - earlier, course.as_of - later
    return [each for each in course.assessments if first < each.on <= last]


def _lines(
    every: Sequence[Assessed], recent: Sequence[Assessed], before: Sequence[Assessed]
) -> Iterable[Line]:
    for domain in Domain:
        scores = _scores(domain, every)
        if scores:
            yield Line(
                domain=domain,
                baseline=scores[0],
                best=min(scores),
                highest=max(scores),
                latest=every[-1].scores.get(domain),
                recent=_middle(_scores(domain, recent)),
                before=_middle(_scores(domain, before)),
            )


def _scores(domain: Domain, among: Sequence[Assessed]) -> list[int]:
    return [each.scores[domain] for each in among if domain in each.scores]


def _middle(scores: Sequence[int]) -> float | None:
    return median(scores) if scores else None


def _suggested(course: Course, judged: Judgement) -> set[Suggestion]:
    found = _urgent(course) | _worse(course, judged)
    if _resolved(course.assessments, judged.tracked):
        found.add(Suggestion.RESOLVED_SUGGESTED)
    is_flat = _flat(course, judged)
    if is_flat is None:
        found.add(Suggestion.PLATEAU_NOT_ASSESSABLE)
    elif is_flat and not found & (WORSENINGS | ENDS_LOADING):
        found.add(Suggestion.PLATEAU_SUGGESTED)
    if _without_response(course, judged):
        found.add(Suggestion.NO_RESPONSE_21D)
    return found or {Suggestion.STILL_IMPROVING}


def _urgent(course: Course) -> set[Suggestion]:
    """Return what the latest assessment says that a clinician must hear today (4.5)."""
    flagged = any(each.red_flags for each in course.assessments[-1:])
    return {Suggestion.RED_FLAG} if flagged else set()


def _worse(course: Course, judged: Judgement) -> set[Suggestion]:
    """Tell of a tracked symptom that is worse than before treatment (4.5)."""
    first = course.first_dose
    latest = course.assessments[-1:]
    if first is None or not any(line.is_worse for line in judged.tracked):
        return set()
    since = [each.on - first for each in latest if each.on >= first]
    return {
        Suggestion.PARADOXICAL_WORSENING if time <= FORTNIGHT else Suggestion.WORSENING
        for time in since
    }


def _flat(course: Course, judged: Judgement) -> bool | None:
    """
    Tell whether there is no further gain, None where that cannot be assessed (4.4).

    It needs time, doses, assessments, and each tracked domain scored in both spans.
    """
    gains = [line.gain for line in judged.tracked]
    known = [gain for gain in gains if gain is not None]
    if not gains or len(known) < len(gains) or judged.pgic is None:
        return None
    if not _long_enough(course, judged):
        return None
    still = all(-WORSE < gain < GAIN for gain in known)
    return still and judged.pgic >= NOT_IMPROVED


def _long_enough(course: Course, judged: Judgement) -> bool:
    return (
        course.first_dose is not None
        and course.as_of - course.first_dose >= FORTNIGHT
        and course.doses >= LEAST_DOSES
        and judged.recent >= LEAST_RECENT
        and judged.before >= LEAST_BEFORE
    )


def _resolved(assessments: Sequence[Assessed], tracked: Sequence[Line]) -> bool:
    """
    Tell whether each tracked symptom has been gone at two assessments a week apart.

    What was assessed between the two must say the same: with an assessment at every
    injection, two that follow each other are never a week apart.
    """
    if not tracked:
        return False  # nothing was there that could be gone
    domains = [line.domain for line in tracked]
    gone = list(takewhile(lambda each: _gone(each, domains), reversed(assessments)))
    return bool(gone) and gone[0].on - gone[-1].on >= WEEK


def _gone(assessed: Assessed, domains: Iterable[Domain]) -> bool:
    scores = assessed.scores
    return all(domain in scores and scores[domain] <= GONE for domain in domains)


def _without_response(course: Course, judged: Judgement) -> bool:
    """Tell whether no tracked symptom ever gained a point in 21 days (4.4)."""
    if course.first_dose is None or not judged.tracked:
        return False
    best = max(line.baseline - line.best for line in judged.tracked)
    return course.as_of - course.first_dose >= NO_RESPONSE_AFTER and best < GAIN
