"""
What is said of the course of symptoms, and what may be answered (rules 4.4 to 4.6).

A suggestion writes no event: a prescriber takes the decision it speaks of, or dismisses
it, and it stays quiet for fourteen days.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from patients.course import Suggestion
from schedules.decisions import MaintainReason

QUIET_FOR = timedelta(days=14)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a suggestion says to staff: how loudly, by which rule, in which words."""

    severity: str  # late, warn or info, as pages call it
    rule: str  # of the clinical rules, with its version
    text: str


@dataclass(frozen=True, kw_only=True)
class Dismissed:
    """A suggestion that a prescriber dismissed, and on which day."""

    code: str
    on: date


SAID: Mapping[Suggestion, Said] = {
    Suggestion.RED_FLAG: Said(
        severity="late",
        rule="S21 v1",
        text="A red flag: a clinician must hear of it today. Where the cord or the "
        "optic nerve may be involved, the patient is admitted on the same day.",
    ),
    Suggestion.PARADOXICAL_WORSENING: Said(
        severity="warn",
        rule="R29 v1",
        text="A symptom is worse by 2 points or more, within 14 days of the first "
        "injection. This may come from the treatment itself, mostly on days 2 to 5. "
        "Check potassium, assess within 24 hours, and do not stop for this alone.",
    ),
    Suggestion.WORSENING: Said(
        severity="warn",
        rule="4.5 v1",
        text="A symptom is worse by 2 points or more than when it was first scored.",
    ),
    Suggestion.NO_RESPONSE_21D: Said(
        severity="warn",
        rule="4.4 v1",
        text="No symptom has improved by a point in 21 days. Reconsider the diagnosis; "
        "discuss with neurology or haematology.",
    ),
    Suggestion.RESOLVED_SUGGESTED: Said(
        severity="info",
        rule="4.4 v1",
        text="Every symptom has been at 1 or less for a week. A prescriber may decide "
        "to go to maintenance.",
    ),
    Suggestion.PLATEAU_SUGGESTED: Said(
        severity="info",
        rule="R23 v1",
        text="No symptom has gained a point in the last 14 days, compared with the 14 "
        "before them. A prescriber may decide to go to maintenance.",
    ),
    Suggestion.PLATEAU_NOT_ASSESSABLE: Said(
        severity="",
        rule="4.4 v1",
        text="Whether there is a plateau cannot be said yet. It takes 14 days and 6 "
        "injections, two assessments in the last 14 days and one in the 14 before, "
        "each with every symptom and the change all in all.",
    ),
    Suggestion.STILL_IMPROVING: Said(
        severity="",
        rule="R02 v1",
        text="Symptoms may still improve: loading goes on.",
    ),
}
#: What a reader of the numbers should know (R22).
PAIN_FIRST = "Pain and tingling usually improve before weakness (rule R22)."

#: The decision that a suggestion speaks of (T4), with its reason.
SPEAKS_FOR: Mapping[Suggestion, MaintainReason] = {
    Suggestion.PLATEAU_SUGGESTED: MaintainReason.PLATEAU,
    Suggestion.RESOLVED_SUGGESTED: MaintainReason.RESOLVED,
}
#: What a prescriber may dismiss. What is urgent is no suggestion, and stays.
DISMISSIBLE = frozenset({*SPEAKS_FOR, Suggestion.NO_RESPONSE_21D})


def quiet(dismissed: Iterable[Dismissed], *, on: date) -> frozenset[str]:
    """Return the codes that were dismissed less than fourteen days before a day."""
    return frozenset(
        each.code for each in dismissed if each.on <= on < each.on + QUIET_FOR
    )
