"""The header is found, whatever a practice calls its columns."""

import pytest

from tracker.imports.columns import Column, Header, find_header
from tracker.imports.unreadable import (
    DoubledColumn,
    MissingColumns,
    NoHeader,
    UnknownDelimiter,
)

NEEDED = "Surname,Forename,Date of Birth,Drug,Interval,Last injection"


def header(line: str) -> Header:
    return find_header([line])


class TestFindHeader:
    @pytest.mark.parametrize(
        ("heading", "column"),
        [
            pytest.param("NHS Number", Column.NHS_NUMBER, id="NHS Number"),
            pytest.param("NHS No.", Column.NHS_NUMBER, id="NHS No."),
            pytest.param("nhs_number", Column.NHS_NUMBER, id="nhs_number"),
            pytest.param("Patient ID", Column.LOCAL_NUMBER, id="Patient ID"),
            pytest.param("SEX", Column.GENDER, id="SEX"),
            pytest.param("Telephone", Column.PHONE, id="Telephone"),
            pytest.param("Mobile", Column.PHONE, id="Mobile"),
            pytest.param("E-Mail Address", Column.EMAIL, id="E-Mail Address"),
            pytest.param("Contact preference", Column.PREFERRED, id="preference"),
            pytest.param("SMS consent", Column.SMS_CONSENT, id="SMS consent"),
            pytest.param("Cause", Column.DIAGNOSIS, id="Cause"),
            pytest.param("Neuro symptoms?", Column.NEUROLOGICAL, id="Neuro"),
            pytest.param("Dose", Column.DOSE, id="Dose"),
            pytest.param("Batch no", Column.BATCH, id="Batch no"),
            pytest.param("Date of death", Column.DECEASED, id="Date of death"),
        ],
    )
    def test_knows_other_names(self, heading: str, column: Column) -> None:
        found = header(f"{NEEDED},{heading}")

        assert found.places[column] == 6
        assert found.title(column) == heading

    @pytest.mark.parametrize(
        "line",
        [
            pytest.param("LAST NAME,First name,D.O.B.,Medication,How often,Last B12"),
            pytest.param("Family name,Given name,DOB,Drug name,Frequency,Last given"),
        ],
    )
    def test_knows_other_names_of_what_is_needed(self, line: str) -> None:
        assert list(header(line).places.values()) == [0, 1, 2, 3, 4, 5]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_finds_the_delimiter(self, delimiter: str) -> None:
        found = header(NEEDED.replace(",", delimiter))

        assert (found.delimiter, found.width) == (delimiter, 6)

    def test_is_not_misled_by_a_delimiter_inside_a_heading(self) -> None:
        found = header(NEEDED.replace(",", ";") + ";Notes, remarks, and so on")

        assert (found.delimiter, found.width) == (";", 7)

    def test_takes_the_columns_in_any_order(self) -> None:
        found = header("Interval,Last injection,Drug,Surname,Date of Birth,Forename")

        assert found.cell(Column.FAMILY_NAME, list("abcdef")) == "d"

    def test_skips_empty_lines_above(self) -> None:
        assert find_header(["", "  ", NEEDED]).ends_at == 3

    def test_may_run_over_two_lines(self) -> None:
        found = find_header([f'{NEEDED},"Consent', 'to text"', "a,b,c,d,e,f,g"])

        assert found.ends_at == 2
        assert found.places[Column.SMS_CONSENT] == 6

    def test_ignores_columns_it_does_not_know(self) -> None:
        found = header(f"{NEEDED},Usual GP,,Shoe size,,")

        assert found.ignored == ("Usual GP", "Shoe size")
        assert (found.named, found.width) == (9, 11)

    def test_says_which_useful_columns_are_absent(self) -> None:
        assert header(f"{NEEDED},Deceased,Phone").absent == (
            Column.NHS_NUMBER,
            Column.EMAIL,
            Column.SMS_CONSENT,
            Column.NEUROLOGICAL,
        )

    def test_refuses_a_file_of_people_only(self) -> None:
        with pytest.raises(NoHeader, match="does not name the columns"):
            header("999 420 0003,Marsh,Ada,31/12/1940,SMS,Phone")

    @pytest.mark.parametrize("line", ["Dear practice", '"', '"Surname', "sep=;"])
    def test_refuses_prose(self, line: str) -> None:
        with pytest.raises((NoHeader, UnknownDelimiter)):
            header(line)

    def test_refuses_an_unknown_delimiter(self) -> None:
        with pytest.raises(
            UnknownDelimiter, match="comma, a semicolon, a tab or a bar"
        ):
            header(NEEDED.replace(",", "^"))

    def test_names_what_is_lacking(self) -> None:
        with pytest.raises(MissingColumns) as refusal:
            header("Surname,Forename,Drug")

        assert str(refusal.value) == (
            "The header lacks Date of birth, Interval and Last injection."
        )

    def test_names_the_one_that_is_lacking(self) -> None:
        with pytest.raises(MissingColumns, match=r"^The header lacks Surname\.$"):
            header(NEEDED.replace("Surname", "Person"))

    @pytest.mark.parametrize(
        ("line", "first", "second"),
        [
            pytest.param(f"{NEEDED},Mobile,Phone", "Mobile", "Phone", id="one meaning"),
            pytest.param(f"{NEEDED},surname", "Surname", "surname", id="one name"),
            pytest.param(f"{NEEDED},Note,NOTE", "Note", "NOTE", id="not known"),
            pytest.param(f"{NEEDED},#,#", "#", "#", id="no letters"),
        ],
    )
    def test_refuses_two_columns_of_one(
        self, line: str, first: str, second: str
    ) -> None:
        with pytest.raises(DoubledColumn) as refusal:
            header(line)

        assert f"two columns of one meaning, {first} and {second};" in str(
            refusal.value
        )


class TestLabelled:
    def test_keeps_cells_as_typed_under_their_headings(self) -> None:
        cells = [" Marsh ", "=1+1", "", "d", "e", "f"]

        assert header(NEEDED).labelled(cells) == {
            "Surname": " Marsh ",
            "Forename": "=1+1",
            "Date of Birth": "",
            "Drug": "d",
            "Interval": "e",
            "Last injection": "f",
        }

    def test_keeps_nothing_of_a_column_that_is_not_read(self) -> None:
        cells = ["14 Marsh Lane", "a", "b", "c", "d", "e", "f", "", "stray"]

        assert header(f"Address,{NEEDED},").labelled(cells) == {
            "Surname": "a",
            "Forename": "b",
            "Date of Birth": "c",
            "Drug": "d",
            "Interval": "e",
            "Last injection": "f",
        }

    def test_keeps_what_there_is_of_a_line_that_ends_too_soon(self) -> None:
        assert header(NEEDED).labelled(["a", "b"]) == {"Surname": "a", "Forename": "b"}

    def test_shows_our_own_title_where_there_is_no_column(self) -> None:
        found = header(NEEDED)

        assert found.title(Column.DECEASED) == "Deceased"
        assert found.cell(Column.DECEASED, list("abcdef")) == ""
