"""Protocols as data, and what the clinicians of each clinic said of them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from patients.models import Clinic
from schedules.products import Product, catalogue
from schedules.reviewing import Step

STEPS = {
    Step.SUBMITTED.value: _("submitted"),
    Step.APPROVED.value: _("approved"),
    Step.SENT_BACK.value: _("sent back"),
}


class ProtocolQuerySet(models.QuerySet["Protocol"]):
    """Versions of protocols."""

    def products(self) -> dict[str, Product]:
        """Return what can be injected: every B12, and what protocols name besides."""
        return catalogue(self.values_list("content", flat=True))

    def newest(self) -> Self:
        """Return the newest version of each protocol."""
        later = Protocol.objects.filter(
            code=OuterRef("code"), version__gt=OuterRef("version")
        )
        return self.filter(~models.Exists(later))

    def approved_in(self, clinic: Clinic) -> Self:
        """Return the versions that a clinical lead of `clinic` has approved."""
        last = ProtocolReview.objects.filter(
            protocol=OuterRef("pk"), clinic=clinic
        ).order_by("-pk")
        step = Subquery(last.values("step")[:1])
        return self.annotate(last_step=step).filter(last_step=Step.APPROVED)


class Protocol(models.Model):
    """One version of a protocol, as its file said. It is not changed, only followed."""

    code = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    content = models.JSONField()

    objects = ProtocolQuerySet.as_manager()

    class Meta:
        ordering = ("code", "version")
        constraints = (
            models.UniqueConstraint(
                name="a_protocol_has_each_version_once", fields=("code", "version")
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}, version {self.version}"

    def newer(self) -> "models.QuerySet[Protocol]":
        """Return the newer versions of this protocol, the newest first."""
        later = Protocol.objects.filter(code=self.code, version__gt=self.version)
        return later.order_by("-version")

    def reviews_in(self, clinic: Clinic) -> "models.QuerySet[ProtocolReview]":
        """Return the steps of a clinic's review, oldest first."""
        found = ProtocolReview.objects.filter(protocol=self, clinic=clinic)
        return found.select_related("taken_by").order_by("pk")

    def is_approved_in(self, clinic: Clinic) -> bool:
        """Tell whether a clinical lead of `clinic` has approved this version."""
        return Protocol.objects.approved_in(clinic).filter(pk=self.pk).exists()


class ProtocolReview(models.Model):
    """A step in a clinic's review of a protocol; the last one says how it stands."""

    protocol = models.ForeignKey(Protocol, models.PROTECT, related_name="reviews")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    step = models.CharField(max_length=12, choices=STEPS)
    note = models.CharField(max_length=400, blank=True)
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="who_sends_a_protocol_back_says_why",
                condition=~Q(step="sent_back") | ~Q(note=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.protocol_id} {self.step}"
