"""What is looked at before anything starts: can messages leave?"""

from typing import Any

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured

from notifications.channels.registry import channel_for


def addresses(**_: Any) -> list[CheckMessage]:
    """Refuse an address that no channel understands, in one sentence."""
    return [problem for kind in ("sms", "email") if (problem := _problem(kind))]


def _problem(kind: str) -> CheckMessage | None:
    try:
        channel_for(kind)
    except ImproperlyConfigured as error:
        return Error(str(error), id=f"notifications.{kind}")
    return None
