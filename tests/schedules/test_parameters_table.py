"""The parameters, written out once more: whoever changes one says so twice."""

import re

from schedules.parameters import (
    DESIGN,
    LADDER,
    MOST_EARLY,
    MOST_LATE,
    NUMBERS,
    WINDOWS,
    Number,
)

# Name, default, bounds, unit, clinical rule.
TABLE = """
max_load_gap_days | 4 | 2-7 | days | 2.4
course_days | 21 | 14-60 | days | 2.4
first_review_day | 14 | 7-28 | days after the first injection | 2.2, R23
second_review_day | 21 | 8-42 | days after the first injection | 2.2, R23
review_every_days | 14 | 7-28 | days | 2.2, R23
long_loading_day | 90 | 43-180 | days after the first injection | 2.2
max_forward_roll_days | 3 | 0-7 | days | 2.5
max_back_roll_days | 14 | 0-28 | days | 2.5
shortest_interval_days | 7 | 7-28 | days | 2.2, R36
longest_interval_days | 92 | 60-92 | days | 2.2, R36
min_interval_divisor | 2 | 1-4 | parts, and blocks what is closer than one | 2.7
gap_intervals | 2 | 2-4 | intervals | 2.8
gap_months | 6 | 3-12 | months | 2.8
overdue_again_days | 28 | 14-59 | days | 2.8
lost_days | 60 | 60-120 | days | 2.8
lost_silent_days | 180 | 90-365 | days | 2.8
interrupted_days | 5 | 3-13 | days | 2.8
loading_lost_days | 14 | 14-60 | days | 2.8
nurse_pause_days | 7 | 0-7 | days | 2.3, T5
loading_pause_days | 7 | 1-7 | days | 2.3, T5
maintenance_pause_days | 90 | 7-90 | days | 2.3, T5
"""


def row_of(number: Number) -> str:
    """Return a parameter as the table writes it."""
    bounds = f"{number.least}-{number.most}"
    words = (number.name, str(number.default), bounds, number.unit, number.rule)
    return " | ".join(words)


class TestNumbers:
    def test_are_these(self) -> None:
        assert [row_of(number) for number in NUMBERS] == TABLE.split("\n")[1:-1]

    def test_say_what_they_are_in_plain_words(self) -> None:
        for number in NUMBERS:
            assert re.fullmatch(r"[A-Z](?!X)[a-zA-Z ,:-]+[a-z]", number.title)

    def test_name_their_basis(self) -> None:
        others = {
            "first_review_day": "NHS Lothian RefHelp",
            "second_review_day": "BSH 2014, recalled and not read again",
            "shortest_interval_days": "NICE NG239",
            "longest_interval_days": "NICE NG239",
            "overdue_again_days": LADDER,
            "lost_days": LADDER,
            "lost_silent_days": LADDER,
            "loading_lost_days": LADDER,
        }

        for number in NUMBERS:
            assert number.basis == others.get(number.name, DESIGN), number.name

    def test_say_plainly_what_no_guideline_says(self) -> None:
        assert DESIGN.startswith("design: ")
        assert LADDER.startswith("borrowed from ")
        assert WINDOWS.startswith("borrowed from ")

    def test_bound_the_windows(self) -> None:
        assert MOST_EARLY == (0, 2, 4, 7, 14, 30)
        assert MOST_LATE == (3, 7, 14, 28, 60, 92)
