"""
The coded reasons that people give for their decisions (rules 2.3, section 6).

No reason here is a laboratory value: levels that look normal can neither close a plan
(S08), nor end loading, nor change an interval (R37).
"""

from enum import StrEnum


class StartReason(StrEnum):
    """Why loading begins (T1)."""

    DEFICIENCY = "deficiency"
    DO_NOT_DELAY = "do_not_delay"
    SPECIALIST_ADVICE = "specialist_advice"


class TransferReason(StrEnum):
    """Why a plan begins in maintenance (T2)."""

    ESTABLISHED_ELSEWHERE = "established_elsewhere"


class MaintainReason(StrEnum):
    """Why loading ends (T4). No count of doses and no computed plateau is a reason."""

    PLATEAU = "plateau"
    RESOLVED = "resolved"
    SPECIALIST_ADVICE = "specialist_advice"
    COURSE_COMPLETE = "course_complete"


class IntervalReason(StrEnum):
    """Why the interval changes: symptoms only, never a laboratory value (R37)."""

    SYMPTOMS_RETURN_EARLY = "symptoms_return_early"
    SYMPTOMS_NOT_CONTROLLED = "symptoms_not_controlled"
    SYMPTOMS_CONTROLLED = "symptoms_controlled"
    SIDE_EFFECTS = "side_effects"


class ProtocolReason(StrEnum):
    """Why a plan moves to a newer version of its protocol."""

    NEWER_VERSION = "newer_version"
    SPECIALIST_ADVICE = "specialist_advice"
    SAFETY_NOTICE = "safety_notice"


class PauseReason(StrEnum):
    """Why treatment pauses (T5)."""

    HOSPITAL = "hospital"
    ADVERSE_REACTION = "adverse_reaction"
    STOCK = "stock"
    CLINIC_CLOSURE = "clinic_closure"
    TRAVEL = "travel"
    CHOICE = "choice"


class ResumeReason(StrEnum):
    """Why treatment goes on (T6)."""

    PAUSE_OVER = "pause_over"
    PATIENT_ASKED = "patient_asked"
    PAUSED_IN_ERROR = "paused_in_error"


class ReloadReason(StrEnum):
    """Why maintenance goes back to loading (T7)."""

    RELAPSE = "relapse"
    PROLONGED_GAP = "prolonged_gap"
    NITROUS_OXIDE = "nitrous_oxide"


class CloseReason(StrEnum):
    """Why a plan ends (T3, T8). Normal levels are no reason (S08)."""

    DIED = "died"
    TRANSFERRED_OUT = "transferred_out"
    INFORMED_REFUSAL = "informed_refusal"
    DIAGNOSIS_REVISED = "diagnosis_revised"
    CAUSE_RESOLVED = "cause_resolved"
    ENTERED_IN_ERROR = "entered_in_error"
    NOT_DEFICIENT = "not_deficient"
    DECLINED = "declined"


class NoReason(StrEnum):
    """What is given as a reason and is none: a laboratory value (S08, R35, R37)."""

    LABS_NORMAL = "labs_normal"
    B12_HIGH = "b12_high"
    LEVELS_IN_RANGE = "levels_in_range"


class ReopenReason(StrEnum):
    """Why a closed plan opens again (T9)."""

    RETURNED = "returned"
    DEFICIENT_AGAIN = "deficient_again"
    CLOSED_IN_ERROR = "closed_in_error"


# A pause for one of these is nobody's missed dose: adherence leaves its days out.
CLINICAL_PAUSES = frozenset(
    {
        PauseReason.HOSPITAL,
        PauseReason.ADVERSE_REACTION,
        PauseReason.STOCK,
        PauseReason.CLINIC_CLOSURE,
    }
)

BEFORE_TREATMENT = (
    CloseReason.NOT_DEFICIENT,
    CloseReason.DECLINED,
    CloseReason.DIED,
    CloseReason.TRANSFERRED_OUT,
    CloseReason.ENTERED_IN_ERROR,
)
DURING_TREATMENT = (
    CloseReason.DIED,
    CloseReason.TRANSFERRED_OUT,
    CloseReason.INFORMED_REFUSAL,
    CloseReason.DIAGNOSIS_REVISED,
    CloseReason.CAUSE_RESOLVED,
    CloseReason.ENTERED_IN_ERROR,
)
