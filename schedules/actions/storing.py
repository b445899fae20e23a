"""
Keeping beside the facts what a replay says of them.

One open dose, one open panel, the phase, and on each injection what it answered. Only
`schedules.actions.replay` calls this, in its transaction.
"""

from datetime import date

from schedules.forecast import Answer, Forecast
from schedules.models import Dose, Injection, Panel, Plan


def store(plan: Plan, forecast: Forecast, *, today: date) -> None:
    """Store what is next, and what each injection answered."""
    _phase(plan, forecast, today)
    _dose(plan, forecast)
    _panel(plan, forecast)
    _answers(plan, forecast)


def _phase(plan: Plan, forecast: Forecast, today: date) -> None:
    # By `update`, so that the history keeps decisions and not what follows from them.
    Plan.objects.filter(pk=plan.pk).update(
        phase=forecast.phase,
        episode=forecast.episode,
        interval=str(forecast.interval),
        replayed_on=today,
    )


def _dose(plan: Plan, forecast: Forecast) -> None:
    dose = forecast.dose
    if dose is None:
        Dose.objects.filter(plan=plan).delete()
        return
    Dose.objects.update_or_create(
        plan=plan,
        defaults={
            "patient_id": plan.patient_id,
            "clinic_id": plan.clinic_id,
            "episode": dose.episode,
            "ordinal": dose.ordinal,
            "phase": dose.phase,
            "target_on": dose.target_on,
            "due_on": dose.due_on,
            "opens_on": dose.opens_on,
            "closes_on": dose.closes_on,
            "flags": sorted(dose.flags),
        },
    )


def _panel(plan: Plan, forecast: Forecast) -> None:
    panel = forecast.panel
    if panel is None:
        Panel.objects.filter(plan=plan).delete()
        return
    Panel.objects.update_or_create(
        plan=plan,
        defaults={
            "patient_id": plan.patient_id,
            "clinic_id": plan.clinic_id,
            "number": panel.number,
            "target_on": panel.target_on,
            "due_on": panel.due_on,
            "opens_on": panel.opens_on,
            "closes_on": panel.closes_on,
        },
    )


def _answers(plan: Plan, forecast: Forecast) -> None:
    answers = {answer.key: answer for answer in forecast.answers}
    injections = list(plan.injections.all())
    changed = [each for each in injections if _note(each, answers.get(each.pk))]
    Injection.objects.bulk_update(changed, fields=ANSWER_COLUMNS, batch_size=200)


ANSWER_COLUMNS = (
    "episode",
    "ordinal",
    "answered_due_on",
    "timing",
    "delay_days",
    "covered_until",
    "reasons",
)


def _note(injection: Injection, answer: Answer | None) -> bool:
    """Write onto `injection` what it answered; tell whether that is news."""
    said: tuple[object, ...] = (None, None, None, "", None, None, [])
    if answer is not None:
        said = (
            answer.episode,
            answer.ordinal,
            answer.due_on,
            answer.timing,
            answer.delay_days,
            answer.covered_until,
            [reason.said for reason in answer.reasons],
        )
    news = said != tuple(getattr(injection, column) for column in ANSWER_COLUMNS)
    for column, value in zip(ANSWER_COLUMNS, said, strict=True):
        setattr(injection, column, value)
    return news
