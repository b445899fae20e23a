"""What the pages about a clinic show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from notifications import words
from notifications.planner import Outgoing
from patients.models import (
    CalendarDay,
    Clinic,
    LabPolicy,
    Membership,
    OpenDays,
    Patient,
)
from tracker.clinic.forms import WEEKDAYS


@dataclass(frozen=True, kw_only=True)
class Week:
    """The weekdays on which a clinic is open, from a day on."""

    from_on: date
    weekdays: str  # "01234": Monday is 0
    holds_now: bool

    @property
    def open_on(self) -> str:
        """Return the weekdays by name."""
        return ", ".join(str(name) for n, name in WEEKDAYS if n in self.weekdays)


@dataclass(frozen=True, kw_only=True)
class Board:
    """A clinic's weeks, the days to come that differ, and who works in it."""

    weeks: list[Week]
    days: list[CalendarDay]
    staff: list[Membership]
    laboratory: list[LabPolicy]  # the one in force, and those to come
    today: date

    @property
    def laboratory_now(self) -> dict[str, Any]:
        """Return the laboratory's policy and numbers in force, as a form has them."""
        begun = [row for row in self.laboratory if row.from_on <= self.today]
        return {"policy": begun[0].policy, **begun[0].numbers} if begun else {}

    @property
    def weekdays_now(self) -> list[str]:
        """Return the numbers of the weekdays on which the clinic is open now."""
        return [n for week in self.weeks if week.holds_now for n in week.weekdays]


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """A message that would leave: when, as the clinic's clock reads, and its text."""

    patient: Patient
    purpose: str
    channel: str
    to: str
    at: datetime
    text: str


def board_of(clinic: Clinic, *, today: date) -> Board:
    """Return what is known of a clinic besides its settings."""
    members = Membership.objects.filter(clinic=clinic).select_related("user")
    days = CalendarDay.objects.filter(clinic=clinic, on__gte=today)
    return Board(
        weeks=_weeks(clinic, today),
        days=list(days),
        laboratory=_laboratory(clinic, today),
        today=today,
        staff=list(members.order_by("user__last_name", "user__first_name", "id")),
    )


def outgoing(found: Iterable[Outgoing], clinic: Clinic) -> list[Leaving]:
    """Return what would leave, in words."""
    return [
        Leaving(
            patient=each.patient,
            purpose=words.of(words.PURPOSES, each.purpose),
            channel=words.of(words.MEANS, each.channel),
            to=each.to,
            at=each.leaves_at.astimezone(clinic.zone).replace(tzinfo=None),
            text="\n\n".join(p for p in (each.words.subject, each.words.body) if p),
        )
        for each in found
    ]


def _laboratory(clinic: Clinic, today: date) -> list[LabPolicy]:
    rows = list(LabPolicy.objects.filter(clinic=clinic))
    begun = [row for row in rows if row.from_on <= today]
    return [*begun[-1:], *(row for row in rows if row.from_on > today)]


def _weeks(clinic: Clinic, today: date) -> list[Week]:
    rows = list(OpenDays.objects.filter(clinic=clinic))
    begun = [row for row in rows if row.from_on <= today]
    now = begun[-1] if begun else None
    return [
        Week(
            from_on=row.from_on,
            weekdays=row.weekdays,
            holds_now=row == now,
        )
        for row in rows
        if row == now or row.from_on > today
    ]
