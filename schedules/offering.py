"""What several decisions ask for: how often, by which protocol, and what is offered."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from patients.fields import DayField, asked
from patients.models import Clinic
from schedules import reading, words
from schedules.intervals import (
    ALLOWED,
    SIX_MONTHS,
    Interval,
    Unit,
)
from schedules.models import Protocol
from schedules.words import Words

FROM_1_TO_184 = _("Enter a number of days from 1 to 184.")
MOST_DAYS = 184


def interval_choices(
    offered: Iterable[Interval] = ALLOWED,
) -> list[tuple[str, Words]]:
    """Return the intervals that a clinic offers, and the way to another one."""
    usual = [(str(each), words.every(each)) for each in offered]
    six = (str(SIX_MONTHS), _("every 6 months (dietary cause only)"))
    return [("", _("choose")), *usual, six, ("days", _("another number of days"))]


class IntervalFields(forms.Form):
    """How often injections are given."""

    interval = forms.ChoiceField(
        label=_("Interval"),
        choices=interval_choices,
        error_messages=asked(_("Choose an interval.")),
    )
    days = forms.IntegerField(
        label=_("Number of days"),
        help_text=_(
            "Only for another number of days. A safety rule speaks below 7 and above "
            "92 (S22)."
        ),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        error_messages={
            "invalid": FROM_1_TO_184,
            "min_value": FROM_1_TO_184,
            "max_value": FROM_1_TO_184,
        },
    )

    def begin(self, today: date, clinic: Clinic) -> None:
        """Offer the intervals of the clinic's parameters."""
        field = cast(forms.ChoiceField, self.fields["interval"])
        in_force = reading.timeline_of(clinic).on(today)
        field.choices = interval_choices(in_force.intervals)

    def clean(self) -> dict[str, Any]:
        """Ask for the number of days where it is needed."""
        said = super().clean() or self.cleaned_data
        is_custom = said.get("interval") == "days"
        if is_custom and not said.get("days") and "days" not in self.errors:
            self.add_error("days", FROM_1_TO_184)
        return said

    @property
    def chosen(self) -> Interval:
        """Return the interval that was chosen."""
        if self.cleaned_data["interval"] == "days":
            return Interval(self.cleaned_data["days"], Unit.DAY)
        return Interval.parse(self.cleaned_data["interval"])


def choices_of(protocols: Iterable[Protocol], clinic: Clinic) -> list[tuple[int, str]]:
    """Return protocols as a form offers them; an unapproved one says so."""
    approved = set(Protocol.objects.approved_in(clinic).values_list("pk", flat=True))
    unapproved = gettext("%s (not clinically approved)")
    return [
        (each.pk, str(each) if each.pk in approved else unapproved % each)
        for each in protocols
    ]


class StartFields(forms.Form):
    """How loading goes on, and when its first injection is wanted."""

    protocol = forms.TypedChoiceField(
        label=_("Protocol"),
        coerce=lambda pk: Protocol.objects.get(pk=pk),
        error_messages=asked(_("Choose the protocol.")),
    )
    start_on = DayField(
        label=_("First injection on"),
        missing=_("Enter the day of the first injection."),
    )

    def offer(self, today: date, clinic: Clinic) -> None:
        """Offer today, and the newest version of each protocol that has loading."""
        field = cast(forms.TypedChoiceField, self.fields["protocol"])
        beginning = Protocol.objects.newest().exclude(content__loading=None)
        field.choices = choices_of(beginning, clinic)
        self.fields["start_on"].initial = today


def offered_causes() -> list[tuple[str, Words]]:
    """Return the kinds of causes; none is an answer too."""
    return [("", _("not coded")), *words.cause_choices()]


def product_choices() -> list[tuple[str, str]]:
    """Return what can be injected; what is not licensed, or not verified, says so."""
    unlicensed = gettext("%s (unlicensed, unverified: R15)")
    return [
        (code, unlicensed % it.title if "Unlicensed" in it.note else it.title)
        for code, it in Protocol.objects.products().items()
    ]
