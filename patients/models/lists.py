"""A practice's list on its way in, and the lines of it that wait for a person."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from patients.models.clinic import Clinic
from patients.models.constraints import together
from patients.models.patient import Patient


class PracticeList(models.Model):
    """A file that was uploaded and waits to be confirmed; then its content goes."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="practice_lists")
    name = models.CharField(max_length=120)
    content = models.BinaryField()
    uploaded_at = models.DateTimeField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    counts = models.JSONField(default=dict)  # what the import came to

    class Meta:
        ordering = ("-id",)
        constraints = (
            together(
                "confirmed_at", "confirmed_by", name="a_list_is_confirmed_by_somebody"
            ),
        )

    def __str__(self) -> str:
        return self.name


class ImportLineQuerySet(models.QuerySet["ImportLine"]):
    """Lines that could not simply be taken over."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def waiting(self) -> Self:
        return self.filter(resolved_at=None)


class ImportLine(models.Model):
    """A line of a list that was refused, or that contradicts what is known."""

    class Kind(models.TextChoices):
        REFUSED = "refused", _("refused")
        CONFLICT = "conflict", _("differs from what is known")

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="import_lines")
    kind = models.CharField(max_length=8, choices=Kind)
    file_name = models.CharField(max_length=120)
    line_number = models.PositiveIntegerField()
    cells = models.JSONField()  # as typed: column -> text
    problems = models.JSONField()  # [{"column", "code", "reason"}]
    # The same line read again is the same line: it does not wait twice.
    digest = models.CharField(max_length=64)
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="+")
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    resolution = models.CharField(_("what was done"), max_length=200, blank=True)

    objects = ImportLineQuerySet.as_manager()

    class Meta:
        ordering = ("imported_at", "line_number")
        constraints = (
            models.UniqueConstraint(
                name="a_line_waits_once", fields=("clinic", "digest")
            ),
            together(
                "resolved_at", "resolved_by", name="a_line_is_resolved_by_somebody"
            ),
            models.CheckConstraint(
                name="a_resolved_line_says_what_was_done",
                condition=models.Q(resolved_at=None) | ~models.Q(resolution=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.file_name}, line {self.line_number}"
