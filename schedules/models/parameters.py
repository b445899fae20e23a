"""The numbers that a clinic has set, version after version."""

from typing import Self

from django.conf import settings
from django.db import models

from patients.models import Clinic
from schedules.parameters import Parameters


class ClinicParametersQuerySet(models.QuerySet["ClinicParameters"]):
    """Versions of parameters, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)


class ClinicParameters(models.Model):
    """One version of a clinic's parameters: from when, who, why. It is not changed."""

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="parameters")
    version = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    values = models.JSONField()
    reason = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    objects = ClinicParametersQuerySet.as_manager()

    class Meta:
        # Of two that begin on one day, the one that was set later holds.
        ordering = ("from_on", "version")
        constraints = (
            models.UniqueConstraint(
                name="a_clinic_has_each_version_of_its_parameters_once",
                fields=("clinic", "version"),
            ),
            models.CheckConstraint(
                name="parameters_are_set_for_a_reason", condition=~models.Q(reason="")
            ),
        )

    def __str__(self) -> str:
        return f"version {self.version} from {self.from_on}"

    @property
    def parameters(self) -> Parameters:
        """Return the numbers as the rules read them."""
        return Parameters.of(self.values)
