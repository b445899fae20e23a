"""
The laboratory tests that are kept, the units they come in and what is believable.

Values stay in the unit they were reported in and are compared in it; nothing is
converted before a comparison. Limits of belief are clinical rules, hazard H12 (B12 and
MMA), and elsewhere wide enough for any living patient.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


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
        _unit("nmol/L", "14732-2", "0.2", "230"),
    ),
    _test(
        "haemoglobin",
        "Haemoglobin",
        _unit("g/L", "718-7", "20", "250"),
        _unit("g/dL", "718-7", "2", "25"),
    ),
    _test("mcv", "MCV", _unit("fL", "787-2", "40", "160")),
    _test(
        "creatinine",
        "Creatinine",
        _unit("umol/L", "14682-9", "10", "3000"),
        _unit("mg/dL", "2160-0", "0.1", "35"),
    ),
    _test("egfr", "eGFR", _unit("mL/min/{1.73_m2}", "62238-1", "1", "200")),
    _test("potassium", "Potassium", _unit("mmol/L", "2823-3", "1", "10")),
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
