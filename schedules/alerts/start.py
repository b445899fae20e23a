"""Alerts of the start: what is to be known before the first dose (T1, R05)."""

from collections.abc import Iterator
from datetime import timedelta

from patients.background import CHECKLIST_DAYS
from patients.samples import Sample
from schedules.alerts.facts import Facts
from schedules.alerts.nouns import Listener, Occasion, Rule, Severity
from schedules.phases import Phase

#: Either of these, drawn before treatment, is what later results are compared with.
VITAMIN = frozenset({"b12", "active_b12"})
SAMPLES = frozenset({Sample.B12, Sample.ACTIVE_B12})


def sample_missing(facts: Facts) -> Iterator[Occasion]:
    """
    Speak in the first loading course where no B12 was drawn by its first dose (S16).

    Nobody waits for a sample where nerves may be affected: there it only informs.
    """
    if facts.phase is not Phase.LOADING or facts.forecast.episode != 1:
        return
    if facts.started_on is None or _was_drawn(facts):
        return
    severity = Severity.INFO if facts.may_have_nerve_damage else Severity.WARN
    yield Occasion(since=facts.started_on, severity=severity)


def _was_drawn(facts: Facts) -> bool:
    first = min((a.given_on for a in facts.forecast.answers), default=facts.today)
    if any(r.tests & VITAMIN and r.on <= first for r in facts.results):
        return True
    noted = facts.background.samples if facts.background else ()
    return any(each.sample in SAMPLES and each.drawn_on <= first for each in noted)


def checklist_incomplete(facts: Facts) -> Iterator[Occasion]:
    """Speak from day 14 of a start on, until every exclusion is answered (S15)."""
    if facts.started_on is None or facts.background is None:
        return
    if facts.background.unanswered or facts.background.pending:
        yield Occasion(since=facts.started_on + timedelta(days=CHECKLIST_DAYS))


RULES = (
    Rule(
        code="PRETX_SAMPLE_MISSING",
        cites="S16",
        reads=sample_missing,
        to=Listener.NURSE,
        text="No B12 was drawn before treatment. Draw it before the first dose if that "
        "is possible at once; it never delays the dose.",
    ),
    Rule(
        code="CHECKLIST_INCOMPLETE",
        cites="S15",
        reads=checklist_incomplete,
        by_answer=True,
        text="Other explanations (X1 to X17) are not all answered 14 days after the "
        "start.",
    ),
)
