"""Master data that may be corrected, and remembers what it said before."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from patients.models.staff import User


class Remembered(models.Model):
    """A record whose earlier words are kept in `history`, each with who changed it."""

    _history_user: "User | None" = None  # simple-history's name for it

    class Meta:
        abstract = True

    def changed_by(self, user: "User") -> Self:
        """Say who makes the change that is saved next."""
        self._history_user = user
        return self
