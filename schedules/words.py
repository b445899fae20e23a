"""The words in which people are asked for reasons, and told what moved."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schedules import decisions as why
from schedules.asking import Occasion
from schedules.causes import Cause
from schedules.intervals import Interval, Unit
from schedules.safety import Act

Words = str | Promise

# Two decisions may share the code of a reason, and then its words.
REASONS: dict[str, Words] = {
    why.StartReason.DEFICIENCY: gettext_lazy("B12 deficiency"),
    why.StartReason.DO_NOT_DELAY: gettext_lazy("treatment must not wait for results"),
    why.StartReason.SPECIALIST_ADVICE: gettext_lazy("a specialist’s advice"),
    why.TransferReason.ESTABLISHED_ELSEWHERE: gettext_lazy("established elsewhere"),
    why.MaintainReason.PLATEAU: gettext_lazy("no further improvement"),
    why.MaintainReason.RESOLVED: gettext_lazy("symptoms are gone"),
    why.MaintainReason.COURSE_COMPLETE: gettext_lazy("the course is complete"),
    why.IntervalReason.SYMPTOMS_RETURN_EARLY: gettext_lazy(
        "symptoms return before the next injection"
    ),
    why.IntervalReason.SYMPTOMS_NOT_CONTROLLED: gettext_lazy(
        "symptoms are not controlled"
    ),
    why.IntervalReason.SYMPTOMS_CONTROLLED: gettext_lazy("symptoms are controlled"),
    why.IntervalReason.SIDE_EFFECTS: gettext_lazy("side effects"),
    why.ProtocolReason.NEWER_VERSION: gettext_lazy("a newer version of the protocol"),
    why.ProtocolReason.SAFETY_NOTICE: gettext_lazy("a notice about safety"),
    why.PauseReason.HOSPITAL: gettext_lazy("in hospital"),
    why.PauseReason.ADVERSE_REACTION: gettext_lazy("adverse reaction"),
    why.PauseReason.STOCK: gettext_lazy("no stock"),
    why.PauseReason.CLINIC_CLOSURE: gettext_lazy("the clinic is closed"),
    why.PauseReason.TRAVEL: gettext_lazy("travelling"),
    why.PauseReason.CHOICE: gettext_lazy("the patient’s choice"),
    why.ResumeReason.PAUSE_OVER: gettext_lazy("the reason for the pause is over"),
    why.ResumeReason.PATIENT_ASKED: gettext_lazy("the patient asked for it"),
    why.ResumeReason.PAUSED_IN_ERROR: gettext_lazy("paused in error"),
    why.ReloadReason.RELAPSE: gettext_lazy("relapse"),
    why.ReloadReason.PROLONGED_GAP: gettext_lazy("a long gap"),
    why.ReloadReason.NITROUS_OXIDE: gettext_lazy("exposure to nitrous oxide"),
    why.CloseReason.DIED: gettext_lazy("the patient has died"),
    why.CloseReason.TRANSFERRED_OUT: gettext_lazy("treated elsewhere from now on"),
    why.CloseReason.INFORMED_REFUSAL: gettext_lazy(
        "the patient refuses, knowing what follows"
    ),
    why.CloseReason.DIAGNOSIS_REVISED: gettext_lazy("the diagnosis was revised"),
    why.CloseReason.CAUSE_RESOLVED: gettext_lazy("the cause is resolved"),
    why.CloseReason.ENTERED_IN_ERROR: gettext_lazy("entered in error"),
    why.CloseReason.NOT_DEFICIENT: gettext_lazy("not deficient"),
    why.CloseReason.DECLINED: gettext_lazy("the patient declined"),
    why.NoReason.LABS_NORMAL: gettext_lazy("laboratory values are normal"),
    why.NoReason.B12_HIGH: gettext_lazy("B12 is high"),
    why.NoReason.LEVELS_IN_RANGE: gettext_lazy("levels are in range"),
    why.ReopenReason.RETURNED: gettext_lazy("the patient has come back"),
    why.ReopenReason.DEFICIENT_AGAIN: gettext_lazy("deficient again"),
    why.ReopenReason.CLOSED_IN_ERROR: gettext_lazy("closed in error"),
}

# What somebody is about to do, as the safety rules call it.
ACTS: dict[str, Words] = {
    Act.GIVE: gettext_lazy("give an injection"),
    Act.START_LOADING: gettext_lazy("start treatment"),
    Act.RELOAD: gettext_lazy("load again"),
    Act.TAKE_OVER: gettext_lazy("take over on maintenance"),
    Act.PRESCRIBE: gettext_lazy("prescribe"),
    Act.SWITCH_TO_ORAL: gettext_lazy("give B12 by mouth instead"),
    Act.START_MEDICINE: gettext_lazy("start a medicine"),
    Act.RECORD_CONDITION: gettext_lazy("record a condition"),
    Act.TO_MAINTENANCE: gettext_lazy("go to maintenance"),
    Act.CHANGE_PROTOCOL: gettext_lazy("follow another protocol"),
    Act.CHANGE_INTERVAL: gettext_lazy("change the interval"),
    Act.PAUSE: gettext_lazy("pause"),
    Act.CLOSE: gettext_lazy("close the plan"),
}


CAUSES: dict[Cause, Words] = {
    Cause.AUTOIMMUNE_GASTRITIS: gettext_lazy(
        "autoimmune gastritis (pernicious anaemia)"
    ),
    Cause.TOTAL_GASTRECTOMY: gettext_lazy("total removal of the stomach"),
    Cause.ILEAL_RESECTION: gettext_lazy("complete removal of the terminal ileum"),
    Cause.PARTIAL_RESECTION: gettext_lazy(
        "part of the stomach or ileum removed or bypassed"
    ),
    Cause.OTHER_MALABSORPTION: gettext_lazy("other malabsorption"),
    Cause.DIETARY: gettext_lazy("diet"),
    Cause.MEDICINE: gettext_lazy("a medicine (metformin, acid suppression, others)"),
    Cause.NITROUS_OXIDE: gettext_lazy("nitrous oxide"),
    Cause.INHERITED: gettext_lazy("inherited disorder"),
    Cause.OTHER: gettext_lazy("another cause"),
    Cause.UNKNOWN: gettext_lazy("looked for and not found"),
}


def cause_choices() -> list[tuple[str, Words]]:
    """Return the kinds of causes as a form offers them."""
    return [(cause.value, said) for cause, said in CAUSES.items()]


ASKED: dict[str, Words] = {
    Occasion.BASELINE: gettext_lazy(
        "Assess the symptoms before the first injection: what follows is compared with "
        "it (rule 4.3)."
    ),
    Occasion.WEEKLY: gettext_lazy(
        "The symptoms are to be assessed: in loading once a week at least (rule R43)."
    ),
    Occasion.AT_DOSE: gettext_lazy(
        "The symptoms are to be assessed: on maintenance at each injection (rule R43)."
    ),
    Occasion.OFFERED: gettext_lazy(
        "An injection was given today. The symptoms can be assessed too (rule R43)."
    ),
}


def reason_choices(reasons: Iterable[StrEnum]) -> list[tuple[str, Words]]:
    """Return reasons as a form offers them."""
    return [(reason.value, REASONS[reason]) for reason in reasons]


def reason(code: str) -> str:
    """Say the reason of a decision; what nobody knows any more says itself."""
    return str(REASONS.get(code, code))


def day(on: date) -> str:
    """Say a day: `Mon 23 Nov 2026`."""
    return date_format(on, "D j M Y")


def every(interval: Interval) -> str:
    """Say how often: `every 2 months`."""
    count = interval.count
    said = {
        Unit.DAY: ngettext("every day", "every %(count)s days", count),
        Unit.WEEK: ngettext("every week", "every %(count)s weeks", count),
        Unit.MONTH: ngettext("every month", "every %(count)s months", count),
    }[interval.unit]
    return said % {"count": count}


def next_dose(before: date | None, after: date | None) -> str:
    """Say when the next dose is due, and that it moved: `Next dose: … (was …).`"""
    return _next(_("Next dose"), before, after) or _("No dose is due.")


def next_panel(before: date | None, after: date | None) -> str:
    """Say when the next blood test is due, and that it moved."""
    return _next(_("Next blood test"), before, after) or _("No blood test is due.")


def _next(what: str, before: date | None, after: date | None) -> str:
    if after is None:
        return ""
    said = {"what": what, "day": day(after)}
    if before is None or before == after:
        return _("%(what)s: %(day)s.") % said
    return _("%(what)s: %(day)s (was %(was)s).") % (said | {"was": day(before)})
