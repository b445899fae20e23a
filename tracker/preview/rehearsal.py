"""
Doing an act to see what it would move, and taking every trace of it back.

    transaction ┬ savepoint ┬ the act itself
                │           └ the states after it ──► rolled back
                └ the states before it             ──► rolled back

The act is the very same as without a preview, so that both refuse alike. What it would
do once its transaction is over never comes to be.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from django.db import transaction

from schedules.actions import Replayed, hearing
from schedules.models import Plan
from tracker.preview.states import NOTHING, Moves, State, States

MOST_SHOWN = 50
Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True)
class Rehearsed(Generic[Answer]):
    """
    What an act answered, and what it would move.

    `touched` plans were worked out afresh, `moved` ones came out otherwise; `shown`
    are at most the first 50 of these, told in full.
    """

    answer: Answer
    touched: int = 0
    moved: int = 0
    shown: tuple[Moves, ...] = ()


def rehearse(
    act: Callable[[], Answer],
    *,
    came_through: Callable[[Answer], bool],
    now: datetime,
) -> Rehearsed[Answer]:
    """Do `act`, say what it would move if it came through, and leave no trace of it."""
    after: dict[int, tuple[Plan, State]] = {}
    with transaction.atomic():
        with transaction.atomic(), hearing() as heard:
            answer = act()
            if came_through(answer):
                after = States(now).of(_to_be_shown(heard))
            transaction.set_rollback(True)
        before = States(now).of(after)
        transaction.set_rollback(True)
    return Rehearsed(
        answer=answer,
        touched=len({each.plan_id for each in heard}),
        moved=len(_moved(heard)),
        shown=_compared(before, after),
    )


def _moved(heard: Sequence[Replayed]) -> list[int]:
    """Return the plans that came out otherwise, in the order of their next dose."""
    plans = {each.plan_id: each for each in heard if each.is_elsewhere}
    return sorted(plans, key=lambda pk: (str(plans[pk].moved.dose_before), pk))


def _to_be_shown(heard: Sequence[Replayed]) -> list[int]:
    """Return the plans to be told in full: one alone even if nothing moved in it."""
    touched = list(dict.fromkeys(each.plan_id for each in heard))
    return touched if len(touched) == 1 else _moved(heard)[:MOST_SHOWN]


def _compared(
    before: dict[int, tuple[Plan, State]], after: dict[int, tuple[Plan, State]]
) -> tuple[Moves, ...]:
    return tuple(
        Moves(
            plan=plan,
            is_new=pk not in before,
            before=before[pk][1] if pk in before else NOTHING,
            after=state,
        )
        for pk, (plan, state) in after.items()
    )
