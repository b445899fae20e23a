"""Whom a line finds in the book of everybody known."""

from dataclasses import replace

import pytest

from tests.tracker.imports.test_comparing import ADA, KNOWN
from tracker.imports.book import Book

# Practices number alike, and lists repeat themselves.
TWIN = replace(ADA, nhs_number=None, given_name="Grace")


class TestFind:
    def test_prefers_the_one_of_the_name_where_two_share_a_number(self) -> None:
        ada = replace(KNOWN, person=replace(ADA, nhs_number=None))
        grace = replace(KNOWN, patient_id=8, person=TWIN)

        assert Book([ada, grace]).find(TWIN) == [grace]
        assert Book([ada, grace]).find(ada.person) == [ada]

    def test_finds_both_where_neither_has_the_name(self) -> None:
        ada = replace(KNOWN, person=replace(ADA, nhs_number=None))
        grace = replace(KNOWN, patient_id=8, person=TWIN)

        found = Book([ada, grace]).find(replace(TWIN, given_name="Alan"))

        assert found == [ada, grace]

    @pytest.mark.parametrize("number", ["9994100084", None])
    def test_finds_nobody_of_another_local_number(self, number: str | None) -> None:
        other = replace(TWIN, nhs_number=number, local_number="45009")

        assert Book([KNOWN]).find(other) == []
