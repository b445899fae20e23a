"""From records to what is known of a patient, in the words that the rules read."""

from collections.abc import Iterable
from datetime import date

from patients.lab_rules import LabTimeline
from patients.measured import Measured, Value, latest
from patients.models import Clinic, LabPolicy, LabResult, Patient


def values_of(patient: Patient | int) -> list[Value]:
    """Return every standing value of a patient, in the order of entry."""
    results = LabResult.objects.standing().filter(patient=patient).order_by("pk")
    return values(results)


def values(results: Iterable[LabResult]) -> list[Value]:
    """Return results as the rules read them."""
    return [
        Value(
            test=result.test,
            value=result.value,
            unit=result.unit,
            on=result.drawn_on,
            low=result.range_low,
            high=result.range_high,
            fasting=result.fasting,
            before_injection=result.before_injection,
        )
        for result in results
    ]


def measured_of(patient: Patient, *, on: date) -> Measured:
    """Return the latest standing value of each test, drawn up to a day."""
    return latest(values_of(patient), on=on)


def lab_rules_of(clinic: Clinic) -> LabTimeline:
    """Return what a clinic asks of its laboratory, from which day on."""
    rows = LabPolicy.objects.filter(clinic=clinic).order_by("from_on")
    return LabTimeline(tuple(row.rules for row in rows))
