"""The log of alerts: when each opened and closed, and who acknowledged it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from patients.models import Clinic, Patient
from patients.models.constraints import together
from schedules.alerts import Key
from schedules.models.plan import Plan
from schedules.phases import Phase


class AlertEntryQuerySet(models.QuerySet["AlertEntry"]):
    """Entries of the log, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def open(self) -> Self:
        return self.filter(closed_on=None)

    def acknowledged(self) -> Self:
        return self.exclude(acknowledged_at=None)

    def of_interest(self) -> Self:
        """Return those that are open, or were acknowledged: they say what is quiet."""
        return self.filter(Q(closed_on=None) | Q(acknowledged_at__isnull=False))

    def about_injections(self) -> Self:
        """Return those that are about one injection each."""
        return self.filter(about__startswith="injection ")

    def of_open_plans(self) -> Self:
        return self.exclude(plan__phase=Phase.CLOSED)


class AlertEntry(models.Model):
    """
    One stretch of time in which a rule spoke about a plan.

    Written by a replay and by the nightly check; closed when it speaks no longer, never
    deleted. What speaks again is a new entry.
    """

    class Resolution(models.TextChoices):
        FACTS_CHANGED = "facts_changed", _("facts changed")
        TIME_PASSED = "time_passed", _("its time passed")
        PLAN_CLOSED = "plan_closed", _("plan closed")

    #: What an entry is about that was acknowledged before there was a log.
    UNKNOWN = "?"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="alert_entries")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    rule = models.CharField(max_length=16)  # the clinical rule, and its version
    version = models.PositiveSmallIntegerField()
    severity = models.CharField(max_length=8)
    about = models.CharField(max_length=80, blank=True)
    # The day from which it speaks, and the day on which a replay first saw that.
    opened_on = models.DateField()
    noticed_on = models.DateField()
    closed_on = models.DateField(null=True)
    resolution = models.CharField(max_length=16, choices=Resolution, blank=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)

    objects = AlertEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_on", "-id")
        indexes = (
            models.Index(
                name="acknowledged_in_a_clinic",
                fields=("clinic", "plan"),
                condition=Q(acknowledged_at__isnull=False),
            ),
        )
        constraints = (
            models.UniqueConstraint(
                name="an_alert_is_open_once_on_each_occasion",
                fields=("plan", "code", "version", "about"),
                condition=Q(closed_on=None),
            ),
            together(
                "acknowledged_at",
                "acknowledged_by",
                name="an_alert_is_acknowledged_by_somebody",
            ),
            models.CheckConstraint(
                name="a_closed_alert_says_why",
                condition=Q(closed_on=None, resolution="")
                | (Q(closed_on__isnull=False) & ~Q(resolution="")),
            ),
            models.CheckConstraint(
                name="an_alert_is_noticed_when_it_speaks_or_later",
                condition=Q(noticed_on__gte=F("opened_on")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} since {self.opened_on}"

    @property
    def key(self) -> Key:
        return self.code, self.version, self.about
