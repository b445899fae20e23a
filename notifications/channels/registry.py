"""Which channel carries what: the one place where channels meet the settings."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from notifications.channels.base import Channel
from notifications.channels.console import ConsoleChannel
from notifications.channels.file import FileChannel
from notifications.channels.kannel import Gateway, KannelChannel
from notifications.channels.mail import MailChannel
from notifications.channels.memory import MemoryChannel
from notifications.channels.smtp import SmtpServer

_SETTINGS = {"sms": "KANNEL_URL", "email": "SMTP_URL"}


def channel_for(kind: str, *, timeout: float = 10.0) -> Channel:
    """
    Return the channel that carries "sms" or "email".

    Its setting is an address: none is the outbox folder, `console:` the screen,
    `memory:` a list, anything else a server. `timeout` is in seconds, for one message.

    Raises ImproperlyConfigured, naming the setting, where the address makes no sense.
    """
    setting = _SETTINGS[kind]
    try:
        return _at(str(getattr(settings, setting)), kind, timeout)
    except ValueError as error:
        raise ImproperlyConfigured(f"{setting}: {error}") from error


def _at(url: str, kind: str, timeout: float) -> Channel:
    if not url:
        return FileChannel(Path(settings.OUTBOX_DIR))
    match urlsplit(url).scheme:
        case "console":
            return ConsoleChannel()
        case "memory":
            return MemoryChannel()
    if kind == "sms":
        return KannelChannel(Gateway.from_url(url), timeout=timeout)
    sender = str(settings.EMAIL_FROM)
    return MailChannel(SmtpServer.from_url(url), sender=sender, timeout=timeout)
