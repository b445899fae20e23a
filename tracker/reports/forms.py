"""What is asked of a report."""

from datetime import date
from typing import Any

from dateutil.relativedelta import relativedelta
from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from patients.fields import DayField
from patients.forms import LONG_AGO

A_YEAR = relativedelta(years=1)
A_DAY = relativedelta(days=1)


class PeriodForm(forms.Form):
    """From which day to which; the last twelve months if nothing is said."""

    long_ago = MinValueValidator(LONG_AGO, _("This day is too long ago."))
    from_on = DayField(label=_("From"), required=False, validators=[long_ago])
    to_on = DayField(label=_("To"), required=False, validators=[long_ago])

    def __init__(self, data: Any, *, today: date) -> None:
        initial = {"from_on": today - A_YEAR + A_DAY, "to_on": today}
        super().__init__({**initial, **{k: v for k, v in data.items() if v}})
        self.today = today

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, or that has not been yet."""
        said = super().clean() or self.cleaned_data
        if self.errors:
            return said
        if said["to_on"] > self.today:
            self.add_error("to_on", _("The period cannot end in the future."))
        elif said["from_on"] > said["to_on"]:
            self.add_error("from_on", _("The period ends before it begins."))
        return said
