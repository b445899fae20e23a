"""What would move, for people: a page, and a button that does it after all."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.expected import Expected
from notifications.words import MEANS, PURPOSES, of
from patients.models import Patient
from schedules.words import day
from tracker.dashboard.words import PHASES, sentence
from tracker.preview.changes import Change
from tracker.preview.rehearsal import Rehearsed
from tracker.preview.states import Moves, State


@dataclass(frozen=True, kw_only=True)
class Line:
    """Something that is so, and would be so; `would_be` is empty where it stays."""

    what: str
    now: str
    would_be: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Told:
    """What an act would move in one plan, in words."""

    patient: Patient
    lines: tuple[Line, ...]
    ahead: tuple[Line, ...]
    messages: tuple[Line, ...]


def shown(request: HttpRequest, rehearsed: Rehearsed[Any]) -> HttpResponse:
    """Return the page that says what would move, with what was entered to go on."""
    entered = [
        (name, said)
        for name, values in request.POST.lists()
        if name != "csrfmiddlewaretoken"
        for said in values
    ]
    context = {
        "summary": _summary(rehearsed),
        "told": [_told(moves) for moves in rehearsed.shown],
        "hidden": rehearsed.moved - len(rehearsed.shown),
        "entered": entered,
        "leave": rehearsed.answer["Location"],  # where the act would go on to
    }
    return render(request, "preview/preview.html", context)


def _summary(rehearsed: Rehearsed[Any]) -> str:
    if not any(not moves.is_still for moves in rehearsed.shown):
        return _("No date would move, and no message.")
    if rehearsed.touched == 1:
        return _("This is what would move.")
    said = ngettext(
        "Dates would move in %(moved)s plan of %(touched)s.",
        "Dates would move in %(moved)s plans of %(touched)s.",
        rehearsed.moved,
    )
    return said % {"moved": rehearsed.moved, "touched": rehearsed.touched}


def _told(moves: Moves) -> Told:
    before, after = moves.before, moves.after
    why = tuple(map(sentence, after.why))
    return Told(
        patient=moves.plan.patient,
        lines=(
            _line(_("Phase"), _phase(before), _phase(after)),
            _line(_("Next injection"), _day(before.dose), _day(after.dose), why),
            _line(_("Next blood test"), _day(before.panel), _day(after.panel)),
        ),
        ahead=tuple(_dose(change) for change in moves.ahead),
        messages=tuple(_message(change, moves) for change in moves.messages),
    )


def _line(what: str, now: str, would_be: str, why: tuple[str, ...] = ()) -> Line:
    if now == would_be:
        return Line(what=what, now=now, would_be="")
    return Line(what=what, now=now, would_be=would_be, why=why)


def _phase(state: State) -> str:
    return of(PHASES, state.phase) if state.phase else _("no plan")


def _day(on: object) -> str:
    return day(on) if isinstance(on, date) else _("none")


def _dose(change: Change) -> Line:
    episode, ordinal = change.what if isinstance(change.what, tuple) else (0, 0)
    said = {"ordinal": ordinal, "episode": episode}
    what = _("Dose %(ordinal)s of episode %(episode)s") % said
    return Line(what=what, now=_day(change.before), would_be=_day(change.after))


def _message(change: Change, moves: Moves) -> Line:
    purpose = str(change.what[0]) if isinstance(change.what, tuple) else ""
    zone = moves.plan.clinic.zone

    def leaves(message: object) -> str:
        if not isinstance(message, Expected):
            return _("none")
        at = message.leaves_at.astimezone(zone)
        said = {"means": of(MEANS, message.means), "day": day(at.date())}
        about = {"due": day(message.due_on)}
        return _("%(means)s on %(day)s, for %(due)s") % (said | about)

    return Line(
        what=sentence(of(PURPOSES, purpose)).rstrip("."),
        now=leaves(change.before),
        would_be=leaves(change.after),
    )
