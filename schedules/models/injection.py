"""What was given, or was not."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from patients.models import Clinic, Patient
from patients.models.constraints import together
from schedules.models.plan import Plan
from schedules.products import USUAL, alike, title


class InjectionQuerySet(models.QuerySet["Injection"]):
    """Injections, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def standing(self) -> Self:
        """Return those that nobody has taken back."""
        return self.filter(voided_at=None)

    def given(self) -> Self:
        """Return those that went into a patient, for all we know."""
        return self.standing().filter(outcome=Injection.Outcome.GIVEN)

    def incidents(self) -> Self:
        """Return those given in spite of a safety rule, expired ones from elsewhere."""
        expired = Q(outcome=Injection.Outcome.GIVEN, expires_on__lt=F("given_on"))
        return self.standing().filter(expired | ~Q(spoke_against=[]))

    def like(self, product: str) -> Self:
        """Return those that count as one with a product: any B12 is B12."""
        return self.filter(product__in=alike(product))

    def unverified(self) -> Self:
        """Return those given elsewhere that nobody has accepted."""
        return self.given().filter(source=Injection.Source.UNVERIFIED)


class Injection(models.Model):
    """
    An injection that was given or was not: who, what, where, from which batch.

    The columns from `episode` on are what a replay said that it answered: a cache.
    """

    class Outcome(models.TextChoices):
        GIVEN = "given", _("given")
        FAILED = "failed", _("partly given or failed")
        REFUSED = "refused", _("refused")
        NOT_ATTENDED = "not_attended", _("did not attend")

    #: Outcomes for which a needle went into somebody.
    NEEDLE = frozenset({Outcome.GIVEN, Outcome.FAILED})

    class Source(models.TextChoices):
        HERE = "here", _("given here")
        UNVERIFIED = "unverified", _("given elsewhere, not verified")
        ACCEPTED = "accepted", _("given elsewhere, accepted")

    class Route(models.TextChoices):
        INTRAMUSCULAR = "im", _("into the muscle")
        SUBCUTANEOUS = "sc", _("under the skin")
        INTRAVENOUS = "iv", _("into a vein")

    class Site(models.TextChoices):
        LEFT_DELTOID = "left_deltoid", _("left upper arm")
        RIGHT_DELTOID = "right_deltoid", _("right upper arm")
        LEFT_THIGH = "left_thigh", _("left thigh")
        RIGHT_THIGH = "right_thigh", _("right thigh")
        LEFT_GLUTEAL = "left_gluteal", _("left buttock")
        RIGHT_GLUTEAL = "right_gluteal", _("right buttock")

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="injections")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    # Empty for an injection that no plan asked for: it is on the list until one does.
    plan = models.ForeignKey(Plan, models.PROTECT, null=True, related_name="injections")
    given_on = models.DateField(_("given on"))
    given_at = models.DateTimeField(_("given at"), null=True)  # unknown if elsewhere
    outcome = models.CharField(
        _("outcome"), max_length=12, choices=Outcome, default=Outcome.GIVEN
    )
    source = models.CharField(
        _("where"), max_length=10, choices=Source, default=Source.HERE
    )
    # A code of the catalogue, see `schedules.products`.
    product = models.CharField(_("product"), max_length=40, default=USUAL)
    dose_mg = models.DecimalField(_("dose in mg"), max_digits=5, decimal_places=2)
    route = models.CharField(
        _("route"), max_length=4, choices=Route, default=Route.INTRAMUSCULAR
    )
    site = models.CharField(_("site"), max_length=16, choices=Site, blank=True)
    batch = models.CharField(_("batch"), max_length=40, blank=True)
    expires_on = models.DateField(_("expires"), null=True, blank=True)
    given_by = models.CharField(_("given by"), max_length=80, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    # The rules that spoke against what had already happened: an incident. Each is
    # {"rule", "version", "title"}.
    spoke_against = models.JSONField(default=list, editable=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    voided_at = models.DateTimeField(null=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )
    void_reason = models.CharField(_("reason"), max_length=200, blank=True)
    episode = models.PositiveSmallIntegerField(null=True, editable=False)
    ordinal = models.PositiveIntegerField(null=True, editable=False)
    answered_due_on = models.DateField(null=True, editable=False)
    timing = models.CharField(max_length=8, blank=True, editable=False)
    delay_days = models.IntegerField(null=True, editable=False)
    covered_until = models.DateField(null=True, editable=False)
    reasons = models.JSONField(default=list, editable=False)

    objects = InjectionQuerySet.as_manager()

    class Meta:
        ordering = ("-given_on", "-id")
        indexes = (
            models.Index(
                name="injections_of_a_patient", fields=["patient", "given_on"]
            ),
            models.Index(name="injections_of_a_plan", fields=["plan", "given_on"]),
        )
        constraints = (
            together(
                "voided_at", "voided_by", name="an_injection_is_voided_by_somebody"
            ),
            together(
                "accepted_at",
                "accepted_by",
                name="an_injection_is_accepted_by_somebody",
            ),
            models.CheckConstraint(
                name="what_counts_from_elsewhere_was_accepted",
                condition=Q(source="accepted", accepted_at__isnull=False)
                | (~Q(source="accepted") & Q(accepted_at=None)),
            ),
            models.CheckConstraint(
                name="a_voided_injection_has_a_reason",
                condition=Q(voided_at=None) | ~Q(void_reason=""),
            ),
            models.CheckConstraint(
                name="a_dose_is_more_than_nothing", condition=Q(dose_mg__gt=0)
            ),
            models.CheckConstraint(
                name="an_injection_given_here_has_a_time",
                condition=~Q(source="here") | Q(given_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.given_on}"

    @property
    def is_incident(self) -> bool:
        """Tell whether a rule spoke against what was done."""
        return bool(self.spoke_against)

    @property
    def product_title(self) -> str:
        return title(self.product)
