"""A whole list, from bytes to rows; with the project's own sample."""

from datetime import date
from pathlib import Path

import pytest

from tests.tracker.imports.good_lines import (
    GOOD,
    GRACE,
    TODAY,
    faults,
    read,
    warnings,
    written,
)
from tracker.imports.problems import Code
from tracker.imports.reading import Reading, Style, read_list
from tracker.imports.unreadable import AmbiguousDates, ContradictoryDates

SAMPLE = Path(__file__).parents[2] / "samples" / "practice-list.csv"

REFUSED = {
    5: ("Last given", "no_such_date"),
    7: ("Last given", "date_in_future"),
    8: ("NHS No.", "nhs_number_check_digit"),
    9: ("Surname", "no_surname"),
    10: ("Frequency", "interval_not_understood"),
    11: ("Frequency", "interval_not_allowed"),
    12: ("Frequency", "interval_ambiguous"),
    13: ("Frequency", "interval_is_a_date"),
    14: ("DOB", "date_in_future"),
    15: ("column 19", "too_many_columns"),
    16: ("Last given", "too_few_columns"),
    18: ("NHS No.", "nhs_number_taken"),
    20: ("NHS No.", "listed_twice"),
    24: ("Deceased", "deceased_not_understood"),
    33: ("Medication", "product_unknown"),
    34: ("Medication", "product_not_injected"),
    42: ("DOB", "two_digit_year"),
    43: ("Last given", "spreadsheet_date"),
    44: ("DOB", "no_birth_date"),
    45: ("DOB", "too_old"),
    48: ("Last given", "before_birth"),
    49: ("Deceased", "before_birth"),
    54: ("", "broken_quotes"),
    55: ("Frequency", "interval_missing"),
}
WARNED = {
    21: ("DOB", "S20"),
    23: ("Frequency", "interval_not_understood"),
    25: ("Last given", "injected_after_death"),
    27: ("Telephone", "phone_malformed"),
    28: ("E-mail", "email_malformed"),
    31: ("Medication", "cyanocobalamin"),
    32: ("Medication", "methylcobalamin"),
    35: ("Consent to text", "consent_not_clear"),
    38: ("Neuro symptoms", "neurological_not_understood"),
    40: ("Surname", "namesake"),
    53: ("Medication", "dose_unusual"),
}


@pytest.fixture(scope="module")
def sample() -> Reading:
    return read_list(SAMPLE.read_bytes(), today=TODAY)


class TestTheSample:
    def test_adds_up(self, sample: Reading) -> None:
        assert sample.lines_read == 53
        assert len(sample.rows) == 28
        assert len(sample.refusals) == 24
        assert len(sample.repeats) == 1

    def test_refuses_exactly_these_lines(self, sample: Reading) -> None:
        assert {
            refusal.line_number: faults(refusal) for refusal in sample.refusals
        } == {line: [fault] for line, fault in REFUSED.items()}

    def test_warns_of_exactly_these_lines(self, sample: Reading) -> None:
        assert {
            row.line_number: warnings(row) for row in sample.rows if row.warnings
        } == {line: [warning] for line, warning in WARNED.items()}

    def test_takes_a_repeated_line_once(self, sample: Reading) -> None:
        (repeat,) = sample.repeats
        assert (repeat.line_number, repeat.repeats) == (19, 3)

    def test_notes_the_column_that_is_not_read(self, sample: Reading) -> None:
        assert [(note.column, note.code) for note in sample.notes] == [
            ("Address", Code.COLUMN_IGNORED)
        ]

    def test_reads_dates_of_every_style(self, sample: Reading) -> None:
        rows = {row.line_number: row for row in sample.rows}

        assert rows[46].birth_date == date(1958, 7, 9)
        assert rows[46].last_injection_on == date(2026, 10, 1)
        assert rows[47].birth_date == date(1971, 2, 28)
        assert rows[47].last_injection_on == date(2026, 9, 30)

    def test_knows_the_dead_and_the_never_injected(self, sample: Reading) -> None:
        dead = {row.line_number for row in sample.rows if row.deceased}
        waiting = {row.line_number for row in sample.rows if not row.last_injection_on}

        assert dead == {22, 23, 25}
        assert waiting == {29, 30}

    def test_keeps_no_address(self, sample: Reading) -> None:
        kept = [*sample.rows, *sample.refusals]

        # One of them runs over two lines, and is a line all the same.
        assert 50 in {row.line_number for row in sample.rows}
        assert not [line for line in kept if "Address" in line.raw]
        assert "Address is not read." in [note.reason for note in sample.notes]

    def test_repeats_no_cell_in_its_sentences(self, sample: Reading) -> None:
        said = [(refusal.raw, refusal.problems) for refusal in sample.refusals]
        said += [(row.raw, row.warnings) for row in sample.rows]

        for raw, problems in said:
            secrets = [cell for cell in raw.values() if len(cell) > 3]
            for problem in problems:
                sentence = problem.reason.removeprefix(problem.column)
                assert not [cell for cell in secrets if cell in sentence]

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_reads_the_same_in_every_encoding(
        self, sample: Reading, encoding: str, end: str
    ) -> None:
        text = SAMPLE.read_text(encoding="utf-8").replace("\n", end)

        reading = read_list(text.encode(encoding), today=TODAY)

        assert (reading.rows, reading.refusals) == (sample.rows, sample.refusals)


class TestStyle:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_finds_the_delimiter(self, delimiter: str) -> None:
        text = written(
            [{}, {**GRACE, "Diagnosis": "a, b; c\td|e"}], delimiter=delimiter
        )

        reading = read_list(text.encode(), today=TODAY)

        assert reading.style.delimiter == delimiter
        assert [row.family_name for row in reading.rows] == ["Marsh", "Hollow"]

    def test_tells_how_the_file_is_written(self) -> None:
        assert read({}).style == Style(
            encoding="UTF-8", delimiter=",", date_order="day first"
        )

    def test_takes_columns_in_any_order(self) -> None:
        text = written([{}], headings=tuple(reversed(GOOD)))

        (row,) = read_list(text.encode(), today=TODAY).rows

        assert (row.family_name, row.phone) == ("Marsh", "+447700900100")

    def test_notes_windows_letters(self) -> None:
        text = written([{"Surname": "Ångström", "Forename": "Zoë"}])

        reading = read_list(text.encode("cp1252"), today=TODAY)

        assert reading.rows[0].family_name == "Ångström"
        assert [note.code for note in reading.notes] == [Code.READ_AS_WINDOWS]

    def test_notes_useful_columns_that_are_absent(self) -> None:
        headings = [name for name in GOOD if name not in ("Deceased", "NHS Number")]

        reading = read_list(written([{}], headings=headings).encode(), today=TODAY)

        assert [(note.column, note.code) for note in reading.notes] == [
            ("NHS number", Code.COLUMN_ABSENT),
            ("Deceased", Code.COLUMN_ABSENT),
        ]
        assert reading.rows[0].deceased is False


class TestDates:
    def test_are_read_month_first_where_the_file_proves_it(self) -> None:
        reading = read({"Date of Birth": "12/31/1940", "Last injection": "03/04/2026"})

        assert reading.rows[0].last_injection_on == date(2026, 3, 4)
        assert [note.code for note in reading.notes] == [Code.MONTH_FIRST]

    def test_are_proven_by_any_line(self) -> None:
        reading = read(
            {"Date of Birth": "01/02/1940", "Last injection": "03/04/2026"}, GRACE
        )

        assert reading.rows[0].last_injection_on == date(2026, 4, 3)

    def test_are_not_proven_by_a_line_out_of_shape(self) -> None:
        text = written(
            [{"Date of Birth": "01/02/1940", "Last injection": "03/04/2026"}]
        )

        with pytest.raises(AmbiguousDates, match="on line 2 in Date of Birth"):
            read_list(f"{text}{',31/12/2026' * 20}\n".encode(), today=TODAY)

    def test_that_nothing_proves_refuse_the_file(self) -> None:
        with pytest.raises(AmbiguousDates, match="on line 3 in Last injection"):
            read(
                {"Date of Birth": "1940-12-31", "Last injection": "03/03/2026"},
                {
                    **GRACE,
                    "Date of Birth": "1941-12-31",
                    "Last injection": "03/04/2026",
                },
            )

    def test_that_contradict_each_other_refuse_the_file(self) -> None:
        with pytest.raises(ContradictoryDates):
            read({}, {**GRACE, "Date of Birth": "12/31/1940"})


class TestShape:
    @pytest.mark.parametrize(
        ("line", "problem"),
        [
            pytest.param("a,b", ("Surname", "too_few_columns"), id="two cells"),
            pytest.param("," * 17 + "x,", ("column 19", "too_many_columns"), id="19"),
            pytest.param('"a,b', ("", "broken_quotes"), id="a stray quote"),
            pytest.param("x" * 20_001, ("", "line_too_long"), id="an endless line"),
        ],
    )
    def test_refuses_a_line_that_has_none(
        self, line: str, problem: tuple[str, str]
    ) -> None:
        text = written([{}, GRACE]) + line + "\r\n"

        reading = read_list(text.encode(), today=TODAY)

        assert len(reading.rows) == 2
        (refusal,) = reading.refusals
        assert (refusal.line_number, faults(refusal)) == (4, [problem])
        assert refusal.person is None

    def test_keeps_the_line_that_it_could_not_take_apart(self) -> None:
        reading = read_list((written([{}]) + '"a,b\n').encode(), today=TODAY)

        assert reading.refusals[0].raw == {"line": '"a,b'}

    def test_refuses_a_line_with_a_bell(self) -> None:
        (refusal,) = read({"Diagnosis": "Pernicious\a"}).refusals

        assert faults(refusal) == [("Diagnosis", "control_character")]

    def test_allows_empty_columns_at_the_end(self) -> None:
        text = "\r\n".join(f"{line},," for line in written([{}, GRACE]).splitlines())

        assert len(read_list(text.encode(), today=TODAY).rows) == 2

    @pytest.mark.parametrize(
        ("end", "column"),
        [
            pytest.param(",x,", "column 19", id="the first"),
            pytest.param(",,x", "column 20", id="the last"),
        ],
    )
    def test_refuses_a_cell_under_no_heading(self, end: str, column: str) -> None:
        header, line = written([{}]).splitlines()

        (refusal,) = read_list(
            f"{header},,\n{line}{end}".encode(), today=TODAY
        ).refusals

        assert faults(refusal) == [(column, "too_many_columns")]

    def test_skips_empty_lines_and_does_not_count_them(self) -> None:
        text = written([{}]) + "\n" + "," * 17 + "\n  \n"

        assert read_list(text.encode(), today=TODAY).lines_read == 1

    def test_may_be_a_header_only(self) -> None:
        assert read().lines_read == 0
