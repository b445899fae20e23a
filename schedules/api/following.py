"""A protocol in a question: one of ours by its code, or somebody's whole content."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from patients.models import Clinic
from schedules.models import Protocol
from schedules.protocol import Loading, ProtocolNotUnderstood
from schedules.protocol import Protocol as Rules

NAMED = {"code", "version"}
MOST_STEPS = 60  # days between two loading injections, doses of a course, of a week
MOST_DAYS = 366
LARGEST_VERSION = 32_767


@dataclass(frozen=True, kw_only=True)
class Followed:
    """The rules that a question follows, and which version of ours they are, if any."""

    rules: Rules
    version: Protocol | None = None

    def is_approved_in(self, clinics: Iterable[Clinic]) -> bool:
        """Tell whether a clinical lead of each of these clinics approved them."""
        ours = self.version
        return ours is not None and all(map(ours.is_approved_in, clinics))


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "object"}]})
class RulesField(serializers.Field[Followed, Any, Any, Any]):
    """A protocol: a code, an object with code and version, or its whole content."""

    def to_internal_value(self, data: Any) -> Followed:
        """Return what it says, or refuse."""
        if isinstance(data, str):
            return _named(data, None)
        if not isinstance(data, Mapping):
            raise serializers.ValidationError(
                "Name a protocol by code and version, or send its whole content."
            )
        if set(data) <= NAMED:
            return _named(str(data.get("code", "")), data.get("version"))
        return Followed(rules=_described(data))


def _named(code: str, version: object) -> Followed:
    found = Protocol.objects.filter(code=code)
    if isinstance(version, int) and 0 < version <= LARGEST_VERSION:
        found = found.filter(version=version)
    elif version is not None:
        found = found.none()
    newest = found.order_by("-version").first()
    if newest is None:
        raise serializers.ValidationError("There is no such protocol.")
    return Followed(rules=Rules.from_dict(newest.content), version=newest)


def _described(content: Mapping[str, Any]) -> Rules:
    try:
        rules = Rules.from_dict(content)
        _refuse_absurd(rules)
    except ProtocolNotUnderstood as problem:
        raise serializers.ValidationError(_why(problem)) from problem
    except (AttributeError, OverflowError) as problem:
        raise serializers.ValidationError(WRONG_KIND) from problem
    return rules


WRONG_KIND = "The protocol holds a value of the wrong kind, or out of bounds."


def _why(problem: ProtocolNotUnderstood) -> str:
    """Return in one sentence why a content is no protocol."""
    cause = problem.__cause__
    if isinstance(cause, KeyError):
        return f"The protocol says nothing of {str(cause.args[0])[:40]!r}."
    return WRONG_KIND


def _refuse_absurd(rules: Rules) -> None:
    """Refuse what no calendar could follow, though it is written as a protocol is."""
    numbers = [
        (rules.maintenance.nominal_days, MOST_DAYS),
        *((number, MOST_DAYS) for number in rules.overrides.values()),
        *_of(rules.loading),
    ]
    is_whole = all(type(number) is int and number <= most for number, most in numbers)
    if not is_whole or not (
        rules.neurological is None or isinstance(rules.neurological, bool)
    ):
        raise ProtocolNotUnderstood(WRONG_KIND)


def _of(loading: Loading | None) -> list[tuple[int, int]]:
    if loading is None:
        return []
    optional = (loading.count, loading.cap_per_7d)
    always = (loading.step_days, loading.max_gap_days)
    stated = (*always, *(number for number in optional if number is not None))
    return [(number, MOST_STEPS) for number in stated]
