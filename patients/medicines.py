"""
The medicines that a rule reads or a chart should show, and how much is believable.

Nothing here suggests a medicine: what is taken is recorded, no more (rules R27-R29).
The most that is believed is wide enough for any prescription and there to catch
micrograms that were written as milligrams: 400 mg of folic acid are no dose [design].
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Medicine(StrEnum):
    """A medicine by its substance, or by its kind where rules read no more."""

    FOLIC_ACID = "folic_acid"
    HYDROXOCOBALAMIN = "hydroxocobalamin"
    CYANOCOBALAMIN = "cyanocobalamin"
    METHYLCOBALAMIN = "methylcobalamin"
    WARFARIN = "warfarin"
    DOAC = "doac"
    ASPIRIN = "aspirin"
    CLOPIDOGREL = "clopidogrel"
    ANTIPLATELET = "antiplatelet"
    DIURETIC = "diuretic"
    DIGOXIN = "digoxin"
    METFORMIN = "metformin"
    PPI = "ppi"
    H2_BLOCKER = "h2_blocker"
    COLCHICINE = "colchicine"
    TOPIRAMATE = "topiramate"
    CHLORAMPHENICOL = "chloramphenicol"
    CONTRACEPTIVE = "combined_contraceptive"
    GABAPENTIN = "gabapentin"
    PREGABALIN = "pregabalin"
    CARBAMAZEPINE = "carbamazepine"
    VALPROATE = "valproate"
    AMITRIPTYLINE = "amitriptyline"
    DULOXETINE = "duloxetine"
    IMIPRAMINE = "imipramine"
    CLONAZEPAM = "clonazepam"
    PIRACETAM = "piracetam"
    CHEMOTHERAPY = "chemotherapy"
    LEVOTHYROXINE = "levothyroxine"
    OTHER = "other"


class Route(StrEnum):
    """How a medicine gets into the body."""

    ORAL = "oral"
    SUBLINGUAL = "sublingual"
    INTRAVENOUS = "intravenous"
    INTRAMUSCULAR = "intramuscular"
    SUBCUTANEOUS = "subcutaneous"
    TOPICAL = "topical"
    OTHER = "other"


COBALAMINS = frozenset(
    {Medicine.HYDROXOCOBALAMIN, Medicine.CYANOCOBALAMIN, Medicine.METHYLCOBALAMIN}
)
SWALLOWED = frozenset({Route.ORAL, Route.SUBLINGUAL})
ANTICOAGULANTS = frozenset({Medicine.WARFARIN, Medicine.DOAC})
ANTIPLATELETS = frozenset(
    {Medicine.ASPIRIN, Medicine.CLOPIDOGREL, Medicine.ANTIPLATELET}
)
#: Those that keep B12 from being taken up or used (S24, NG239).
CAUSES_OF_DEFICIENCY = frozenset(
    {
        Medicine.METFORMIN,
        Medicine.PPI,
        Medicine.H2_BLOCKER,
        Medicine.COLCHICINE,
        Medicine.TOPIRAMATE,
    }
)
#: Those of which the rules read the dose, so that it has to be said (S01, S01b).
DOSE_IS_READ = frozenset({Medicine.FOLIC_ACID})
#: Those that say nothing without a name.
NAMELESS = frozenset({Medicine.ANTIPLATELET, Medicine.OTHER})

#: Codes that were verified (rules section 9); no other medicine has one here.
ATC: Mapping[Medicine, str] = {
    Medicine.HYDROXOCOBALAMIN: "B03BA03",
    Medicine.CYANOCOBALAMIN: "B03BA01",
    Medicine.METHYLCOBALAMIN: "B03BA05",
}

MOST_MG = Decimal(50_000)
_MOST_MG: Mapping[Medicine, Decimal] = {
    Medicine.FOLIC_ACID: Decimal(50),
    Medicine.HYDROXOCOBALAMIN: Decimal(20),
    Medicine.CYANOCOBALAMIN: Decimal(20),
    Medicine.METHYLCOBALAMIN: Decimal(20),
    Medicine.WARFARIN: Decimal(50),
    Medicine.DIGOXIN: Decimal(2),
    Medicine.COLCHICINE: Decimal(10),
    Medicine.CLONAZEPAM: Decimal(40),
    Medicine.LEVOTHYROXINE: Decimal(1),
}


@dataclass(frozen=True, kw_only=True)
class Taken:
    """
    A medicine that somebody takes, or took.

    `daily_mg` is what is taken in a day, in milligrams; None if it is not known.
    `started_on` is None if it began before anybody wrote it down; `stopped_on` is the
    first day without it. `inr_low` and `inr_high` are the therapeutic range that is
    meant for this person (S13).
    """

    medicine: Medicine
    route: Route = Route.ORAL
    daily_mg: Decimal | None = None
    name: str = ""
    started_on: date | None = None
    stopped_on: date | None = None
    inr_low: Decimal | None = None
    inr_high: Decimal | None = None

    def is_taken(self, on: date) -> bool:
        """Tell whether it is taken on that day."""
        began = self.started_on is None or self.started_on <= on
        return began and (self.stopped_on is None or on < self.stopped_on)

    def begins(self, on: date) -> bool:
        """Tell whether it begins on that day: an act to be judged, no history."""
        return self.started_on == on and self.is_taken(on)

    @property
    def replaces_injections(self) -> bool:
        """Tell whether this is B12 by mouth or under the tongue (S06, S07)."""
        return self.medicine in COBALAMINS and self.route in SWALLOWED

    @property
    def may_attenuate(self) -> bool:
        """Tell whether the blood may answer less: chloramphenicol IV or IM (S24)."""
        return self.medicine is Medicine.CHLORAMPHENICOL and self.route in (
            Route.INTRAVENOUS,
            Route.INTRAMUSCULAR,
        )


class ImplausibleMedicine(ValueError):
    """What cannot be right, or is not enough for the rules to read."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


def most_mg(medicine: Medicine) -> Decimal:
    """Return the most milligrams in a day that are believed of a medicine."""
    return _MOST_MG.get(medicine, MOST_MG)


def check(taken: Taken) -> None:
    """Raise ImplausibleMedicine, naming the field, where `taken` cannot be kept."""
    _check_kind(taken)
    _check_dose(taken)
    _check_days(taken)
    _check_range(taken)


def _check_kind(taken: Taken) -> None:
    if taken.medicine in NAMELESS and not taken.name:
        raise ImplausibleMedicine("name", "Write the name of the medicine.")
    if taken.medicine in COBALAMINS and taken.route not in SWALLOWED:
        raise ImplausibleMedicine(
            "route",
            "B12 that is injected is recorded as an injection; here it is oral or "
            "sublingual.",
        )


def _check_dose(taken: Taken) -> None:
    if taken.daily_mg is None:
        if taken.medicine in DOSE_IS_READ:
            raise ImplausibleMedicine(
                "daily_mg",
                "Enter the milligrams a day: rule S01 reads them (400 micrograms are "
                "0.4 mg).",
            )
        return
    most = most_mg(taken.medicine)
    if not taken.daily_mg.is_finite() or not 0 < taken.daily_mg <= most:
        raise ImplausibleMedicine(
            "daily_mg",
            f"A day’s dose of this lies above 0 and up to {most} mg; 400 micrograms "
            "are 0.4 mg.",
        )


def _check_days(taken: Taken) -> None:
    started, stopped = taken.started_on, taken.stopped_on
    if started is not None and stopped is not None and stopped < started:
        raise ImplausibleMedicine(
            "stopped_on", "The medicine was stopped before it was started."
        )


def _check_range(taken: Taken) -> None:
    low, high = taken.inr_low, taken.inr_high
    if low is None and high is None:
        return
    if taken.medicine is not Medicine.WARFARIN:
        raise ImplausibleMedicine("inr_high", "An INR range belongs to warfarin.")
    if low is None or high is None or not 1 <= low < high <= 5:
        raise ImplausibleMedicine(
            "inr_high",
            "Enter both ends of the INR range, such as 2 and 3; it lies between 1 "
            "and 5.",
        )
