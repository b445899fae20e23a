"""A course of treatment, and the decisions that made it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from patients.models import Clinic, Patient
from patients.models.constraints import together
from patients.models.history import Remembered
from schedules import words
from schedules.models.protocol import Protocol, ProtocolReview
from schedules.phases import EventKind, Phase
from schedules.reviewing import Step


class PlanQuerySet(models.QuerySet["Plan"]):
    """Plans, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def open(self) -> Self:
        return self.exclude(phase=Phase.CLOSED)

    def unapproved(self) -> Self:
        """Return those under a protocol that nobody in their clinic has approved."""
        reviews = ProtocolReview.objects.filter(
            protocol=OuterRef("protocol"), clinic=OuterRef("clinic")
        )
        step = Subquery(reviews.order_by("-pk").values("step")[:1])
        last = Coalesce(step, Value(""))  # what nobody has reviewed is not approved
        return (
            self.filter(protocol__isnull=False)
            .alias(last_review=last)
            .exclude(last_review=Step.APPROVED)
        )


class Plan(Remembered):
    """
    One course of treatment of one patient.

    The columns from `phase` on are what a replay said, as of `replayed_on`: a cache,
    written by `schedules.actions.replay` only. There is no end date, by design.
    """

    class Neurological(models.TextChoices):
        YES = "yes", _("yes")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("not answered")

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="plans")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="plans")
    protocol = models.ForeignKey(Protocol, models.PROTECT, null=True, blank=True)
    neurological = models.CharField(
        _("neurological symptoms"),
        max_length=8,
        choices=Neurological,
        default=Neurological.UNKNOWN,
    )
    cause = models.CharField(_("cause"), max_length=120, blank=True)
    cause_code = models.CharField(
        _("kind of cause"), max_length=24, choices=words.cause_choices, blank=True
    )
    product = models.CharField(_("product"), max_length=40, default="hydroxocobalamin")
    opened_at = models.DateTimeField(editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    phase = models.CharField(
        max_length=12,
        choices=[(phase.value, phase.value) for phase in Phase],
        default=Phase.WORKUP,
        editable=False,
    )
    episode = models.PositiveSmallIntegerField(default=0, editable=False)
    interval = models.CharField(max_length=8, blank=True, editable=False)
    replayed_on = models.DateField(null=True, editable=False)
    # What it says beside its dates, now or later by time alone: code, version, about,
    # severity, and the days [since, until).
    speaks = models.JSONField(default=list, editable=False)
    history = HistoricalRecords(
        excluded_fields=["phase", "episode", "interval", "replayed_on", "speaks"]
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                name="a_patient_has_one_open_plan",
                fields=("patient",),
                condition=~Q(phase="closed"),
            ),
            models.UniqueConstraint(
                name="a_plan_belongs_to_one_patient_of_one_clinic",
                fields=("id", "patient", "clinic"),
            ),
            models.CheckConstraint(
                name="treatment_follows_a_protocol",
                condition=Q(phase__in=("workup", "closed")) | Q(protocol__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"plan {self.pk}"

    @property
    def is_neurological(self) -> bool:
        """Unknown counts as yes: a nerve left without treatment may not recover."""
        return self.neurological != self.Neurological.NO


class PlanEventQuerySet(models.QuerySet["PlanEvent"]):
    """Decisions, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(plan__clinic=clinic)


class PlanEvent(models.Model):
    """A decision about a plan: who, when, why. Voided if wrong, never changed."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="events")
    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.value) for kind in EventKind]
    )
    on = models.DateField()
    start_on = models.DateField(null=True)  # first dose wanted: started, reloaded
    # What is followed from here on; what was followed before stays with its events.
    protocol = models.ForeignKey(Protocol, models.PROTECT, null=True, related_name="+")
    interval = models.CharField(max_length=8, blank=True)
    review_on = models.DateField(null=True)  # of a pause
    reason = models.CharField(max_length=32, blank=True)  # a code of schedules.phases
    note = models.CharField(max_length=400, blank=True)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    void_reason = models.CharField(max_length=200, blank=True)

    objects = PlanEventQuerySet.as_manager()

    class Meta:
        ordering = ("on", "id")
        constraints = (
            together("voided_at", "voided_by", name="a_decision_is_voided_by_somebody"),
        )

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"
