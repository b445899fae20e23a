"""What every fact about a patient has: when and by whom, and that it is only voided."""

from typing import ClassVar, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from patients.models.clinic import Clinic
from patients.models.constraints import together
from patients.models.patient import Patient

Row = TypeVar("Row", bound="Fact", covariant=True)


class FactQuerySet(models.QuerySet[Row]):
    """Facts, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def standing(self) -> Self:
        """Return those that nobody has taken back."""
        return self.filter(voided_at=None)


class Fact(models.Model):
    """Something that was written down once; if wrong it is voided, never changed."""

    # By which name the patient knows them, each table says itself.
    patient = models.ForeignKey(Patient, models.PROTECT)
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    void_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = FactQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            together(
                "voided_at", "voided_by", name="a_%(class)s_is_voided_by_somebody"
            ),
            models.CheckConstraint(
                name="a_voided_%(class)s_has_a_reason",
                condition=Q(voided_at=None) | ~Q(void_reason=""),
            ),
        )
