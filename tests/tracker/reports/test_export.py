"""No cell becomes a formula."""

import pytest

from tracker.reports.export import Cell, written


class TestWritten:
    @pytest.mark.parametrize(
        ("cell", "line"),
        [
            pytest.param("=1+1", '"\'=1+1"', id="equals"),
            pytest.param("+44 7700 900123", '"\'+44 7700 900123"', id="plus"),
            pytest.param("-4", '"\'-4"', id="minus, as text"),
            pytest.param("@SUM(A1)", '"\'@SUM(A1)"', id="at"),
            pytest.param("\t=1+1", '"\'\t=1+1"', id="tab"),
            pytest.param("\r=1+1", '"\'\r=1+1"', id="carriage return"),
            pytest.param("＝1+1", '"\'＝1+1"', id="a wide equals"),
            pytest.param("a;=1+1", '"a;=1+1"', id="another delimiter"),
            pytest.param('say "hi"', '"say ""hi"""', id="quotes"),
            pytest.param("O'Brien", '"O\'Brien"', id="a name"),
            pytest.param("", '""', id="nothing"),
            pytest.param(-4.5, "-4.5", id="a negative number stays one"),
            pytest.param(3, "3", id="a number"),
        ],
    )
    def test_marks_as_text_what_looks_like_a_formula(
        self, cell: Cell, line: str
    ) -> None:
        assert written([[cell]]).decode("utf-8-sig") == f"{line}\r\n"
