import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from schedules.products import (
    COBALAMINS,
    PRODUCTS,
    USUAL,
    Product,
    alike,
    catalogue,
    code_of,
    title,
)
from schedules.protocol import Protocol, ProtocolNotUnderstood
from tests.schedules.stories import EVERY_DAY, MAINTENANCE_ONLY, Story

LAST = date(2026, 2, 27)
DEPOT: dict[str, Any] = json.loads(
    (Path(__file__).parent / "protocols" / "depot.v1.json").read_text()
)


class TestFile:
    @pytest.mark.proves("R15", "R41")
    def test_holds_the_forms_of_b12(self) -> None:
        assert list(PRODUCTS) == [
            "hydroxocobalamin",
            "cyanocobalamin",
            "methylcobalamin",
        ]
        assert set(PRODUCTS) == COBALAMINS
        assert USUAL == "hydroxocobalamin"
        assert "Unlicensed, unverified" in PRODUCTS["methylcobalamin"].note
        assert {it.dose_mg for it in PRODUCTS.values()} == {Decimal(1)}


class TestCodeOf:
    def test_takes_a_name_or_a_product(self) -> None:
        assert code_of("cyanocobalamin") == "cyanocobalamin"
        assert code_of(DEPOT["product"]) == "another_depot"

    @pytest.mark.parametrize(
        "stated",
        [
            pytest.param({"code": "x"}, id="no title"),
            pytest.param({"code": "x", "title": "x", "dose": 1}, id="an unknown word"),
            pytest.param(7, id="a number"),
        ],
    )
    def test_refuses_what_is_neither(self, stated: Any) -> None:
        with pytest.raises(ProtocolNotUnderstood):
            Protocol.from_dict(DEPOT | {"product": stated})


class TestCatalogue:
    def test_adds_what_protocols_state(self) -> None:
        found = catalogue([{"product": "hydroxocobalamin"}, DEPOT])

        assert set(found) == {*PRODUCTS, "another_depot"}
        assert found["another_depot"] == Product(
            code="another_depot",
            title="another depot",
            cobalamin=False,
            dose_mg=Decimal("37.5"),
            route="im",
            note="Only to show that a file is enough.",
        )

    def test_needs_no_note(self) -> None:
        silent = {"code": "silent", "title": "a silent one"}

        assert catalogue([DEPOT | {"product": silent}])["silent"].note == ""


class TestTitle:
    def test_is_the_files_or_the_code_in_words(self) -> None:
        assert title("cyanocobalamin") == "cyanocobalamin"
        assert title("another_depot") == "another depot"


class TestAlike:
    def test_counts_any_b12_as_b12_and_another_product_as_itself(self) -> None:
        assert alike("methylcobalamin") == COBALAMINS
        assert alike("another_depot") == {"another_depot"}


class TestLaboratory:
    def test_is_not_asked_where_the_protocol_says_so(self) -> None:
        depot = Protocol.from_dict(DEPOT)
        told = {
            protocol.laboratory: Story(calendar=EVERY_DAY, protocol=protocol)
            .transferred(LAST, LAST, "4w")
            .forecast.panel
            for protocol in (depot, MAINTENANCE_ONLY)
        }

        assert told[False] is None
        assert told[True] is not None
