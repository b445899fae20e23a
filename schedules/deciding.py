"""
What is asked for each decision about a plan, and which action takes it.

The reasons that a decision offers are those of `schedules.phases`; a laboratory value
is none of them.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

import schedules.actions
from patients.fields import DayField, asked
from patients.models import Clinic
from patients.pages import AskingForm
from schedules import words
from schedules.actions import Decision, Moved
from schedules.decisions import NoReason
from schedules.forecast import Forecast
from schedules.models import Plan, Protocol
from schedules.offering import (
    IntervalFields,
    StartFields,
    choices_of,
)
from schedules.overruling import OverrulingForm
from schedules.phases import EventKind
from schedules.words import Words

A_WEEK = timedelta(days=7)


class ReasonField(forms.ChoiceField):
    """
    One of the reasons of a decision.

    A laboratory value is none, and is not offered. A page that hears one all the same
    passes it on, so that the rule itself says why not (S08).
    """

    explained: Collection[str] = ()

    def valid_value(self, value: str) -> bool:
        """Tell whether an answer is a reason, or one to be explained."""
        return super().valid_value(value) or value in self.explained


class DecisionForm(OverrulingForm):
    """A decision about a plan, and why it is taken."""

    title: Words = ""
    submit: Words = ""
    warning: Words = ""
    said: Words = ""  # afterwards, instead of the next dose
    explained: Collection[str] = ()  # what is given as a reason and is none

    reason = ReasonField(
        label=_("Reason"), error_messages=asked(_("Choose one of the reasons."))
    )
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    def __init__(
        self,
        *args: Any,
        reasons: Sequence[StrEnum],
        today: date,
        clinic: Clinic,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        field = cast(ReasonField, self.fields["reason"])
        field.choices = [("", _("choose")), *words.reason_choices(reasons)]
        field.explained = self.explained
        self.begin(today, clinic)

    def begin(self, today: date, clinic: Clinic) -> None:
        """Offer what depends on the day, and on the clinic."""

    def know(self, stands: Forecast) -> None:
        """Say what follows from how the plan stands."""

    def decide(self, plan: Plan, decision: Decision) -> Moved:
        """Take the decision about a plan."""
        raise NotImplementedError


class NeurologicalForm(AskingForm):
    """Whether there are neurological symptoms."""

    title, submit = _("Neurological symptoms"), _("Save")

    neurological = forms.ChoiceField(
        label=_("Are there neurological symptoms?"),
        help_text=_("Numbness, tingling, weakness, unsteadiness, tremor, spasm."),
        choices=[("yes", _("yes")), ("no", _("no"))],
        widget=forms.RadioSelect,
        error_messages=asked(_("Answer yes or no.")),
    )


class SeenForm(forms.Form):
    """What is said of an alert that was seen."""

    note = forms.CharField(max_length=200, required=False)
    about = forms.CharField(max_length=80, required=False)


class MaintainForm(IntervalFields, DecisionForm):
    """From loading to maintenance."""

    title = submit = _("Go to maintenance")
    field_order = ("interval", "days", "reason", "note")

    def know(self, stands: Forecast) -> None:
        """Offer the interval of before a relapse as too long (rules 2.8)."""
        if stands.relapsed_at is not None:
            too_long = _("The patient relapsed at %s: choose a shorter interval.")
            self.warning = too_long % words.every(stands.relapsed_at)

    def decide(self, plan: Plan, decision: Decision) -> Moved:
        """Go to injections for life."""
        return schedules.actions.to_maintenance(
            plan=plan, interval=self.chosen, decision=decision
        )


class IntervalForm(IntervalFields, DecisionForm):
    """Another interval, for a symptom's sake."""

    title = submit = _("Change the interval")
    explained = frozenset(NoReason)
    field_order = ("interval", "days", "reason", "note")

    def decide(self, plan: Plan, decision: Decision) -> Moved:
        """Change the interval."""
        return schedules.actions.change_interval(
            plan=plan, interval=self.chosen, decision=decision
        )


class ProtocolForm(DecisionForm):
    """Another version of the protocol that the plan follows."""

    title = submit = _("Move to the newer protocol")
    warning = _("From today on. What was before keeps the version it had.")
    protocol = forms.TypedChoiceField(
        label=_("Version"),
        coerce=lambda pk: Protocol.objects.get(pk=pk),
        error_messages=asked(_("Choose the version.")),
    )
    field_order = ("protocol", "reason", "note")

    def begin(self, today: date, clinic: Clinic) -> None:  # noqa: ARG002
        """Offer the versions that are newer than the one that is followed."""
        followed = Protocol.objects.filter(pk=self.initial.pop("protocol"))
        newer = [later for each in followed for later in each.newer()]
        field = cast(forms.TypedChoiceField, self.fields["protocol"])
        field.choices = choices_of(newer, clinic)

    def decide(self, plan: Plan, decision: Decision) -> Moved:
        """Follow the newer version from now on."""
        return schedules.actions.change_protocol(
            plan=plan, protocol=self.cleaned_data["protocol"], decision=decision
        )


class PauseForm(DecisionForm):
    """A pause, and when it is looked at again."""

    title, submit = _("Pause the plan"), _("Pause")
    said = _("The plan is paused: no dose is due, and no reminder leaves.")
    review_on = DayField(
        label=_("Review on"),
        help_text=_(
            "At most 7 days away in loading, 90 in maintenance. More than 7 days need "
            "a prescriber."
        ),
        missing=_("Enter the day of the review."),
    )
    field_order = ("review_on", "reason", "note")

    def begin(self, today: date, clinic: Clinic) -> None:  # noqa: ARG002
        """Offer a review in a week."""
        self.fields["review_on"].initial = today + A_WEEK

    def decide(self, plan: Plan, decision: Decision) -> Moved:
        """Pause until the review."""
        review_on = self.cleaned_data["review_on"]
        return schedules.actions.pause(
            plan=plan, review_on=review_on, decision=decision
        )


class ResumeForm(DecisionForm):
    """The end of a pause."""

    title, submit = _("Resume the plan"), _("Resume")

    def decide(self, plan: Plan, decision: Decision) -> Moved:
        """Take up the plan where it was."""
        return schedules.actions.resume(plan=plan, decision=decision)


class ReloadForm(StartFields, DecisionForm):
    """Loading once more."""

    title = submit = _("Load again")
    field_order = ("protocol", "start_on", "reason", "note")

    def begin(self, today: date, clinic: Clinic) -> None:
        """Offer today, and the newest protocols."""
        self.offer(today, clinic)

    def decide(self, plan: Plan, decision: Decision) -> Moved:
        """Load again: a new episode."""
        return schedules.actions.reload(
            plan=plan,
            protocol=self.cleaned_data["protocol"],
            start_on=self.cleaned_data["start_on"],
            decision=decision,
        )


class CloseForm(DecisionForm):
    """The end of a plan."""

    title = submit = _("Close the plan")
    explained = frozenset(NoReason)
    said = _("The plan is closed: no dose is due, and no reminder leaves.")
    warning = _(
        "Treatment is usually for life. Levels that have become normal are no reason "
        "to stop (rule R35)."
    )

    def decide(self, plan: Plan, decision: Decision) -> Moved:
        """Close the plan."""
        return schedules.actions.close_plan(plan=plan, decision=decision)


class ReopenForm(DecisionForm):
    """A closed plan opened again."""

    title, submit = _("Open the plan again"), _("Open again")
    said = _("The plan is open again, in work-up.")

    def decide(self, plan: Plan, decision: Decision) -> Moved:
        """Open the plan again, in work-up."""
        return schedules.actions.reopen(plan=plan, decision=decision)


FORMS: Mapping[EventKind, type[DecisionForm]] = {
    EventKind.MAINTAINED: MaintainForm,
    EventKind.INTERVAL_CHANGED: IntervalForm,
    EventKind.PROTOCOL_CHANGED: ProtocolForm,
    EventKind.PAUSED: PauseForm,
    EventKind.RESUMED: ResumeForm,
    EventKind.RELOADED: ReloadForm,
    EventKind.CLOSED: CloseForm,
    EventKind.REOPENED: ReopenForm,
}
