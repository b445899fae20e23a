"""What a start order answers besides the course: consent, and allergies (T1)."""

from collections.abc import Mapping
from dataclasses import dataclass

import patients.actions
from patients.background import Agreement, Missing, missing_for_start
from patients.known_background import background_of
from patients.refusals import Refused
from schedules.actions.decide import Decision, day_of
from schedules.models import Plan

OPEN: Mapping[Missing, str] = {
    Missing.CONSENT: "Record that the patient agrees to the treatment (rule T1).",
    Missing.ALLERGIES: "Answer whether an allergy is known (rule T1).",
}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """
    What a start order says where nothing was recorded before.

    `consent` says how we know that the patient agrees; empty if the order does not.
    """

    consent: str = ""
    no_known_allergies: bool = False


def take_answers(plan: Plan, answers: Answers, decision: Decision) -> None:
    """
    Record what the order answers; Refused as long as a question of T1 is open.

    The checklist and the samples are no such question: they only warn (S15, S16).
    """
    _record(plan, answers, decision)
    known = background_of(plan.patient, on=day_of(plan, decision))
    for missing in missing_for_start(known):
        raise Refused(OPEN[missing], field=missing, code="unanswered")


def _record(plan: Plan, answers: Answers, decision: Decision) -> None:
    now, by = decision.now, decision.by
    if answers.consent:
        patients.actions.state_consent(
            patient=plan.patient,
            answer=Agreement.GIVEN,
            how=answers.consent,
            on=day_of(plan, decision),
            now=now,
            by=by,
        )
    if answers.no_known_allergies:
        patients.actions.record_no_allergies(patient=plan.patient, now=now, by=by)
