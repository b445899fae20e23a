"""
Alerts of symptoms: what their course suggests, and decides nothing (section 4).

     latest          first dose + 14   + 21
       |──────────────────|─────────────|────►
       what speaks can change on these days, and when an assessment grows old
"""

from collections.abc import Iterator
from datetime import date, timedelta

from patients.course import FORTNIGHT, NO_RESPONSE_AFTER, Suggestion
from patients.symptoms import emerged
from schedules.alerts.facts import Facts
from schedules.alerts.nouns import Occasion, Reads, Rule, Severity
from schedules.forecast import PlanFlag
from schedules.suggesting import DISMISSIBLE, QUIET_FOR, SAID, quiet
from schedules.symptom_course import course_of, judgement_of, spoken

GROWS_OLD = (timedelta(0), FORTNIGHT, 2 * FORTNIGHT)


def suggests(suggestion: Suggestion) -> Reads:
    """Return the rule that speaks while the latest assessment suggests something."""

    def reads(facts: Facts) -> Iterator[Occasion]:
        since: date | None = None
        for day in _turns(facts):
            speaks = _is_said(suggestion, facts, day)
            if speaks and since is None:
                since = day
            elif since is not None and not speaks:
                yield Occasion(since=since, until=day, about=_about(facts))
                since = None
        if since is not None:
            yield Occasion(since=since, about=_about(facts))

    return reads


def _is_said(suggestion: Suggestion, facts: Facts, day: date) -> bool:
    """Tell whether it is suggested on a day, and nobody dismissed it of late."""
    judgement = judgement_of(facts.forecast, facts.assessed, as_of=day)
    is_quiet = suggestion in quiet(facts.dismissed, on=day)
    return suggestion in spoken(judgement, facts.forecast) and not is_quiet


def _turns(facts: Facts) -> list[date]:
    """Return the days from the latest assessment on that can change what speaks."""
    if not facts.assessed:
        return []
    latest = facts.assessed[-1].on
    turns = {each.on + age for each in facts.assessed for age in GROWS_OLD}
    first = course_of(facts.forecast, (), as_of=facts.today).first_dose
    if first is not None:
        turns |= {first + FORTNIGHT, first + NO_RESPONSE_AFTER}
    for each in facts.dismissed:
        turns |= {each.on, each.on + QUIET_FOR}
    return sorted(day for day in turns if day >= latest)


def _about(facts: Facts) -> str:
    return f"assessed {facts.assessed[-1].on}"


def neuro_emerged(facts: Facts) -> Iterator[Occasion]:
    """Speak where a nerve spoke up during a fixed course, which is held for it (T4)."""
    if PlanFlag.NEURO_EMERGED not in facts.forecast.flags:
        return
    began = facts.forecast.courses[-1].first_on
    days = [each.on for each in facts.assessed if emerged(each) and each.on >= began]
    for first in days[:1]:
        yield Occasion(since=first, about=f"assessed {first}")


def _rule(suggestion: Suggestion) -> Rule:
    said = SAID[suggestion]
    return Rule(
        code=suggestion.value,
        cites=said.rule.removesuffix(" v1"),
        reads=suggests(suggestion),
        severity=Severity.INFO if said.severity == "info" else Severity.WARN,
        by_answer=suggestion in DISMISSIBLE,
        text=said.text,
    )


RULES = (
    _rule(Suggestion.RED_FLAG),
    Rule(
        code="NEURO_EMERGED",
        cites="T4",
        reads=neuro_emerged,
        by_answer=True,
        text="A neurological symptom of 3 or more was recorded during this course. The "
        "course does not end by itself; a prescriber decides how to go on.",
    ),
    _rule(Suggestion.PARADOXICAL_WORSENING),
    _rule(Suggestion.WORSENING),
    _rule(Suggestion.NO_RESPONSE_21D),
    _rule(Suggestion.RESOLVED_SUGGESTED),
    _rule(Suggestion.PLATEAU_SUGGESTED),
)
