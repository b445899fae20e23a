"""What is asked about injections and laboratory results."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from patients.actions import Circumstances
from patients.fields import DayField, asked
from patients.forms import LONG_AGO
from patients.laboratory import TESTS
from patients.models import Clinic
from patients.pages import AskingForm
from schedules.models import Injection
from schedules.moments import NoSuchTime, instant
from schedules.offering import product_choices
from schedules.overruling import OverrulingForm
from schedules.reviewing import Step


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


def unit_choices() -> list[tuple[str, str]]:
    """Return every unit once, in the order of the tests, as people write it."""
    units = {unit.ucum: None for test in TESTS.values() for unit in test.units}
    return [(ucum, written(ucum)) for ucum in units]


def written(ucum: str) -> str:
    """Return a unit as people write it: `µmol/L`, `10⁹/L`, `mL/min/1.73 m²`."""
    said = ucum
    for code, people in _WRITTEN:
        said = said.replace(code, people)
    return f"µ{said[1:]}" if said.startswith("u") else said


_WRITTEN = (
    ("{1.73_m2}", "1.73 m²"),
    ("{INR}", "INR"),
    ("m[IU]", "mIU"),
    ("10*9", "10⁹"),
    ("10*12", "10¹²"),
)


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
