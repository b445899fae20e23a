"""The words that lists are read by, written out once more."""

import shlex

import pytest

from tracker.imports.answers import read_channel, read_gender
from tracker.imports.columns import Column
from tracker.imports.intervals import read_interval

CHANNELS = {
    "sms": "sms text 'text message'",
    "email": "email e-mail",
    "phone": "phone telephone call 'phone call'",
}
GENDERS = {
    "female": "f female woman",
    "male": "m male man",
    "other": "o other non-binary",
    "unknown": "i indeterminate u unknown 'not known'",
}
INTERVALS = {
    "1w": "week weekly",
    "2w": "fortnight fortnightly",
    "1m": "month monthly",
    "3m": "quarter quarterly",
}
TITLES = """
NHS number, Patient number, Surname, Forename, Date of birth, Gender, Mobile, E-mail,
Preferred contact, Consent to text, Diagnosis, Neurological symptoms, Drug, Dose,
Interval, Last injection, Batch, Deceased
"""


class TestWords:
    @pytest.mark.parametrize(("meaning", "words"), CHANNELS.items())
    def test_of_channels_are_these(self, meaning: str, words: str) -> None:
        assert {read_channel(word) for word in split(words)} == {meaning}

    @pytest.mark.parametrize(("meaning", "words"), GENDERS.items())
    def test_of_genders_are_these(self, meaning: str, words: str) -> None:
        assert {read_gender(word) for word in split(words)} == {meaning}

    @pytest.mark.parametrize(("meaning", "words"), INTERVALS.items())
    def test_of_intervals_are_these(self, meaning: str, words: str) -> None:
        assert {str(read_interval(word)) for word in split(words)} == {meaning}

    def test_of_columns_are_these(self) -> None:
        titles = " ".join(TITLES.split()).split(", ")

        assert [column.value for column in Column] == titles


def split(words: str) -> list[str]:
    """Return words, of which some are two in quotes."""
    return shlex.split(words)
