"""Laws about words: the project speaks of itself, and leaves nothing for later."""

import re

import pytest

from tests.architecture.sources import Source, texts

# Each is written so that it does not find itself.
UNWANTED = {
    "left for later": re.compile(r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK)\b"),
    "a path of some machine": re.compile(r"(?<![\w.])/(w[o]rk|f[a]rm|r[o]ot|h[o]me)/"),
    "where packages came from": re.compile(
        r"(p[y]pi\.org|p[y]thonhosted\.org|--(extra-)?i[n]dex-url|--f[i]nd-links)"
    ),
}
# What resolves the lists has to be told what not to write into them.
EXCEPTIONS = {("Makefile", "where packages came from")}


def unwanted(source: Source) -> list[str]:
    """Return what `source` says that nobody who reads it needs."""
    return [
        f"{source.path}:{number}: {what}"
        for number, line in enumerate(source.text.splitlines(), start=1)
        for what, pattern in UNWANTED.items()
        if pattern.search(line) and (source.path, what) not in EXCEPTIONS
    ]


class TestWords:
    def test_holds(self) -> None:
        assert [found for source in texts() for found in unwanted(source)] == []

    @pytest.mark.parametrize(
        "line",
        [
            "# TO" + "DO: later",
            "open('/ro" + "ot/list.csv')",
            "see /ho" + "me/ada/notes",
            "--extra-in" + "dex-url https://example.org",
        ],
    )
    def test_bites(self, line: str) -> None:
        assert len(unwanted(Source("docs/operations.md", f"Words.\n{line}\n"))) == 1
