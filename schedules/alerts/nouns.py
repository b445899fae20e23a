"""What an alert is: a rule, and the occasion on which it speaks."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schedules.alerts.facts import Facts


class Severity(StrEnum):
    """How loudly an alert speaks."""

    BLOCK = "block"
    WARN = "warn"
    INFO = "info"


class Listener(StrEnum):
    """Whom an alert speaks to first; everybody who treats may read it."""

    NURSE = "nurse"
    PRESCRIBER = "prescriber"
    LEAD = "clinical_lead"


@dataclass(frozen=True, kw_only=True)
class Occasion:
    """
    What a rule speaks about, and on which days [since, until).

    Where `until` is None, only a fact ends it. `about` names the facts that were read:
    when they change, it is another occasion, and an acknowledgement of this one does
    not silence it. `severity` and `text` are those of the rule, if not said.
    """

    since: date
    until: date | None = None
    about: str = ""
    severity: Severity | None = None
    text: str = ""


Reads = Callable[[Facts], Iterable[Occasion]]


@dataclass(frozen=True, kw_only=True)
class Rule:
    """
    When an alert speaks, to whom, and in which words.

    `cites` is the clinical rule. `by_answer`: only a fact can silence it, no
    acknowledgement. `in_dates`: the dates of the plan say it already, so that a page
    does not repeat it.
    """

    code: str
    cites: str
    text: str
    reads: Reads
    to: Listener = Listener.PRESCRIBER
    severity: Severity = Severity.WARN
    version: int = 1
    by_answer: bool = False
    in_dates: bool = False


Key = tuple[str, int, str]


@dataclass(frozen=True, kw_only=True)
class Alert:
    """A rule that speaks about a plan, and since when."""

    of: Rule
    since: date
    until: date | None
    about: str
    severity: Severity
    text: str

    @property
    def key(self) -> Key:
        """Return what tells this alert from any other of its plan."""
        return self.of.code, self.of.version, self.about

    @property
    def code(self) -> str:
        """Return the code of rules 2.11."""
        return self.of.code

    @property
    def rule(self) -> str:
        """Return the clinical rule, and the version of it that speaks."""
        return f"{self.of.cites} v{self.of.version}"

    def speaks(self, on: date) -> bool:
        """Tell whether it speaks on a day."""
        return self.since <= on and (self.until is None or on < self.until)


def alert_of(rule: Rule, occasion: Occasion) -> Alert:
    """Return the alert of a rule on an occasion."""
    return Alert(
        of=rule,
        since=occasion.since,
        until=occasion.until,
        about=occasion.about,
        severity=occasion.severity or rule.severity,
        text=occasion.text or rule.text,
    )
