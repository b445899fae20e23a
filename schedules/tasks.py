"""What beat wakes once a day. Tasks carry nothing, and log ids only."""

import logging

from celery import shared_task

import schedules.actions
from patients import clock

log = logging.getLogger(__name__)


@shared_task(ignore_result=True)
def check_plans() -> None:
    """Hold what is stored of each open plan against a fresh replay."""
    for difference in schedules.actions.check_plans(now=clock.now()):
        log.error("%s", difference)


@shared_task(ignore_result=True)
def keep_calendars() -> None:
    """Write down the holidays of the years that have come near."""
    new = schedules.actions.keep_calendars(now=clock.now())
    log.info("holidays written down: %d", new)
