"""Alerts of the schedule: late starts, gaps, the overdue ladder (rules 2.4, 2.8)."""

from collections.abc import Iterator

from schedules.alerts.facts import Facts
from schedules.alerts.nouns import Listener, Occasion, Reads, Rule, Severity
from schedules.calendar import ONE_DAY
from schedules.doses import Dose
from schedules.forecast import long_gap_from
from schedules.phases import Phase
from schedules.placement import Flag
from schedules.windows import Standing, steps


def slot_of(dose: Dose) -> str:
    """Return what tells an open dose on its day from any other."""
    return f"{dose.episode}.{dose.ordinal} due {dose.due_on}"


def start_delayed(facts: Facts) -> Iterator[Occasion]:
    """Speak where the clinic is closed on the day wanted for the first dose (R01)."""
    dose = facts.forecast.dose
    if dose is not None and Flag.START_DELAYED in dose.flags and facts.started_on:
        yield Occasion(since=facts.started_on, about=slot_of(dose))


def neuro_start_overdue(facts: Facts) -> Iterator[Occasion]:
    """
    Speak where nerves may be affected and no dose came within 24 hours (R13).

    A clinic that is closed the next day has until its next open day.
    """
    waits = facts.phase in {Phase.WORKUP, Phase.LOADING}
    if waits and facts.may_have_nerve_damage and not facts.forecast.answers:
        last = facts.calendar.next_open(facts.opened_on + ONE_DAY)
        yield Occasion(since=last + ONE_DAY)


def loading_gap(facts: Facts) -> Iterator[Occasion]:
    """Speak where a closure parts two loading doses further than they may be (2.4)."""
    dose, last = facts.forecast.dose, facts.forecast.last_given_on
    if dose is not None and Flag.LOADING_GAP in dose.flags and last is not None:
        yield Occasion(since=last, about=slot_of(dose))


def loading_incomplete(facts: Facts) -> Iterator[Occasion]:
    """Speak where a fixed course is not complete after 21 days (rules 2.4)."""
    if facts.forecast.treatment is not Phase.LOADING:
        return
    for course in facts.forecast.courses[-1:]:
        if course.count is not None and course.complete_on is None:
            since = course.in_time_until + ONE_DAY
            yield Occasion(since=since, about=f"course of {course.first_on}")


def stands_at(standing: Standing) -> Reads:
    """Return the rule that speaks while an open dose stands so on the ladder (2.8)."""

    def reads(facts: Facts) -> Iterator[Occasion]:
        for found, occasion in _ladder(facts):
            if found is standing:
                yield occasion

    return reads


def _ladder(facts: Facts) -> Iterator[tuple[Standing, Occasion]]:
    dose = facts.forecast.dose
    if dose is None:
        return
    climbed = steps(
        due_on=dose.due_on,
        interval=facts.forecast.pace,
        phase=facts.phase,
        last_contact_on=facts.last_contact_on,
        parameters=facts.parameters,
    )
    ends = [*(since for _, since in climbed[1:]), None]
    for (standing, since), until in zip(climbed, ends, strict=True):
        yield standing, Occasion(since=since, until=until, about=slot_of(dose))


def gap_over_two_intervals(facts: Facts) -> Iterator[Occasion]:
    """Speak two intervals, or six months, after the last injection (rules 2.8)."""
    last = facts.forecast.last_given_on
    if facts.phase is Phase.MAINTENANCE and last is not None:
        since = long_gap_from(last, facts.forecast.interval, facts.parameters)
        yield Occasion(since=since, about=f"since {last}")


def pending_external(facts: Facts) -> Iterator[Occasion]:
    """Speak of each injection given elsewhere that nobody has accepted (rules 2.8)."""
    for on in facts.pending:
        yield Occasion(since=on, about=f"of {on}")


def pause_review_due(facts: Facts) -> Iterator[Occasion]:
    """Speak from the review date of a pause on; at once where there is none (T5)."""
    if facts.phase is Phase.PAUSED:
        since = facts.review_on or facts.forecast.stretches[-1].from_on
        yield Occasion(since=since, about=f"review {facts.review_on}")


RULES = (
    Rule(
        code="START_DELAYED",
        cites="R01",
        reads=start_delayed,
        text="The clinic is closed on the day that was asked for, and the first "
        "injection comes later. Offer another site.",
    ),
    Rule(
        code="NEURO_START_OVERDUE",
        cites="R13",
        reads=neuro_start_overdue,
        text="There are, or may be, neurological symptoms, and no injection was given "
        "within 24 hours. Untreated damage to nerves may be permanent.",
    ),
    Rule(
        code="LOADING_GAP",
        cites="2.4",
        reads=loading_gap,
        to=Listener.NURSE,
        text="A closure parts two loading injections by more than four days. Arrange a "
        "district nurse, self-administration or another site.",
    ),
    Rule(
        code="LOADING_INTERRUPTED",
        cites="2.8",
        reads=stands_at(Standing.LOADING_INTERRUPTED),
        to=Listener.NURSE,
        in_dates=True,
        text="A loading injection is five days late or more. Give it as soon as "
        "possible; the course does not begin again.",
    ),
    Rule(
        code="LOADING_INCOMPLETE",
        cites="2.4",
        reads=loading_incomplete,
        text="The loading course was not complete after 21 days.",
    ),
    Rule(
        code="DUE_TODAY",
        cites="2.8",
        reads=stands_at(Standing.DUE_TODAY),
        to=Listener.NURSE,
        severity=Severity.INFO,
        in_dates=True,
        text="An injection is due today.",
    ),
    Rule(
        code="OVERDUE_1",
        cites="2.8",
        reads=stands_at(Standing.OVERDUE_1),
        to=Listener.NURSE,
        in_dates=True,
        text="The injection is later than its window allows.",
    ),
    Rule(
        code="OVERDUE_2",
        cites="2.8",
        reads=stands_at(Standing.OVERDUE_2),
        to=Listener.NURSE,
        in_dates=True,
        text="The injection is four weeks late or more.",
    ),
    Rule(
        code="LTFU_SUSPECTED",
        cites="2.8",
        reads=stands_at(Standing.LTFU_SUSPECTED),
        to=Listener.NURSE,
        in_dates=True,
        text="The patient may be lost to follow-up.",
    ),
    Rule(
        code="LTFU_CONFIRMED",
        cites="2.8",
        reads=stands_at(Standing.LTFU_CONFIRMED),
        in_dates=True,
        text="The patient is lost to follow-up: 60 days late or more, and not heard of "
        "for 180 days.",
    ),
    Rule(
        code="GAP_OVER_TWO_INTERVALS",
        cites="2.8",
        reads=gap_over_two_intervals,
        text="More than two intervals have passed since the last injection. Assess the "
        "symptoms; a prescriber decides whether to load again.",
    ),
    Rule(
        code="PENDING_EXTERNAL",
        cites="2.8",
        reads=pending_external,
        to=Listener.NURSE,
        by_answer=True,
        text="An injection given elsewhere waits to be accepted; dates do not count it "
        "yet.",
    ),
    Rule(
        code="PAUSE_REVIEW_DUE",
        cites="T5",
        reads=pause_review_due,
        in_dates=True,
        text="The pause is to be reviewed: treatment goes on only when somebody says "
        "so.",
    ),
)
