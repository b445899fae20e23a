"""What can be done about clinics, patients and what is known of them."""

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
from patients.actions.lists import (
    LineAlreadyResolved,
    keep_line,
    resolve_line,
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
    "change_clinic",
    "change_holidays",
    "correct_patient",
    "keep_line",
    "mark_alive",
    "mark_deceased",
    "open_clinic",
    "record_result",
    "register_patient",
    "remove_calendar_day",
    "resolve_line",
    "seat",
    "set_open_days",
    "state_preference",
    "void_result",
    "write_down_holidays",
]
