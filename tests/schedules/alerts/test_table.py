"""The table of alerts, written out once more: whoever changes it says so twice."""

import re

from schedules.alerts import BY_CODE
from schedules.alerts.nouns import Rule

# Code, clinical rule, listener, severity, version, and how it is silenced or shown.
TABLE = """
NEURO_UNANSWERED R11 prescriber warn 1 by_answer
COURSE_NOT_ENOUGH R14 prescriber warn 1 by_answer
CHILD S20 prescriber warn 1
PRODUCT_REVIEW S04 prescriber warn 1
EXPIRED_GIVEN S17 clinical_lead warn 1
RED_FLAG S21 prescriber warn 1
NEURO_EMERGED T4 prescriber warn 1 by_answer
PARADOXICAL_WORSENING R29 prescriber warn 1
WORSENING 4.5 prescriber warn 1
NO_RESPONSE_21D 4.4 prescriber warn 1 by_answer
RESOLVED_SUGGESTED 4.4 prescriber info 1 by_answer
PLATEAU_SUGGESTED R23 prescriber info 1 by_answer
S23 S23 clinical_lead block 1
S17 S17 clinical_lead block 1
S05 S05 prescriber block 1
S10 S10 prescriber block 1
S20 S20 prescriber block 1
S01 S01 prescriber block 1
S04 S04 prescriber block 1
S09 S09 prescriber block 1
S13 S13 prescriber block 1
S18 S18 prescriber block 1
S19 S19 prescriber block 1
S11 S11 prescriber warn 1
S14 S14 prescriber warn 1
S01b S01b nurse warn 1
S12 S12 nurse warn 1
S16 S16 nurse warn 1
S21 S21 nurse warn 1
S03 S03 nurse info 1
S10b S10b nurse info 1
S19b S19b nurse info 1
S24 S24 nurse info 1
PRETX_SAMPLE_MISSING S16 nurse warn 1
CHECKLIST_INCOMPLETE S15 prescriber warn 1 by_answer
LOADING_REVIEW_14 R23 prescriber warn 1
LOADING_REVIEW_21 R23 prescriber warn 1
LOADING_REVIEW R23 prescriber warn 1
LONG_LOADING R23 prescriber warn 1
START_DELAYED R01 prescriber warn 1
NEURO_START_OVERDUE R13 prescriber warn 1
LOADING_GAP 2.4 nurse warn 1
LOADING_INTERRUPTED 2.8 nurse warn 1 in_dates
LOADING_INCOMPLETE 2.4 prescriber warn 1
DUE_TODAY 2.8 nurse info 1 in_dates
OVERDUE_1 2.8 nurse warn 1 in_dates
OVERDUE_2 2.8 nurse warn 1 in_dates
LTFU_SUSPECTED 2.8 nurse warn 1 in_dates
LTFU_CONFIRMED 2.8 prescriber warn 1 in_dates
GAP_OVER_TWO_INTERVALS 2.8 prescriber warn 1
PENDING_EXTERNAL 2.8 nurse warn 1 by_answer
PAUSE_REVIEW_DUE T5 prescriber warn 1 in_dates
K_CHECK_DUE 2.9 nurse warn 1 by_answer
LAB_DUE R24 nurse info 1 in_dates
LAB_OVERDUE R24 nurse info 1 in_dates
LAB_UNINTERPRETABLE_RECENT_DOSE 2.9 prescriber info 1
"""
SENTENCES = re.compile(r"[A-Z]0?[a-z ,].*[.?]", re.DOTALL)


def row_of(rule: Rule) -> str:
    """Return a rule as the table writes it."""
    silenced = ["by_answer"] * (rule.by_answer is True)
    shown = ["in_dates"] * (rule.in_dates is True)
    words = [rule.code, rule.cites, rule.to.value, rule.severity.value]
    return " ".join([*words, str(rule.version), *silenced, *shown])


class TestTheTable:
    def test_is_this(self) -> None:
        assert [row_of(rule) for rule in BY_CODE.values()] == TABLE.split("\n")[1:-1]

    def test_answers_each_question_plainly(self) -> None:
        for rule in BY_CODE.values():
            assert {type(rule.by_answer), type(rule.in_dates)} == {bool}, rule.code

    def test_says_whole_sentences(self) -> None:
        for rule in BY_CODE.values():
            assert SENTENCES.fullmatch(rule.text), rule.text
