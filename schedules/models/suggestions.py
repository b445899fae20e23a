"""What a prescriber answered to what the software suggested."""

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from patients.course import Suggestion
from patients.models import Clinic, Patient
from schedules.models.plan import Plan


class SuggestionAnswerQuerySet(models.QuerySet["SuggestionAnswer"]):
    """Answers, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def dismissals(self) -> Self:
        """Return those by which a suggestion fell quiet."""
        return self.filter(answer=SuggestionAnswer.Answer.DISMISSED)


class SuggestionAnswer(models.Model):
    """A suggestion that was taken up by a decision, or dismissed with a reason."""

    class Answer(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DISMISSED = "dismissed", _("dismissed")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="suggestion_answers")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="+")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    code = models.CharField(
        max_length=32, choices=[(code.value, code.value) for code in Suggestion]
    )
    rule = models.CharField(max_length=16)  # with its version, as it spoke then
    answer = models.CharField(max_length=12, choices=Answer)
    reason = models.CharField(max_length=400, blank=True)
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    objects = SuggestionAnswerQuerySet.as_manager()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="a_dismissal_has_a_reason",
                condition=models.Q(answer="accepted") | ~models.Q(reason=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.answer}"
