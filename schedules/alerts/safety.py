"""
The safety rules S01 to S24, as they speak about a plan and not about an act (rules 5).

    what is known ──judge()──► findings that hold as long as the facts do
    injections given in spite of a rule ──► incidents, for the clinical lead
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from patients.measured import latest
from schedules.alerts.facts import Facts
from schedules.alerts.nouns import Listener, Occasion, Reads, Rule, Severity
from schedules.safety import TABLE, Act, Override
from schedules.safety import Facts as Known
from schedules.safety import Rule as SafetyRule
from schedules.safety.judging import digest
from schedules.safety.known import facts_of

#: What somebody will do next anyway; a rule about none of these speaks of acts only.
STANDING_ACTS = (Act.PRESCRIBE, Act.GIVE, Act.START_MEDICINE)
#: What is true of a patient, not of a syringe. S15, S16, S20 and S21 have their own.
STANDING = frozenset(
    {
        *("S01", "S01b", "S03", "S04", "S05", "S09", "S10", "S11"),
        *("S12", "S13", "S14", "S19", "S19b", "S24"),
    }
)
MARK = 16  # characters of a digest that tell facts apart

LISTENERS: Mapping[Override, Listener] = {
    Override.SHOWN: Listener.NURSE,
    Override.NURSE: Listener.NURSE,
    Override.LEAD: Listener.LEAD,
    Override.NEVER: Listener.LEAD,
}


def known_of(facts: Facts, act: Act) -> Known | None:
    """Return what the safety rules read for an act that may come any day."""
    if facts.background is None:
        return None
    days = [answer.given_on for answer in facts.forecast.answers]
    last = facts.forecast.last_given_on
    course = facts.course
    told = facts_of(
        act,
        background=facts.background,
        measured=latest(facts.values, on=facts.today),
        untreated=latest(facts.values, on=min(days, default=facts.today)),
        has_red_flag=bool(facts.assessed and facts.assessed[-1].red_flags),
    )
    return replace(
        told,
        product=facts.product,
        is_neurological=facts.may_have_nerve_damage,
        last_b12_dose_days_ago=(facts.today - last).days if last else None,
        loading_day=(facts.today - course.first_on).days if course else None,
        folic_acid_mg=facts.background.folic_acid_mg or None,
    )


def mark(of_facts: str) -> str:
    """Return what an alert is about, from the digest of the facts it read."""
    return of_facts[:MARK]


def speaks_of(rule_id: str) -> Reads:
    """Return what reads one safety rule: its finding, and the incidents it made."""
    rows = [row for row in TABLE if row.id == rule_id]

    def reads(facts: Facts) -> Iterator[Occasion]:
        if rule_id in STANDING:
            yield from _standing(facts, rows)
        for incident in facts.incidents:
            if incident.rule == rule_id:
                yield Occasion(
                    since=incident.given_on,
                    about=f"injection {incident.key}",
                    text=f"{incident.title}: an injection was given all the same.",
                )

    return reads


def _standing(facts: Facts, rows: list[SafetyRule]) -> Iterator[Occasion]:
    for row in rows:
        act = next(act for act in STANDING_ACTS if act in row.acts)
        known = known_of(facts, act)
        if known is not None and row.speaks(known):
            about = mark(digest(row, known))
            yield Occasion(
                since=facts.opened.get((row.id, about), facts.today),
                about=about,
                severity=Severity(row.severity.value.lower()),
                text=row.text,
            )
            return


def _rule(rule_id: str) -> Rule:
    first = next(row for row in TABLE if row.id == rule_id)
    return Rule(
        code=rule_id,
        cites=rule_id,
        reads=speaks_of(rule_id),
        to=LISTENERS.get(first.override, Listener.PRESCRIBER),
        severity=Severity(first.severity.value.lower()),
        version=first.version,
        text=first.text,
    )


def _spoken() -> Iterator[str]:
    """Yield the rules that hold of a patient, or can be broken by an injection."""
    for rule_id in dict.fromkeys(row.id for row in TABLE):
        acts = {act for row in TABLE if row.id == rule_id for act in row.acts}
        if rule_id in STANDING or (rule_id.startswith("S") and Act.GIVE in acts):
            yield rule_id


RULES = tuple(_rule(rule_id) for rule_id in _spoken())
