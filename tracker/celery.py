"""
The worker and its timetable.

Beat runs in UTC and knows no patient: it only wakes the tasks, which ask the tables
what is due. A beat that fell silent for three days is made up by its next stroke.
"""

import os

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_ready
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

app = Celery("tracker")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "remind": {
        "task": "notifications.tasks.remind",
        "schedule": settings.REMINDER_EVERY_SECONDS,
        # A stroke nobody took is worth nothing once the next one is there.
        "options": {"expires": settings.REMINDER_EVERY_SECONDS},
    },
    "check plans": {
        "task": "schedules.tasks.check_plans",
        "schedule": crontab(hour="3", minute="20"),
    },
    "keep calendars": {
        "task": "schedules.tasks.keep_calendars",
        "schedule": crontab(hour="3", minute="10"),
    },
}


@worker_ready.connect
def look_at_once(**_: object) -> None:
    """Let a worker that has just come up look at once, and not wait for a stroke."""
    app.send_task("notifications.tasks.remind")
