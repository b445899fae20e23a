"""Answering what the course of symptoms suggests."""

from django.db import transaction

from patients.course import Suggestion
from patients.refusals import Refused
from schedules import phases, reading
from schedules.actions.decide import Decision, day_of, locked
from schedules.actions.replay import replay
from schedules.known_symptoms import symptoms_of
from schedules.models import Plan, SuggestionAnswer
from schedules.phases import EventKind
from schedules.suggesting import DISMISSIBLE, SAID, SPEAKS_FOR


@transaction.atomic
def dismiss_suggestion(
    *, plan: Plan, code: str, decision: Decision
) -> SuggestionAnswer:
    """
    Dismiss a suggestion, with a reason: it stays quiet for 14 days (rules 4.4).

    Raises Refused unless a prescriber does it, with a reason in words, and the
    suggestion speaks now.
    """
    plan = locked(plan)
    if not phases.may(decision.role, EventKind.MAINTAINED):
        raise Refused("A suggestion is dismissed by a prescriber.", code="role")
    if code not in DISMISSIBLE & set(speaking(plan, decision)):
        raise Refused("This is not suggested now.", field="code", code="code")
    if not decision.note.strip():
        raise Refused("Say why the suggestion is dismissed.", field="reason")
    answer = _answer(plan, code, SuggestionAnswer.Answer.DISMISSED, decision)
    replay(plan=plan, today=day_of(plan, decision))
    return answer


def accept_suggestions(
    plan: Plan, decision: Decision, suggested: tuple[str, ...]
) -> None:
    """Keep which suggestions a decision took up: those of which it gives the reason."""
    for code, reason in SPEAKS_FOR.items():
        if code in suggested and reason == decision.reason:
            _answer(plan, code, SuggestionAnswer.Answer.ACCEPTED, decision)


def speaking(plan: Plan, decision: Decision) -> tuple[str, ...]:
    """Return what is suggested about a plan on the day of a decision."""
    today = decision.on or day_of(plan, decision)
    forecast = reading.forecast_of(plan, today=today)
    return symptoms_of(plan, forecast, today=today).speaking


def _answer(
    plan: Plan, code: str, answer: SuggestionAnswer.Answer, decision: Decision
) -> SuggestionAnswer:
    return SuggestionAnswer.objects.create(
        plan=plan,
        patient_id=plan.patient_id,
        clinic_id=plan.clinic_id,
        code=code,
        rule=SAID[Suggestion(code)].rule,
        answer=answer,
        reason=decision.note.strip(),
        answered_at=decision.now,
        answered_by=decision.by,
    )
