"""What is asked about a clinic."""

from datetime import date, timedelta
from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.core.validators import MaxValueValidator
from django.utils.translation import gettext_lazy as _

from patients.fields import DayField, asked
from patients.models import CalendarDay, Clinic
from patients.pages import AskingForm
from schedules.intervals import ALLOWED
from schedules.parameters import (
    MOST_EARLY,
    MOST_LATE,
    NUMBERS,
    TOLERANCES,
    Parameters,
    Tolerance,
)
from schedules.words import Words, every

WEEKDAYS = (
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
)
A_TIME = _("Enter a time as in 09:00.")
FIVE_YEARS = timedelta(days=5 * 366)


@cache
def zones() -> list[tuple[str, str]]:
    """Return the time zones there are, by name."""
    return [(name, name.replace("_", " ")) for name in sorted(available_timezones())]


class SettingsForm(AskingForm):
    """How a clinic is called, reached, and when it may send."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("Patients read it in every message."),
        max_length=40,
        error_messages=asked(_("Enter the clinic’s name.")),
    )
    phone = forms.CharField(
        label=_("Telephone"),
        help_text=_("Patients are asked to call it."),
        max_length=20,
        error_messages=asked(_("Enter the clinic’s telephone number.")),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=zones,
        error_messages=asked(_("Choose the time zone.")),
    )
    holiday_region = forms.CharField(
        label=_("Holidays of"),
        help_text=_("A country and its part, for example GB-ENG or GB-SCT."),
        max_length=12,
        error_messages=asked(_("Enter where the holidays are those of.")),
    )
    sends_from = forms.TimeField(
        label=_("Messages from"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages=asked(A_TIME) | {"invalid": A_TIME},
    )
    sends_until = forms.TimeField(
        label=_("Messages until"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages=asked(A_TIME) | {"invalid": A_TIME},
    )

    @classmethod
    def of(cls, clinic: Clinic, data: Any = None) -> "SettingsForm":
        """Return the form as `clinic` would fill it in."""
        known = {name: getattr(clinic, name) for name in cls.base_fields}
        return cls(data, initial=known)


class DayForm(AskingForm):
    """A form about days to come, but not about those years away."""

    day_field = ""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields[self.day_field]
        field.initial = today
        field.validators.append(
            MaxValueValidator(today + FIVE_YEARS, _("This is more than 5 years ahead."))
        )


class WeekForm(DayForm):
    """On which weekdays a clinic is open, and from when on."""

    day_field = "from_on"
    weekdays = forms.MultipleChoiceField(
        label=_("Open on"),
        choices=WEEKDAYS,
        widget=forms.CheckboxSelectMultiple,
        error_messages=asked(_("Choose at least one weekday.")),
    )
    from_on = DayField(label=_("From"), missing=_("Enter from which day on."))


class CalendarDayForm(DayForm):
    """A day that is not like others of its weekday."""

    day_field = "on"
    on = DayField(label=_("Day"))
    kind = forms.ChoiceField(
        label=_("What is different"),
        choices=[
            (CalendarDay.Kind.CLOSURE, _("closed")),
            (CalendarDay.Kind.EXTRA, _("open besides")),
        ],
        error_messages=asked(_("Say whether the clinic is closed or open.")),
    )
    reason = forms.CharField(label=_("Reason"), max_length=80, required=False)


class ForgetForm(AskingForm):
    """Nothing is asked but to go ahead."""


class HoldForm(AskingForm):
    """
    Whether messages are to be held or to leave.

    The page says which: two leads who press at once do not undo each other.
    """

    HOLD, RELEASE = "hold", "release"
    wanted = forms.ChoiceField(
        choices=[(HOLD, HOLD), (RELEASE, RELEASE)],
        widget=forms.HiddenInput,
        error_messages=asked(_("Say whether to hold the messages or to release them.")),
    )


class ParametersForm(DayForm):
    """Every parameter of the rules, from which day on it holds, and why."""

    day_field = "from_on"
    intervals = forms.MultipleChoiceField(
        label=_("Intervals that are offered"),
        choices=lambda: [(str(each), every(each)) for each in ALLOWED],
        widget=forms.CheckboxSelectMultiple,
        error_messages=asked(_("Offer at least one interval.")),
    )
    from_on = DayField(label=_("From"), missing=_("Enter from which day on."))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        error_messages=asked(_("Say why the parameters change.")),
    )

    def __init__(self, *args: Any, now: Parameters, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in NUMBERS:
            self.fields[number.name] = _whole(
                number.title, number.least, number.most, getattr(now, number.name)
            )
        for row, early, late in zip(now.tolerances, MOST_EARLY, MOST_LATE, strict=True):
            self.fields[_early(row)] = _whole(_days_early(row), 0, early, row.early)
            self.fields[_late(row)] = _whole(_days_late(row), 0, late, row.late)
        self.fields["intervals"].initial = [str(each) for each in now.intervals]
        numbers = [name for name in self.fields if name not in self.base_fields]
        self.order_fields([*numbers, "intervals", "from_on", "reason"])

    @property
    def values(self) -> dict[str, Any]:
        """Return the parameters as the rules read them."""
        said = self.cleaned_data
        return {
            **{number.name: said[number.name] for number in NUMBERS},
            "tolerances": [
                [row.longest, said[_early(row)], said[_late(row)]] for row in TOLERANCES
            ],
            "intervals": said["intervals"],
        }


def _whole(label: Any, least: int, most: int, now: int) -> forms.IntegerField:
    wrong = _("Enter a whole number from %(least)s to %(most)s.") % {
        "least": least,
        "most": most,
    }
    return forms.IntegerField(
        label=label,
        initial=now,
        min_value=least,
        max_value=most,
        help_text=_("From %(least)s to %(most)s.") % {"least": least, "most": most},
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), wrong
        ),
    )


def _early(row: Tolerance) -> str:
    return f"early_{row.longest or 'longer'}"


def _late(row: Tolerance) -> str:
    return f"late_{row.longest or 'longer'}"


def _days_early(row: Tolerance) -> Words:
    if row.longest is None:
        return _("On time, longer intervals: days early")
    return _("On time, intervals up to %s days: days early") % row.longest


def _days_late(row: Tolerance) -> Words:
    if row.longest is None:
        return _("On time, longer intervals: days late")
    return _("On time, intervals up to %s days: days late") % row.longest
