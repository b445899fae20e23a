"""Keeping the clinics' calendars long enough for what is planned on them."""

from datetime import datetime

from django.db import transaction

import patients.actions
from patients.models import Clinic
from schedules.actions.replay import replay_clinic


def keep_calendars(*, now: datetime) -> int:
    """
    Write down the holidays of a year that has come near, and replan around them.

    Return how many holidays were new.
    """
    return sum(_keep(clinic, now) for clinic in Clinic.objects.all())


@transaction.atomic
def _keep(clinic: Clinic, now: datetime) -> int:
    today = clinic.day(now)
    new = patients.actions.write_down_holidays(clinic=clinic, today=today)
    if new:
        replay_clinic(clinic=clinic, today=today)
    return new
