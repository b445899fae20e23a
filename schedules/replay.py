"""
The replay: one plan's facts, taken in the order in which they happened.

    facts     started   dose   dose   maintained   dose   paused   resumed ...
    phase     LOADING ─────────────── MAINTENANCE ─────── PAUSED   MAINTENANCE

It holds the phase, the position and the dose that is open; each fact moves them on.
Nothing looks back, so that the cost is that of the facts.
"""

from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import replace
from datetime import date
from itertools import groupby

from schedules.calendar import Calendar
from schedules.chronicle import Chronicle
from schedules.decisions import CLINICAL_PAUSES, ReloadReason
from schedules.doses import Answer, Dose, Lapsed, timing
from schedules.facts import Event, Fact, Given
from schedules.intervals import Interval
from schedules.parameters import ALWAYS, Timeline
from schedules.phases import LEADS_TO, EventKind, Phase, destination
from schedules.placement import Placement
from schedules.position import Position, Regimen
from schedules.protocol import Protocol
from schedules.reasons import Reason
from schedules.windows import bounds


class ImpossibleHistory(Exception):
    """Say that a decision cannot have been taken where the plan then stood."""

    def __init__(self, event: Event, phase: Phase) -> None:
        super().__init__(f"{event.kind} on {event.on} cannot follow {phase}")
        self.event = event
        self.phase = phase


class Replay:
    """What a plan has come to, after the facts taken so far."""

    def __init__(
        self,
        *,
        protocol: Protocol,
        calendar: Calendar,
        emerged: Collection[date],
        timeline: Timeline = ALWAYS,
    ) -> None:
        self.regimen = Regimen(
            protocol=protocol,
            interval=protocol.maintenance,
            calendar=calendar,
            parameters=timeline.on(date.min).under(protocol.overrides),
        )
        self.phase = Phase.WORKUP
        self.resume_phase: Phase | None = None
        self.episode = 0
        self.relapsed_at: Interval | None = None  # too long, as it turned out
        self.position = Position()
        self.answers: list[Answer] = []
        self.lapsed: list[Lapsed] = []
        self.chronicle = Chronicle()
        self._emerged = emerged  # days on which a nerve spoke up (T4)
        self._timeline = timeline
        self._in_force = (timeline.on(date.min), protocol)
        self._covers = False  # the last injection lasts until the open dose
        self._ordinal = 0  # of the last injection in this episode
        self._open: Placement | None = None
        self._counted_from: int | None = None  # the answer that covers until the dose
        self._flipped = False  # to maintenance by the end of a course, not by a person

    @property
    def treatment(self) -> Phase:
        """Return the phase of treatment, seen through a pause."""
        return self.resume_phase or self.phase

    @property
    def dose(self) -> Dose | None:
        """Return the open dose."""
        placed = self._open
        if placed is None:
            return None
        opens_on, closes_on = bounds(
            placed.due_on, self.regimen.pace(self.phase), self.regimen.parameters
        )
        return Dose(
            episode=self.episode,
            ordinal=self._ordinal + 1,
            phase=self.phase,
            target_on=placed.target_on,
            due_on=placed.due_on,
            opens_on=opens_on,
            closes_on=closes_on,
            first=self.position.anchor is None,
            flags=placed.flags,
            reasons=placed.reasons,
        )

    def take(self, facts: Iterable[Fact]) -> None:
        """Take facts that are in the order of rule E3b."""
        for _, day in groupby(facts, key=lambda fact: fact.on):
            self._take_day(list(day))

    def give(self, on: date, *, key: Hashable = None) -> None:
        """Take an injection: it answers the open dose and places the next one."""
        self._place_as_on(on)
        second_of_the_day = on == self.position.last_on
        self._ordinal += 1
        self._answer(on, key, None if second_of_the_day else self.dose)
        if second_of_the_day:
            return
        self._counted_from = len(self.answers) - 1
        self._move_on(on)
        self._place(covers=True)

    # -- days --------------------------------------------------------------------------

    def _take_day(self, waiting: list[Fact]) -> None:
        """
        Take the facts of a day, each as soon as it is possible.

        Somebody may pause a plan and resume it on one day: rule E3b puts the resumption
        first, but it can only come second.
        """
        while waiting:
            possible = (n for n, fact in enumerate(waiting) if self._can_take(fact))
            fact = waiting.pop(next(possible, 0))
            if isinstance(fact, Given):
                self.give(fact.on, key=fact.key)
            else:
                self._decide(fact)

    def _can_take(self, fact: Fact) -> bool:
        return isinstance(fact, Given) or self._leads_to(fact) is not None

    def _leads_to(self, event: Event) -> Phase | None:
        """Return the phase a decision leads to, None if it is not possible here."""
        if self._by_itself(event):
            return LEADS_TO[event.kind]
        return destination(event.kind, self.phase, self.resume_phase)

    def _by_itself(self, event: Event) -> bool:
        """
        Tell whether the end of a fixed course explains an event out of place.

        The course may have brought maintenance about before a person decided it; or an
        injection taken back has put a plan into loading that was reloaded since.
        """
        if event.kind is EventKind.MAINTAINED:
            return self._flipped and self.phase is Phase.MAINTENANCE
        if event.kind is EventKind.RELOADED and self.phase is Phase.LOADING:
            return self.regimen.loading.count is not None
        return False

    # -- injections --------------------------------------------------------------------

    def _answer(self, on: date, key: Hashable, dose: Dose | None) -> None:
        answer = Answer(
            key=key,
            episode=self.episode,
            ordinal=self._ordinal,
            phase=self.phase,
            given_on=on,
            target_on=dose.target_on if dose else None,
            due_on=dose.due_on if dose else None,
            closes_on=dose.closes_on if dose else None,
            timing=timing(dose, on),
            delay_days=(on - dose.due_on).days if dose else None,
            covered_until=None,
            interval_days=self.regimen.pace(self.treatment).nominal_days,
            reasons=dose.reasons if dose else (),
        )
        self.answers.append(answer)

    def _move_on(self, on: date) -> None:
        met = self._open if self.phase is Phase.MAINTENANCE else None
        self.position = self.regimen.after(self.position, met, on)
        self._explain(self.position.outside)
        if self.treatment is Phase.LOADING:
            self._end_fixed_course(self.chronicle.load(on), on)

    def _explain(self, led_to: tuple[Reason, ...]) -> None:
        """Add to what the last injection answered the reasons for what it led to."""
        answer = self.answers[-1]
        self.answers[-1] = replace(answer, reasons=(*answer.reasons, *led_to))

    def _end_fixed_course(self, given: int, on: date) -> None:
        """Go to maintenance with the last dose of a fixed course (T4, as ordered)."""
        count = self.regimen.loading.count
        if count is None or given < count or self._is_held(on):
            return
        self._flipped = True
        if self.phase is Phase.PAUSED:
            self.resume_phase = Phase.MAINTENANCE
        else:
            self._enter(Phase.MAINTENANCE, on)

    def _is_held(self, on: date) -> bool:
        """Tell whether a neurological symptom emerged since the first dose (T4)."""
        first = self.chronicle.courses[-1].days[0]
        return any(first <= day <= on for day in self._emerged)

    # -- decisions ---------------------------------------------------------------------

    def _decide(self, event: Event) -> None:
        if self._leads_to(event) is None:
            raise ImpossibleHistory(event, self.phase)
        DECISIONS[event.kind](self, event)

    def _follow(self, event: Event) -> None:
        """Follow another protocol from this episode on; earlier ones keep theirs."""
        if event.protocol is not None:
            self.regimen = replace(
                self.regimen,
                protocol=event.protocol,
                interval=event.protocol.maintenance,
            )

    def _prescribe(self, event: Event) -> None:
        if event.interval is not None:
            self.regimen = replace(self.regimen, interval=event.interval)

    def _begin_loading(self, event: Event) -> None:
        """Begin a course; observation goes on where there was treatment (T1, T7)."""
        observed = self.phase is not Phase.WORKUP
        relapsed = event.reason == ReloadReason.RELAPSE
        maintained = self.treatment is Phase.MAINTENANCE
        self.relapsed_at = self.regimen.interval if relapsed and maintained else None
        self._begin_episode(event)
        self._begin_panels(event.wanted_on, event)
        self.position = self.position.begun(event.wanted_on)
        first = self.regimen.place_wanted(self.position)
        self._enter(Phase.LOADING, event.on if observed else first.due_on)
        self._place()
        self.chronicle.begin_course(self.episode, self.regimen.loading)

    def _transfer_in(self, event: Event) -> None:
        self._begin_episode(event)
        self._begin_panels(event.on, event)
        self.position = self.position.anchored(event.wanted_on)
        self._enter(Phase.MAINTENANCE, event.on)
        self._place(covers=True)

    def _begin_episode(self, event: Event) -> None:
        self._leave_dose(event.on)
        self._follow(event)
        self._prescribe(event)
        self._flipped = False
        self.episode += 1
        self._ordinal = 0

    def _begin_panels(self, from_on: date, event: Event) -> None:
        self.chronicle.end_panels(event.on)
        if self.regimen.protocol.laboratory:
            self.chronicle.begin_panels(from_on, on=event.on)

    def _maintain(self, event: Event) -> None:
        """Go from loading to maintenance, counted from the last injection (T4)."""
        if self.phase is Phase.MAINTENANCE:
            self._confirm_maintenance(event)
            return
        paused = self.phase is Phase.PAUSED
        self._flipped = False
        self._prescribe(event)
        self.chronicle.end_course(event.on)
        self.position = self.position.anchored(event.on)
        if paused:
            self.position = self.position.held_until(event.on)
        self._enter(Phase.MAINTENANCE, event.on)
        self._place(covers=True)

    def _confirm_maintenance(self, event: Event) -> None:
        """Take the decision that the end of a fixed course had brought about."""
        self._flipped = False
        if event.interval not in (None, self.regimen.interval):
            self._change_interval(event)

    def _change_interval(self, event: Event) -> None:
        """Count again from the last injection; nothing is due before today (2.8)."""
        self._prescribe(event)
        self.chronicle.change_interval(event.on)
        if self.treatment is Phase.MAINTENANCE:
            self.position = self.position.anchored(event.on).held_until(event.on)
            self._place(covers=True)

    def _change_protocol(self, event: Event) -> None:
        """
        Follow another version from today on; what was before keeps its own.

        An interval that somebody ordered stays; nothing becomes due before today that
        was not.
        """
        open_dose, ordered = self.dose, self.regimen.interval
        usual = ordered == self.regimen.protocol.maintenance
        self._follow(event)
        if not usual:
            self.regimen = replace(self.regimen, interval=ordered)
        if self.regimen.interval != ordered and self.treatment is Phase.MAINTENANCE:
            self.position = self.position.anchored(event.on)
        if open_dose is None or open_dose.due_on >= event.on:
            self.position = self.position.held_until(event.on)
        self._place(covers=True)

    def _pause(self, event: Event) -> None:
        resume_phase = self.phase
        clinical = event.reason in CLINICAL_PAUSES
        self._enter(Phase.PAUSED, event.on, clinical=clinical)
        self.resume_phase = resume_phase
        self._place()

    def _resume(self, event: Event) -> None:
        self.position = self.position.held_until(event.on)
        self._enter(self.treatment, event.on)
        self._place()

    def _close(self, event: Event) -> None:
        self._leave_dose(event.on)
        self.chronicle.end_course(event.on)
        self.chronicle.end_panels(event.on)
        self.position = self.position.closed()
        self._enter(Phase.CLOSED, event.on)
        self._place()

    def _reopen(self, event: Event) -> None:
        self._enter(Phase.WORKUP, event.on)

    # -- what follows ------------------------------------------------------------------

    def _enter(self, phase: Phase, on: date, *, clinical: bool = False) -> None:
        self.chronicle.enter(phase, on, clinical=clinical)
        self.phase, self.resume_phase = phase, None

    def _leave_dose(self, on: date) -> None:
        if self.dose is not None:
            self.lapsed.append(Lapsed(dose=self.dose, on=on))

    def _place(self, *, covers: bool = False, given_on: date = date.max) -> None:
        """Place the next dose; with `covers`, the last injection lasts until then."""
        self._covers = covers
        self._put_in_force(given_on)
        placed = self.regimen.place(self.position, self.treatment)
        self._open = None if self.phase is Phase.PAUSED else placed
        if covers and placed is not None and self._counted_from is not None:
            n = self._counted_from
            self.answers[n] = replace(self.answers[n], covered_until=placed.due_on)

    def _place_as_on(self, given_on: date) -> None:
        """Place the open dose again by what was in force when it was given early."""
        if self._open is not None and given_on < self._open.target_on:
            self._place(covers=self._covers, given_on=given_on)

    def _put_in_force(self, given_on: date) -> None:
        """Let the parameters of the target day hold, or of the day given (E3a)."""
        if self.treatment not in (Phase.LOADING, Phase.MAINTENANCE):
            return
        target = self.regimen.target(self.position, self.treatment)
        in_force = self._timeline.on(min(target, given_on)), self.regimen.protocol
        if in_force != self._in_force:
            self._in_force = in_force
            parameters, protocol = in_force
            self.regimen = replace(
                self.regimen, parameters=parameters.under(protocol.overrides)
            )


DECISIONS: dict[EventKind, Callable[[Replay, Event], None]] = {
    EventKind.STARTED: Replay._begin_loading,
    EventKind.TRANSFERRED_IN: Replay._transfer_in,
    EventKind.MAINTAINED: Replay._maintain,
    EventKind.INTERVAL_CHANGED: Replay._change_interval,
    EventKind.PROTOCOL_CHANGED: Replay._change_protocol,
    EventKind.PAUSED: Replay._pause,
    EventKind.RESUMED: Replay._resume,
    EventKind.RELOADED: Replay._begin_loading,
    EventKind.CLOSED: Replay._close,
    EventKind.REOPENED: Replay._reopen,
}
