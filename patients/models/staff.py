"""Who works where, and as what."""

from typing import ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from patients.models.clinic import Clinic
from patients.models.history import Remembered


class Users(UserManager["User"]):
    """All who can act."""

    def command_line(self) -> "User":
        """Return the one who acts when a command does: nobody can sign in as it."""
        user, new = self.get_or_create(
            username="command-line",
            defaults={"last_name": "Command line", "is_active": False},
        )
        if new:
            user.set_unusable_password()
            user.save(update_fields=("password",))
        return user


class User(AbstractUser):
    """A person who signs in."""

    objects: ClassVar[Users] = Users()

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class Membership(Remembered):
    """What a person is in a clinic. Without one, a person sees nothing."""

    class Role(models.TextChoices):
        NURSE = "nurse", _("nurse")
        PRESCRIBER = "prescriber", _("prescriber")
        CLINICAL_LEAD = "clinical_lead", _("clinical lead")
        MANAGER = "manager", _("manager")
        AUDITOR = "auditor", _("auditor")

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    clinic = models.ForeignKey(Clinic, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=16, choices=Role)
    history = HistoricalRecords()

    class Meta:
        ordering = ("clinic__name", "id")
        constraints = (
            models.UniqueConstraint(
                name="a_person_has_one_role_in_a_clinic", fields=("user", "clinic")
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()}, {self.clinic}"
