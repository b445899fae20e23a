"""Assessments of symptoms."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from patients.models.clinic import Clinic
from patients.models.constraints import together
from patients.models.patient import Patient
from patients.symptoms import IMPROVED, WORSENED, Assessed, Domain, RedFlag


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Assessments, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def standing(self) -> Self:
        """Return those that nobody has taken back."""
        return self.filter(voided_at=None)


class Assessment(models.Model):
    """How symptoms were on a day: what was scored, and what was found."""

    class Source(models.TextChoices):
        NURSE = "nurse", _("asked by staff")
        PATIENT = "patient", _("written by the patient")

    class Romberg(models.TextChoices):
        STEADY = "steady", _("steady")
        UNSTEADY = "unsteady", _("unsteady")

    class Finding(models.TextChoices):
        NORMAL = "normal", _("normal")
        REDUCED = "reduced", _("reduced")
        ABSENT = "absent", _("absent")

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="assessments")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    assessed_on = models.DateField(_("assessed on"))
    source = models.CharField(
        _("source"), max_length=8, choices=Source, default=Source.NURSE
    )
    # By the codes of patients.symptoms; what was not asked is not there.
    scores = models.JSONField(_("scores"), default=dict)
    pgic = models.PositiveSmallIntegerField(_("change"), null=True)
    red_flags = models.JSONField(_("red flags"), default=list)
    falls = models.PositiveSmallIntegerField(_("falls since the last time"), null=True)
    up_and_go_seconds = models.DecimalField(
        _("Timed Up and Go, seconds"), max_digits=5, decimal_places=1, null=True
    )
    romberg = models.CharField(
        _("Romberg’s test"), max_length=8, choices=Romberg, blank=True
    )
    vibration = models.CharField(
        _("vibration at the toe, 128 Hz"), max_length=8, choices=Finding, blank=True
    )
    ankle_reflexes = models.CharField(
        _("ankle reflexes"), max_length=8, choices=Finding, blank=True
    )
    note = models.CharField(_("note"), max_length=400, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    void_reason = models.CharField(max_length=200, blank=True)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ("-assessed_on", "-id")
        indexes = (
            models.Index(name="assessments_of_a_patient", fields=["patient", "id"]),
        )
        constraints = (
            together(
                "voided_at", "voided_by", name="an_assessment_is_voided_by_somebody"
            ),
            models.CheckConstraint(
                name="a_voided_assessment_has_a_reason",
                condition=models.Q(voided_at=None) | ~models.Q(void_reason=""),
            ),
            models.CheckConstraint(
                name="global_change_is_from_1_to_7",
                condition=models.Q(pgic=None)
                | models.Q(pgic__gte=IMPROVED, pgic__lte=WORSENED),
            ),
        )

    def __str__(self) -> str:
        return f"assessment of {self.assessed_on}"

    @property
    def told(self) -> Assessed:
        """Return what the rules read of it."""
        return Assessed(
            on=self.assessed_on,
            scores={Domain(name): score for name, score in self.scores.items()},
            pgic=self.pgic,
            red_flags=frozenset(map(RedFlag, self.red_flags)),
        )
