"""Somebody named a second time is recognised, under whichever number."""

from datetime import date

import pytest

from tests.tracker.imports.good_lines import GRACE, faults, read, warnings
from tracker.imports.people import same

ADA_BORN = {"Surname": "Marsh", "Forename": "Ada"}


class TestSame:
    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param("Marsh", "MARSH", id="case"),
            pytest.param("Zoë", "Zoe", id="accent"),
            pytest.param("Ångström", "angstrom", id="accents"),
            pytest.param("O'Rail", "O Rail", id="apostrophe"),
            pytest.param("Smyth-Jones", "Smyth Jones", id="hyphen"),
            pytest.param("Groß", "GROSS", id="sharp s"),
        ],
    )
    def test_takes_two_spellings_for_one_name(self, one: str, other: str) -> None:
        assert same(one) == same(other)

    @pytest.mark.parametrize(("one", "other"), [("Marsh", "Marsch"), ("*", "-")])
    def test_tells_names_apart(self, one: str, other: str) -> None:
        assert same(one) != same(other)


class TestRepeats:
    def test_are_taken_once_with_a_note(self) -> None:
        reading = read({}, GRACE, {})

        assert [row.line_number for row in reading.rows] == [2, 3]
        assert [(r.line_number, r.repeats) for r in reading.repeats] == [(4, 2)]

    def test_may_differ_in_spaces(self) -> None:
        reading = read({}, {"Surname": " Marsh "})

        assert [(r.line_number, r.repeats) for r in reading.repeats] == [(3, 2)]

    def test_of_a_refused_line_are_repeats_as_well(self) -> None:
        reading = read({"Interval": "?"}, {"Interval": "?"})

        assert [refusal.line_number for refusal in reading.refusals] == [2]
        assert [(r.line_number, r.repeats) for r in reading.repeats] == [(3, 2)]


class TestClashes:
    @pytest.mark.parametrize(
        ("second", "problem"),
        [
            pytest.param(
                {"Surname": "Hollow"}, ("NHS Number", "nhs_number_taken"), id="surname"
            ),
            pytest.param(
                {"Forename": "Grace"}, ("NHS Number", "nhs_number_taken"), id="forename"
            ),
            pytest.param(
                {"Date of Birth": "30/12/1940"},
                ("NHS Number", "nhs_number_taken"),
                id="birth date",
            ),
            pytest.param(
                {"Surname": "MARSH", "Patient No": "E9"},
                ("NHS Number", "listed_twice"),
                id="same person, other spelling",
            ),
            pytest.param(
                {"Last injection": "31/10/2026"},
                ("NHS Number", "listed_twice"),
                id="same person, other injection",
            ),
            pytest.param(
                {**GRACE, "Patient No": "E700"},
                ("Patient No", "local_number_taken"),
                id="patient number of another",
            ),
            pytest.param(
                {"NHS Number": ""},
                ("Patient No", "listed_twice"),
                id="same person, NHS number left out",
            ),
            pytest.param(
                {"NHS Number": "", "Patient No": ""},
                ("Surname", "listed_twice"),
                id="same person without any number",
            ),
        ],
    )
    def test_refuse_the_second_line(
        self, second: dict[str, str], problem: tuple[str, str]
    ) -> None:
        reading = read({}, second)

        assert [row.line_number for row in reading.rows] == [2]
        (refusal,) = reading.refusals
        assert refusal.line_number == 3
        assert faults(refusal) == [problem]
        assert "line 2" in refusal.problems[0].reason

    def test_are_found_with_a_line_that_was_refused(self) -> None:
        reading = read({"Interval": "?"}, {"Surname": "Hollow"})

        assert [faults(refusal) for refusal in reading.refusals] == [
            [("Interval", "interval_not_understood")],
            [("NHS Number", "nhs_number_taken")],
        ]

    def test_come_after_what_else_is_wrong(self) -> None:
        reading = read({}, {"Surname": "Hollow", "Interval": "?"})

        assert [faults(refusal) for refusal in reading.refusals] == [
            [
                ("Interval", "interval_not_understood"),
                ("NHS Number", "nhs_number_taken"),
            ]
        ]

    def test_are_not_looked_for_without_a_name(self) -> None:
        reading = read({"Surname": ""}, {})

        assert [row.line_number for row in reading.rows] == [3]

    def test_of_a_third_line_name_the_first(self) -> None:
        reading = read({}, {"Surname": "Hollow"}, {"Surname": "Penrose"})

        assert [r.problems[0].reason for r in reading.refusals] == [
            "NHS Number is also on line 2, for another person.",
            "NHS Number is also on line 2, for another person.",
        ]


class TestNamesakes:
    def test_are_both_taken_over_with_a_warning(self) -> None:
        reading = read({}, {**GRACE, **ADA_BORN})

        assert [warnings(row) for row in reading.rows] == [
            [],
            [("Surname", "namesake")],
        ]

    def test_are_not_people_born_on_another_day(self) -> None:
        reading = read({}, {**GRACE, **ADA_BORN, "Date of Birth": "30/12/1940"})

        assert [warnings(row) for row in reading.rows] == [[], []]


class TestPerson:
    def test_stays_with_a_refused_line(self) -> None:
        (refusal,) = read({"Interval": "?"}).refusals

        assert refusal.person is not None
        assert refusal.person.nhs_number == "9994200003"
        assert refusal.person.local_number == "E700"
        assert refusal.person.birth_date == date(1940, 12, 31)

    def test_is_nobody_without_a_birth_date(self) -> None:
        (refusal,) = read(
            {"Date of Birth": "", "Last injection": "31/10/2026"}
        ).refusals

        assert refusal.person is None
