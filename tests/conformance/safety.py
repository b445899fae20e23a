"""From the words of a case about safety to the facts that the rules read."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from schedules import safety
from schedules.intervals import Interval
from schedules.safety import B12, Act, Allergy, Condition, Facts

Said = Mapping[str, Any]

# What a case calls an act, where the rules call it otherwise.
ACTS = {
    "close_plan": Act.CLOSE,
    "pause_plan": Act.PAUSE,
    "start": Act.START_LOADING,
    "reload": Act.RELOAD,
    "transfer_in": Act.TAKE_OVER,
}
CONDITIONS = {
    "leber": Condition.LEBER,
    "diabetes": Condition.DIABETES,
    "cardiac_disease": Condition.CARDIAC_DISEASE,
    "bleeding_disorder": Condition.BLEEDING_DISORDER,
    "pregnant": Condition.PREGNANT,
    "breastfeeding": Condition.BREASTFEEDING,
    "megaloblastic_anaemia": Condition.MEGALOBLASTIC_ANAEMIA,
    "red_flag": Condition.RED_FLAG,
}
MEDICINES = ("anticoagulant", "diuretic", "digoxin")


def safety_verdicts(case: Said, meta: Said) -> Any:
    """Return the strongest verdict on each fact set, and the rule that gives it."""
    return [list(safety.verdict(safety.judge(facts_of(row)))) for row in case["input"]]


def facts_of(row: Said) -> Facts:
    """Return what a case says; what it leaves out is not known."""
    told = {name: read(row) for name, read in READ.items()}
    action = row["action"]
    return Facts(
        act=ACTS.get(action) or Act(action),
        **{name: value for name, value in told.items() if value is not None},
    )


def _number(name: str) -> Callable[[Said], Decimal | None]:
    return lambda row: None if row.get(name) is None else Decimal(str(row[name]))


def _plain(name: str) -> Callable[[Said], Any]:
    return lambda row: row.get(name)


def _folic_acid(row: Said) -> Decimal | None:
    if row.get("medicine") != "folic_acid":
        return None
    return Decimal(str(row["daily_mg"]))


def _b12(row: Said) -> B12 | None:
    return B12(row["b12_status"]) if row.get("b12_status") else None


def _conditions(row: Said) -> frozenset[Condition]:
    found = {known for name, known in CONDITIONS.items() if row.get(name)}
    if row.get("condition"):
        found.add(Condition(row["condition"]))
    return frozenset(found)


def _allergies(row: Said) -> frozenset[Allergy]:
    found = set()
    if row.get("hypersensitivity"):
        found.add(Allergy.COBALAMIN)
    if row.get("cobalt_contact_allergy"):
        found.add(Allergy.COBALT)
    return frozenset(found)


def _medicines(row: Said) -> frozenset[str]:
    """Return the names, and for a named anticoagulant what it is, too."""
    found = {row.get("medicine")}
    found |= {kind for kind in MEDICINES if row.get(kind)}
    return frozenset(name for name in found if name)


def _inr_top(row: Said) -> Decimal | None:
    return Decimal(str(row["inr_range"][1])) if row.get("inr_range") else None


def _loading_day(row: Said) -> int | None:
    is_start = row["action"] in {"start_loading", "start", "reload"}
    day: int | None = row.get("loading_day", 0 if is_start else None)
    return day


def _interval(row: Said) -> Interval | None:
    return Interval.parse(row["interval"]) if row.get("interval") else None


def _route(row: Said) -> str | None:
    return row["route"].lower() if row.get("route") else None


READ: Mapping[str, Callable[[Said], Any]] = {
    "product": _plain("product"),
    "route": _route,
    "dose_mg": _number("dose_mg"),
    "has_expired": _plain("expired"),
    "hydroxocobalamin_available": _plain("hydroxocobalamin_available"),
    "identifiers_confirmed": _plain("identifiers_confirmed"),
    "loading_day": _loading_day,
    "last_b12_dose_days_ago": _plain("last_b12_dose_days_ago"),
    "b12": _b12,
    "folate_is_low": _plain("folate_low"),
    "folic_acid_mg": _folic_acid,
    "egfr": _number("egfr"),
    "acr": _number("acr_mg_mmol"),
    "potassium": _number("potassium_mmol_l"),
    "potassium_age_days": _plain("potassium_days_ago"),
    "haemoglobin": _number("hb_g_l"),
    "platelets": _number("platelets"),
    "inr": _number("inr"),
    "inr_top": _inr_top,
    "inr_age_days": _plain("inr_days_ago"),
    "medicines": _medicines,
    "antiplatelets": lambda row: len(row.get("antiplatelets") or ()),
    "allergies": _allergies,
    "conditions": _conditions,
    "age": _plain("age"),
    "is_neurological": _plain("neurological"),
    "interval": _interval,
    "cause_is_dietary": lambda row: row.get("cause") == "dietary",
    "cause_is_irreversible": _plain("irreversible"),
    "reason": _plain("reason"),
}
