"""
Why somebody lacks vitamin B12, as a code (rules 2.2, 2.3 T8, and 9 for the codes).

Free text stands beside it: a letter says more than a list does. Nothing here is taken
from the text, and a plan without a code has a cause that nobody has coded.
"""

from dataclasses import dataclass
from enum import StrEnum


class Cause(StrEnum):
    """What the deficiency comes from."""

    AUTOIMMUNE_GASTRITIS = "autoimmune_gastritis"
    TOTAL_GASTRECTOMY = "total_gastrectomy"
    ILEAL_RESECTION = "ileal_resection"
    PARTIAL_RESECTION = "partial_resection"
    OTHER_MALABSORPTION = "other_malabsorption"
    DIETARY = "dietary"
    MEDICINE = "medicine"
    NITROUS_OXIDE = "nitrous_oxide"
    INHERITED = "inherited"
    OTHER = "other"
    UNKNOWN = "unknown"

    @property
    def irreversible(self) -> bool:
        """Tell whether it cannot resolve, so that treatment is for life (T8)."""
        return self in IRREVERSIBLE

    @property
    def codes(self) -> "Codes":
        """Return what other systems call it; empty where rules 9 name nothing."""
        return CODES.get(self, Codes())


@dataclass(frozen=True, kw_only=True)
class Codes:
    """What other systems call a cause: SNOMED CT and ICD-10."""

    snomed: str = ""
    icd10: str = ""


IRREVERSIBLE = frozenset(
    {Cause.AUTOIMMUNE_GASTRITIS, Cause.TOTAL_GASTRECTOMY, Cause.ILEAL_RESECTION}
)
CODES = {Cause.AUTOIMMUNE_GASTRITIS: Codes(snomed="84027009", icd10="D51.0")}


def is_irreversible(code: str) -> bool:
    """Tell whether a stored code, empty if nobody coded the cause, is for life."""
    return bool(code) and Cause(code).irreversible


def is_dietary(code: str) -> bool:
    """Tell whether a stored code says that food alone is the cause (rules 2.2)."""
    return code == Cause.DIETARY
