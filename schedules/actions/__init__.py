"""What can be done about plans, injections and results."""

from schedules.actions.acknowledging import acknowledge
from schedules.actions.answering import Answers
from schedules.actions.arriving import Elsewhere, arrive
from schedules.actions.assessments import record_assessment, void_assessment
from schedules.actions.background import (
    answer_exclusions,
    end_condition,
    record_allergy,
    record_condition,
    record_no_allergies,
    record_samples,
    start_medicine,
    state_consent,
    stop_medicine,
    void_fact,
)
from schedules.actions.beginning import begin, take_over
from schedules.actions.calendar import (
    change_clinic,
    change_lab_policy,
    change_week,
    close_on,
    forget_day,
    keep_calendars,
    open_on,
)
from schedules.actions.checking import Difference, check_plans
from schedules.actions.correcting import correct_injection
from schedules.actions.decide import Decision
from schedules.actions.injections import (
    Recorded,
    accept_injection,
    record_injection,
    void_injection,
)
from schedules.actions.judging import Stopped, cosign
from schedules.actions.parameters import set_parameters
from schedules.actions.people import record_death
from schedules.actions.plans import (
    answer_neurological,
    change_interval,
    change_protocol,
    close_plan,
    open_plan,
    pause,
    reload,
    reopen,
    resume,
    start_plan,
    to_maintenance,
    transfer_in,
)
from schedules.actions.replay import (
    Moved,
    Replayed,
    hearing,
    replay,
    replay_clinic,
)
from schedules.actions.results import record_result, void_result
from schedules.actions.reviewing import review_protocol
from schedules.actions.suggestions import dismiss_suggestion
from schedules.actions.taking_back import take_back

__all__ = [
    "Answers",
    "Decision",
    "Difference",
    "Elsewhere",
    "Moved",
    "Recorded",
    "Replayed",
    "Stopped",
    "accept_injection",
    "acknowledge",
    "answer_exclusions",
    "answer_neurological",
    "arrive",
    "begin",
    "change_clinic",
    "change_interval",
    "change_lab_policy",
    "change_protocol",
    "change_week",
    "check_plans",
    "close_on",
    "close_plan",
    "correct_injection",
    "cosign",
    "dismiss_suggestion",
    "end_condition",
    "forget_day",
    "hearing",
    "keep_calendars",
    "open_on",
    "open_plan",
    "pause",
    "record_allergy",
    "record_assessment",
    "record_condition",
    "record_death",
    "record_injection",
    "record_no_allergies",
    "record_result",
    "record_samples",
    "reload",
    "reopen",
    "replay",
    "replay_clinic",
    "resume",
    "review_protocol",
    "set_parameters",
    "start_medicine",
    "start_plan",
    "state_consent",
    "stop_medicine",
    "take_back",
    "take_over",
    "to_maintenance",
    "transfer_in",
    "void_assessment",
    "void_fact",
    "void_injection",
    "void_result",
]
