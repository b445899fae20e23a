"""Is it alive, is it ready, and when did the reminders last run?"""

from datetime import UTC, datetime

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from notifications.models import Tick
from patients import clock


def live(_: HttpRequest) -> JsonResponse:
    """Answer that the process is there."""
    return JsonResponse({"status": "alive"})


def ready(_: HttpRequest) -> JsonResponse:
    """
    Answer 200 when pages can be served, 503 with the reason when they cannot.

    A silent beat makes no page unready; it is told with its age, so that whoever asks
    can ring the bell.
    """
    try:
        missing = _missing_migrations()
        ticks = {tick.name: tick.struck_at for tick in Tick.objects.all()}
    except DatabaseError:
        return _unready("the database does not answer")
    if missing:
        return _unready(f"{missing} migrations are missing")
    return JsonResponse({"status": "ready", "last_ran": _told(ticks, clock.now())})


def _unready(reason: str) -> JsonResponse:
    return JsonResponse({"status": "unready", "reason": reason}, status=503)


def _missing_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _told(ticks: dict[str, datetime], now: datetime) -> dict[str, dict[str, object]]:
    return {
        name: {
            "at": struck_at.astimezone(UTC).isoformat(timespec="seconds"),
            "seconds_ago": round((now - struck_at).total_seconds()),
        }
        for name, struck_at in ticks.items()
    }
