"""
What else is known of a patient: medicines, allergies, conditions, and the answers.

Plain data for the rules is made of these rows by `patients.known_background`.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from patients import background, exclusions, medicines, samples
from patients.models.constraints import together
from patients.models.facts import Fact
from patients.titles import (
    AGREEMENTS,
    ALLERGENS,
    ANSWERS,
    CONDITIONS,
    EXCLUSIONS,
    MEDICINES,
    REACTIONS,
    ROUTES,
    SAMPLES,
)


class MedicineUse(Fact):
    """A medicine that a patient takes, or took."""

    medicine = models.CharField(_("medicine"), max_length=24, choices=MEDICINES)
    name = models.CharField(_("name"), max_length=80, blank=True)
    route = models.CharField(
        _("route"), max_length=16, choices=ROUTES, default=medicines.Route.ORAL
    )
    daily_mg = models.DecimalField(
        _("mg a day"), max_digits=10, decimal_places=4, null=True
    )
    inr_low = models.DecimalField(
        _("INR from"), max_digits=3, decimal_places=1, null=True
    )
    inr_high = models.DecimalField(
        _("INR to"), max_digits=3, decimal_places=1, null=True
    )
    started_on = models.DateField(_("since"), null=True)  # not known
    stopped_on = models.DateField(_("stopped on"), null=True)  # the first day without
    stopped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta(Fact.Meta):
        default_related_name = "medicines"
        ordering = ("id",)
        indexes = (
            models.Index(name="medicines_of_a_patient", fields=["patient", "id"]),
        )
        constraints = (
            *Fact.Meta.constraints,
            together(
                "stopped_on", "stopped_by", name="a_medicine_is_stopped_by_somebody"
            ),
            together("inr_low", "inr_high", name="an_inr_range_has_two_ends"),
            models.CheckConstraint(
                name="a_medicine_stops_after_it_starts",
                condition=Q(started_on=None)
                | Q(stopped_on=None)
                | Q(started_on__lte=F("stopped_on")),
            ),
            models.CheckConstraint(
                name="a_daily_dose_is_more_than_nothing",
                condition=Q(daily_mg=None) | Q(daily_mg__gt=0),
            ),
        )

    def __str__(self) -> str:
        what = self.name or str(self.get_medicine_display())
        if self.daily_mg is None:
            return what
        return f"{what} {self.daily_mg.normalize():f} mg a day"

    @property
    def known(self) -> medicines.Taken:
        """Return what the rules read of it."""
        return medicines.Taken(
            medicine=medicines.Medicine(self.medicine),
            route=medicines.Route(self.route),
            daily_mg=self.daily_mg,
            name=self.name,
            started_on=self.started_on,
            stopped_on=self.stopped_on,
            inr_low=self.inr_low,
            inr_high=self.inr_high,
        )


class AllergyRecord(Fact):
    """Something that a patient reacts to, or the answer that nothing is known."""

    allergen = models.CharField(_("allergen"), max_length=20, choices=ALLERGENS)
    name = models.CharField(_("name"), max_length=80, blank=True)
    reaction = models.CharField(
        _("reaction"), max_length=8, choices=REACTIONS, blank=True
    )
    since = models.DateField(_("since"), null=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta(Fact.Meta):
        default_related_name = "allergies"
        ordering = ("id",)
        indexes = (
            models.Index(name="allergies_of_a_patient", fields=["patient", "id"]),
        )
        constraints = (
            *Fact.Meta.constraints,
            models.CheckConstraint(
                name="what_is_not_there_has_no_reaction",
                condition=(
                    Q(allergen=background.Allergen.NONE_KNOWN, reaction="")
                    | ~Q(allergen=background.Allergen.NONE_KNOWN) & ~Q(reaction="")
                ),
            ),
        )

    def __str__(self) -> str:
        return self.name or str(self.get_allergen_display())

    @property
    def known(self) -> background.Allergy:
        """Return what the rules read of it; `none_known` is nothing to react to."""
        return background.Allergy(
            allergen=background.Allergen(self.allergen),
            reaction=background.Reaction(self.reaction),
            name=self.name,
            since=self.since,
        )


class ConditionRecord(Fact):
    """Something that a patient has, is, or was exposed to."""

    condition = models.CharField(_("condition"), max_length=28, choices=CONDITIONS)
    note = models.CharField(_("note"), max_length=200, blank=True)
    from_on = models.DateField(_("from"), null=True)  # not known
    ended_on = models.DateField(_("until"), null=True)  # the first day without it
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+"
    )

    class Meta(Fact.Meta):
        default_related_name = "conditions"
        ordering = ("id",)
        indexes = (
            models.Index(name="conditions_of_a_patient", fields=["patient", "id"]),
        )
        constraints = (
            *Fact.Meta.constraints,
            together("ended_on", "ended_by", name="a_condition_is_ended_by_somebody"),
            models.CheckConstraint(
                name="a_condition_ends_after_it_begins",
                condition=Q(from_on=None)
                | Q(ended_on=None)
                | Q(from_on__lte=F("ended_on")),
            ),
        )

    def __str__(self) -> str:
        return str(self.get_condition_display())

    @property
    def known(self) -> background.Had:
        """Return what the rules read of it."""
        return background.Had(
            condition=background.Condition(self.condition),
            from_on=self.from_on,
            ended_on=self.ended_on,
        )


class ExclusionAnswer(Fact):
    """An answer to one line of the exclusions checklist; the last one holds."""

    exclusion = models.CharField(max_length=3, choices=EXCLUSIONS)
    answer = models.CharField(_("answer"), max_length=8, choices=ANSWERS)
    answered_on = models.DateField(_("answered on"))

    class Meta(Fact.Meta):
        default_related_name = "exclusion_answers"
        ordering = ("id",)
        indexes = (models.Index(name="answers_of_a_patient", fields=["patient", "id"]),)

    def __str__(self) -> str:
        return f"{self.get_exclusion_display()}: {self.get_answer_display()}"

    @property
    def known(self) -> exclusions.Answered:
        """Return what the rules read of it."""
        return exclusions.Answered(
            exclusion=exclusions.Exclusion(self.exclusion),
            answer=exclusions.Answer(self.answer),
            on=self.answered_on,
            by=str(self.recorded_by),
        )


class BaselineSample(Fact):
    """Blood that was drawn for a test before treatment, whatever came back."""

    sample = models.CharField(_("sample"), max_length=28, choices=SAMPLES)
    drawn_on = models.DateField(_("blood drawn on"))

    class Meta(Fact.Meta):
        default_related_name = "baseline_samples"
        ordering = ("-drawn_on", "id")
        indexes = (models.Index(name="samples_of_a_patient", fields=["patient", "id"]),)

    def __str__(self) -> str:
        return str(self.get_sample_display())

    @property
    def known(self) -> samples.Sampled:
        """Return what the rules read of it."""
        return samples.Sampled(
            sample=samples.Sample(self.sample), drawn_on=self.drawn_on
        )


class Consent(Fact):
    """What a patient said to being treated, and how we know; the last word holds."""

    answer = models.CharField(_("answer"), max_length=9, choices=AGREEMENTS)
    how = models.CharField(_("how we know"), max_length=120)
    said_on = models.DateField(_("said on"))

    class Meta(Fact.Meta):
        default_related_name = "consents"
        ordering = ("id",)
        indexes = (
            models.Index(name="consents_of_a_patient", fields=["patient", "id"]),
        )
        constraints = (
            *Fact.Meta.constraints,
            models.CheckConstraint(
                name="a_consent_says_how_we_know", condition=~Q(how="")
            ),
        )

    def __str__(self) -> str:
        return str(self.get_answer_display())

    @property
    def known(self) -> background.Said:
        """Return what the rules read of it."""
        return background.Said(
            answer=background.Agreement(self.answer), how=self.how, on=self.said_on
        )
