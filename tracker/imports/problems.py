"""
What can be wrong with a list, with one of its lines, or with one cell.

One table holds every sentence. None of them repeats what a cell says: the line itself
is kept beside its problems, and the sentences may be printed and logged.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Self


class Code(StrEnum):
    """What is wrong, for programs; `sentence` says it to people."""

    sentence: str

    def __new__(cls, value: str, sentence: str) -> Self:
        code = str.__new__(cls, value)
        code._value_ = value
        code.sentence = sentence
        return code

    # -- the shape of a line --------------------------------------------------------
    TOO_MANY_COLUMNS = (
        "too_many_columns",
        "The line has more cells than the header; a comma in a cell needs quotes.",
    )
    TOO_FEW_COLUMNS = (
        "too_few_columns",
        "The line has fewer cells than the header.",
    )
    BROKEN_QUOTES = (
        "broken_quotes",
        "The line has a quotation mark without its partner.",
    )
    LINE_TOO_LONG = (
        "line_too_long",
        "The line is too long to be one person's.",
    )
    CELL_TOO_LONG = (
        "cell_too_long",
        "{column} is longer than the field it belongs to.",
    )
    CONTROL_CHARACTER = (
        "control_character",
        "{column} holds a character that cannot be printed.",
    )

    # -- who ------------------------------------------------------------------------
    NHS_NUMBER_LENGTH = (
        "nhs_number_length",
        "{column} does not have ten digits.",
    )
    NHS_NUMBER_CHECK_DIGIT = (
        "nhs_number_check_digit",
        "{column} has a wrong check digit; a digit is mistyped.",
    )
    NHS_NUMBER_PLACEHOLDER = (
        "nhs_number_placeholder",
        "{column} is one digit repeated, which stands for nobody.",
    )
    NHS_NUMBER_TAKEN = (
        "nhs_number_taken",
        "{column} is also on line {other_line}, for another person.",
    )
    LOCAL_NUMBER_TAKEN = (
        "local_number_taken",
        "{column} is also on line {other_line}, for another person.",
    )
    LISTED_TWICE = (
        "listed_twice",
        "{column}: line {other_line} is the same person and says something else.",
    )
    NAMESAKE = (
        "namesake",
        "{column}: line {other_line} has the same name and date of birth, "
        "under another number.",
    )
    NO_NUMBER = (
        "no_number",
        "{column} is empty, so the person is known by name and date of birth only.",
    )
    NO_SURNAME = ("no_surname", "{column} holds no name.")
    NO_FIRST_NAME = ("no_first_name", "{column} holds no name.")
    NO_BIRTH_DATE = ("no_birth_date", "{column} is empty.")
    TOO_OLD = ("too_old", "{column} lies more than 120 years back.")
    UNDER_16 = (
        "S20",
        "{column} makes the person younger than 16 (rule S20).",
    )
    GENDER_NOT_UNDERSTOOD = (
        "gender_not_understood",
        "{column} is not understood and taken as not known.",
    )

    # -- dates ----------------------------------------------------------------------
    NO_SUCH_DATE = ("no_such_date", "{column} holds a date that does not exist.")
    DATE_IN_FUTURE = ("date_in_future", "{column} lies in the future.")
    DATE_NOT_UNDERSTOOD = (
        "date_not_understood",
        "{column} is not understood as a date.",
    )
    TWO_DIGIT_YEAR = (
        "two_digit_year",
        "{column} has a year of two digits, which is ambiguous.",
    )
    SPREADSHEET_DATE = (
        "spreadsheet_date",
        "{column} is a spreadsheet's day count; format its column as a date.",
    )
    BEFORE_BIRTH = ("before_birth", "{column} lies before the date of birth.")

    # -- how to reach the person ----------------------------------------------------
    PHONE_MALFORMED = (
        "phone_malformed",
        "{column} is not a number that can be called and is left out.",
    )
    EMAIL_MALFORMED = (
        "email_malformed",
        "{column} is not a complete address and is left out.",
    )
    PREFERENCE_NOT_UNDERSTOOD = (
        "preference_not_understood",
        "{column} is none of SMS, e-mail and phone and is left out.",
    )
    CONSENT_NOT_CLEAR = (
        "consent_not_clear",
        "{column} is not a clear yes, so no text message is sent.",
    )

    # -- the treatment --------------------------------------------------------------
    INTERVAL_MISSING = (
        "interval_missing",
        "{column} is empty although there was an injection.",
    )
    INTERVAL_NOT_UNDERSTOOD = (
        "interval_not_understood",
        "{column} is not understood.",
    )
    INTERVAL_AMBIGUOUS = (
        "interval_ambiguous",
        "{column} can mean twice in the time or once in two of them.",
    )
    INTERVAL_IS_A_DATE = (
        "interval_is_a_date",
        "{column} is a date; a spreadsheet may have made it of 3/12.",
    )
    INTERVAL_NOT_ALLOWED = (
        "interval_not_allowed",
        "{column} is shorter or longer than a plan may be set to (7 to 92 days).",
    )
    PRODUCT_MISSING = (
        "product_missing",
        "{column} is empty although there was an injection.",
    )
    PRODUCT_UNKNOWN = (
        "product_unknown",
        "{column} is not one form of vitamin B12 that is known here.",
    )
    PRODUCT_NOT_INJECTED = (
        "product_not_injected",
        "{column} is a form that is not injected.",
    )
    CYANOCOBALAMIN = (
        "cyanocobalamin",
        "{column} is cyanocobalamin; a prescriber should review it.",
    )
    METHYLCOBALAMIN = (
        "methylcobalamin",
        "{column} is methylcobalamin, which is unlicensed; "
        "a prescriber should review it.",
    )
    DOSE_NOT_UNDERSTOOD = (
        "dose_not_understood",
        "{column} is not understood as a dose.",
    )
    DOSE_UNUSUAL = (
        "dose_unusual",
        "{column} is not the usual 1 mg (rule R40).",
    )
    NEUROLOGICAL_NOT_UNDERSTOOD = (
        "neurological_not_understood",
        "{column} is neither yes nor no and taken as unknown.",
    )
    DIAGNOSIS_SHORTENED = (
        "diagnosis_shortened",
        "{column} is too long; only its beginning is kept.",
    )
    DECEASED_NOT_UNDERSTOOD = (
        "deceased_not_understood",
        "{column} is neither yes, no nor a date.",
    )
    INJECTED_AFTER_DEATH = (
        "injected_after_death",
        "{column} lies after the date of death.",
    )

    # -- found only by writing ------------------------------------------------------
    NOT_TAKEN_OVER = (
        "not_taken_over",
        "The line could not be taken over. {reason}",
    )

    # -- the list as a whole --------------------------------------------------------
    READ_AS_WINDOWS = (
        "read_as_windows",
        "The file is not UTF-8 and was read as Windows-1252; look at accented names.",
    )
    MONTH_FIRST = ("month_first", "Dates are read with the month first.")
    COLUMN_IGNORED = ("column_ignored", "{column} is not read.")
    COLUMN_ABSENT = ("column_absent", "{column} is not in the list.")


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing that is wrong: the column as headed in the file, a code, a sentence."""

    column: str
    code: Code
    reason: str


def problem(
    code: Code, column: str = "", *, other_line: int = 0, reason: str = ""
) -> Problem:
    """
    Return the problem `code` of a column, which may clash with `other_line`.

    `reason` is the sentence of whoever refused to write the line down.
    """
    sentence = code.sentence.format(column=column, other_line=other_line, reason=reason)
    return Problem(column=column, code=code, reason=sentence)


class CellFault(ValueError):
    """A cell that cannot be read, and why."""

    def __init__(self, code: Code) -> None:
        super().__init__(code.value)
        self.code = code
