"""Asking for symptoms before a phase changes."""

from collections.abc import Mapping
from datetime import date

from patients.refusals import Refused
from schedules.forecast import Forecast, PlanFlag
from schedules.grounds import Grounds, Missing, missing
from schedules.known_symptoms import symptoms_of
from schedules.models import Plan
from schedules.phases import EventKind
from schedules.symptom_course import is_loading

#: For each that is missing: the field, the code, and what to do about it.
WANTING: Mapping[Missing, tuple[str, str, str]] = {
    Missing.ASSESSMENT: (
        "",
        "assessment",
        "Assess the symptoms first: the last assessment must be at most 7 days old "
        "(rule T4).",
    ),
    Missing.WORDS: (
        "note",
        "note",
        "The symptoms do not suggest a plateau: say in the note why loading ends all "
        "the same (rule T4).",
    ),
    Missing.EITHER: (
        "note",
        "assessment",
        "Assess the symptoms first, or say in the note why loading begins again "
        "without (rule T7).",
    ),
}


def refuse_unfounded(
    plan: Plan, kind: EventKind, source: Forecast, *, note: str, on: date
) -> None:
    """Refuse a change of phase for which too little is known of symptoms (T4, T7)."""
    if kind not in (EventKind.MAINTAINED, EventKind.RELOADED):
        return
    known = symptoms_of(plan, source, today=on)
    grounds = Grounds(
        is_loading=is_loading(source),
        is_neurological=plan.is_neurological or PlanFlag.NEURO_EMERGED in source.flags,
        assessed=[each.on for each in known.course.assessments],
        suggested=known.suggestions,
        has_words=bool(note.strip()),
        on=on,
    )
    if found := missing(kind, grounds):
        field, code, sentence = WANTING[found]
        raise Refused(sentence, field=field, code=code)
