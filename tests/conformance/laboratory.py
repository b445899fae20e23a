"""The adapters of the laboratory: diagnosis, panels, stability."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from patients.bands import Thresholds
from patients.diagnosis import interpret
from patients.findings import About
from patients.measured import Measured, Value
from schedules import panels
from schedules.phases import Phase
from schedules.stabilised import Drawn, signs, stabilised
from tests.conformance.calendars import calendar, day, iso

Case = dict[str, Any]
Meta = dict[str, Any]

SOME_DAY = "2026-01-05"


def diagnosed(case: Case, meta: Meta) -> Any:
    return [_diagnosed(row) for row in case["input"]]


def _diagnosed(row: Any) -> Any:
    found = interpret(
        Measured(values={value.test: value for value in _reported(row)}),
        about=About(
            neurological=row.get("neuro", False),
            nitrous_oxide=row.get("n2o", False),
            suspicion=row.get("suspicion", False),
            recent_b12=row.get("recent_b12", False),
        ),
        thresholds=Thresholds(),
    )
    assert found is not None
    return [found.category, sorted(found.flags)]


def _reported(row: Any) -> Iterator[Value]:
    """Return the values of a case, each in the unit it was reported in."""
    b12 = "active_b12" if row.get("marker") == "active" else "b12"
    yield _value(b12, row["b12"], row.get("b12_unit", "pg/mL"))
    if row.get("mma") is not None:
        unit = row.get("mma_unit", "nmol/L")
        yield _value("mma", row["mma"], unit, high=row.get("mma_cut"))
    if row.get("hcy") is not None:
        yield _value("homocysteine", row["hcy"], "umol/L", high=row.get("hcy_cut"))
    if row.get("egfr") is not None:
        yield _value("egfr", row["egfr"], "mL/min/{1.73_m2}")
    if row.get("folate_low"):
        yield _value("folate", 2, "ng/mL", low=3)


def labs(case: Case, meta: Meta) -> Any:
    given = case["input"]
    if isinstance(given, list):
        return [_stabilised(row) for row in given]
    series = panels.Series(from_on=day(given["loading_start"]))
    where = calendar(given["calendar"], meta)
    slots = [panels.slot(series, n, calendar=where) for n in given["n"]]
    return [[iso(slot.target_on), iso(slot.due_on)] for slot in slots]


def _stabilised(row: Any) -> bool:
    last = row.get("last_protocol_change")
    return stabilised(
        [_drawn(panel) for panel in row["panels"]],
        phase=Phase(row["phase"].lower()),
        last_change_on=day(last) if last else None,
        symptom_worsened=row.get("symptom_worsened", False),
    )


def _drawn(panel: Any) -> Drawn:
    found = signs(
        _panel(panel),
        # Where a case says nothing of the kidneys, they are good.
        egfr=_value("egfr", panel.get("egfr", 90), "mL/min/{1.73_m2}"),
        given=(),
        thresholds=Thresholds(),
    )
    return Drawn(on=day(panel["on"]), signs=found)


def _panel(panel: Any) -> Iterator[Value]:
    if panel.get("b12_pg") is not None:
        yield _value("b12", panel["b12_pg"], "pg/mL")
    if panel.get("hcy") is not None:
        yield _value("homocysteine", panel["hcy"], "umol/L")
    if panel.get("mma") is not None:
        yield _value("mma", panel["mma"], "nmol/L")
    haemoglobin, mcv = (2 if panel[name] else 1 for name in ("hb_ok", "mcv_ok"))
    yield _value("haemoglobin", haemoglobin, "g/L", low=2, high=3)
    yield _value("mcv", mcv, "fL", low=2, high=3)


def _value(
    test: str, number: float, unit: str, *, low: Any = None, high: Any = None
) -> Value:
    return Value(
        test=test,
        value=Decimal(str(number)),
        unit=unit,
        on=day(SOME_DAY),
        low=None if low is None else Decimal(str(low)),
        high=None if high is None else Decimal(str(high)),
    )
