"""The laboratory calendar of a plan, in words for people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from notifications.words import of
from schedules.calendar import Calendar
from schedules.facts import Result
from schedules.forecast import Forecast
from schedules.lab_calendar import LabFlag
from schedules.lab_reading import lab_calendar_of
from schedules.models import Plan
from schedules.panel_log import Settled
from schedules.panels import CONTENTS, Kind, State
from schedules.stabilised import Sign
from schedules.words import Words, day
from tracker.dashboard import words

KINDS: dict[str, Words] = {
    Kind.BASELINE: gettext_lazy("before the first injection"),
    Kind.POTASSIUM: gettext_lazy("potassium"),
    Kind.RESPONSE: gettext_lazy("response of the blood"),
    Kind.QUARTERLY: gettext_lazy("quarterly"),
    Kind.ANNUAL: gettext_lazy("yearly"),
    Kind.COUNT: gettext_lazy("yearly blood count"),
    Kind.REVIEW: gettext_lazy("clinical review"),
}
STATES: dict[str, Words] = {
    State.COMING: gettext_lazy("coming"),
    State.OPEN: gettext_lazy("may be done"),
    State.DUE: gettext_lazy("due"),
    State.OVERDUE: gettext_lazy("overdue"),
    State.DONE: gettext_lazy("done"),
    State.LATE: gettext_lazy("done late"),
    State.MISSED: gettext_lazy("missed"),
    State.EXCUSED: gettext_lazy("not needed"),
}
TONES: dict[str, str] = {
    State.DUE: "warn",
    State.OVERDUE: "late",
    State.DONE: "good",
    State.LATE: "warn",
    State.MISSED: "late",
}
FLAGS: dict[str, Words] = {
    LabFlag.PRETX_SAMPLE_MISSING: gettext_lazy("no full sample before treatment"),
    LabFlag.K_CHECK_DUE: gettext_lazy("check potassium"),
    LabFlag.LAB_DUE: gettext_lazy("blood test due"),
    LabFlag.LAB_OVERDUE: gettext_lazy("blood test overdue"),
    LabFlag.LAB_UNINTERPRETABLE_RECENT_DOSE: gettext_lazy(
        "last B12 drawn within 14 days after an injection"
    ),
}
SHOWN = 12  # lines: the latest


@dataclass(frozen=True, kw_only=True)
class Line:
    """One panel, as the chart shows it."""

    kind: str
    name: str
    contents: str
    due: str
    window: str
    state: str
    tone: str
    done: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Laboratory:
    """The laboratory calendar, as the chart shows it."""

    lines: tuple[Line, ...]
    flags: tuple[str, ...]
    stands: str
    recent: tuple[str, ...]  # days on which B12 says little


def laboratory_of(
    plan: Plan,
    forecast: Forecast,
    *,
    results: Sequence[Result],
    calendar: Calendar,
    today: date,
) -> Laboratory:
    """Say which blood tests were asked for, what became of them, and what is next."""
    found = lab_calendar_of(
        plan, today=today, forecast=forecast, results=results, calendar=calendar
    )
    recent = (r.on for r in results if Sign.RECENT_DOSE in r.signs)
    return Laboratory(
        lines=tuple(_line(each) for each in found.panels[-SHOWN:]),
        flags=tuple(sorted(of(FLAGS, flag) for flag in found.flags)),
        stands=_("The last two panels were good: the next one is a year after them.")
        if found.is_annual
        else "",
        recent=tuple(day(on) for on in sorted(recent)),
    )


def _line(settled: Settled) -> Line:
    panel = settled.panel
    return Line(
        kind=panel.kind.value,
        name=words.capital(of(KINDS, panel.kind)),
        contents=CONTENTS[panel.kind],
        due=day(panel.due_on),
        window=_("%(from)s to %(until)s")
        % {
            "from": words.short_day(panel.opens_on),
            "until": words.short_day(panel.closes_on),
        },
        state=of(STATES, settled.state),
        tone=TONES.get(settled.state, ""),
        done=day(settled.done_on) if settled.done_on else "",
        reasons=tuple(words.sentence(reason.text) for reason in panel.reasons),
    )
