"""
From the words of a case to the words of the engine, one adapter per kind.

An adapter takes what a case gives and returns what the engine makes of it, in the shape
of what the case expects. It decides nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from patients.course import Course, judge
from patients.symptoms import Assessed, Domain, RedFlag
from schedules import phases
from schedules.calendar import civil_day
from schedules.doses import timing
from schedules.forecast import Dose
from schedules.guard import Attempt, guard
from schedules.intervals import Interval
from schedules.phases import EventKind, Phase
from schedules.placement import place_maintenance
from schedules.windows import standing
from tests.conformance.calendars import calendar, day, iso
from tests.conformance.laboratory import diagnosed, labs
from tests.conformance.periods import adhered
from tests.conformance.safety import safety_verdicts
from tests.schedules.stories import Story, protocol

Case = dict[str, Any]
Meta = dict[str, Any]


def loading(case: Case, meta: Meta) -> Any:
    given, expected = case["input"], case["expected"]
    story = Story(calendar=calendar(given["calendar"], meta))
    story.protocol = _with_cap(given["protocol"], given["cap_per_7d"], given["n"])
    story.event(EventKind.STARTED, day(given["start"]))
    doses = []
    for n in range(given["n"]):
        doses.append(story.open)
        override = given["given_override"].get(str(n))
        story.dose(day(override) if override else doses[-1].due_on)
    flags = {str(n): sorted(dose.flags) for n, dose in enumerate(doses) if dose.flags}
    told = {"due": [iso(dose.due_on) for dose in doses], "flags": flags}
    return {name: told[name] for name in expected}


def _with_cap(code: str, cap: int | None, n: int) -> Any:
    """Return a protocol with the cap of the case, long enough for its n doses."""
    found = protocol(code)
    assert found.loading is not None
    count = found.loading.count
    count = None if count is None else max(count, n)
    return replace(found, loading=replace(found.loading, cap_per_7d=cap, count=count))


def maintenance(case: Case, meta: Meta) -> Any:
    given = case["input"]
    if "given_at" in given:
        return _charted_at(given, meta)
    told = [
        [_step(story, step, given.get("paused")) for step in given["steps"]]
        for story in _established(given, meta)
    ]
    # Whether a person was loaded here or came from elsewhere, the dates are the same.
    assert told[0] == told[1]
    return told[0]


def _established(given: Any, meta: Meta) -> list[Story]:
    on, interval = day(given["last_dose"]), given["interval"]
    where = calendar(given["calendar"], meta)
    return [
        Story(calendar=where).loaded(on, interval),
        Story(calendar=where).transferred(on, on, interval),
    ]


def _charted_at(given: Any, meta: Meta) -> Any:
    on = civil_day(datetime.fromisoformat(given["given_at"]), ZoneInfo(given["tz"]))
    story = Story(calendar=calendar(given["calendar"], meta))
    story.loaded(on, given["interval"])
    return {"given_on": iso(on), "next_due": iso(story.open.due_on)}


def _step(story: Story, step: list[Any], paused: list[str] | None) -> Any:
    match step:
        case ["due"]:
            return _said(story.open)
        case ["project", n]:
            return {"due": [iso(dose.due_on) for dose in story.ahead(n)]}
        case ["change", interval, on]:
            story.event(EventKind.INTERVAL_CHANGED, day(on), interval)
            return _said(story.open)
        case ["resume", on]:
            begun = day(paused[0]) if paused and paused[1] == on else story.as_of
            story.event(EventKind.PAUSED, begun, reason="hospital")
            story.event(EventKind.RESUMED, day(on))
            return _said(story.open)
        case ["give", on]:
            # One step after the other, where the engine would order a day (E3b).
            met = story.open
            story.dose(day(on))
            return {
                "class": timing(met, day(on)),
                "delay_days": (day(on) - met.due_on).days,
                "next_due": iso(story.open.due_on),
            }
    raise LookupError(f"no step is called {step[0]}")


def _said(dose: Dose) -> Any:
    return {
        "target": iso(dose.target_on),
        "due": iso(dose.due_on),
        "flags": sorted(dose.flags),
    }


def placed(case: Case, meta: Meta) -> Any:
    given = case["input"]
    found = place_maintenance(
        day(given["target"]),
        calendar=calendar(given["calendar"], meta),
        last=day(given["last_dose"]) if given.get("last_dose") else None,
    )
    return {"due": iso(found.due_on), "flags": sorted(found.flags)}


def relapse(case: Case, meta: Meta) -> Any:
    given, expected = case["input"], case["expected"]
    last, start = day(given["last_maintenance_dose"]), day(given["reload_start"])
    story = Story(calendar=calendar(given["calendar"], meta))
    story.loaded(last, "2m")
    story.event(EventKind.RELOADED, start)
    reload_due = [iso(dose.due_on) for dose in story.ahead(len(expected["reload_due"]))]
    verdict = guard(
        Attempt(on=start, phase=Phase.LOADING, due_on=story.open.due_on),
        counted=[last],
    )
    reload_last = day(given["reload_last_dose"])
    while story.open.due_on < reload_last:
        story.dose(story.open.due_on)
    story.dose(reload_last)
    story.event(EventKind.MAINTAINED, reload_last, given["new_interval"])
    return {
        "reload_due": reload_due,
        "reload_guard": [verdict.severity, verdict.code],
        "first_maintenance_due": iso(story.open.due_on),
        "loading_episode": story.forecast.episode,
    }


def guarded(case: Case, meta: Meta) -> Any:
    return [_guarded(row) for row in case["input"]]


def _guarded(row: Any) -> Any:
    last = row["last_any_cobalamin"]
    attempt = Attempt(
        on=day(row["attempt"]),
        phase=Phase(row["phase"].lower()),
        interval=Interval.parse(row["interval"]) if row["interval"] else None,
        due_on=day(row["due"]) if row["due"] else None,
        counted_from=day(last) if last else None,
        bridge=row.get("bridge", False),
    )
    injected = [day(last)] if last else []
    waiting = row.get("unverified", False)
    verdict = guard(
        attempt,
        counted=[] if waiting else injected,
        unverified=injected if waiting else [],
    )
    return [verdict.severity, verdict.code]


def overdue(case: Case, meta: Meta) -> Any:
    given = case["input"]
    contact = given.get("last_contact")
    return [
        standing(
            due_on=day(given["due"]),
            interval=Interval.parse(given["interval"]),
            phase=Phase(given["phase"].lower()),
            as_of=day(as_of),
            last_contact_on=day(contact) if contact else None,
        )
        for as_of in given["as_of"]
    ]


def zoned(case: Case, meta: Meta) -> Any:
    return [
        iso(civil_day(datetime.fromisoformat(row["given_at"]), ZoneInfo(row["tz"])))
        for row in case["input"]
    ]


def transitions(case: Case, meta: Meta) -> Any:
    rejected = case["expected"]["rejected_reasons"]
    known = {
        "close": phases.reasons(EventKind.CLOSED, Phase.MAINTENANCE),
        "loading_to_maintenance": phases.reasons(EventKind.MAINTAINED, Phase.LOADING),
    }
    named = [Phase(name.lower()) for name in case["input"]["phases"]]
    allowed = [
        [source.upper(), target.upper()]
        for source in named
        for target in named
        if phases.legal(source, target)
    ]
    return {
        "allowed": sorted(allowed),
        "n": len(allowed),
        "rejected_reasons": {
            name: [reason for reason in listed if reason not in known[name]]
            for name, listed in rejected.items()
        },
    }


def replayed(case: Case, meta: Meta) -> Any:
    given = case["input"]
    story = Story(calendar=calendar(given["calendar"], meta))
    story.loaded(day(given["last_loading_dose"]), given["interval"])
    told = {}
    for event in given["events"]:
        (name, on) = next(iter(event.items()))
        {"dose": story.dose, "void": story.void}[name](day(on))
        told[f"due_after_{name}"] = iso(story.open.due_on)
    return told


def symptoms(case: Case, meta: Meta) -> Any:
    return [list(judge(_course(row)).suggestions) for row in case["input"]]


def _course(row: Any) -> Course:
    return Course(
        assessments=[
            Assessed(
                on=day(each["on"]),
                scores={Domain(name): n for name, n in each["scores"].items()},
                pgic=each.get("pgic"),
                red_flags=frozenset(map(RedFlag, each.get("red_flags", ()))),
            )
            for each in row["assessments"]
        ],
        first_dose=day(row["first_dose"]) if row["first_dose"] else None,
        doses=row["n_doses"],
        as_of=day(row["as_of"]),
    )


ADAPTERS: dict[str, Callable[[Case, Meta], Any]] = {
    "loading": loading,
    "maintenance": maintenance,
    "maintenance_place": placed,
    "relapse": relapse,
    "guard": guarded,
    "overdue": overdue,
    "tz": zoned,
    "adherence": adhered,
    "transitions": transitions,
    "replay": replayed,
    "labs": labs,
    "diagnosis": diagnosed,
    "symptoms": symptoms,
    "safety": safety_verdicts,
}
