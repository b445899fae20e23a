"""Which acts can be asked what they would move: all, but for these and why."""

from typing import Any

from django.urls import ResolverMatch
from django.utils.translation import gettext_lazy as _

_A_PERSON_AT_WORK = _("It is about you at work, not about a plan.")
_NO_PLAN = _("No date follows from it.")
_ONLY_LOOKS = _("It looks, and changes nothing.")
_HAS_ITS_OWN = _("It shows what it would do before it does it.")

#: The acts that cannot be previewed, by the name of their address.
WITHOUT: dict[str, Any] = {
    "sign-in": _A_PERSON_AT_WORK,
    "sign-out": _A_PERSON_AT_WORK,
    "switch-clinic": _A_PERSON_AT_WORK,
    "api-token": _A_PERSON_AT_WORK,
    "patients": _ONLY_LOOKS,
    "api-patient-search": _ONLY_LOOKS,
    "api-forecast": _ONLY_LOOKS,
    "patient-new": _NO_PLAN,
    "patient-edit": _NO_PLAN,
    "api-patient-list": _NO_PLAN,
    "api-patient-detail": _NO_PLAN,
    "alert-seen": _NO_PLAN,
    "task-done": _NO_PLAN,
    "clinic-hold": _HAS_ITS_OWN,
    "import": _HAS_ITS_OWN,
    "import-preview": _HAS_ITS_OWN,
    "import-line": _HAS_ITS_OWN,
}


def why_not(match: ResolverMatch | None) -> str:
    """Return why what is behind an address cannot be previewed; empty if it can."""
    name = match.url_name if match else None
    return str(WITHOUT.get(name or "", "" if name else _ONLY_LOOKS))
