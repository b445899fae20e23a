"""Correcting an injection: the wrong record is taken back, and a right one written."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from django.db import transaction

from patients.models import User
from schedules.actions.injections import Recorded, record_injection, void_injection
from schedules.actions.replay import Moved, replay
from schedules.models import Injection


@transaction.atomic
def correct_injection(
    *,
    injection: Injection,
    reason: str,
    given_at: datetime | None,
    given_on: date,
    details: Mapping[str, Any],
    now: datetime,
    by: User,
) -> Recorded:
    """
    Write an injection down as it really was, in place of a record that is wrong.

    Nothing is overwritten: the wrong record stays, taken back for `reason`. The right
    one belongs to the same plan, closed or not. Raises Refused as `void_injection` and
    `record_injection` do.
    """
    undone = void_injection(injection=injection, reason=reason, now=now, by=by)
    recorded = record_injection(
        patient=injection.patient,
        given_at=given_at,
        given_on=given_on,
        details=details,
        now=now,
        by=by,
        identified=None if _was_identified(injection) else False,
    )
    recorded = _kept_in_its_plan(recorded, undone.injection, now)
    return replace(recorded, moved=_from(undone.moved, recorded.moved))


def _kept_in_its_plan(recorded: Recorded, wrong: Injection, now: datetime) -> Recorded:
    """Return the right record in the plan of the wrong one, if that had one."""
    right, plan = recorded.injection, wrong.plan
    if plan is None or right.plan_id == plan.pk:
        return recorded
    today, other = plan.clinic.day(now), right.plan
    right.plan = plan
    right.save(update_fields=("plan",))
    if other is not None:
        replay(plan=other, today=today)
    moved = replay(plan=plan, today=today)
    right.refresh_from_db()
    return replace(recorded, injection=right, moved=moved)


def _was_identified(injection: Injection) -> bool:
    """Tell whether nothing says that the patient was not identified (S23)."""
    return all(each["rule"] != "S23" for each in injection.spoke_against)


def _from(undone: Moved, recorded: Moved) -> Moved:
    return replace(
        recorded, dose_before=undone.dose_before, panel_before=undone.panel_before
    )
