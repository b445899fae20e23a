"""What a safety rule is: a row of data, and a small predicate."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from schedules.safety.facts import Act, Facts


class Severity(StrEnum):
    """What a rule means for an intended act, from harmless to stopped."""

    OK = "OK"
    INFO = "INFO"
    WARN = "WARN"
    BLOCK = "BLOCK"

    @property
    def rank(self) -> int:
        """Return how strong it is: the more, the stronger."""
        return list(Severity).index(self)


class Override(StrEnum):
    """Who may go on in spite of a rule; SHOWN asks nobody, NEVER lets nobody."""

    SHOWN = "shown"
    NURSE = "N"
    PRESCRIBER = "P"
    TWO_PRESCRIBERS = "P+P"
    LEAD = "L"
    NEVER = "none"

    @property
    def rank(self) -> int:
        """Return how much it asks: the more, the stricter."""
        return list(Override).index(self)


class Evidence(StrEnum):
    """How well a rule is founded (rules, conventions)."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    DIFFERS = "differs"
    UNVERIFIED = "unverified"
    DESIGN = "design"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """
    One row of the table: when it speaks, how loudly, and what it says.

    `reads` are the facts whose change makes an acknowledged warning speak again; ages
    of facts, which change by themselves, are left out. `minds` are the members that
    matter of the sets it reads: another medicine is no other fact. A warning that does
    not hold up (`holds_up`) is told, and acknowledged after the act, not before. A stop
    that is about the treatment, not about one injection, is overruled for the plan
    (`for_plan`): whoever injects later needs no second decision on the same facts.
    """

    id: str
    version: int
    title: str
    severity: Severity
    override: Override
    acts: frozenset[Act]
    speaks: Callable[[Facts], bool]
    reads: tuple[str, ...]
    text: str
    sources: tuple[str, ...]
    evidence: Evidence
    minds: frozenset[str] = frozenset()
    holds_up: bool = True
    for_plan: bool = False


@dataclass(frozen=True, kw_only=True)
class Finding:
    """What one rule says of one intended act."""

    rule: Rule
    digest: str  # of the facts that the rule read

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def may_rest(self) -> bool:
        """Tell whether an answer lasts for a plan, while the facts are the same."""
        return self.severity is Severity.WARN or self.rule.for_plan

    @property
    def asks(self) -> bool:
        """Tell whether somebody has to answer before the act goes on."""
        return self.severity.rank >= Severity.WARN.rank and self.rule.holds_up


STARTING = frozenset({Act.START_LOADING, Act.RELOAD, Act.TAKE_OVER, Act.PRESCRIBE})
INJECTING = STARTING | {Act.GIVE}
LOADING = frozenset({Act.START_LOADING, Act.RELOAD, Act.GIVE})
GIVING = frozenset({Act.GIVE})
BLOCK, WARN, INFO, OK = Severity.BLOCK, Severity.WARN, Severity.INFO, Severity.OK
