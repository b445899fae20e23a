"""What the database refuses about reminders."""

from django.db import transaction

from notifications.models import LegalEdge
from notifications.states import EDGES
from patients.guards import Guard, belongs, install, moves_along, only_grows

GUARDS: tuple[Guard, ...] = (
    belongs(
        "notifications_reminder",
        ("plan_id", "patient_id", "clinic_id"),
        "schedules_plan",
        "id, patient_id, clinic_id",
    ),
    moves_along("notifications_reminder", "state", "notifications_legaledge"),
    only_grows(
        "notifications_attempt",
        columns=("id", "reminder_id", "fence", "recipient", "subject", "body"),
    ),
)


def install_notifications(*, using: str, **_: object) -> None:
    """Put the guards of this app in force, after `migrate`."""
    edges = [
        LegalEdge(from_state=here, to_state=there) for here, there in sorted(EDGES)
    ]
    with transaction.atomic(using=using):
        LegalEdge.objects.using(using).all().delete()
        LegalEdge.objects.using(using).bulk_create(edges)
        install(GUARDS, using)
