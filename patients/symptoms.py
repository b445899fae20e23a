"""
What is asked about symptoms, and what an answer may be (clinical rules, section 4).

Each domain is scored from 0 (none) to 10 (worst imaginable), as it was at its worst in
the last seven days. The scale is validated for pain; for the other domains it is a
convenience, and no instrument made for B12 deficiency was found [design].
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

NONE, WORST = 0, 10
IMPROVED, UNCHANGED, WORSENED = 1, 4, 7  # global change (PGIC), its ends and middle

#: From this score on a symptom is more than a trace (rules 4.3, T4).
PRESENT = 3


class Domain(StrEnum):
    """What is scored, in the order in which it is asked (rules 4.1)."""

    TREMOR = "tremor"
    SPASM = "spasm"
    PARAESTHESIA = "paraesthesia"
    NUMBNESS = "numbness"
    WEAKNESS = "weakness"
    GAIT = "gait"
    COGNITION = "cognition"
    PAIN = "pain"
    FATIGUE = "fatigue"


class RedFlag(StrEnum):
    """What calls for a clinician on the same day (rules 4.1, 4.5; S21)."""

    VISION = "vision"
    SPHINCTER = "sphincter"
    FALL_INJURY = "fall_injury"
    RAPID_WEAKNESS = "rapid_weakness"
    SEIZURE = "seizure"
    PSYCHOSIS = "psychosis"


#: The five that treatment of nerves is watched by (R21).
CORE = (
    Domain.TREMOR,
    Domain.SPASM,
    Domain.PARAESTHESIA,
    Domain.NUMBNESS,
    Domain.WEAKNESS,
)
#: What shows that nerves are affected. Pain and fatigue have too many other causes to
#: hold a course by themselves [design].
NEUROLOGICAL = frozenset({*CORE, Domain.GAIT, Domain.COGNITION})

#: SNOMED CT, as far as section 9 of the rules has codes; those of gait, cognition and
#: pain are from memory there, and are to be verified.
SNOMED: Mapping[Domain, str] = {
    Domain.TREMOR: "26079004",
    Domain.SPASM: "45352006",
    Domain.PARAESTHESIA: "91019004",
    Domain.NUMBNESS: "44077006",
    Domain.WEAKNESS: "26544005",
    Domain.GAIT: "22325002",
    Domain.COGNITION: "386806002",
    Domain.PAIN: "22253000",
    Domain.FATIGUE: "84229001",
}
UNVERIFIED = frozenset({Domain.GAIT, Domain.COGNITION, Domain.PAIN})
#: LOINC of a pain score from 0 to 10.
PAIN_SCORE = "72514-3"

Scores = Mapping[Domain, int]


@dataclass(frozen=True, kw_only=True)
class Assessed:
    """
    One assessment: a day, a score from 0 to 10 for each domain that was asked.

    `pgic` is the patient's global impression of change, from 1 (very much improved)
    over 4 (no change) to 7 (very much worse), None if it was not asked.
    """

    on: date
    scores: Scores
    pgic: int | None = None
    red_flags: frozenset[RedFlag] = frozenset()


class ImplausibleAssessment(ValueError):
    """An answer that nobody can have given."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


def check(
    *, scores: Mapping[str, object], pgic: object, red_flags: Collection[object]
) -> None:
    """
    Raise ImplausibleAssessment, naming the field, unless these answers can be right.

    Something must have been answered: a score at least, or a red flag.
    """
    for domain, score in scores.items():
        _check_score(domain, score)
    if pgic is not None and not _whole(pgic, IMPROVED, WORSENED):
        raise ImplausibleAssessment("pgic", "Global change is a number from 1 to 7.")
    for flag in red_flags:
        if flag not in set(RedFlag):
            raise ImplausibleAssessment(
                "red_flags", f"There is no red flag called “{flag}”."
            )
    if not scores and not red_flags:
        raise ImplausibleAssessment("scores", "Score one symptom at least.")


def _check_score(domain: str, score: object) -> None:
    if domain not in set(Domain):
        raise ImplausibleAssessment("scores", f"There is no symptom called “{domain}”.")
    if not _whole(score, NONE, WORST):
        raise ImplausibleAssessment(
            "scores", f"The score of {domain} is a whole number from 0 to 10."
        )


def _whole(value: object, least: int, most: int) -> bool:
    # True is an int to Python, and no score.
    if isinstance(value, bool) or not isinstance(value, int):
        return False
    return least <= value <= most


def emerged(assessed: Assessed) -> bool:
    """Tell whether a neurological symptom scored 3 or more (T4, NEURO_EMERGED)."""
    return any(
        score >= PRESENT
        for domain, score in assessed.scores.items()
        if domain in NEUROLOGICAL
    )
