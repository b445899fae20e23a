"""The app of patients."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PatientsConfig(AppConfig):
    """Who."""

    name = "patients"

    def ready(self) -> None:
        from patients import guards  # models are not there before

        post_migrate.connect(guards.install_patients, sender=self)
