"""What beat wakes. A task carries nothing; it asks the table what is due."""

from datetime import timedelta

from celery import shared_task

from notifications import rounds
from patients import clock

#: Shorter than the broker waits before it hands an unanswered task to somebody else.
BUDGET = timedelta(seconds=50)


@shared_task(ignore_result=True)
def remind() -> None:
    """Send what is due. Twice, late or never: the outcome is the same."""
    rounds.go_round(clock=clock.now, budget=BUDGET)
