"""
How a plan stands, as far as a preview compares it: dates, a year of doses, messages.

    state before ─┐
                  ├─► compared ─► Moves: what one plan would have otherwise
    state after ──┘
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dateutil.relativedelta import relativedelta

from notifications.expected import Expected, expected_of
from patients.models import Clinic
from schedules import reading
from schedules.calendar import Calendar
from schedules.models import Plan
from schedules.parameters import Timeline
from tracker.preview import changes
from tracker.preview.changes import Change, Numbered

AHEAD = relativedelta(months=12)


@dataclass(frozen=True, kw_only=True)
class State:
    """Where a plan stands, what is next, and the twelve months from there."""

    phase: str
    dose: date | None
    panel: date | None
    why: tuple[str, ...]  # the reasons of the open dose
    ahead: tuple[Numbered, ...]
    messages: tuple[Expected, ...]


NOTHING = State(phase="", dose=None, panel=None, why=(), ahead=(), messages=())


@dataclass(frozen=True, kw_only=True)
class Moves:
    """What an act would move in one plan."""

    plan: Plan
    is_new: bool  # the act would open it
    before: State
    after: State

    @property
    def ahead(self) -> tuple[Change, ...]:
        """Return the doses of the next twelve months that would be due otherwise."""
        return changes.doses(self.before.ahead, self.after.ahead)

    @property
    def messages(self) -> tuple[Change, ...]:
        """Return the messages that would be replaced, be cancelled or come anew."""
        return changes.differing(
            _by_occasion(self.before.messages), _by_occasion(self.after.messages)
        )

    @property
    def is_still(self) -> bool:
        """Tell whether nothing at all would be otherwise."""
        return self.before == self.after


class States:
    """The states of plans at one instant; what is a clinic's is read once."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._clinics: dict[int, tuple[Calendar, Timeline]] = {}

    def of(self, plan_ids: Iterable[int]) -> dict[int, tuple[Plan, State]]:
        """Return those of the plans that there are, each with its state."""
        rows = Plan.objects.select_related("clinic", "patient", "protocol")
        plans = rows.filter(pk__in=list(plan_ids)).prefetch_related(
            "events__protocol", "injections"
        )
        return {plan.pk: (plan, self._state(plan)) for plan in plans}

    def _state(self, plan: Plan) -> State:
        calendar, timeline = self._of_clinic(plan.clinic)
        today = plan.clinic.day(self._now)
        stands = reading.forecast_of(
            plan, today=today, calendar=calendar, timeline=timeline
        )
        doses = reading.ahead_of(
            plan,
            today=today,
            until=today + AHEAD,
            calendar=calendar,
            timeline=timeline,
        )
        return State(
            phase=stands.phase,
            dose=stands.dose.due_on if stands.dose else None,
            panel=stands.panel.due_on if stands.panel else None,
            why=tuple(each.text for each in stands.dose.reasons) if stands.dose else (),
            ahead=tuple(
                Numbered(episode=it.episode, ordinal=it.ordinal, due_on=it.due_on)
                for it in doses
            ),
            messages=expected_of(plan, now=self._now),
        )

    def _of_clinic(self, clinic: Clinic) -> tuple[Calendar, Timeline]:
        if clinic.pk not in self._clinics:
            read = reading.calendar_of(clinic), reading.timeline_of(clinic)
            self._clinics[clinic.pk] = read
        return self._clinics[clinic.pk]


def _by_occasion(messages: Iterable[Expected]) -> dict[tuple[str, int], Expected]:
    return {(each.purpose.value, each.rung): each for each in messages}
