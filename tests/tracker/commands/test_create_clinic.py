import io

import pytest
from django.core.management import CommandError, call_command

from patients.models import Clinic

pytestmark = pytest.mark.django_db

USUAL = ("--name", "Elm Street Surgery", "--phone", "020 7946 0000")


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("create_clinic", *words, stdout=out)
    return out.getvalue()


class TestCreateClinic:
    def test_opens_a_clinic(self):
        said = run("elm-street", *USUAL, "--weekdays", "0124", "--region", "GB-SCT")

        clinic = Clinic.objects.get(slug="elm-street")
        assert said == "Elm Street Surgery is open as “elm-street”.\n"
        assert clinic.open_days.get().weekdays == "0124"
        assert (clinic.phone, clinic.time_zone) == ("020 7946 0000", "Europe/London")
        assert clinic.calendar_days.filter(reason__contains="Andrew").exists()

    @pytest.mark.parametrize(
        ("words", "sentence"),
        [
            pytest.param(
                ("elm street", *USUAL),
                "SLUG: Enter a valid “slug” consisting of letters, numbers, "
                "underscores or hyphens.",
                id="short name",
            ),
            pytest.param(
                ("elm", "--name", " ", "--phone", "1"),
                "--name: This field cannot be blank.",
                id="no name",
            ),
            pytest.param(
                ("elm", *USUAL, "--time-zone", "Mars/Base"),
                "“Mars/Base” is not a time zone.",
                id="time zone",
            ),
            pytest.param(
                ("elm", *USUAL, "--region", "XX-Y"),
                "No holidays are known for “XX-Y”; write for example GB-ENG.",
                id="region",
            ),
            pytest.param(
                ("elm", *USUAL, "--weekdays", "7"),
                "Choose at least one weekday.",
                id="weekdays",
            ),
        ],
    )
    def test_refuses_in_one_sentence(self, words, sentence):
        with pytest.raises(CommandError) as refused:
            run(*words)

        assert str(refused.value) == sentence
        assert not Clinic.objects.exists()

    def test_refuses_a_second_of_the_same_name(self):
        run("elm-street", *USUAL)

        with pytest.raises(CommandError) as refused:
            run("elm-street", *USUAL)

        assert str(refused.value) == "There is a clinic called “elm-street” already."
