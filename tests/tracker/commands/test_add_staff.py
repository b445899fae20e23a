import io

import pytest
from django.core.management import CommandError, call_command

from patients.models import Clinic, Membership, User
from tests.factories import PASSWORD, make_clinic

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic(slug="elm-street")


@pytest.fixture
def typed(monkeypatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("add_staff", *words, stdout=out)
    return out.getvalue()


def seat(role: str) -> tuple[str, ...]:
    return ("grace", "--clinic", "elm-street", "--role", role, "--password-stdin")


class TestAddStaff:
    def test_seats_a_new_person_who_can_sign_in(self, clinic, typed, client):
        said = run(*seat("nurse"), "--first-name", "Grace")

        grace = User.objects.get(username="grace")
        assert said == "grace is nurse in Elm Street Surgery.\n"
        assert Membership.objects.get(user=grace, clinic=clinic).role == "nurse"
        assert grace.first_name == "Grace"
        assert client.login(username="grace", password=PASSWORD)

    def test_gives_a_known_person_another_role_and_asks_for_nothing(
        self, clinic, typed
    ):
        run(*seat("nurse"))

        run(*seat("prescriber"))

        assert Membership.objects.get(clinic=clinic).role == "prescriber"
        assert User.objects.get(username="grace").check_password(PASSWORD)

    def test_refuses_a_role_that_is_none(self, clinic):
        with pytest.raises(CommandError) as refused:
            run(*seat("doctor"))

        assert str(refused.value) == (
            "“doctor” is no role; choose one of nurse, prescriber, clinical_lead, "
            "manager, auditor."
        )

    def test_refuses_a_clinic_that_is_not_there(self):
        with pytest.raises(CommandError) as refused:
            run(*seat("nurse"))

        assert str(refused.value) == "There is no clinic called “elm-street”."

    def test_refuses_a_password_that_is_too_easy(self, clinic, monkeypatch):
        monkeypatch.setattr("sys.stdin", io.StringIO("grace1\n"))

        with pytest.raises(CommandError, match="too short"):
            run(*seat("nurse"))

        assert not User.objects.filter(username="grace").exists()

    def test_refuses_to_make_up_a_password(self, clinic, typed):
        words = [word for word in seat("nurse") if word != "--password-stdin"]

        with pytest.raises(CommandError) as refused:
            run(*words)

        assert str(refused.value) == (
            "A new person needs a password; give --password-stdin."
        )
