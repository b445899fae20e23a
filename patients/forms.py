"""What is asked about a patient."""

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from patients import identifiers
from patients.actions import Wishes
from patients.fields import DayField, IdentifierField, asked
from patients.models import ContactPreference, Patient
from patients.pages import AskingForm

LONG_AGO = date(1900, 1, 1)
SAID = (("", _("not asked")), ("yes", _("yes")), ("no", _("no")))

#: The question about each channel, as the form calls it.
QUESTIONS = {
    ContactPreference.Channel.SMS: "sms",
    ContactPreference.Channel.EMAIL: "by_email",
}


class SearchForm(forms.Form):
    """Who is looked for."""

    q = forms.CharField(label=_("Name or number"), max_length=100, required=False)

    @property
    def words(self) -> str:
        """Return what is looked for; a number typed in groups is one word."""
        said = str(self.cleaned_data.get("q", "")) if self.is_valid() else ""
        return said.replace(" ", "") if said.replace(" ", "").isdigit() else said


class PatientForm(AskingForm):
    """A person, and how that person wishes to be reached."""

    family_name = forms.CharField(
        label=_("Surname"),
        max_length=80,
        error_messages=asked(_("Enter a surname.")),
    )
    given_name = forms.CharField(label=_("First name"), max_length=80, required=False)
    birth_date = DayField(
        label=_("Date of birth"),
        missing=_("Enter the date of birth."),
        validators=[MinValueValidator(LONG_AGO, _("Nobody alive was born so early."))],
    )
    gender = forms.ChoiceField(
        label=_("Gender"),
        choices=Patient.Gender.choices,
        initial=Patient.Gender.UNKNOWN,
        error_messages=asked(_("Choose a gender, or “not known”.")),
    )
    nhs_number = IdentifierField(
        label=_("NHS number"), required=False, read=identifiers.nhs_number
    )
    local_number = forms.CharField(
        label=_("Patient number"),
        help_text=_("The number this clinic files the patient under."),
        max_length=20,
        required=False,
    )
    phone = IdentifierField(label=_("Mobile"), required=False, read=identifiers.phone)
    email = IdentifierField(label=_("E-mail"), required=False, read=identifiers.email)
    preferred_channel = forms.ChoiceField(
        label=_("Reached best by"),
        choices=[("", _("no preference")), *Patient.Channel.choices],
        required=False,
    )
    sms = forms.ChoiceField(
        label=_("May we send text messages?"),
        help_text=_("Without a clear yes, no text is sent."),
        choices=SAID,
        required=False,
    )
    by_email = forms.ChoiceField(
        label=_("May we send e-mails?"), choices=SAID, required=False
    )
    evidence = forms.CharField(
        label=_("How we know"),
        help_text=_("For example: said so at the desk; signed form of 3 March."),
        max_length=120,
        required=False,
    )

    COLUMNS = (
        "family_name",
        "given_name",
        "birth_date",
        "gender",
        "nhs_number",
        "local_number",
        "phone",
        "email",
        "preferred_channel",
    )

    @property
    def details(self) -> dict[str, Any]:
        """Return the columns of the patient's record."""
        return {column: self.cleaned_data[column] for column in self.COLUMNS}

    @property
    def wishes(self) -> Wishes:
        """Return what was said of messages; what was not asked is left out."""
        answers = {channel: self.cleaned_data[q] for channel, q in QUESTIONS.items()}
        return Wishes(
            said={channel: said == "yes" for channel, said in answers.items() if said},
            evidence=self.cleaned_data["evidence"],
        )


def known_of(patient: Patient) -> dict[str, Any]:
    """Return what the form begins with for a person who is known."""
    words = ContactPreference.objects.latest_words(patient)
    said = {
        question: "yes" if words[channel] else "no"
        for channel, question in QUESTIONS.items()
        if channel in words
    }
    return {name: getattr(patient, name) for name in PatientForm.COLUMNS} | said
