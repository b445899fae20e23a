"""Give a person a seat in a clinic."""

import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import patients.actions
from patients.models import Clinic, Membership, User


class Command(BaseCommand):
    """
    Seat a person in a clinic, new or known.

    A new person needs a password: asked for, or read from the first line of standard
    input. A known one keeps theirs, and has the role in place of the one before.
    """

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take who, where and as what."""
        parser.add_argument("username")
        parser.add_argument("--clinic", required=True, metavar="SLUG")
        parser.add_argument("--role", required=True, metavar="ROLE", help=_roles())
        parser.add_argument("--first-name", default="")
        parser.add_argument("--last-name", default="")
        parser.add_argument("--password-stdin", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Seat the person, or say in one sentence why not."""
        clinic, role = _clinic(options["clinic"]), _role(options["role"])
        known = User.objects.filter(username=options["username"]).first()
        user = known or _new_user(options)  # asks: no transaction waits for a person
        with transaction.atomic():
            if known is None:
                user.save()
            patients.actions.seat(
                user=user, clinic=clinic, role=role, by=User.objects.command_line()
            )
        self.stdout.write(f"{user.username} is {role.label} in {clinic}.")


def _roles() -> str:
    return ", ".join(Membership.Role.values)


def _role(name: str) -> Membership.Role:
    try:
        return Membership.Role(name)
    except ValueError as problem:
        raise CommandError(
            f"“{name}” is no role; choose one of {_roles()}."
        ) from problem


def _clinic(slug: str) -> Clinic:
    try:
        return Clinic.objects.get(slug=slug)
    except Clinic.DoesNotExist as problem:
        raise CommandError(f"There is no clinic called “{slug}”.") from problem


def _new_user(options: dict[str, Any]) -> User:
    user = User(
        username=options["username"],
        first_name=options["first_name"],
        last_name=options["last_name"],
    )
    password = _password(from_stdin=options["password_stdin"])
    try:
        user.clean_fields(exclude=["password"])
        validate_password(password, user)
    except ValidationError as problem:
        raise CommandError(" ".join(problem.messages)) from problem
    user.set_password(password)
    return user


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CommandError("A new person needs a password; give --password-stdin.")
    return getpass.getpass("Password: ")
