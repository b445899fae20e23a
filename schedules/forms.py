"""What is asked about laboratory results, people and records."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from patients.actions import Circumstances
from patients.fields import DayField, asked
from patients.laboratory import TESTS
from patients.pages import AskingForm
from schedules.reviewing import Step
from schedules.units import unit_choices


def _limit(label: Any, help_text: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=help_text,
        required=False,
        max_digits=12,
        decimal_places=4,
        error_messages={"invalid": _("Enter the limit as a number, such as 271.")},
    )


class ResultForm(AskingForm):
    """One value from a laboratory, with the unit it was reported in."""

    test = forms.ChoiceField(
        label=_("Test"),
        choices=[("", _("choose")), *((t.code, t.title) for t in TESTS.values())],
        error_messages=asked(_("Choose the test.")),
    )
    value = forms.DecimalField(
        label=_("Value"),
        max_digits=12,
        decimal_places=4,
        error_messages={
            "required": _("Enter the value."),
            "invalid": _("Enter the value as a number, such as 189 or 0.32."),
        },
    )
    unit = forms.ChoiceField(
        label=_("Unit"),
        help_text=_("As the laboratory wrote it; nothing is converted."),
        choices=[("", _("choose")), *unit_choices()],
        error_messages=asked(_("Choose the unit that the laboratory reported.")),
    )
    drawn_on = DayField(
        label=_("Blood drawn on"), missing=_("Enter the day the blood was drawn.")
    )
    range_low = _limit(
        _("The laboratory’s lower limit"), _("May be left out, like the upper one.")
    )
    range_high = _limit(
        _("The laboratory’s upper limit"),
        _("As printed beside the value, in its unit."),
    )
    fasting = forms.NullBooleanField(
        label=_("Fasting"),
        required=False,
        widget=forms.Select(
            choices=[("", _("not said")), ("true", _("yes")), ("false", _("no"))]
        ),
    )
    before_injection = forms.BooleanField(
        label=_("The blood was drawn before the injection of that day"),
        required=False,
    )

    NAMES = ("range_low", "range_high", "fasting", "before_injection")

    @property
    def result(self) -> dict[str, Any]:
        """Return what is to be recorded."""
        said = dict(self.cleaned_data)
        about = Circumstances(**{name: said.pop(name) for name in self.NAMES})
        return said | {"said": about}


class ReasonForm(AskingForm):
    """Why something is taken back."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages=asked(_("Say why it is taken back.")),
    )


class ConfirmForm(AskingForm):
    """Nothing is asked but to go ahead."""


class DeathForm(AskingForm):
    """When a patient died, as far as it is known."""

    title, submit = _("Record a death"), _("Record the death")
    warning = _("The plan is closed, and no message leaves any more.")

    on = DayField(
        label=_("Date of death"),
        help_text=_("Leave it empty if it is not known."),
        required=False,
    )
    confirmed = forms.BooleanField(
        label=_("Name and date of birth are right: this patient has died"),
        error_messages=asked(_("Confirm that this patient has died.")),
    )


class AliveForm(AskingForm):
    """Why a death that was recorded is taken back."""

    title, submit = _("Take back a death"), _("The patient is alive")
    warning = _("A death is recorded. The plan stays closed until it is opened again.")

    reason = forms.CharField(
        label=_("Reason"),
        max_length=100,
        error_messages=asked(_("Say why it is taken back.")),
    )


class ReviewForm(AskingForm):
    """The next step in the review of a protocol."""

    step = forms.ChoiceField(
        label=_("Step"),
        widget=forms.RadioSelect,
        error_messages=asked(_("Choose the step.")),
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("Needed where it is sent back."),
        max_length=400,
        required=False,
    )

    STEPS = {
        Step.SUBMITTED: _("submit it for review"),
        Step.APPROVED: _("approve it for this clinic"),
        Step.SENT_BACK: _("send it back"),
    }

    def __init__(self, *args: Any, steps: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps
        field = cast(forms.ChoiceField, self.fields["step"])
        field.choices = [(step.value, self.STEPS[step]) for step in steps]
