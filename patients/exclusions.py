"""
The exclusions checklist: what else could explain the symptoms (rules R30-R34a, X1-X17).

Nobody's treatment waits for it: it is asked at the start and answered by day 14 (S15).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Exclusion(StrEnum):
    """One of the seventeen, in their order."""

    NEUROTOXIC_DRUGS = "X1"
    HYPOTHYROIDISM = "X2"
    RENAL_DISEASE = "X3"
    DIABETES = "X4"
    THIAMINE = "X5"
    COPPER = "X6"
    VITAMIN_E = "X7"
    INFECTION = "X8"
    INFLAMMATORY_NEUROPATHY = "X9"
    HAEMATOLOGICAL = "X10"
    MALIGNANCY = "X11"
    NITROUS_OXIDE = "X12"
    ALCOHOL = "X13"
    OTHER_TREMOR = "X14"
    ELECTROLYTES = "X15"
    PYRIDOXINE = "X16"
    CAUSATIVE_DRUGS = "X17"


@dataclass(frozen=True)
class Wording:
    """What is asked, and which claim asks it."""

    text: str
    rule: str


WORDINGS: Mapping[Exclusion, Wording] = {
    Exclusion.NEUROTOXIC_DRUGS: Wording(
        "Neurotoxic drugs, such as chemotherapy", "R30"
    ),
    Exclusion.HYPOTHYROIDISM: Wording("Hypothyroidism", "R31"),
    Exclusion.RENAL_DISEASE: Wording("Renal disease", "R31"),
    Exclusion.DIABETES: Wording("Diabetes", "R31"),
    Exclusion.THIAMINE: Wording("Thiamine deficiency", "R32"),
    Exclusion.COPPER: Wording("Copper deficiency", "R32"),
    Exclusion.VITAMIN_E: Wording("Vitamin E deficiency", "R32"),
    Exclusion.INFECTION: Wording("Infection: HIV, syphilis, Lyme, hepatitis C", "R33"),
    Exclusion.INFLAMMATORY_NEUROPATHY: Wording(
        "Inflammatory demyelinating neuropathy", "R33"
    ),
    Exclusion.HAEMATOLOGICAL: Wording("Haematological disease, paraprotein", "R34"),
    Exclusion.MALIGNANCY: Wording("Malignancy", "R34"),
    Exclusion.NITROUS_OXIDE: Wording("Nitrous oxide", "R34a"),
    Exclusion.ALCOHOL: Wording("Alcohol", "R34a"),
    Exclusion.OTHER_TREMOR: Wording(
        "Essential, parkinsonian or drug-induced tremor", "R34a"
    ),
    Exclusion.ELECTROLYTES: Wording(
        "Disturbed calcium, magnesium or potassium", "R34a"
    ),
    Exclusion.PYRIDOXINE: Wording("Too much vitamin B6", "R34a"),
    Exclusion.CAUSATIVE_DRUGS: Wording(
        "Drugs that cause B12 deficiency, such as metformin", "R34a"
    ),
}


class Answer(StrEnum):
    """What is known of one of them."""

    NOT_DONE = "not_done"
    EXCLUDED = "excluded"
    PRESENT = "present"
    PENDING = "pending"


@dataclass(frozen=True, kw_only=True)
class Answered:
    """The last answer to one of them: what, when, and by whom."""

    exclusion: Exclusion
    answer: Answer
    on: date
    by: str
