"""
From a day and a time on a clinic's wall to an instant.

    clocks go forward    01:00 ──► 02:00      01:30 never comes
    clocks go back       02:00 ──► 01:00      01:30 comes twice: the first is meant
"""

from datetime import UTC, date, datetime, time, tzinfo


class NoSuchTime(ValueError):
    """The clocks went forward over this time on this day."""


def instant(on: date, at: time, zone: tzinfo) -> datetime:
    """Return the first instant (UTC) at which a clock in `zone` reads this time."""
    wall = datetime.combine(on, at)
    moment = wall.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != wall:
        raise NoSuchTime
    return moment
