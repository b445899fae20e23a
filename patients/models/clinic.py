"""Where injections are given, and on which days."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from patients.models.constraints import together
from patients.models.history import Remembered


class Clinic(Remembered):
    """A place where injections are given, with its days and its voice."""

    slug = models.SlugField(_("short name"), unique=True)
    name = models.CharField(_("name"), max_length=40)
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/London")
    holiday_region = models.CharField(_("holidays of"), max_length=12, default="GB-ENG")
    phone = models.CharField(_("telephone"), max_length=20)
    sends_from = models.TimeField(_("messages from"), default=time(9))
    sends_until = models.TimeField(_("messages until"), default=time(20))
    # On hold nothing leaves. A clinic is held until somebody has seen what would.
    held_at = models.DateTimeField(null=True, editable=False)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        ordering = ("name",)
        constraints = (
            together("held_at", "held_by", name="a_hold_has_a_time_and_a_person"),
            together(
                "released_at", "released_by", name="a_release_has_a_time_and_a_person"
            ),
            models.CheckConstraint(
                name="the_sending_window_opens_before_it_closes",
                condition=models.Q(sends_from__lt=models.F("sends_until")),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def is_on_hold(self) -> bool:
        return self.held_at is not None

    def day(self, now: datetime) -> date:
        """Return the civil day that `now` is here."""
        return now.astimezone(self.zone).date()


class OpenDays(Remembered):
    """The weekdays on which a clinic is open, from a day on."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="open_days")
    from_on = models.DateField(_("from"))
    weekdays = models.CharField(_("open on"), max_length=7)  # "01234": Monday is 0
    history = HistoricalRecords()

    class Meta:
        ordering = ("from_on",)
        constraints = (
            models.UniqueConstraint(
                name="a_clinic_has_one_week_from_a_day_on", fields=("clinic", "from_on")
            ),
            models.CheckConstraint(
                name="open_weekdays_are_digits_from_nought_to_six",
                condition=models.Q(weekdays__regex=r"^[0-6]{1,7}$"),
            ),
        )

    def __str__(self) -> str:
        return f"{self.weekdays} from {self.from_on}"

    @property
    def numbers(self) -> frozenset[int]:
        return frozenset(int(digit) for digit in self.weekdays)


class CalendarDay(Remembered):
    """
    A day on which a clinic departs from its week.

    Holidays are written down here once, so that a newer list of holidays changes no
    past.
    """

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("holiday")
        CLOSURE = "closure", _("closed")
        EXTRA = "extra", _("open besides")

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="calendar_days")
    on = models.DateField(_("day"))
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    reason = models.CharField(_("reason"), max_length=80, blank=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ("on",)
        constraints = (
            models.UniqueConstraint(
                name="a_day_departs_once_in_each_way", fields=("clinic", "on", "kind")
            ),
        )

    def __str__(self) -> str:
        return f"{self.on} {self.get_kind_display()}"
