"""From rows to what the rules read: the assessments that stand."""

from datetime import date

from patients.models import Assessment, Patient
from patients.symptoms import Assessed


def assessed_of(patient: Patient | int, *, on: date) -> tuple[Assessed, ...]:
    """Return what was assessed up to a day and stands, the earliest first."""
    standing = Assessment.objects.standing().filter(patient=patient)
    rows = standing.filter(assessed_on__lte=on).order_by("assessed_on", "pk")
    return tuple(row.told for row in rows)
