"""What `make setup` runs."""

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django import Settings

from patients.models import Clinic


@pytest.mark.django_db
class TestPrepare:
    def test_makes_the_demo_once_and_the_style_sheets(
        self, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("prepare")
        call_command("prepare")

        first, second = capsys.readouterr().out.splitlines()
        assert first.startswith("The demo is there: ")
        assert second == "The demo is there already."
        assert Clinic.objects.count() == 2
        assert (settings.STATIC_ROOT / "staticfiles.json").is_file()

    def test_invents_nobody_in_production(self, settings: Settings) -> None:
        settings.IS_PRODUCTION = True

        call_command("prepare")

        assert Clinic.objects.count() == 0
