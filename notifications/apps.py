"""The app of notifications."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class NotificationsConfig(AppConfig):
    """What we said, to whom, and what came of it."""

    name = "notifications"

    def ready(self) -> None:
        from notifications import guards  # models are not there before

        post_migrate.connect(guards.install_notifications, sender=self)
