"""Which vitamin B12, and how much of it."""

from decimal import Decimal

import pytest

from schedules.products import COBALAMINS
from tracker.imports.medicines import Dose, Product, find_dose, read_product
from tracker.imports.problems import CellFault


class TestProduct:
    def test_is_one_that_an_injection_can_have(self) -> None:
        assert {product.value for product in Product} == COBALAMINS


class TestReadProduct:
    @pytest.mark.parametrize(
        ("text", "product"),
        [
            pytest.param(
                "Hydroxocobalamin 1mg/1ml solution for injection ampoules",
                Product.HYDROXOCOBALAMIN,
                id="in full",
            ),
            pytest.param("HYDROXYCOBALAMIN", Product.HYDROXOCOBALAMIN, id="misspelt"),
            pytest.param("Neo-Cytamen 1000", Product.HYDROXOCOBALAMIN, id="a brand"),
            pytest.param(
                "Cobalin-H (hydroxocobalamin) inj",
                Product.HYDROXOCOBALAMIN,
                id="brand and substance",
            ),
            pytest.param(
                "Cyanocobalamin 1mg/ml inj", Product.CYANOCOBALAMIN, id="cyanocobalamin"
            ),
            pytest.param("mecobalamin", Product.METHYLCOBALAMIN, id="another name"),
        ],
    )
    def test_finds_the_substance(self, text: str, product: Product) -> None:
        assert read_product(text) is product

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            pytest.param(
                "Folic acid 5mg tablets", "product_unknown", id="another drug"
            ),
            pytest.param("Vitamin B12", "product_unknown", id="which form?"),
            pytest.param(
                "hydroxocobalamin or cyanocobalamin",
                "product_unknown",
                id="two of them",
            ),
            pytest.param(
                "Cyanocobalamin 50microgram tablets",
                "product_not_injected",
                id="tablets",
            ),
            pytest.param(
                "Methylcobalamin sublingual", "product_not_injected", id="sublingual"
            ),
        ],
    )
    def test_refuses(self, text: str, code: str) -> None:
        with pytest.raises(CellFault) as fault:
            read_product(text)

        assert fault.value.code == code


class TestFindDose:
    @pytest.mark.parametrize(
        ("text", "written", "mg"),
        [
            pytest.param("Hydroxocobalamin 1mg/1ml", "1mg", "1", id="in the name"),
            pytest.param("1 mg", "1 mg", "1", id="with a space"),
            pytest.param("1000 micrograms", "1000 micrograms", "1", id="micrograms"),
            pytest.param("1,000mcg", "1000mcg", "1", id="thousands"),
            pytest.param("250µg", "250µg", "0.25", id="sign of micro"),
            pytest.param("0.5 milligram", "0.5 milligram", "0.5", id="half"),
        ],
    )
    def test_finds_the_first(self, text: str, written: str, mg: str) -> None:
        assert find_dose(text) == Dose(written=written, mg=Decimal(mg))

    @pytest.mark.parametrize(
        "text",
        [
            pytest.param("", id="empty"),
            pytest.param("one ampoule", id="words"),
            pytest.param("1 ml", id="a volume"),
            pytest.param("0mg", id="nothing"),
            pytest.param("1 microgram", id="next to nothing"),
            pytest.param("1000mg", id="a gram"),
        ],
    )
    def test_finds_none(self, text: str) -> None:
        assert find_dose(text) is None
