import io
from datetime import timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patients import identifiers
from patients.models import (
    AllergyRecord,
    Clinic,
    ConditionRecord,
    Consent,
    ExclusionAnswer,
    LabResult,
    MedicineUse,
    Membership,
    Patient,
)
from schedules.actions import check_plans
from schedules.models import Dose, Injection, Panel, Plan
from tests.factories import NOON, TODAY
from tracker.management.commands import seed_demo
from tracker.management.commands.seed_demo import PASSWORD, SIGN_INS, seed

pytestmark = pytest.mark.django_db


def run() -> str:
    out = io.StringIO()
    call_command("seed_demo", stdout=out)
    return out.getvalue()


@pytest.fixture(scope="class")
def demo(django_db_setup, django_db_blocker):
    """Seed once: the stories take a while to live through."""
    with django_db_blocker.unblock():
        atomic = seed_demo.transaction.atomic()
        atomic.__enter__()
        seed(now=NOON)
        try:
            yield
        finally:
            seed_demo.transaction.set_rollback(True)
            atomic.__exit__(None, None, None)


@pytest.mark.usefixtures("demo")
class TestSeed:
    def test_opens_two_clinics_of_which_none_is_on_hold(self):
        clinics = Clinic.objects.in_bulk(field_name="slug")

        assert set(clinics) == {"elm-street", "mill-lane"}
        assert clinics["elm-street"].name == "Elm Street Surgery"
        assert clinics["elm-street"].phone == "020 7946 0000"
        assert clinics["mill-lane"].name == "Mill Lane Health Centre"
        assert not any(clinic.is_on_hold for clinic in clinics.values())

    def test_lets_those_sign_in_whom_it_names(self, client):
        for sign_in in SIGN_INS:
            assert client.login(username=sign_in.username, password=PASSWORD)
        assert Membership.objects.count() == len(SIGN_INS)

    def test_shows_every_phase(self):
        phases = set(Plan.objects.values_list("phase", flat=True))

        assert phases == {"workup", "loading", "maintenance", "paused"}

    @pytest.mark.parametrize(
        ("condition", "least"),
        [
            pytest.param({"due_on": TODAY}, 3, id="due today"),
            pytest.param(
                {"closes_on__lt": TODAY, "phase": "loading"}, 1, id="days late"
            ),
            pytest.param(
                {
                    "due_on__lte": TODAY - timedelta(days=18),
                    "due_on__gt": TODAY - timedelta(days=25),
                },
                1,
                id="weeks late",
            ),
            pytest.param(
                {"due_on__lte": TODAY - timedelta(days=35)}, 1, id="a month late"
            ),
            pytest.param({"opens_on__gt": TODAY}, 5, id="coming later"),
        ],
    )
    def test_shows_doses_that_are(self, condition, least):
        assert Dose.objects.filter(**condition).count() >= least

    def test_shows_what_else_a_clinic_has_to_see(self):
        children = Patient.objects.filter(birth_date__gt=TODAY.replace(year=2010))

        assert Panel.objects.filter(due_on__lte=TODAY).exists()
        assert Injection.objects.unverified().exists()
        assert Patient.objects.filter(phone="", email="").exists()
        assert children.exists()
        assert Plan.objects.filter(neurological="unknown").exists()
        assert Plan.objects.filter(product="cyanocobalamin").exists()
        assert LabResult.objects.count() > 20
        assert Injection.objects.exclude(answered_due_on=None).count() > 50

    def test_knows_more_of_some_people(self):
        assert MedicineUse.objects.filter(medicine="metformin").exists()
        assert AllergyRecord.objects.filter(allergen="cobalt").exists()
        assert ConditionRecord.objects.values("condition").distinct().count() == 3
        assert ExclusionAnswer.objects.filter(answer="pending").exists()
        assert Consent.objects.filter(answer="given").exists()

    def test_reaches_nobody_who_lives(self):
        for patient in Patient.objects.all():
            assert not patient.phone or patient.phone.startswith("+447700900")
            assert not patient.email or patient.email.endswith("@example.org")
            assert patient.nhs_number.startswith("999")
            assert identifiers.nhs_number(patient.nhs_number) == patient.nhs_number
            assert not patient.email or identifiers.email(patient.email)

    def test_says_who_accepted_what_was_given_elsewhere(self):
        accepted = Injection.objects.filter(source=Injection.Source.ACCEPTED)

        assert accepted.exists()
        assert not accepted.filter(accepted_at=None).exists()
        assert (
            not Injection.objects.exclude(source=Injection.Source.ACCEPTED)
            .exclude(accepted_at=None)
            .exists()
        )

    def test_leaves_every_plan_as_a_replay_has_it(self):
        assert check_plans(now=NOON) == []

    def test_changes_nothing_the_second_time_and_is_quick(self):
        before = {model: model._default_manager.count() for model in apps.get_models()}

        with CaptureQueriesContext(connection) as asked:
            said = run()

        assert said == "The demo is there already.\n"
        assert len(asked) == 1
        assert before == {
            model: model._default_manager.count() for model in apps.get_models()
        }


class TestCommand:
    def test_has_no_place_in_production(self, settings):
        settings.IS_PRODUCTION = True

        with pytest.raises(CommandError) as refused:
            run()

        assert str(refused.value) == "Invented people have no place in production."
        assert not Clinic.objects.exists()

    def test_dates_the_demo_around_the_day_it_is_run(self):
        assert run() == "The demo is there: 33 people in two clinics.\n"

        clinic = Clinic.objects.get(slug="elm-street")
        plans = Plan.objects.of(clinic)
        assert len({plan.replayed_on for plan in plans}) == 1
        assert str(SIGN_INS[0]) == f"grace / {PASSWORD}  (nurse, elm-street)"
