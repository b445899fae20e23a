"""Laboratory results."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from patients.laboratory import TESTS
from patients.models.clinic import Clinic
from patients.models.constraints import together
from patients.models.patient import Patient


class LabResultQuerySet(models.QuerySet["LabResult"]):
    """Results, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def standing(self) -> Self:
        """Return those that nobody has taken back."""
        return self.filter(voided_at=None)


class LabResult(models.Model):
    """One value from a laboratory, in the unit it was reported in."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="lab_results")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    test = models.CharField(
        _("test"),
        max_length=16,
        choices=[(test.code, test.title) for test in TESTS.values()],
    )
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=20)
    # The laboratory's own limits, as it printed them beside the value.
    range_low = models.DecimalField(
        _("lower limit"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    range_high = models.DecimalField(
        _("upper limit"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    drawn_on = models.DateField(_("blood drawn on"))
    fasting = models.BooleanField(_("fasting"), null=True, blank=True)
    before_injection = models.BooleanField(
        _("before the injection of that day"), default=False
    )
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    void_reason = models.CharField(max_length=200, blank=True)

    objects = LabResultQuerySet.as_manager()

    class Meta:
        ordering = ("-drawn_on", "test", "-id")
        indexes = (models.Index(name="results_of_a_patient", fields=["patient", "id"]),)
        constraints = (
            together("voided_at", "voided_by", name="a_result_is_voided_by_somebody"),
            models.CheckConstraint(
                name="a_result_has_a_unit", condition=~models.Q(unit="")
            ),
            models.CheckConstraint(
                name="limits_of_a_result_are_in_order",
                condition=models.Q(range_low=None)
                | models.Q(range_high=None)
                | models.Q(range_low__lt=models.F("range_high")),
            ),
            models.CheckConstraint(
                name="a_voided_result_has_a_reason",
                condition=models.Q(voided_at=None) | ~models.Q(void_reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"{TESTS[self.test].title} {self.value.normalize():f} {self.unit}"
