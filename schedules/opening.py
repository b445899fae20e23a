"""
What is asked where a course begins: what is treated, and with what.

A start needs consent and an answer about allergies as well (T1).
"""

from collections.abc import Container
from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from patients.fields import asked
from patients.models import Clinic
from schedules.actions import Answers
from schedules.deciding import DecisionForm
from schedules.offering import (
    IntervalFields,
    StartFields,
    offered_causes,
    product_choices,
)


class CourseForm(DecisionForm):
    """What is treated, and with what."""

    neurological = forms.ChoiceField(
        label=_("Neurological symptoms"),
        help_text=_(
            "As long as it is not known, the patient is treated as having them."
        ),
        choices=[("yes", _("yes")), ("no", _("no")), ("unknown", _("not known yet"))],
        widget=forms.RadioSelect,
        error_messages=asked(_("Say whether there are neurological symptoms.")),
    )
    cause_code = forms.ChoiceField(
        label=_("Kind of cause"), choices=offered_causes, required=False
    )
    cause = forms.CharField(label=_("Cause, in words"), max_length=120, required=False)
    product = forms.ChoiceField(
        label=_("Product"),
        choices=product_choices,
        error_messages=asked(_("Choose the product.")),
    )

    @property
    def course(self) -> dict[str, str]:
        """Return what the plan is told about the treatment."""
        names = ("neurological", "cause_code", "cause", "product")
        return {name: self.cleaned_data[name] for name in names}


class AnswerFields(forms.Form):
    """What a start needs an answer to, besides the course (T1)."""

    consent = forms.CharField(
        label=_("The patient agrees to the treatment: how we know"),
        help_text=_("For example: said so today, to me; signed form of 3 March."),
        max_length=120,
        error_messages=asked(_("Say how we know that the patient agrees.")),
    )
    allergies = forms.BooleanField(
        label=_("The patient was asked, and no allergy is known"),
        help_text=_("If there is one, record it on the chart before the start."),
        error_messages=asked(_("Ask for allergies: the answer is recorded.")),
    )

    def ask_only(self, missing: Container[str]) -> None:
        """Leave out what is recorded already."""
        for name in AnswerFields.base_fields:
            if name not in missing:
                del self.fields[name]

    @property
    def answers(self) -> Answers:
        """Return what is answered on this page."""
        said = self.cleaned_data
        return Answers(
            consent=said.get("consent", ""),
            no_known_allergies=said.get("allergies", False),
        )


class StartForm(AnswerFields, StartFields, CourseForm):
    """The start of treatment."""

    title = submit = _("Start treatment")

    field_order = (
        "neurological", "protocol", "start_on", "cause_code", "cause", "product",
        "consent", "allergies", "reason", "note",
    )  # fmt: skip

    def begin(self, today: date, clinic: Clinic) -> None:
        """Offer today, and the newest protocols."""
        self.offer(today, clinic)


class TakeOverForm(IntervalFields, CourseForm):
    """Maintenance that was established elsewhere."""

    title, submit = _("Take over on maintenance"), _("Take over")
    warning = _("Record the last injection first: dates are counted from it.")

    field_order = (
        "neurological", "interval", "days", "cause_code", "cause", "product",
        "reason", "note",
    )  # fmt: skip
