"""Bring the database, the style sheets and the demo up to date."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Do all that `run` takes for granted; what is done already costs nothing."""

    help = __doc__ or ""
    # The tables may not be there yet, and checks may ask them.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, collect, and seed the demo where it is one."""
        call_command("migrate", interactive=False, verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        if not settings.IS_PRODUCTION:
            call_command("seed_demo", stdout=self.stdout)
