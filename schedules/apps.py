"""The app of schedules."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SchedulesConfig(AppConfig):
    """What is due, and what was given."""

    name = "schedules"

    def ready(self) -> None:
        from schedules import guards, library  # models are not there before

        post_migrate.connect(guards.install_schedules, sender=self)
        post_migrate.connect(library.load_protocols, sender=self)
