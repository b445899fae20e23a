"""What we said, to whom, and what came of it."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.states import WITHDRAWN, State
from patients.models import Clinic, Patient
from patients.models.constraints import together
from schedules.models import Plan


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """Reminders, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def due(self, now: datetime) -> Self:
        """Return those that may be claimed now, the longest waiting first."""
        return self.filter(state=State.PLANNED, send_at__lte=now).order_by(
            "send_at", "id"
        )

    def tasks(self) -> Self:
        """Return what waits for a person to do."""
        return self.filter(channel=Reminder.Channel.NURSE, state=State.ACCEPTED)


class Reminder(models.Model):
    """One thing to tell one patient for one occasion: the outbox row."""

    class Channel(models.TextChoices):
        SMS = "sms", _("text message")
        EMAIL = "email", _("e-mail")
        NURSE = "nurse", _("task for a nurse")

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="reminders")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="reminders")
    episode = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()  # of the dose, or the number of the panel
    purpose = models.CharField(_("purpose"), max_length=20)
    rung = models.PositiveSmallIntegerField()
    channel = models.CharField(_("by"), max_length=8, choices=Channel)
    due_on = models.DateField(_("due on"))
    send_at = models.DateTimeField(_("not before"))
    expires_at = models.DateTimeField(_("of no use after"))
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=[(state.value, state.value) for state in State],
        default=State.PLANNED,
    )
    reason = models.CharField(_("why"), max_length=40, blank=True)
    # Who may write what came of it: only the holder of the newest fence.
    fence = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    provider_id = models.CharField(max_length=120, blank=True)
    planned_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    handled_note = models.CharField(_("what was done"), max_length=200, blank=True)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(
                name="reminders_that_wait",
                fields=["send_at", "id"],
                condition=Q(state="planned"),
            ),
            models.Index(
                name="reminders_under_way",
                fields=["leased_until"],
                condition=Q(state__in=("leased", "dispatching")),
            ),
            models.Index(
                name="reminders_not_known",
                fields=["id"],
                condition=Q(state="unknown"),
            ),
            models.Index(
                name="tasks_of_a_clinic",
                fields=["clinic", "-id"],
                condition=Q(channel="nurse", state="accepted"),
            ),
            models.Index(name="reminders_of_a_clinic", fields=["clinic", "-id"]),
        )
        constraints = (
            # The real guard against telling somebody twice. Everything else is
            # courtesy.
            models.UniqueConstraint(
                name="one_live_reminder_per_rung",
                fields=(
                    "plan",
                    "episode",
                    "ordinal",
                    "purpose",
                    "rung",
                    "channel",
                    "due_on",
                ),
                condition=~Q(state__in=sorted(WITHDRAWN)),
            ),
            models.CheckConstraint(
                name="what_is_under_way_is_leased",
                condition=~Q(state__in=("leased", "dispatching"))
                | Q(leased_until__isnull=False),
            ),
            together("handled_at", "handled_by", name="a_task_is_handled_by_somebody"),
            models.CheckConstraint(
                name="a_reminder_is_of_use_for_a_while",
                condition=Q(send_at__lt=models.F("expires_at")),
            ),
        )

    def __str__(self) -> str:
        return f"reminder {self.pk} ({self.purpose}, {self.state})"

    @property
    def reference(self) -> str:
        """What providers know this reminder by, at every try: nothing of a person."""
        return f"r{self.pk}"


class Attempt(models.Model):
    """One try to send a reminder: written before the message leaves."""

    class Outcome(models.TextChoices):
        UNDER_WAY = "", _("under way")
        ACCEPTED = "accepted", _("accepted")
        NOT_SENT = "not_sent", _("not sent")
        REFUSED = "refused", _("refused")
        UNKNOWN = "unknown", _("not known")

    reminder = models.ForeignKey(Reminder, models.PROTECT, related_name="attempts")
    fence = models.PositiveIntegerField()
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="a_fence_tries_once", fields=("reminder", "fence")
            ),
            models.CheckConstraint(
                name="an_ended_attempt_has_an_outcome",
                condition=Q(ended_at=None, outcome="")
                | Q(ended_at__isnull=False) & ~Q(outcome=""),
            ),
        )

    def __str__(self) -> str:
        return f"attempt {self.fence} of reminder {self.reminder_id}"


class LegalEdge(models.Model):
    """A step that a reminder's state may take; the database refuses all others."""

    from_state = models.CharField(max_length=12)
    to_state = models.CharField(max_length=12)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                name="an_edge_stands_once", fields=("from_state", "to_state")
            ),
        )

    def __str__(self) -> str:
        return f"{self.from_state} to {self.to_state}"


class Tick(models.Model):
    """When a piece of regular work last ran to its end."""

    name = models.CharField(max_length=20, primary_key=True)
    struck_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} at {self.struck_at}"
