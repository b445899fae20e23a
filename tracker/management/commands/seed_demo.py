"""Fill an empty tracker with invented people, for a demo."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

import patients.actions
from patients import clock
from patients.models import Clinic, Membership, User
from tracker.demo.people import ELM_STREET, MILL_LANE
from tracker.demo.stories import Teller, tell_all

PASSWORD = "vitamin-b12-demo"
YEARS_BACK = timedelta(days=2 * 365)


@dataclass(frozen=True)
class SignIn:
    """Somebody who can sign in to the demo."""

    username: str
    first_name: str
    last_name: str
    role: Membership.Role
    clinic: str

    def __str__(self) -> str:
        return f"{self.username} / {PASSWORD}  ({self.role.label}, {self.clinic})"


_Role = Membership.Role
SIGN_INS = (
    SignIn("grace", "Grace", "Adeyemi", _Role.NURSE, "elm-street"),
    SignIn("omar", "Omar", "Rashid", _Role.PRESCRIBER, "elm-street"),
    SignIn("lena", "Lena", "Fischer", _Role.CLINICAL_LEAD, "elm-street"),
    SignIn("tom", "Tom", "Whitfield", _Role.MANAGER, "elm-street"),
    SignIn("ruth", "Ruth", "Campbell", _Role.NURSE, "mill-lane"),
)


class Command(BaseCommand):
    """Open two clinics with staff and patients, once; dates lie around today."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed the demo, unless it is there or this is no place for it."""
        if settings.IS_PRODUCTION:
            raise CommandError("Invented people have no place in production.")
        if Clinic.objects.filter(slug="elm-street").exists():
            self.stdout.write("The demo is there already.")
            return
        people = seed(now=clock.now())
        self.stdout.write(f"The demo is there: {people} people in two clinics.")


@transaction.atomic
def seed(*, now: datetime) -> int:
    """Open both clinics as of `now`; return how many patients they have."""
    return _elm_street(now) + _mill_lane(now)


def _elm_street(now: datetime) -> int:
    clinic = _open("elm-street", "Elm Street Surgery", "020 7946 0000", now)
    nurse, prescriber = _works("grace"), _works("omar")
    teller = Teller(clinic=clinic, now=now, nurse=nurse, prescriber=prescriber)
    return tell_all(teller, ELM_STREET)


def _mill_lane(now: datetime) -> int:
    """Open the other clinic, which has a nurse only: to see that neither sees both."""
    clinic = _open("mill-lane", "Mill Lane Health Centre", "020 7946 0001", now)
    nurse, prescriber = _works("ruth"), User.objects.command_line()
    teller = Teller(clinic=clinic, now=now, nurse=nurse, prescriber=prescriber)
    return tell_all(teller, MILL_LANE)


def _works(username: str) -> User:
    return User.objects.get(username=username)


def _open(slug: str, name: str, phone: str, now: datetime) -> Clinic:
    by = User.objects.command_line()
    clinic = patients.actions.open_clinic(
        slug=slug, name=name, phone=phone, today=(now - YEARS_BACK).date(), by=by
    )
    patients.actions.write_down_holidays(clinic=clinic, today=clinic.day(now))
    for each in SIGN_INS:
        if each.clinic == slug:
            patients.actions.seat(
                user=_user(each), clinic=clinic, role=each.role, by=by
            )
    return clinic


def _user(sign_in: SignIn) -> User:
    user: User = User.objects.create_user(
        username=sign_in.username,
        password=PASSWORD,
        first_name=sign_in.first_name,
        last_name=sign_in.last_name,
    )
    return user
