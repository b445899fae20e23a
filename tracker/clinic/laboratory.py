"""What is asked about a clinic's laboratory."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from patients.fields import DayField, asked
from patients.lab_rules import NUMBERS
from patients.models import LabPolicy
from tracker.clinic.forms import DayForm

#: What the numbers are called, as their columns are.
TITLES = {f.name: f.verbose_name for f in LabPolicy._meta.fields if f.name in NUMBERS}


class LabPolicyForm(DayForm):
    """How treatment is followed by blood tests, and the laboratory's own thresholds."""

    day_field = "from_on"
    policy = forms.ChoiceField(
        label=_("Blood tests under treatment"),
        help_text=_(
            "The first is the article’s; the second is what UK local advice says, and "
            "measures no B12 or homocysteine again. Neither is clinically approved."
        ),
        choices=LabPolicy._meta.get_field("policy").choices or (),
        error_messages=asked(_("Choose how treatment is followed.")),
    )
    from_on = DayField(label=_("From"), missing=_("Enter from which day on."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, number in NUMBERS.items():
            self.fields[name] = forms.DecimalField(
                label=TITLES[name],
                initial=number.default,
                max_digits=7,
                decimal_places=2,
                error_messages=asked(_("Enter a number.")),
            )

    @property
    def numbers(self) -> dict[str, Decimal]:
        """Return the thresholds."""
        return {name: self.cleaned_data[name] for name in NUMBERS}
