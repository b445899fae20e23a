"""
What a forecast is asked about: a protocol, a calendar, facts, and a day.

Nothing is looked up but a protocol that is only named. Every list has an end and every
day is near enough, so that rubbish is refused, or answered, in bounded time.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from dateutil.relativedelta import relativedelta
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from patients.endpoints import DayField, InstantField, Strict
from patients.laboratory import TESTS, Policy
from patients.symptoms import NONE, WORST, Domain
from schedules.api.fields import IntervalField
from schedules.api.following import RulesField
from schedules.api.shapes import ProductField
from schedules.calendar import civil_day
from schedules.models import Injection, Plan
from schedules.parameters import ParameterRefused, Parameters
from schedules.phases import EventKind
from schedules.stabilised import Sign

MOST_FACTS = 2_000
MOST_EVENTS = 500
MOST_DAYS = 1_500
LONGEST_DAYS = 366  # of an interval
LONGEST_HISTORY = relativedelta(years=80)
LONGEST_LOOK = relativedelta(years=5)
A_YEAR = relativedelta(months=12)


@extend_schema_field(
    {
        "oneOf": [
            {"type": "string", "format": "date"},
            {
                "type": "object",
                "properties": {
                    "on": {"type": "string", "format": "date"},
                    "reason": {"type": "string"},
                },
            },
        ]
    }
)
class ClosedField(serializers.Field[tuple[date, str], Any, Any, Any]):
    """A closed day, or a closed day with what it is called."""

    def to_internal_value(self, data: Any) -> tuple[date, str]:
        """Return the day and the reason, which may be empty."""
        if not isinstance(data, Mapping):
            return DayField().run_validation(data), ""
        named = ClosedIn(data=data)
        named.is_valid(raise_exception=True)
        return named.validated_data["on"], named.validated_data["reason"]


class ClosedIn(Strict):
    """A closed day, and what it is called."""

    on = DayField()
    reason = serializers.CharField(max_length=80, default="", allow_blank=True)


@extend_schema_field({"type": "object"})
class ParametersField(serializers.Field[Parameters, Any, Any, Any]):
    """The numbers of the rules that a clinic sets; what is not said has its default."""

    def to_internal_value(self, data: Any) -> Parameters:
        """Return the parameters, or refuse the first that cannot be."""
        if not isinstance(data, Mapping):
            raise serializers.ValidationError("Name parameters and their values.")
        try:
            return Parameters.of(data)
        except ParameterRefused as problem:
            name = problem.name[:40]
            raise serializers.ValidationError(f"{name}: {problem.why}.") from problem


class CalendarIn(Strict):
    """On which days injections are given. Monday is 0; an opened day wins."""

    time_zone = serializers.ChoiceField(sorted(available_timezones()), default="UTC")
    weekdays = serializers.ListField(
        child=serializers.IntegerField(min_value=0, max_value=6),
        allow_empty=False,
        max_length=7,
    )
    closed = serializers.ListField(
        child=ClosedField(), required=False, max_length=MOST_DAYS
    )
    opened = serializers.ListField(
        child=DayField(), required=False, max_length=MOST_DAYS
    )


class EventIn(Strict):
    """A decision. Those of one day count in the order in which they stand."""

    kind = serializers.ChoiceField([kind.value for kind in EventKind])
    on = DayField()
    interval = IntervalField(required=False)
    start_on = DayField(required=False)
    protocol = RulesField(required=False)
    reason = serializers.CharField(max_length=32, required=False, allow_blank=True)

    def validate_interval(self, interval: Any) -> Any:
        """Refuse more than a year."""
        if interval.nominal_days > LONGEST_DAYS:
            raise serializers.ValidationError("An interval is a year at most.")
        return interval


class GivenIn(Strict):
    """
    An injection: by its day, or by its instant on the clock of the calendar.

    `pending` says that it was given elsewhere and nobody has accepted it yet.
    """

    given_on = DayField(required=False)
    given_at = InstantField(required=False)
    outcome = serializers.ChoiceField(Injection.Outcome.choices, default="given")
    pending = serializers.BooleanField(default=False)

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Ask for one of the two."""
        if ("given_on" in said) == ("given_at" in said):
            raise serializers.ValidationError(
                {"given_on": "Say either the day or the instant."}
            )
        return said


class ResultCodesIn(Strict):
    """
    Which tests were resulted of the blood of a day; never a value.

    `signs` are what the values came to, in words: they move blood tests only.
    """

    drawn_on = DayField()
    tests = serializers.ListField(
        child=serializers.ChoiceField(sorted(TESTS)), max_length=len(TESTS)
    )
    signs = serializers.ListField(
        child=serializers.ChoiceField([sign.value for sign in Sign]),
        required=False,
        max_length=len(Sign),
    )


@extend_schema_field({"type": "object", "additionalProperties": {"type": "integer"}})
class ScoresField(serializers.DictField):
    """Scores from 0 to 10 by domain."""

    child = serializers.IntegerField(min_value=NONE, max_value=WORST)

    def to_internal_value(self, data: Any) -> dict[Any, Any]:
        """Return the scores; refuse a domain that is none."""
        scores: dict[Any, Any] = super().to_internal_value(data)
        for name in scores:
            if name not in list(Domain):
                raise serializers.ValidationError(f"There is no domain {name[:20]!r}.")
        return scores


class AssessmentCodesIn(Strict):
    """
    How symptoms were scored on a day.

    One of nerves may hold a fixed course; one that got worse keeps panels quarterly.
    """

    assessed_on = DayField()
    scores = ScoresField()


def _list(kind: Callable[..., Any], most: int) -> Any:
    return kind(many=True, required=False, max_length=most)


class ForecastIn(Strict):
    """
    All that a schedule follows from. Facts later than `as_of` are left out.

    `protocol` is a code, an object with code and version, or a protocol's whole
    content. At most 2,000 facts, 500 of them events, within 80 years before `as_of`;
    doses are looked ahead for until `until`, 12 months if not said, 5 years at most.
    """

    protocol = RulesField()
    calendar = CalendarIn()
    as_of = DayField()
    until = DayField(required=False)
    events = _list(EventIn, MOST_EVENTS)
    injections = _list(GivenIn, MOST_FACTS)
    results = _list(ResultCodesIn, MOST_FACTS)
    assessments = _list(AssessmentCodesIn, MOST_FACTS)
    parameters = ParametersField(required=False)
    lab_policy = serializers.ChoiceField(
        [policy.value for policy in Policy], default=Policy.QUARTERLY_THEN_ANNUAL
    )
    neurological = serializers.ChoiceField(
        Plan.Neurological.choices, default=Plan.Neurological.UNKNOWN
    )
    product = ProductField()

    def validate(self, said: dict[str, Any]) -> dict[str, Any]:
        """Refuse more than can be answered at once, and put days on the calendar."""
        lists = ("events", "injections", "results", "assessments")
        if sum(len(said.get(name, ())) for name in lists) > MOST_FACTS:
            raise serializers.ValidationError(
                {"events": f"At most {MOST_FACTS} facts are taken at once."}
            )
        zone = ZoneInfo(said["calendar"]["time_zone"])
        for each in said.get("injections", ()):
            if at := each.pop("given_at", None):
                each["given_on"] = civil_day(at, zone)
        _refuse_far(said)
        return said | {"until": said.get("until", said["as_of"] + A_YEAR)}


DAYS = {
    "events": "on",
    "injections": "given_on",
    "results": "drawn_on",
    "assessments": "assessed_on",
}


def _refuse_far(said: Mapping[str, Any]) -> None:
    """Refuse days that are too far from the day of the question."""
    as_of: date = said["as_of"]
    until = said.get("until", as_of)
    if not as_of <= until <= as_of + LONGEST_LOOK:
        raise serializers.ValidationError(
            {"until": "Look ahead from the day of the question, 5 years at most."}
        )
    for name, column in DAYS.items():
        days = [fact[column] for fact in said.get(name, ())]
        if min(days, default=as_of) < as_of - LONGEST_HISTORY:
            raise serializers.ValidationError(
                {name: "A fact lies more than 80 years before the day of the question."}
            )
