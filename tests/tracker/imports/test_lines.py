"""Bytes become text, text becomes lines, and no line swallows another."""

import pytest

from tracker.imports import lines
from tracker.imports.lines import Line
from tracker.imports.problems import Code
from tracker.imports.unreadable import EmptyList, NotText


def split(text: str, *, width: int = 3, delimiter: str = ",") -> list[Line]:
    physical = lines.physical_lines(text)
    return list(lines.split(physical, at=0, delimiter=delimiter, width=width))


class TestDecode:
    @pytest.mark.parametrize(
        ("data", "encoding"),
        [
            pytest.param("Zoë".encode(), "UTF-8", id="UTF-8"),
            pytest.param("Zoë".encode("utf-8-sig"), "UTF-8", id="with a mark"),
            pytest.param("Zoë".encode("utf-16"), "UTF-16", id="UTF-16"),
            pytest.param(
                b"\xfe\xff" + "Zoë".encode("utf-16-be"), "UTF-16", id="turned"
            ),
            pytest.param("Zoë".encode("cp1252"), "Windows-1252", id="Windows"),
        ],
    )
    def test_finds_the_encoding(self, data: bytes, encoding: str) -> None:
        assert lines.decode(data) == ("Zoë", encoding)

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"", id="nothing"),
            pytest.param(b" \r\n\t\n", id="blanks"),
            pytest.param(b"\xef\xbb\xbf", id="a mark alone"),
            pytest.param(b"\xff\xfe", id="a UTF-16 mark alone"),
        ],
    )
    def test_refuses_an_empty_file(self, data: bytes) -> None:
        with pytest.raises(EmptyList, match=r"^The file is empty\.$"):
            lines.decode(data)

    @pytest.mark.parametrize(
        "data",
        [
            pytest.param(b"PK\x03\x04\x14\x00\x06\x00", id="a workbook"),
            pytest.param(b"Surname\x00,Forename", id="a NUL"),
            pytest.param("Surname".encode("utf-16-le"), id="UTF-16 without a mark"),
            pytest.param(b"\xff\xfeS", id="half a letter of UTF-16"),
            pytest.param(b"\xff\xfe\x00\xd8", id="half a pair of UTF-16"),
            pytest.param(b"\x81\x8d", id="nothing in Windows-1252"),
        ],
    )
    def test_refuses_what_is_not_text(self, data: bytes) -> None:
        with pytest.raises(NotText, match=r"save a workbook as CSV first\.$"):
            lines.decode(data)


class TestTidy:
    @pytest.mark.parametrize(
        ("cell", "tidied"),
        [
            pytest.param("  van  der\nBerg ", "van der Berg", id="spaces and a break"),
            pytest.param("A\u00a0B", "A B", id="no-break space"),
            pytest.param("Zoe\u0308", "Zoë", id="letter and accent apart"),
            pytest.param("\u202d07700\u202c", "07700", id="marks of direction"),
            pytest.param("Ma\u200brsh\ufeff", "Marsh", id="zero-width marks"),
            pytest.param("=1+1", "=1+1", id="a formula stays text"),
        ],
    )
    def test_leaves_what_can_be_seen(self, cell: str, tidied: str) -> None:
        assert lines.tidy(cell) == tidied


class TestSplit:
    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_knows_every_line_end(self, end: str) -> None:
        assert split(f"a,b,c{end}d,e,f") == [
            Line(number=1, cells=("a", "b", "c")),
            Line(number=2, cells=("d", "e", "f")),
        ]

    def test_skips_empty_lines_and_counts_them(self) -> None:
        assert split("\na,b,c\n\n  \n,,\nd,e,f\n") == [
            Line(number=2, cells=("a", "b", "c")),
            Line(number=6, cells=("d", "e", "f")),
        ]

    def test_reads_quoted_cells(self) -> None:
        assert split('"a, b","say ""x""", "c"') == [
            Line(number=1, cells=("a, b", 'say "x"', "c"))
        ]

    def test_leaves_a_quotation_mark_inside_a_cell(self) -> None:
        assert split("a,5'10\" tall,c\nd,e,f") == [
            Line(number=1, cells=("a", "5'10\" tall", "c")),
            Line(number=2, cells=("d", "e", "f")),
        ]

    def test_numbers_a_line_over_several_by_its_first(self) -> None:
        assert split('a,"Flat 2\r\n14 Marsh Lane",c\r\nd,e,f') == [
            Line(number=1, cells=("a", "Flat 2\n14 Marsh Lane", "c")),
            Line(number=3, cells=("d", "e", "f")),
        ]

    def test_sets_a_line_with_a_stray_quote_aside_alone(self) -> None:
        assert split('a,"b,c\nd,e,f\ng,"h, i",j') == [
            Line(number=1, cells=('a,"b,c',), fault=Code.BROKEN_QUOTES),
            Line(number=2, cells=("d", "e", "f")),
            Line(number=3, cells=("g", "h, i", "j")),
        ]

    def test_makes_no_person_of_two_lines_with_a_stray_quote_each(self) -> None:
        # Read as one line, these would be three cells: "a", "b,c d,e" and "f".
        assert split('a,"b,c\nd,e",f') == [
            Line(number=1, cells=('a,"b,c',), fault=Code.BROKEN_QUOTES),
            Line(number=2, cells=("d", 'e"', "f")),
        ]

    def test_sets_aside_a_line_that_runs_on_with_the_wrong_number_of_cells(
        self,
    ) -> None:
        assert split('a,"b\nc"\nd,e,f') == [
            Line(number=1, cells=('a,"b',), fault=Code.BROKEN_QUOTES),
            Line(number=2, cells=('c"',)),
            Line(number=3, cells=("d", "e", "f")),
        ]

    def test_gives_up_on_a_cell_of_a_page(self) -> None:
        text = 'a,"' + "x\n" * 30 + '",c\nd,e,f'

        first, *_, last = split(text)

        assert first.fault is Code.BROKEN_QUOTES
        assert last == Line(number=32, cells=("d", "e", "f"))

    def test_keeps_only_the_beginning_of_an_endless_line(self) -> None:
        long = "x" * 20_001
        assert split(f"a,b,{long}\nd,e,f") == [
            Line(number=1, cells=(f"a,b,{long}"[:500],), fault=Code.LINE_TOO_LONG),
            Line(number=2, cells=("d", "e", "f")),
        ]

    def test_sets_aside_a_cell_longer_than_the_reader_allows(self) -> None:
        page = "\n".join(["x" * 19_000] * 10)

        first, *_ = split(f'a,"{page}",c')

        assert first.fault is Code.BROKEN_QUOTES
        assert len(first.cells[0]) == 500
