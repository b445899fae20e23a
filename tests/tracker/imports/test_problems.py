"""What can be wrong with a list, in sentences."""

import re

from tracker.imports.problems import Code, problem

SENTENCE = re.compile(r"(?:[A-Z](?!X)|\{).+(?:[^X]\.|\. \{reason\})")


class TestSentences:
    def test_are_whole(self) -> None:
        for code in Code:
            assert re.fullmatch(
                r"(?:[A-Z](?!X)|\{).+(?:[^X]\.|\. \{reason\})", code.sentence
            ), code

    def test_name_what_was_told(self) -> None:
        for code in Code:
            said = problem(code, "Dose", other_line=7, reason="It cannot be.")

            told = {"{column": "Dose", "{other_line": "7", "{reason": "It cannot be."}
            for asked, answer in told.items():
                assert asked not in code.sentence or answer in said.reason, code
            assert (said.column, said.code) == ("Dose", code)
