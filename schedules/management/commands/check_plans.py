"""Hold what is stored of each open plan against a fresh replay."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

import schedules.actions
from patients import clock


class Command(BaseCommand):
    """Print each plan whose stored dose or panel was not what a replay says."""

    help = "Check and mend the stored dose and panel of each open plan."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the differences, and end with 1 if there were any."""
        found = schedules.actions.check_plans(now=clock.now())
        for difference in found:
            self.stdout.write(str(difference))
        if found:
            raise CommandError(f"{len(found)} plans were not as a replay says.")
        self.stdout.write("Every open plan is stored as a replay says.")
