"""Open a clinic."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

import patients.actions
from patients import clock
from patients.models import Clinic, User
from patients.refusals import Refused

#: What the command line calls each column.
OPTIONS = {
    "slug": "SLUG",
    "name": "--name",
    "phone": "--phone",
    "time_zone": "--time-zone",
    "holiday_region": "--region",
}


class Command(BaseCommand):
    """Open a clinic with its week, its zone and the holidays of its region."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what a clinic cannot be without, and what it may have otherwise."""
        parser.add_argument("slug", help="short name, as in elm-street")
        parser.add_argument("--name", required=True)
        parser.add_argument("--phone", required=True, help="patients call it")
        parser.add_argument("--time-zone", default="Europe/London")
        parser.add_argument("--region", default="GB-ENG", help="whose holidays it has")
        parser.add_argument("--weekdays", default="01234", help="open; Monday is 0")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the clinic, or say in one sentence why not."""
        try:
            clinic = _opened(options)
        except Refused as refusal:
            raise CommandError(refusal.reason) from refusal
        self.stdout.write(f"{clinic} is open as “{clinic.slug}”.")


def _opened(options: dict[str, Any]) -> Clinic:
    said = {
        "slug": options["slug"],
        "name": options["name"].strip(),
        "phone": options["phone"].strip(),
        "time_zone": options["time_zone"],
        "holiday_region": options["region"],
    }
    _check(said)
    return patients.actions.open_clinic(
        **said,
        weekdays=options["weekdays"],
        # Its first week may begin by the day before: nobody has come yet.
        today=clock.now().date(),
        by=User.objects.command_line(),
    )


def _check(said: dict[str, str]) -> None:
    """Raise Refused for what no column of a clinic can hold."""
    others = {field.name for field in Clinic._meta.fields} - said.keys()
    try:
        Clinic(**said).clean_fields(exclude=others)
    except ValidationError as problem:
        column, reasons = next(iter(problem.message_dict.items()))
        raise Refused(f"{OPTIONS[column]}: {reasons[0]}", field=column) from problem
