"""Who: clinics, staff, patients, and what is known about them."""

from patients.models.assessments import Assessment
from patients.models.background import (
    AllergyRecord,
    BaselineSample,
    ConditionRecord,
    Consent,
    ExclusionAnswer,
    MedicineUse,
)
from patients.models.clinic import CalendarDay, Clinic, OpenDays
from patients.models.laboratory import LabPolicy
from patients.models.lists import ImportLine, PracticeList
from patients.models.patient import ContactPreference, Patient
from patients.models.results import LabResult
from patients.models.staff import Membership, User

__all__ = [
    "AllergyRecord",
    "Assessment",
    "BaselineSample",
    "CalendarDay",
    "Clinic",
    "ConditionRecord",
    "Consent",
    "ContactPreference",
    "ExclusionAnswer",
    "ImportLine",
    "LabPolicy",
    "LabResult",
    "MedicineUse",
    "Membership",
    "OpenDays",
    "Patient",
    "PracticeList",
    "User",
]
