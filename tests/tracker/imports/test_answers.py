"""Cells that answer a question answer it clearly, or not."""

from datetime import date

import pytest

from patients.models import Patient
from schedules.models import Plan
from tracker.imports import answers
from tracker.imports.dates import Order, PastDates
from tracker.imports.problems import CellFault

PAST = PastDates(order=Order.DAY_FIRST, today=date(2026, 11, 20))


class TestReadConsent:
    @pytest.mark.parametrize("text", ["Y", "y", "Yes", "YES", "TRUE"])
    def test_is_given_by_a_clear_yes(self, text: str) -> None:
        assert answers.read_consent(text) is True

    @pytest.mark.parametrize("text", ["N", "no", "False"])
    def test_is_withheld_by_a_clear_no(self, text: str) -> None:
        assert answers.read_consent(text) is False

    @pytest.mark.parametrize("text", ["Maybe", "yes?", "1", "ok", "Y - landline", "?"])
    def test_is_nothing_else(self, text: str) -> None:
        with pytest.raises(CellFault) as fault:
            answers.read_consent(text)

        assert fault.value.code == "consent_not_clear"


class TestReadNeurological:
    @pytest.mark.parametrize(
        ("text", "answer"),
        [("Y", "yes"), ("no", "no"), ("?", "unknown"), ("Not known", "unknown")],
    )
    def test_is_a_value_of_a_plan(self, text: str, answer: str) -> None:
        assert answers.read_neurological(text) == answer
        assert answer in Plan.Neurological.values

    def test_is_not_read_out_of_free_text(self) -> None:
        with pytest.raises(CellFault) as fault:
            answers.read_neurological("tingling feet")

        assert fault.value.code == "neurological_not_understood"


class TestReadChannel:
    @pytest.mark.parametrize(
        ("text", "channel"),
        [
            ("SMS", "sms"),
            ("Text", "sms"),
            ("E-mail", "email"),
            ("EMAIL", "email"),
            ("Phone", "phone"),
            ("telephone", "phone"),
        ],
    )
    def test_is_a_value_of_a_patient(self, text: str, channel: str) -> None:
        assert answers.read_channel(text) == channel
        assert channel in Patient.Channel.values

    @pytest.mark.parametrize("text", ["Letter", "pigeon", "mobile", "mail"])
    def test_is_no_other_word(self, text: str) -> None:
        with pytest.raises(CellFault) as fault:
            answers.read_channel(text)

        assert fault.value.code == "preference_not_understood"


class TestReadGender:
    @pytest.mark.parametrize(
        ("text", "gender"),
        [("F", "female"), ("Male", "male"), ("other", "other"), ("U", "unknown")],
    )
    def test_is_a_value_of_a_patient(self, text: str, gender: str) -> None:
        assert answers.read_gender(text) == gender
        assert gender in Patient.Gender.values

    def test_is_no_other_word(self) -> None:
        with pytest.raises(CellFault) as fault:
            answers.read_gender("Mrs")

        assert fault.value.code == "gender_not_understood"


class TestReadDeath:
    @pytest.mark.parametrize("text", ["Y", "Yes", "TRUE"])
    def test_may_have_no_date(self, text: str) -> None:
        assert answers.read_death(text, PAST) == (True, None)

    @pytest.mark.parametrize("text", ["N", "No", "FALSE"])
    def test_may_be_denied(self, text: str) -> None:
        assert answers.read_death(text, PAST) == (False, None)

    def test_may_be_a_date(self) -> None:
        assert answers.read_death("03/09/2026", PAST) == (True, date(2026, 9, 3))

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("maybe", "deceased_not_understood"),
            ("1", "deceased_not_understood"),
            ("†", "deceased_not_understood"),
            ("31/02/2026", "no_such_date"),
            ("21/11/2026", "date_in_future"),
            ("03/09/26", "two_digit_year"),
        ],
    )
    def test_is_not_guessed(self, text: str, code: str) -> None:
        with pytest.raises(CellFault) as fault:
            answers.read_death(text, PAST)

        assert fault.value.code == code
