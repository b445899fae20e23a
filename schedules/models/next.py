"""
What is next: at most one open dose and one open panel a plan.

Both tables are a cache of the forecast. They are rewritten by
`schedules.actions.replay` in the transaction of the fact that moved them, and checked
against it every day.
"""

from django.db import models

from patients.models import Clinic, Patient
from schedules.models.plan import Plan


class Dose(models.Model):
    """The next dose of a plan."""

    plan = models.OneToOneField(Plan, models.PROTECT, primary_key=True)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    episode = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()
    phase = models.CharField(max_length=12)
    target_on = models.DateField()
    due_on = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    flags = models.JSONField(default=list)

    class Meta:
        ordering = ("due_on", "plan_id")
        indexes = (
            models.Index(name="doses_due_in_a_clinic", fields=["clinic", "due_on"]),
        )

    def __str__(self) -> str:
        return f"dose {self.episode}.{self.ordinal} due {self.due_on}"


class Panel(models.Model):
    """The next laboratory panel of a plan."""

    plan = models.OneToOneField(Plan, models.PROTECT, primary_key=True)
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    target_on = models.DateField()
    due_on = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()

    class Meta:
        ordering = ("due_on", "plan_id")
        indexes = (
            models.Index(name="panels_due_in_a_clinic", fields=["clinic", "due_on"]),
        )

    def __str__(self) -> str:
        return f"panel {self.number} due {self.due_on}"
