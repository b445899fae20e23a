"""The people of the demo are read from a file, and nobody's number is real."""

from datetime import date

import pytest

from tracker.demo.people import (
    ELM_STREET,
    MILL_LANE,
    Loading,
    Maintained,
    Someone,
    Workup,
)

ROW = {
    "family_name": "Lovelace",
    "given_name": "Ada",
    "birth_date": "1958-12-10",
    "nhs_number": "9994100017",
}


class TestSomeone:
    @pytest.mark.parametrize(
        ("told", "story"),
        [
            ({"kind": "workup"}, Workup(unverified_ago=None)),
            (
                {"kind": "loading", "began_ago": 4},
                Loading(began_ago=4, stopped_ago=1, maintained_ago=None),
            ),
            (
                {"kind": "maintained", "given_ago": [1, 2]},
                Maintained(interval="8w", given_ago=(1, 2), bloods=False, review_in=0),
            ),
        ],
    )
    def test_is_read_with_a_story(self, told, story):
        someone = Someone.from_dict({**ROW, "story": told})

        assert someone.story == story
        assert someone.birth_date == date(1958, 12, 10)

    def test_has_what_most_have_unless_told(self):
        someone = Someone.from_dict({**ROW, "story": {"kind": "workup"}})

        assert (someone.neurological, someone.cause) == ("no", "Pernicious anaemia")
        assert (someone.product, someone.preferred) == ("hydroxocobalamin", "sms")
        assert (someone.allergy, someone.is_reachable) == ("", True)

    def test_may_take_medicines(self):
        row = {**ROW, "story": {"kind": "workup"}, "medicines": [["metformin", "850"]]}

        assert Someone.from_dict(row).medicines == (("metformin", "850"),)


class TestTheDemo:
    def test_has_two_clinics_of_different_people(self):
        numbers = [someone.nhs_number for someone in (*ELM_STREET, *MILL_LANE)]

        assert len(numbers) == len(set(numbers))
        assert all(number.startswith("999") for number in numbers)
        assert ELM_STREET[0].family_name == "Lovelace"
        assert len(ELM_STREET) > len(MILL_LANE) > 0
