"""The schedule of facts that are only told, and not kept."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from patients import access
from patients.endpoints import HasAnySeat
from patients.forms import LONG_AGO
from patients.laboratory import Policy
from patients.models import User
from patients.symptoms import Assessed, Domain
from schedules import alerts, watching
from schedules import forecast as engine
from schedules.alerts import Alert, Facts
from schedules.api.forecast_in import ForecastIn
from schedules.api.forecast_out import ForecastOut
from schedules.asking import emerged_on
from schedules.calendar import Calendar, ClinicNeverOpens
from schedules.facts import Event, Given, Result
from schedules.forecast import Forecast, ImpossibleHistory, NothingToLoad
from schedules.models import Injection
from schedules.panel_log import Monitoring
from schedules.parameters import ALWAYS, Timeline
from schedules.phases import EventKind
from schedules.stabilised import Sign, worsened

Said = dict[str, Any]


class Forecasts(APIView):
    """What a schedule would be."""

    permission_classes = (HasAnySeat,)

    @extend_schema(request=ForecastIn, responses=ForecastOut)
    def post(self, request: Request) -> Response:
        """Return what these facts come to, with a reason for every date."""
        said = ForecastIn(data=request.data)
        said.is_valid(raise_exception=True)
        told = _answered(said.validated_data)
        followed, mine = (
            said.validated_data["protocol"],
            access.seats(cast(User, request.user)),
        )
        clinics = [seat.clinic for seat in mine]
        told["is_clinically_approved"] = followed.is_approved_in(clinics)
        return Response(ForecastOut(told).data)


def _answered(said: Said) -> Said:
    try:
        return _come_to(said)
    except ImpossibleHistory as problem:
        refused = {"events": f"{problem}: decide it earlier, later, or not at all."}
    except NothingToLoad:
        refused = {"protocol": "This protocol has no loading to start with."}
    except ClinicNeverOpens:
        refused = {"calendar": "No open day is left on which to give an injection."}
    raise serializers.ValidationError(refused)


def _come_to(said: Said) -> Said:
    calendar = _calendar(said["calendar"])
    facts: Said = {
        "protocol": said["protocol"].rules,
        "events": _events(said),
        "given": _given(said),
        "emerged": emerged_on(_assessed(said)),
        "calendar": calendar,
        "timeline": _timeline(said),
        "as_of": said["as_of"],
    }
    found = engine.forecast(
        **facts, results=_results(said), monitoring=_monitoring(said)
    )
    ahead = engine.ahead(**facts, until=said["until"], at_least=0)
    return {
        **_told(found),
        "as_of": said["as_of"],
        "until": said["until"],
        "ahead": ahead,
        "alerts": _alerts(said, found, facts),
    }


def _told(found: Forecast) -> Said:
    return {
        "phase": found.phase,
        "resume_phase": found.resume_phase,
        "episode": found.episode,
        "interval": str(found.interval),
        "dose": found.dose,
        "panels": [found.panel] if found.panel else [],
        "panels_done": found.done_panels,
        "panels_late": found.late_panels,
        "panels_missed": found.missed_panels,
        "flags": sorted(found.flags),
        "answers": found.answers,
    }


def _calendar(said: Said) -> Calendar:
    return Calendar(
        patterns=((LONG_AGO, frozenset(said["weekdays"])),),
        closed=dict(said.get("closed", ())),
        opened=frozenset(said.get("opened", ())),
    )


def _timeline(said: Said) -> Timeline:
    if "parameters" not in said:
        return ALWAYS
    return Timeline(((LONG_AGO, said["parameters"]),))


def _events(said: Said) -> list[Event]:
    return [
        Event(
            kind=EventKind(each["kind"]),
            on=each["on"],
            entered=n,
            interval=each.get("interval"),
            start_on=each.get("start_on"),
            protocol=each["protocol"].rules if "protocol" in each else None,
            reason=each.get("reason", ""),
        )
        for n, each in enumerate(said.get("events", ()))
    ]


def _given(said: Said) -> list[Given]:
    return [
        Given(
            on=each["given_on"],
            entered=n,
            key=n,
            pending=each["pending"],
        )
        for n, each in enumerate(said.get("injections", ()))
        if each["outcome"] == Injection.Outcome.GIVEN
    ]


def _results(said: Said) -> list[Result]:
    return [
        Result(
            on=each["drawn_on"],
            tests=frozenset(each["tests"]),
            signs=frozenset(map(Sign, each.get("signs", ()))),
        )
        for each in said.get("results", ())
    ]


def _monitoring(said: Said) -> Monitoring:
    assessed = _assessed(said)
    return Monitoring(
        policies=((LONG_AGO, Policy(said["lab_policy"])),),
        worsened=lambda earlier, later: worsened(assessed, earlier, later),
    )


def _assessed(said: Said) -> list[Assessed]:
    told = [
        Assessed(
            on=each["assessed_on"],
            scores={Domain(name): score for name, score in each["scores"].items()},
        )
        for each in said.get("assessments", ())
        if each["assessed_on"] <= said["as_of"]
    ]
    return sorted(told, key=lambda each: each.on)


def _alerts(said: Said, found: Forecast, told: Said) -> tuple[Alert, ...]:
    """Return what the plan would say to staff; what nobody told says nothing."""
    as_of, rules = said["as_of"], said["protocol"].rules
    events, given = told["events"], told["given"]
    starts = [each.on for each in events if each.kind in watching.STARTS]
    facts = Facts(
        today=as_of,
        forecast=found,
        calendar=told["calendar"],
        parameters=told["timeline"].on(as_of).under(rules.overrides),
        neurological=said["neurological"],
        is_for_neurological=rules.neurological,
        product=said["product"],
        born_on=LONG_AGO,
        opened_on=min((each.on for each in (*events, *given)), default=as_of),
        started_on=max(starts, default=None),
        last_contact_on=found.last_given_on,
        pending=tuple(sorted({g.on for g in given if g.pending and g.on <= as_of})),
        results=tuple(_results(said)),
        assessed=tuple(_assessed(said)),
    )
    return alerts.speaking(alerts.foreseen(facts), on=as_of)
