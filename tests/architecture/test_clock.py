"""Law: one place reads the clock. Everything else takes `now` or `today`."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, code

THE_CLOCK = "patients/clock.py"
READERS = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("time", "gmtime"),
    ("time", "localtime"),
    ("time", "time"),
    ("timezone", "localdate"),
    ("timezone", "localtime"),
    ("timezone", "now"),
}


def readings(source: Source) -> list[str]:
    """Return where `source` reads a clock, imported under whatever name."""
    imported = dict(_imported(source.tree))
    return [
        f"{source.path}:{node.lineno}: {ast.unparse(node.func)}()"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and _reads(node.func, imported)
    ]


def _imported(tree: ast.Module) -> Iterator[tuple[str, tuple[str, str]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                origin = (node.module.split(".")[-1], alias.name)
                yield alias.asname or alias.name, origin


def _reads(function: ast.expr, imported: dict[str, tuple[str, str]]) -> bool:
    match function:
        case ast.Name(id=name):
            return imported.get(name) in READERS
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            owner = imported.get(owner, ("", owner))[1]
            return (owner, name) in READERS
        case ast.Attribute(value=ast.Attribute(attr=owner), attr=name):
            return (owner, name) in READERS
    return False


class TestTheClockIsReadInOnePlace:
    def test_holds(self) -> None:
        product = [s for s in code() if s.is_product and s.path != THE_CLOCK]

        assert [reading for source in product for reading in readings(source)] == []

    @pytest.mark.parametrize(
        "text",
        [
            "from datetime import date\ndate.today()",
            "from datetime import datetime, UTC\ndatetime.now(tz=UTC)",
            "import datetime\ndatetime.datetime.now()",
            "import datetime as dt\ndt.datetime.utcnow()",
            "from datetime import date as day\nday.today()",
            "from django.utils import timezone\ntimezone.now()",
            "from django.utils.timezone import localdate\nlocaldate()",
            "from django.utils import timezone as tz\ntz.localtime()",
            "import time\ntime.time()",
            "from time import time as ticking\nticking()",
        ],
    )
    def test_bites(self, text: str) -> None:
        assert len(readings(Source("schedules/forecast.py", text))) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "from patients import clock\nclock.now()",
            "import time\ntime.monotonic()",
            "from datetime import date\ndate.fromisoformat('2026-11-20')",
        ],
    )
    def test_leaves_alone_what_reads_no_clock(self, text: str) -> None:
        assert readings(Source("schedules/views.py", text)) == []
