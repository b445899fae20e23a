"""What is asked about an injection."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from patients.fields import DayField, asked
from patients.forms import LONG_AGO
from patients.models import Clinic
from schedules.models import Injection
from schedules.moments import NoSuchTime, instant
from schedules.offering import product_choices
from schedules.overruling import OverrulingForm


class InjectionForm(OverrulingForm):
    """An injection that is about to be given, was given, or was not."""

    called = {"given_at": "given_on"}
    NOW, BEFORE = "now", "before"

    when = forms.ChoiceField(
        label=_("When"),
        help_text=_(
            "What is about to be given, a safety rule may stop. What has been given "
            "is recorded in any case."
        ),
        choices=[(NOW, _("is about to be given")), (BEFORE, _("was given already"))],
        initial=NOW,
        required=False,
        widget=forms.RadioSelect,
        error_messages=asked(_("Say whether it was given already.")),
    )
    confirmed = forms.BooleanField(
        label=_("The patient told name and date of birth, and both are right"),
        required=False,
    )
    unconfirmed = forms.BooleanField(
        label=_("Given without asking name and date of birth: record an incident"),
        required=False,
    )
    source = forms.ChoiceField(
        label=_("Where"),
        choices=Injection.Source.choices,
        initial=Injection.Source.HERE,
        error_messages=asked(_("Say where the injection was given.")),
    )
    given_on = DayField(
        label=_("Day"),
        missing=_("Enter the day of the injection."),
        validators=[MinValueValidator(LONG_AGO, _("This day is too long ago."))],
    )
    given_time = forms.TimeField(
        label=_("Time"),
        help_text=_("May be left out if it was given elsewhere."),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": _("This is no time of day. Write it as 14:30.")},
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Injection.Outcome.choices,
        initial=Injection.Outcome.GIVEN,
        error_messages=asked(_("Say whether the injection was given.")),
    )
    product = forms.ChoiceField(
        label=_("Product"),
        choices=product_choices,
        error_messages=asked(_("Choose the product.")),
    )
    dose_mg = forms.DecimalField(
        label=_("Dose in mg"),
        initial=1,
        max_digits=5,
        decimal_places=2,
        min_value=Decimal("0.01"),
        error_messages={
            "required": _("Enter the dose in milligrams."),
            "invalid": _("Enter the dose in milligrams as a number, such as 1."),
            "min_value": _("A dose is more than nothing."),
        },
    )
    route = forms.ChoiceField(
        label=_("Route"),
        choices=Injection.Route.choices,
        initial=Injection.Route.INTRAMUSCULAR,
        error_messages=asked(_("Choose the route.")),
    )
    site = forms.ChoiceField(
        label=_("Site"),
        choices=[("", _("not known")), *Injection.Site.choices],
        required=False,
    )
    batch = forms.CharField(label=_("Batch"), max_length=40, required=False)
    expires_on = DayField(label=_("Expiry date"), required=False)
    given_by = forms.CharField(label=_("Given by"), max_length=80, required=False)
    note = forms.CharField(label=_("Note"), max_length=400, required=False)

    def __init__(self, *args: Any, clinic: Clinic, now: datetime, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.clinic, self.now = clinic, now

    def clean(self) -> dict[str, Any]:
        """Check what one field says against another."""
        said = super().clean() or self.cleaned_data
        here = said.get("source") == Injection.Source.HERE
        needle = said.get("outcome") in Injection.NEEDLE
        asked_who = "confirmed" in self.fields
        answered = said.get("confirmed") or self._admits(said)
        if asked_who and here and needle and not answered:
            self.add_error(
                "confirmed",
                _("Confirm the name and the date of birth first (rule S23)."),
            )
        if here and not said.get("given_time") and "given_time" not in self.errors:
            self.add_error("given_time", _("Enter the time of the injection."))
        if not self.errors:
            said["given_at"] = self._given_at(said)
        return said

    def _admits(self, said: dict[str, Any]) -> bool:
        """Tell whether nobody was asked before the needle, which is an incident."""
        return bool(said.get("unconfirmed")) and not self.is_intended

    @property
    def is_intended(self) -> bool:
        """Tell whether the injection is about to be given, here."""
        said = self.cleaned_data
        is_now = said.get("when") == self.NOW
        is_ours = said.get("source") == Injection.Source.HERE
        return is_now and is_ours and said.get("outcome") == Injection.Outcome.GIVEN

    @property
    def identified(self) -> bool:
        """Tell whether two identifiers were confirmed."""
        return bool(self.cleaned_data["confirmed"])

    def _given_at(self, said: dict[str, Any]) -> datetime | None:
        """Return the instant; without a time, and for a day ahead, there is none."""
        if said["given_time"] is None or said["given_on"] > self.clinic.day(self.now):
            return None
        try:
            return instant(said["given_on"], said["given_time"], self.clinic.zone)
        except NoSuchTime:
            self.add_error(
                "given_time",
                _("There was no such time on this day: the clocks went forward."),
            )
            return None

    @property
    def details(self) -> dict[str, Any]:
        """Return the columns of the injection, but for when."""
        names = (
            "source", "outcome", "product", "dose_mg", "route", "site", "batch",
            "expires_on", "given_by", "note",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}


class CorrectionForm(InjectionForm):
    """An injection as it really was, and why its record was wrong."""

    why = forms.CharField(
        label=_("What was wrong"),
        max_length=200,
        error_messages=asked(_("Say what was wrong with the record.")),
    )
    field_order = ("why",)
    called = {"given_at": "given_on", "reason": "why"}

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        # Whose it is was asked before the needle; nobody is asked again at a desk.
        for name in ("when", "confirmed", "unconfirmed"):
            del self.fields[name]
