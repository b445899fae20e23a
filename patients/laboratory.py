"""
The laboratory tests that are kept, the units they come in and what is believable.

Values stay in the unit they were reported in and are compared in it; nothing is
converted before a comparison. Limits of belief are clinical rules, hazard H12 (B12 and
MMA), and elsewhere wide enough for any living patient. A LOINC code stands here only if
its meaning was verified (rules 9); else it is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Policy(StrEnum):
    """
    How a clinic follows treatment by blood tests (rules 2.9, R24).

    The article's policy contradicts UK local advice, which does not measure B12 or
    homocysteine again under treatment; a clinic can follow either.
    """

    QUARTERLY_THEN_ANNUAL = "QUARTERLY_THEN_ANNUAL"
    UK_CLINICAL = "UK_CLINICAL"


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A unit of one test: its LOINC code, and the least and the most to be believed."""

    ucum: str
    loinc: str
    least: Decimal
    most: Decimal


@dataclass(frozen=True, kw_only=True)
class Test:
    """One kind of result."""

    __test__ = False  # not for the test runner

    code: str
    title: str
    units: tuple[Unit, ...]

    def unit(self, ucum: str) -> Unit | None:
        """Return the unit called `ucum`, if this test is reported in it."""
        return next((unit for unit in self.units if unit.ucum == ucum), None)


def _unit(ucum: str, loinc: str, least: str, most: str) -> Unit:
    return Unit(ucum=ucum, loinc=loinc, least=Decimal(least), most=Decimal(most))


def _test(code: str, title: str, *units: Unit) -> Test:
    return Test(code=code, title=title, units=units)


_TESTS = (
    _test(
        "b12",
        "Vitamin B12, total",
        _unit("pg/mL", "2132-9", "10", "20000"),
        _unit("ng/L", "2132-9", "10", "20000"),
        _unit("pmol/L", "14685-2", "7", "15000"),
    ),
    _test("active_b12", "Active B12", _unit("pmol/L", "", "1", "2000")),
    _test(
        "mma",
        "Methylmalonic acid",
        _unit("nmol/L", "13964-2", "20", "100000"),
        _unit("umol/L", "13964-2", "0.02", "100"),
    ),
    _test("homocysteine", "Homocysteine", _unit("umol/L", "13965-9", "1", "500")),
    _test(
        "folate",
        "Folate, serum",
        _unit("ng/mL", "2284-8", "0.1", "100"),
        _unit("ug/L", "2284-8", "0.1", "100"),
        _unit("nmol/L", "", "0.2", "230"),
    ),
    _test(
        "rbc_folate",
        "Folate, red cells",
        _unit("ng/mL", "", "10", "4000"),
        _unit("ug/L", "", "10", "4000"),
        _unit("nmol/L", "", "20", "9000"),
    ),
    _test(
        "haemoglobin",
        "Haemoglobin",
        _unit("g/L", "718-7", "20", "250"),
        _unit("g/dL", "718-7", "2", "25"),
    ),
    _test(
        "haematocrit",
        "Haematocrit",
        _unit("%", "", "5", "80"),
        _unit("L/L", "", "0.05", "0.8"),
    ),
    _test("mcv", "MCV", _unit("fL", "787-2", "40", "160")),
    _test("red_cells", "Red cells", _unit("10*12/L", "789-8", "0.5", "10")),
    _test("white_cells", "White cells", _unit("10*9/L", "", "0.1", "500")),
    _test("platelets", "Platelets", _unit("10*9/L", "", "1", "3000")),
    _test(
        "reticulocytes",
        "Reticulocytes",
        _unit("10*9/L", "", "0.1", "1000"),
        _unit("%", "", "0.01", "60"),
    ),
    _test(
        "ferritin",
        "Ferritin",
        _unit("ng/mL", "2276-4", "1", "100000"),
        _unit("ug/L", "2276-4", "1", "100000"),
    ),
    _test("tsh", "TSH", _unit("m[IU]/L", "", "0.001", "500")),
    _test(
        "hba1c",
        "HbA1c",
        _unit("mmol/mol", "", "9", "200"),
        _unit("%", "4548-4", "3", "21"),
    ),
    _test(
        "creatinine",
        "Creatinine",
        _unit("umol/L", "14682-9", "10", "3000"),
        _unit("mg/dL", "2160-0", "0.1", "35"),
    ),
    _test("egfr", "eGFR", _unit("mL/min/{1.73_m2}", "62238-1", "1", "200")),
    _test("potassium", "Potassium", _unit("mmol/L", "2823-3", "1", "10")),
    _test("inr", "INR", _unit("{INR}", "", "0.5", "20")),
    _test(
        "urine_acr",
        "Urine albumin to creatinine",
        _unit("mg/mmol", "", "0.01", "2000"),
        _unit("mg/g", "", "0.1", "18000"),
    ),
)

TESTS: Mapping[str, Test] = {test.code: test for test in _TESTS}


class ImplausibleResult(ValueError):
    """A value that cannot be right: no such test, unit, or a value beyond belief."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


def check(*, test: str, value: Decimal, unit: str) -> Unit:
    """
    Return the unit in which `value` of `test` was reported.

    Raises ImplausibleResult, naming the field, if the laboratory cannot have said this.
    """
    if test not in TESTS:
        raise ImplausibleResult("test", f"There is no test called “{test}”.")
    title, units = TESTS[test].title, TESTS[test].units
    if (known := TESTS[test].unit(unit)) is None:
        names = ", ".join(each.ucum for each in units)
        raise ImplausibleResult("unit", f"{title} is reported in {names}.")
    if not value.is_finite() or not known.least <= value <= known.most:
        raise ImplausibleResult(
            "value",
            f"{title} lies between {known.least} and {known.most} {unit}; "
            "check the value and its unit.",
        )
    return known


def check_range(*, unit: Unit, low: Decimal | None, high: Decimal | None) -> None:
    """
    Check the laboratory's own limits, as printed beside a value, in its unit.

    Either may be absent. The upper one has to be believable as a value (a limit in
    another unit is not, hazard H12), the lower one may be nought. Raises
    ImplausibleResult, naming the field.
    """
    if low is not None and not (low.is_finite() and 0 <= low <= unit.most):
        said = f"The lower limit lies between 0 and {unit.most} {unit.ucum}."
        raise ImplausibleResult("range_low", said)
    if high is not None and not (high.is_finite() and unit.least <= high <= unit.most):
        said = (
            f"The upper limit lies between {unit.least} and {unit.most} {unit.ucum}; "
            "write it in the unit of the value."
        )
        raise ImplausibleResult("range_high", said)
    if low is not None and high is not None and low >= high:
        raise ImplausibleResult(
            "range_high", "The upper limit is above the lower limit."
        )
