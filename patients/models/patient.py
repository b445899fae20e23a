"""A person who is treated, and how that person may be reached."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from patients.models.clinic import Clinic
from patients.models.history import Remembered

#: Names have fewer words; each is a condition for the database to read.
MOST_WORDS = 8


def searched(text: str) -> list[str]:
    """Return the words that are looked for: “Lovelace, Ada” has two, “999 035” one."""
    if text.replace(" ", "").isdigit():
        return [text.replace(" ", "")]
    return text.replace(",", " ").split()[:MOST_WORDS]


class PatientQuerySet(models.QuerySet["Patient"]):
    """Patients, always of some clinic."""

    def of(self, clinic: Clinic) -> Self:
        return self.filter(clinic=clinic)

    def locked(self, pk: int) -> "Patient":
        """
        Return a patient, and let nobody else write about them until we are done.

        This row is the first lock of everything that is written about a person, so that
        two writers wait for each other and never each for the other.
        """
        rows = self.select_for_update(of=("self",), no_key=True)
        return rows.select_related("clinic").get(pk=pk)

    def alive(self) -> Self:
        return self.filter(is_deceased=False)

    def found_by(self, words: str) -> Self:
        """Return those whose names or numbers begin with every one of `words`."""
        found = self
        for word in searched(words):
            found = found.filter(
                Q(family_name__istartswith=word)
                | Q(given_name__istartswith=word)
                | Q(local_number__startswith=word)
                | Q(nhs_number__startswith=word)
            )
        return found


class Patient(Remembered):
    """A person of one clinic."""

    class Gender(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")
        OTHER = "other", _("other")
        UNKNOWN = "unknown", _("not known")

    class Channel(models.TextChoices):
        SMS = "sms", _("text message")
        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("a call")

    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="patients")
    family_name = models.CharField(_("surname"), max_length=80)
    given_name = models.CharField(_("first name"), max_length=80, blank=True)
    birth_date = models.DateField(_("date of birth"))
    gender = models.CharField(
        _("gender"), max_length=8, choices=Gender, default=Gender.UNKNOWN
    )
    nhs_number = models.CharField(_("NHS number"), max_length=10, null=True, blank=True)
    local_number = models.CharField(_("patient number"), max_length=20, blank=True)
    phone = models.CharField(_("mobile"), max_length=20, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    preferred_channel = models.CharField(
        _("reached best by"), max_length=8, choices=Channel, blank=True
    )
    is_deceased = models.BooleanField(_("deceased"), default=False)
    deceased_on = models.DateField(_("date of death"), null=True, blank=True)
    registered_at = models.DateTimeField(editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False
    )
    history = HistoricalRecords()

    objects = PatientQuerySet.as_manager()

    class Meta:
        ordering = ("family_name", "given_name", "id")
        constraints = (
            models.UniqueConstraint(
                name="an_nhs_number_names_one_person_of_a_clinic",
                fields=("clinic", "nhs_number"),
            ),
            # What every table that hangs on a patient refers to: see guards.py.
            models.UniqueConstraint(
                name="a_patient_belongs_to_one_clinic", fields=("id", "clinic")
            ),
            models.CheckConstraint(
                name="a_patient_has_a_surname", condition=~Q(family_name="")
            ),
            models.CheckConstraint(
                name="only_the_deceased_have_a_date_of_death",
                condition=Q(deceased_on=None) | Q(is_deceased=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.family_name}, {self.given_name}".rstrip(", ")

    def age(self, today: date) -> int:
        """Return the age in whole years on `today`."""
        had_birthday = (today.month, today.day) >= (
            self.birth_date.month,
            self.birth_date.day,
        )
        return today.year - self.birth_date.year - (not had_birthday)


class ContactPreferenceQuerySet(models.QuerySet["ContactPreference"]):
    """What patients said of being written to."""

    def latest_words(self, patient: Patient) -> dict[str, bool]:
        """Return for each channel the last thing that `patient` said of it."""
        said = self.filter(patient=patient).order_by("id")
        return {preference.channel: preference.is_allowed for preference in said}


class ContactPreference(models.Model):
    """What a patient said about one channel, and how we know. The last word holds."""

    class Channel(models.TextChoices):
        SMS = "sms", _("text message")
        EMAIL = "email", _("e-mail")

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="preferences")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="+")
    channel = models.CharField(_("channel"), max_length=8, choices=Channel)
    is_allowed = models.BooleanField(_("may be used"))
    evidence = models.CharField(_("how we know"), max_length=120)
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )

    objects = ContactPreferenceQuerySet.as_manager()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.channel}: {'yes' if self.is_allowed else 'no'}"
