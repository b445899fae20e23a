"""Whatever is uploaded, it is read or refused in one sentence, and soon."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracker.imports.good_lines import GOOD, GRACE, TODAY, read, written
from tracker.imports.reading import Reading, read_list
from tracker.imports.unreadable import NotText, UnreadableList

ONE_SENTENCE = re.compile(r"[A-Z][^\n]*\.")
MESSY = st.text(
    st.sampled_from(list(',;|\t"\n\r=+-@/.:0123456789 abyYNéß\u200b\x07\u2028٣')),
    max_size=40,
)
CELLS = st.one_of(MESSY, st.sampled_from(list(GOOD.values())), st.text(max_size=20))


def read_or_refuse(data: bytes, today: date = TODAY) -> Reading | None:
    """Return the reading, or None after a refusal that is one whole sentence."""
    refusal = ""
    try:
        return read_list(data, today=today)
    except UnreadableList as unreadable:
        refusal = str(unreadable)
    assert ONE_SENTENCE.fullmatch(refusal)
    return None


class TestReadList:
    @given(st.binary(max_size=300))
    def test_survives_any_bytes(self, data: bytes) -> None:
        read_or_refuse(data)

    @given(st.lists(st.lists(CELLS, min_size=15, max_size=19), max_size=4))
    def test_survives_any_cells_below_a_header(self, body: list[list[str]]) -> None:
        lines = [",".join(GOOD), *(",".join(cells) for cells in body)]

        reading = read_or_refuse("\n".join(lines).encode("utf-8", "replace"))

        if reading is not None:
            for row in reading.rows:
                assert row.family_name
                assert row.birth_date <= TODAY

    @given(st.dictionaries(st.sampled_from(list(GOOD)), CELLS))
    def test_makes_one_of_each_quoted_line(self, changes: dict[str, str]) -> None:
        text = written([GRACE, changes]).replace("\0", "")

        reading = read_or_refuse(text.encode("utf-8", "replace"))

        if reading is not None:
            taken = [reading.rows, reading.refusals, reading.repeats]
            assert sum(map(len, taken)) == reading.lines_read >= 2

    @given(MESSY)
    def test_survives_any_header(self, header: str) -> None:
        read_or_refuse(f"{header}\n{','.join(GOOD.values())}".encode())

    def test_refuses_a_nul(self) -> None:
        with pytest.raises(NotText):
            read({"Surname": "Mar\0sh"})

    def test_sets_a_cell_of_a_megabyte_aside(self) -> None:
        reading = read({"Diagnosis": "x" * 1_000_000}, GRACE)

        assert [row.family_name for row in reading.rows] == ["Hollow"]
        assert len(reading.refusals[0].raw["line"]) == 500

    def test_loses_nobody_to_a_quote_that_is_never_closed(self) -> None:
        header, *lines = written([{"Surname": f"N{i}"} for i in range(60)]).splitlines()
        lines[10] = f'"{lines[10]}'

        reading = read_list("\n".join([header, *lines]).encode(), today=TODAY)

        assert reading.lines_read == 60
        assert [r.line_number for r in reading.refusals if "line" in r.raw] == [12]


class TestALongList:
    def test_is_read_to_the_end(self) -> None:
        header, line = written([{"NHS Number": "", "Mobile": ""}]).splitlines()
        people = (
            line.replace("E700", f"E{number}").replace("Marsh", f"Marsh{number}")
            for number in range(10_000)
        )

        reading = read_list("\n".join([header, *people]).encode(), today=TODAY)

        assert len(reading.rows) == 10_000
        assert reading.rows[-1].line_number == 10_001

    def test_of_nothing_but_quotes_is_read_to_the_end(self) -> None:
        header = ",".join(GOOD)

        reading = read_list((header + '\n"' * 100_000).encode(), today=TODAY)

        assert reading.lines_read == 100_000
        assert len(reading.repeats) == 99_999
