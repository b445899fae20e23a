"""Acknowledging an alert: it stays quiet until the facts that it read change."""

from datetime import datetime

from django.db import transaction

from patients.models import User
from patients.refusals import Refused
from schedules.actions.decide import locked
from schedules.actions.replay import replay
from schedules.alerts import BY_CODE
from schedules.models import AlertEntry, Plan


@transaction.atomic
def acknowledge(
    *, plan: Plan, code: str, note: str, now: datetime, by: User, about: str = ""
) -> AlertEntry:
    """
    Write down that somebody has seen an alert that speaks now, and what they say of it.

    `about` tells apart the alerts of one code. Raises Refused if it speaks no longer,
    was acknowledged before, or waits for a fact to answer it.
    """
    if code not in BY_CODE or BY_CODE[code].by_answer:
        raise Refused("This alert waits for an answer.", field="code", code="by_answer")
    plan = locked(plan)
    replay(plan=plan, today=plan.clinic.day(now))
    speaking = plan.alert_entries.open().filter(code=code)
    entry = speaking.filter(about=about).order_by("-version").first()
    if entry is None and speaking.exists():
        raise Refused(
            "Say which: this alert speaks, but about something else.",
            field="about",
            code="which",
        )
    if entry is None:
        raise Refused("This alert speaks no longer.", field="code", code="silent")
    if entry.acknowledged_at is not None:
        raise Refused("This alert was acknowledged already.", code="acknowledged")
    entry.acknowledged_at, entry.acknowledged_by = now, by
    entry.note = note
    entry.save(update_fields=("acknowledged_at", "acknowledged_by", "note"))
    return entry
