"""Rules that somebody overruled, or asks to overrule."""

from datetime import datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from patients.models import Clinic, Patient
from patients.models.constraints import together
from schedules.models.plan import Plan

# How long a request waits, and a signature holds: facts that nobody looked at since
# are no ground to go on [design].
GOOD_FOR = timedelta(days=7)


class OverrideQuerySet(models.QuerySet["Override"]):
    """Overrides, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def used(self) -> Self:
        """Return those with which an act went on."""
        return self.filter(used_at__isnull=False)

    def waiting(self, now: datetime) -> Self:
        """Return what was asked for, not long ago, and is neither signed nor used."""
        return self.unused(now).filter(cosigned_at=None)

    def signed(self, now: datetime) -> Self:
        """Return what was signed, and waits to be used."""
        return self.unused(now).filter(cosigned_at__isnull=False)

    def unused(self, now: datetime) -> Self:
        """Return what was asked for, not long ago, and has not been used up."""
        return self.filter(used_at=None, asked_at__gt=now - GOOD_FOR)


class Override(models.Model):
    """
    A rule overruled for one act: who, as what, why, and who signed with them.

    Asked for when somebody cannot overrule alone; used when the act went on. A warning
    that was acknowledged is one too, and stays quiet while its `digest` is the same.
    """

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="overrides")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="overrides")
    act = models.CharField(_("act"), max_length=24)
    rule = models.CharField(_("rule"), max_length=8)
    rule_version = models.PositiveSmallIntegerField()
    severity = models.CharField(max_length=8)
    needs = models.CharField(max_length=8)  # who may overrule, as the rule said then
    digest = models.CharField(max_length=64)  # of the facts that the rule read
    reason = models.CharField(_("reason"), max_length=32)
    note = models.CharField(_("in words"), max_length=400)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    role = models.CharField(_("role"), max_length=16)
    cosigned_at = models.DateTimeField(null=True)
    cosigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    cosigner_role = models.CharField(max_length=16, blank=True)
    used_at = models.DateTimeField(null=True)

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-id")
        indexes = (
            models.Index(
                name="overrides_of_a_patient", fields=["patient", "rule", "digest"]
            ),
            models.Index(name="overrides_of_a_clinic", fields=["clinic", "asked_at"]),
        )
        constraints = (
            together(
                "cosigned_at", "cosigned_by", name="an_override_is_signed_by_somebody"
            ),
            models.CheckConstraint(
                name="nobody_signs_their_own_override",
                condition=Q(cosigned_by=None) | ~Q(cosigned_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="an_override_says_why_in_words",
                condition=~Q(note="") & ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="what_two_have_to_sign_is_used_signed",
                condition=~Q(needs="P+P", severity="BLOCK")
                | Q(used_at=None)
                | Q(cosigned_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.rule} overruled to {self.act}"
