import pytest

from schedules.units import unit_choices, written


class TestWritten:
    @pytest.mark.parametrize(
        ("ucum", "people"),
        [
            pytest.param("ng/L", "ng/L", id="as it is"),
            pytest.param("umol/L", "µmol/L", id="micro at the start"),
            pytest.param("10*9/L", "10⁹/L", id="billions"),
            pytest.param("10*12/L", "10¹²/L", id="trillions"),
            pytest.param("mL/min/{1.73_m2}", "mL/min/1.73 m²", id="of a surface"),
            pytest.param("m[IU]/L", "mIU/L", id="international units"),
            pytest.param("{INR}", "INR", id="a ratio"),
        ],
    )
    def test_is_what_people_write(self, ucum: str, people: str) -> None:
        assert written(ucum) == people


class TestUnitChoices:
    def test_offer_each_unit_once_in_the_order_of_the_tests(self) -> None:
        offered = unit_choices()

        assert offered[0] == ("pg/mL", "pg/mL")
        assert ("umol/L", "µmol/L") in offered
        assert len(offered) == len({code for code, _ in offered})
