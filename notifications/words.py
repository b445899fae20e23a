"""The words in which staff read of reminders."""

from django.utils.translation import gettext_lazy as _

from notifications.ladder import Means, Purpose
from notifications.reasons import Reason
from notifications.states import State
from schedules.words import Words

PURPOSES: dict[str, Words] = {
    Purpose.INJECTION_AHEAD: _("injection ahead"),
    Purpose.INJECTION_MISSED: _("injection missed"),
    Purpose.PANEL_DUE: _("blood test due"),
}
TASKS: dict[str, Words] = {
    Purpose.INJECTION_AHEAD: _("Tell the patient about the next injection."),
    Purpose.INJECTION_MISSED: _("Call about the missed injection."),
    Purpose.PANEL_DUE: _("Arrange the blood test."),
}
STATES: dict[str, Words] = {
    State.PLANNED: _("waits"),
    State.LEASED: _("about to leave"),
    State.DISPATCHING: _("leaving"),
    State.ACCEPTED: _("sent"),
    State.DELIVERED: _("delivered"),
    State.UNDELIVERED: _("not delivered"),
    State.UNKNOWN: _("not known whether it left"),
    State.FAILED: _("failed"),
    State.SUPPRESSED: _("held back"),
    State.SUPERSEDED: _("no longer needed"),
    State.EXPIRED: _("too late to send"),
}
MEANS: dict[str, Words] = {
    Means.SMS: _("text message"),
    Means.EMAIL: _("e-mail"),
    Means.NURSE: _("task for a nurse"),
}
#: A task travels nowhere: its states are told in other words.
TASK_STATES: dict[str, Words] = {
    State.ACCEPTED: _("to do"),
    State.DELIVERED: _("done"),
}
REASONS: dict[str, Words] = {
    Reason.MOVED: _("given meanwhile, or due on another day"),
    Reason.DECEASED: _("the patient has died"),
    Reason.CLOSED: _("the plan is closed"),
    Reason.PAUSED: _("the plan is paused"),
    Reason.NOT_THIS_WAY: _("no consent, no address, or would rather be called"),
    Reason.TOO_LATE: _("of no use any more"),
    Reason.HELD_TOO_LONG: _("the clinic was on hold too long"),
    Reason.NEWER_TASK: _("a newer task takes its place"),
    Reason.OUT_OF_TRIES: _("tried too often"),
    Reason.REFUSED: _("refused by the provider"),
    Reason.COPY_POSSIBLE: _("sent again: the patient may have had it twice"),
    Reason.NURSE_ASKED: _("a nurse was asked to find out"),
}


def of(table: dict[str, Words], code: str) -> str:
    """Return the words for `code`; for one that has none, the code in plain letters."""
    return str(table.get(code, code.replace("_", " ").lower()))
