"""The app of notifications."""

from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class NotificationsConfig(AppConfig):
    """What we said, to whom, and what came of it."""

    name = "notifications"

    def ready(self) -> None:
        from notifications import checks, guards  # models are not there before

        register(checks.addresses)
        post_migrate.connect(guards.install_notifications, sender=self)
