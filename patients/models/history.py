"""Master data that may be corrected, and remembers what it said before."""

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from patients.models.staff import User


class Remembered(models.Model):
    """A record whose earlier words are kept in `history`, each with who changed it."""

    # simple-history's names
    _history_user: "User | None" = None
    _change_reason: str | None = None

    class Meta:
        abstract = True

    def changed_by(self, user: "User", *, because: str | None = None) -> Self:
        """Say who makes the change that is saved next, and perhaps why."""
        self._history_user, self._change_reason = user, because
        return self
