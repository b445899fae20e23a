"""What is asked about a task."""

from django import forms
from django.utils.translation import gettext_lazy as _

from patients.fields import asked
from patients.pages import AskingForm


class DoneForm(AskingForm):
    """What was done about a task."""

    note = forms.CharField(
        label=_("What was done"),
        help_text=_("For example: called, comes on Friday."),
        max_length=200,
        error_messages=asked(_("Say what was done.")),
    )
