"""
What the safety rules read: one act that somebody intends, and what is known.

Whatever is not known is None or left out, and no rule takes it for a danger or for its
absence, but where it says so itself.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from schedules.guard import Verdict
from schedules.intervals import LONGEST_DAYS, SHORTEST_DAYS, Interval


class Act(StrEnum):
    """What somebody is about to do."""

    GIVE = "give"
    START_LOADING = "start_loading"
    RELOAD = "reload"
    TAKE_OVER = "take_over"
    PRESCRIBE = "prescribe"
    SWITCH_TO_ORAL = "switch_to_oral"
    START_MEDICINE = "start_medicine"
    RECORD_CONDITION = "record_condition"
    TO_MAINTENANCE = "to_maintenance"
    CHANGE_PROTOCOL = "change_protocol"
    CHANGE_INTERVAL = "change_interval"
    PAUSE = "pause"
    CLOSE = "close"


class B12(StrEnum):
    """What the measured B12 says."""

    DEFICIENT = "deficient"
    INDETERMINATE = "indeterminate"
    NORMAL = "normal"
    UNKNOWN = "unknown"


class Allergy(StrEnum):
    """What somebody does not tolerate."""

    COBALAMIN = "cobalamin"  # anaphylaxis or serious; an excipient of it as well
    COBALT = "cobalt"


class Condition(StrEnum):
    """What somebody has, or is about to have."""

    ALBUMINURIA = "albuminuria"
    BLEEDING_DISORDER = "bleeding_disorder"
    BREASTFEEDING = "breastfeeding"
    CARDIAC_DISEASE = "cardiac_disease"
    DIABETES = "diabetes"
    LEBER = "leber"  # any hereditary optic neuropathy
    MEGALOBLASTIC_ANAEMIA = "megaloblastic_anaemia"
    NITROUS_OXIDE_PLANNED = "nitrous_oxide_planned"
    NITROUS_OXIDE_RECREATIONAL = "nitrous_oxide_recreational"
    PREGNANT = "pregnant"
    RED_FLAG = "red_flag"
    RENAL_DISEASE = "renal_disease"


IM, SC, IV = "im", "sc", "iv"
HYDROXOCOBALAMIN = "hydroxocobalamin"
CYANOCOBALAMIN = "cyanocobalamin"
METHYLCOBALAMIN = "methylcobalamin"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """
    An intended act and what is known of the patient at that moment.

    Units: `dose_mg` and `folic_acid_mg` (a day) in mg, `egfr` in mL/min/1.73 m², `acr`
    in mg/mmol, `potassium` in mmol/L, `haemoglobin` in g/L, `platelets` in 10⁹/L.
    `loading_day` counts from the first day of loading, which is 0. `inr_top` is the
    upper end of the therapeutic range. `guard` is what rules 2.7 say of an injection.
    """

    act: Act
    product: str = ""
    route: str = IM
    dose_mg: Decimal | None = None
    has_batch: bool | None = None
    has_expired: bool | None = None
    is_first_dose: bool = False
    is_product_change: bool = False
    hydroxocobalamin_available: bool = True
    identifiers_confirmed: bool | None = None
    guard: Verdict | None = None
    failed_today: bool = False
    loading_day: int | None = None
    last_b12_dose_days_ago: int | None = None
    b12: B12 = B12.UNKNOWN
    folate_is_low: bool = False
    folic_acid_mg: Decimal | None = None
    egfr: Decimal | None = None
    acr: Decimal | None = None
    potassium: Decimal | None = None
    potassium_age_days: int | None = None
    haemoglobin: Decimal | None = None
    platelets: Decimal | None = None
    inr: Decimal | None = None
    inr_top: Decimal | None = None
    inr_age_days: int | None = None
    medicines: frozenset[str] = frozenset()
    antiplatelets: int = 0
    allergies: frozenset[Allergy] = frozenset()
    conditions: frozenset[Condition] = frozenset()
    age: int | None = None
    is_neurological: bool | None = None  # not ruled out counts as yes
    course_is_for_neurological: bool | None = None  # of the protocol; None: either
    exclusions_unanswered: int | None = None
    has_sample: bool | None = None
    interval: Interval | None = None
    shortest_interval_days: int = SHORTEST_DAYS  # of the clinic
    longest_interval_days: int = LONGEST_DAYS
    cause_is_dietary: bool = False
    cause_is_irreversible: bool = False
    reason: str = ""
