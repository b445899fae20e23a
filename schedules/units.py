"""The units of laboratory results, as people write them."""

from patients.laboratory import TESTS


def unit_choices() -> list[tuple[str, str]]:
    """Return every unit once, in the order of the tests, as people write it."""
    units = {unit.ucum: None for test in TESTS.values() for unit in test.units}
    return [(ucum, written(ucum)) for ucum in units]


def written(ucum: str) -> str:
    """Return a unit as people write it: `µmol/L`, `10⁹/L`, `mL/min/1.73 m²`."""
    said = ucum
    for code, people in _WRITTEN:
        said = said.replace(code, people)
    return f"µ{said[1:]}" if said.startswith("u") else said


_WRITTEN = (
    ("{1.73_m2}", "1.73 m²"),
    ("{INR}", "INR"),
    ("m[IU]", "mIU"),
    ("10*9", "10⁹"),
    ("10*12", "10¹²"),
)
