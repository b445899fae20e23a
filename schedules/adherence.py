"""
How well treatment kept to its dates (rules section 6).

    observation   |--------------------------------------------|     [start, end)
    covered       |=======|    |=========|=====xxxx=====|            [given, next due)
    clinical pause                             |--|                  left out of both

On time is a share of the doses that can be judged; covered is a share of days. Nothing
is divided by zero: a share of nothing is None.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Self

from schedules.doses import Answer, Lapsed, Timing
from schedules.forecast import Forecast
from schedules.phases import Phase
from schedules.stretches import Course, Span


@dataclass(frozen=True, kw_only=True)
class Adherence:
    """
    What is counted of one plan in a period.

    Doses: `evaluable` of them can be judged, `answered` of these were given, `on_time`
    inside their window; `excluded` cannot be judged. `signed_days` and `late_days` are
    sums over the answered. Days: `covered` of `observed`, clinical pauses left out;
    `supplied` counts a day as often as injections cover it.
    """

    evaluable: int = 0
    answered: int = 0
    on_time: int = 0
    excluded: int = 0
    signed_days: int = 0
    late_days: int = 0
    covered: int = 0
    observed: int = 0
    supplied: int = 0

    @property
    def on_time_rate(self) -> float | None:
        """Return the share of doses given on time (M1)."""
        return share(self.on_time, self.evaluable)

    @property
    def mean_signed_delay(self) -> float | None:
        """Return the mean of given minus due, in days (M2)."""
        return share(self.signed_days, self.answered)

    @property
    def mean_days_late(self) -> float | None:
        """Return the mean of days late, an early dose counting as none (M2)."""
        return share(self.late_days, self.answered)

    @property
    def pdc(self) -> float | None:
        """Return the proportion of days covered (M3)."""
        return share(self.covered, self.observed)

    @property
    def mpr(self) -> float | None:
        """Return the medication possession ratio, at most 1 (M4)."""
        ratio = share(self.supplied, self.observed)
        return None if ratio is None else min(ratio, 1.0)


@dataclass(frozen=True, kw_only=True)
class Cohort:
    """
    The sum over many plans (M8).

    `n` plans have at least one dose that can be judged; `excluded_n` have none.
    """

    n: int
    excluded_n: int
    total: Adherence

    @classmethod
    def of(cls, plans: Iterable[Adherence]) -> Self:
        """Return the sum of what was counted of each plan."""
        counted = list(plans)
        n = sum(plan.evaluable > 0 for plan in counted)
        return cls(n=n, excluded_n=len(counted) - n, total=_total(counted))


@dataclass(frozen=True, kw_only=True)
class LostToFollowUp:
    """How many active plans are suspected to be lost, and how many are (M7)."""

    active: int
    suspected: int
    confirmed: int

    @property
    def rate(self) -> float | None:
        """Return the share of active plans that are lost, or may be."""
        return share(self.suspected + self.confirmed, self.active)


def measure(
    plan: Forecast, *, start: date, end: date, phase: Phase | None = None
) -> Adherence:
    """
    Count one plan's adherence in the days [start, end) (M1-M4).

    With a phase, only its own days and doses are counted.
    """
    return count(
        answers=plan.answers,
        unanswered=unanswered(plan),
        observed=plan.observed if phase is None else plan.spent_in(phase),
        clinical_pauses=[p.span for p in plan.pauses if p.clinical],
        start=start,
        end=end,
    )


def unanswered(plan: Forecast) -> tuple[Lapsed, ...]:
    """Return the doses that nobody gave: those left behind, and the open one."""
    if plan.dose is None:
        return plan.lapsed
    return (*plan.lapsed, Lapsed(dose=plan.dose, on=date.max))


def count(
    *,
    answers: Sequence[Answer],
    unanswered: Iterable[Lapsed] = (),
    observed: Iterable[Span],
    clinical_pauses: Iterable[Span] = (),
    start: date,
    end: date,
    carry_over: bool = False,
) -> Adherence:
    """
    Count adherence in the days [start, end) from what was answered and what was not.

    `carry_over` adds the days that an early dose leaves unused to the next span, as
    pharmacy refill measures do.
    """
    paused = _days(clinical_pauses, start, end)
    treated = _days(observed, start, end)
    known = [answer for answer in answers if answer.given_on < end]
    spans = list(_coverage(known, carry_over=carry_over))
    judged = [
        *(_judge(answer, treated, end) for answer in answers),
        *(_judge_ungiven(dose, treated, end) for dose in unanswered),
    ]
    days = Adherence(
        covered=len(_days(spans, start, end) & treated - paused),
        observed=len(treated - paused),
        supplied=sum(
            len(_days([span], *span) - paused)
            for span in spans
            if span[0].toordinal() in treated
        ),
    )
    return _total([days, *judged])


def loading_completion(course: Course) -> float | None:
    """Return the share of a loading course that was given, at most 1 (M5)."""
    ratio = share(course.given, course.count or course.planned)
    return None if ratio is None else min(ratio, 1.0)


def completed_in_time(course: Course) -> bool:
    """Tell whether a fixed course was given in the time for it, 21 days (M5)."""
    return course.complete_on is not None and course.complete_on <= course.in_time_until


def panel_rate(plan: Forecast) -> float | None:
    """Return the share of panels done in their window (M6)."""
    over = plan.done_panels + plan.late_panels + plan.missed_panels
    return share(plan.done_panels, over)


def share(part: float, whole: float) -> float | None:
    """Return part of whole, None of nothing."""
    return part / whole if whole else None


def _judge(answer: Answer, treated: set[int], end: date) -> Adherence:
    """Count one injection; one given after the period was not given in it."""
    due_on, closes_on, delay = answer.due_on, answer.closes_on, answer.delay_days
    # The three go together: an injection that answers a dose has them all.
    if not (due_on and closes_on) or delay is None or answer.timing is Timing.FIRST:
        return Adherence(excluded=int(answer.given_on.toordinal() in treated))
    if due_on.toordinal() not in treated:
        return Adherence()
    if answer.given_on >= end:
        return _not_given(over=closes_on < end)
    return Adherence(
        evaluable=1,
        answered=1,
        on_time=int(answer.timing is Timing.ON_TIME),
        signed_days=delay,
        late_days=max(0, delay),
    )


def _judge_ungiven(lapsed: Lapsed, treated: set[int], end: date) -> Adherence:
    dose = lapsed.dose
    if dose.due_on.toordinal() not in treated:
        return Adherence()
    over = dose.closes_on < min(end, lapsed.on)
    return _not_given(over=over and not dose.first)


def _not_given(*, over: bool) -> Adherence:
    """Count a dose nobody gave: against the plan once its window is over."""
    return Adherence(evaluable=int(over), excluded=int(not over))


def _coverage(
    answers: Iterable[Answer], *, carry_over: bool
) -> Iterator[tuple[date, date]]:
    reached = date.min
    for answer in answers:
        if answer.covered_until is None:
            continue
        from_on = max(answer.given_on, reached) if carry_over else answer.given_on
        reached = from_on + (answer.covered_until - answer.given_on)
        yield from_on, reached


def _days(spans: Iterable[Span], start: date, end: date) -> set[int]:
    """Return the days of the spans that lie in [start, end), as ordinals."""
    days: set[int] = set()
    for from_on, to_on in spans:
        first, last = max(from_on, start), min(to_on or end, end)
        days.update(range(first.toordinal(), last.toordinal()))
    return days


def _total(parts: Sequence[Adherence]) -> Adherence:
    names = [field.name for field in fields(Adherence)]
    return Adherence(
        **{name: sum(getattr(part, name) for part in parts) for name in names}
    )
