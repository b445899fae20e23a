"""The words in which the list and the chart speak of plans and doses."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from schedules.doses import Timing
from schedules.phases import EventKind, Phase
from schedules.placement import Flag
from schedules.windows import Standing
from schedules.words import Words

PHASES: dict[str, Words] = {
    Phase.WORKUP: gettext_lazy("Work-up"),
    Phase.LOADING: gettext_lazy("Loading"),
    Phase.MAINTENANCE: gettext_lazy("Maintenance"),
    Phase.PAUSED: gettext_lazy("Paused"),
    Phase.CLOSED: gettext_lazy("Closed"),
}
EVENTS: dict[str, Words] = {
    EventKind.OPENED: gettext_lazy("Plan opened"),
    EventKind.STARTED: gettext_lazy("Loading started"),
    EventKind.TRANSFERRED_IN: gettext_lazy("Taken over on maintenance"),
    EventKind.MAINTAINED: gettext_lazy("To maintenance"),
    EventKind.INTERVAL_CHANGED: gettext_lazy("Interval changed"),
    EventKind.PROTOCOL_CHANGED: gettext_lazy("Moved to another version"),
    EventKind.PAUSED: gettext_lazy("Paused"),
    EventKind.RESUMED: gettext_lazy("Resumed"),
    EventKind.RELOADED: gettext_lazy("Loading again"),
    EventKind.CLOSED: gettext_lazy("Closed"),
    EventKind.REOPENED: gettext_lazy("Opened again"),
}
DECIDE: dict[str, Words] = {
    EventKind.TRANSFERRED_IN: gettext_lazy("Take over on maintenance"),
    EventKind.MAINTAINED: gettext_lazy("Go to maintenance"),
    EventKind.INTERVAL_CHANGED: gettext_lazy("Change the interval"),
    EventKind.PROTOCOL_CHANGED: gettext_lazy("Move to the newer protocol"),
    EventKind.PAUSED: gettext_lazy("Pause"),
    EventKind.RESUMED: gettext_lazy("Resume"),
    EventKind.RELOADED: gettext_lazy("Load again"),
    EventKind.CLOSED: gettext_lazy("Close the plan"),
    EventKind.REOPENED: gettext_lazy("Open again"),
}
FLAGS: dict[str, Words] = {
    Flag.START_DELAYED: gettext_lazy("start delayed"),
    Flag.ROLLED_FORWARD: gettext_lazy("moved to the next open day"),
    Flag.ROLLED_BACK: gettext_lazy("moved before a closure"),
    Flag.LONG_CLOSURE: gettext_lazy("long closure"),
    Flag.BRIDGE_DOSE: gettext_lazy("bridges a closure"),
    Flag.LOADING_GAP: gettext_lazy("gap in loading"),
    Flag.WEEKLY_CAP: gettext_lazy("weekly limit"),
    Flag.DUE_NOW: gettext_lazy("due at once"),
}
STANDINGS: dict[Standing, Words] = {
    Standing.OVERDUE_2: gettext_lazy("four weeks late or more"),
    Standing.LOADING_INTERRUPTED: gettext_lazy("loading interrupted"),
    Standing.LTFU_SUSPECTED: gettext_lazy("perhaps lost to follow-up"),
    Standing.LTFU_CONFIRMED: gettext_lazy("lost to follow-up"),
}
TIMINGS: dict[str, Words] = {
    Timing.FIRST: gettext_lazy("first of an episode"),
    Timing.ON_TIME: gettext_lazy("on time"),
    Timing.EARLY: gettext_lazy("early"),
    Timing.LATE: gettext_lazy("late"),
    Timing.OUTSIDE: gettext_lazy("outside the plan"),
}


def short_day(on: date) -> str:
    """Say a day of these weeks: `Mon 23 Nov`."""
    return date_format(on, "D j M")


def born(on: date) -> str:
    """Say a date of birth: `4 Sep 1972`."""
    return date_format(on, "j M Y")


def days_late(days: int) -> str:
    """Say how late something is."""
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


def age_and_birth(age: int, on: date, number: str) -> str:
    """Say what tells two people of one name apart: `54, born 4 Sep 1972, no. 45019`."""
    about = _("%(age)s, born %(born)s") % {"age": age, "born": born(on)}
    return f"{about}, {_('no. %s') % number}" if number else about


def capital(text: str) -> str:
    """Return `text` with a capital letter."""
    return f"{text[:1].upper()}{text[1:]}"


def sentence(text: str) -> str:
    """Return `text` with a capital letter and a full stop."""
    return capital(text).rstrip(".") + "."
