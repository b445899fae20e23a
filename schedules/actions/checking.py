"""The daily check: what is stored of each open plan, against a fresh replay."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from patients.models import Patient
from schedules.actions.replay import UNREPLAYABLE, replay
from schedules.models import Dose, Panel, Plan


@dataclass(frozen=True, kw_only=True)
class Difference:
    """
    A plan whose stored dose or panel was not what a replay says.

    It is mended; where `problem` names one, it could not be replayed, and is not.
    """

    plan: Plan
    stored: tuple[object, ...] = ()
    replayed: tuple[object, ...] = ()
    problem: str = ""

    def __str__(self) -> str:
        if self.problem:
            return f"plan {self.plan.pk} cannot be replayed: {self.problem}"
        return f"plan {self.plan.pk} was stored wrong, and is mended"


def check_plans(*, now: datetime) -> list[Difference]:
    """
    Compare what is stored of each open plan with a fresh replay, and mend it.

    This is the watch against maintenance that silently stops (hazard H02): whoever
    calls it says aloud what it returns. A plan that cannot be replayed is one more
    difference, and keeps nobody else from being looked at.
    """
    return [difference for plan in _open_plans() if (difference := _look(plan, now))]


def _open_plans() -> Iterator[Plan]:
    return Plan.objects.open().select_related("clinic").iterator(chunk_size=200)


def _look(plan: Plan, now: datetime) -> Difference | None:
    try:
        return _check(plan, now)
    except UNREPLAYABLE as problem:
        return Difference(plan=plan, problem=type(problem).__name__)


@transaction.atomic
def _check(plan: Plan, now: datetime) -> Difference | None:
    Patient.objects.locked(plan.patient_id)
    plan = Plan.objects.select_related("clinic").get(pk=plan.pk)
    today = plan.clinic.day(now)
    stored = _next(plan)
    # The same question again, as of the same day: what time alone moved is no
    # difference.
    replay(plan=plan, today=plan.replayed_on or today)
    replayed = _next(plan)
    replay(plan=plan, today=today)
    if stored == replayed:
        return None
    return Difference(plan=plan, stored=stored, replayed=replayed)


def _next(plan: Plan) -> tuple[object, ...]:
    """Return all that is stored of what is next, so that two can be compared."""
    here = Plan.objects.filter(pk=plan.pk).values_list("phase", "episode", "interval")
    dose = Dose.objects.filter(plan=plan).values_list().first()
    panel = Panel.objects.filter(plan=plan).values_list().first()
    return here.get(), dose, panel
