"""What can be done about clinics, patients and what is known of them."""

from patients.actions.assessments import record_assessment, void_assessment
from patients.actions.background import (
    answer_exclusions,
    end_condition,
    record_allergy,
    record_condition,
    record_no_allergies,
    record_samples,
    state_consent,
)
from patients.actions.clinic import (
    add_calendar_day,
    change_clinic,
    change_holidays,
    open_clinic,
    remove_calendar_day,
    set_open_days,
    write_down_holidays,
)
from patients.actions.contact import Wishes, admit, amend
from patients.actions.facts import void_fact
from patients.actions.laboratory import set_lab_policy
from patients.actions.lists import (
    LineAlreadyResolved,
    keep_line,
    resolve_line,
)
from patients.actions.medicines import (
    record_medicine,
    refuse_implausible,
    stop_medicine,
)
from patients.actions.patient import (
    correct_patient,
    mark_alive,
    mark_deceased,
    register_patient,
    state_preference,
)
from patients.actions.results import (
    NOTHING_MORE,
    Circumstances,
    record_result,
    void_result,
)
from patients.actions.staff import seat

__all__ = [
    "NOTHING_MORE",
    "Circumstances",
    "LineAlreadyResolved",
    "Wishes",
    "add_calendar_day",
    "admit",
    "amend",
    "answer_exclusions",
    "change_clinic",
    "change_holidays",
    "correct_patient",
    "end_condition",
    "keep_line",
    "mark_alive",
    "mark_deceased",
    "open_clinic",
    "record_allergy",
    "record_assessment",
    "record_condition",
    "record_medicine",
    "record_no_allergies",
    "record_result",
    "record_samples",
    "refuse_implausible",
    "register_patient",
    "remove_calendar_day",
    "resolve_line",
    "seat",
    "set_lab_policy",
    "set_open_days",
    "state_consent",
    "state_preference",
    "stop_medicine",
    "void_assessment",
    "void_fact",
    "void_result",
    "write_down_holidays",
]
