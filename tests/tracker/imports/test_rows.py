"""One line is taken over as it says, or refused with every reason."""

from datetime import date
from decimal import Decimal

import pytest

from patients.models import Patient
from schedules.intervals import Interval, Unit
from schedules.models import Injection, Plan
from tests.tracker.imports.good_lines import GOOD, faults, refused, row, warnings
from tracker.imports import rows, treatment
from tracker.imports.medicines import Product


class TestRow:
    def test_says_what_the_line_says(self) -> None:
        assert vars(row()) == {
            "line_number": 2,
            "raw": dict(GOOD),
            "nhs_number": "9994200003",
            "local_number": "E700",
            "family_name": "Marsh",
            "given_name": "Ada",
            "birth_date": date(1940, 12, 31),
            "gender": "female",
            "phone": "+447700900100",
            "email": "ada@example.org",
            "preferred": "sms",
            "sms_consent": True,
            "neurological": "no",
            "diagnosis": "Pernicious anaemia",
            "product": Product.HYDROXOCOBALAMIN,
            "dose": "1mg",
            "dose_mg": Decimal(1),
            "interval": Interval(2, Unit.MONTH),
            "last_injection_on": date(2026, 10, 1),
            "batch": "B1041",
            "deceased": False,
            "deceased_on": None,
            "warnings": (),
        }

    def test_fits_the_columns_of_the_database(self) -> None:
        fields = {
            (Patient, "family_name"): rows.LONGEST_NAME,
            (Patient, "given_name"): rows.LONGEST_NAME,
            (Patient, "local_number"): rows.LONGEST_LOCAL_NUMBER,
            (Plan, "cause"): treatment.LONGEST_DIAGNOSIS,
            (Injection, "batch"): treatment.LONGEST_BATCH,
        }
        for (model, name), longest in fields.items():
            assert model._meta.get_field(name).max_length == longest, name


class TestWho:
    @pytest.mark.parametrize(
        ("changes", "problems"),
        [
            pytest.param(
                {"nhs_number": "999 420 0004"},
                [("NHS Number", "nhs_number_check_digit")],
                id="check digit",
            ),
            pytest.param(
                {"nhs_number": "999 420"},
                [("NHS Number", "nhs_number_length")],
                id="NHS number too short",
            ),
            pytest.param(
                {"nhs_number": "1111111111"},
                [("NHS Number", "nhs_number_placeholder")],
                id="NHS number to fill the field",
            ),
            pytest.param({"surname": ""}, [("Surname", "no_surname")], id="no surname"),
            pytest.param({"surname": " - "}, [("Surname", "no_surname")], id="a dash"),
            pytest.param(
                {"surname": "M" * 81}, [("Surname", "cell_too_long")], id="long surname"
            ),
            pytest.param(
                {"forename": "A" * 81}, [("Forename", "cell_too_long")], id="long name"
            ),
            pytest.param(
                {"patient_no": "1" * 21},
                [("Patient No", "cell_too_long")],
                id="long number",
            ),
            pytest.param(
                {"date_of_birth": ""},
                [("Date of Birth", "no_birth_date")],
                id="no birth date",
            ),
            pytest.param(
                {"date_of_birth": "21/11/2026"},
                [("Date of Birth", "date_in_future")],
                id="born tomorrow",
            ),
            pytest.param(
                {"date_of_birth": "31/04/1950"},
                [("Date of Birth", "no_such_date")],
                id="born on 31 April",
            ),
            pytest.param(
                {"date_of_birth": "19/11/1905"},
                [("Date of Birth", "too_old")],
                id="121 years old",
            ),
        ],
    )
    def test_is_refused(
        self, changes: dict[str, str], problems: list[tuple[str, str]]
    ) -> None:
        # 31/10 proves the order of the file where the birth date no longer does.
        assert (
            faults(refused(**{"last_injection": "31/10/2026", **changes})) == problems
        )

    def test_may_be_120_years_old(self) -> None:
        assert row(date_of_birth="21/11/1905").birth_date == date(1905, 11, 21)

    def test_may_have_a_patient_number_only(self) -> None:
        only_local = row(nhs_number="")

        assert only_local.nhs_number is None
        assert warnings(only_local) == []

    def test_is_warned_of_without_any_number(self) -> None:
        nobody = row(nhs_number="", patient_no="")

        assert warnings(nobody) == [("NHS Number", "no_number")]

    def test_is_warned_of_without_a_first_name(self) -> None:
        assert warnings(row(forename="")) == [("Forename", "no_first_name")]

    @pytest.mark.parametrize("name", ["=1+1", "+A", "-B", "@SUM(A1)", '=X("y")'])
    def test_keeps_a_formula_as_text(self, name: str) -> None:
        formula = row(surname=name, forename=name)

        assert (formula.family_name, formula.given_name) == (name, name)

    @pytest.mark.parametrize(
        ("born", "codes"),
        [
            pytest.param(
                "21/11/2010", [("Date of Birth", "S20")], id="15 until tomorrow"
            ),
            pytest.param("20/11/2010", [], id="16 today"),
        ],
    )
    def test_is_warned_of_under_16(
        self, born: str, codes: list[tuple[str, str]]
    ) -> None:
        assert warnings(row(date_of_birth=born)) == codes

    def test_is_16_on_1_march_if_born_on_29_february(self) -> None:
        born = {"date_of_birth": "29/02/2008", "last_injection": "31/12/2023"}

        assert warnings(row(today=date(2024, 2, 28), **born)) == [
            ("Date of Birth", "S20")
        ]
        assert warnings(row(today=date(2024, 2, 29), **born)) == []

    def test_has_an_unknown_gender_where_it_is_not_understood(self) -> None:
        mrs = row(gender="Mrs")

        assert mrs.gender == "unknown"
        assert warnings(mrs) == [("Gender", "gender_not_understood")]


class TestDeath:
    @pytest.mark.parametrize(
        ("text", "on"),
        [("Y", None), ("yes", None), ("TRUE", None), ("03/10/2026", date(2026, 10, 3))],
    )
    def test_is_recorded(self, text: str, on: date | None) -> None:
        dead = row(deceased=text)

        assert (dead.deceased, dead.deceased_on) == (True, on)
        assert warnings(dead) == []

    @pytest.mark.parametrize("text", ["N", "No", "false", ""])
    def test_is_not_assumed(self, text: str) -> None:
        assert row(deceased=text).deceased is False

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("maybe", "deceased_not_understood"),
            ("21/11/2026", "date_in_future"),
            ("31/02/2026", "no_such_date"),
            ("30/12/1940", "before_birth"),
        ],
    )
    def test_is_not_guessed(self, text: str, code: str) -> None:
        assert faults(refused(deceased=text)) == [("Deceased", code)]

    def test_stands_beside_a_later_injection(self) -> None:
        dead = row(deceased="03/09/2026", last_injection="09/11/2026")

        assert dead.deceased is True
        assert warnings(dead) == [("Last injection", "injected_after_death")]

    def test_is_not_lost_to_a_mistyped_treatment(self) -> None:
        dead = row(
            deceased="Y",
            interval="?",
            last_injection="31/02/2026",
            drug="?",
            batch="B" * 41,
        )

        assert (dead.deceased, dead.interval, dead.product) == (True, None, None)
        assert (dead.last_injection_on, dead.batch) == (None, "")
        assert warnings(dead) == [
            ("Last injection", "no_such_date"),
            ("Drug", "product_unknown"),
            ("Interval", "interval_not_understood"),
            ("Batch", "cell_too_long"),
        ]

    def test_of_a_child_brings_no_warning_of_age(self) -> None:
        assert warnings(row(deceased="Y", date_of_birth="31/12/2012")) == []

    def test_does_not_excuse_a_wrong_number(self) -> None:
        refusal = refused(deceased="Y", nhs_number="999 420 0004")

        assert faults(refusal) == [("NHS Number", "nhs_number_check_digit")]
