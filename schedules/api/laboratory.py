"""The laboratory calendar, for programs."""

from typing import Any

from rest_framework import serializers

from schedules.lab_calendar import LabFlag
from schedules.panels import CONTENTS, Kind, State


class LabPanelOut(serializers.Serializer):
    """A panel: what is asked for, when, why then, and what became of it."""

    kind = serializers.ChoiceField(list(Kind), source="panel.kind")
    number = serializers.IntegerField(source="panel.number")
    contents = serializers.SerializerMethodField()
    target_on = serializers.DateField(source="panel.target_on")
    due_on = serializers.DateField(source="panel.due_on")
    opens_on = serializers.DateField(source="panel.opens_on")
    closes_on = serializers.DateField(source="panel.closes_on")
    state = serializers.ChoiceField(list(State))
    done_on = serializers.DateField(allow_null=True)
    reasons = serializers.SerializerMethodField()

    def get_contents(self, settled: Any) -> str:
        """Return what is ordered."""
        return CONTENTS[settled.panel.kind]

    def get_reasons(self, settled: Any) -> list[dict[str, str]]:
        """Return each reason as a code and as a sentence."""
        return [reason.said for reason in settled.panel.reasons]


class LabCalendarOut(serializers.Serializer):
    """
    The laboratory calendar of a plan (rules 2.9), not clinically approved.

    It moves no dose. `missing` is what was not drawn before the first dose; `is_annual`
    says that the last two panels let the next one wait a year.
    """

    panels = LabPanelOut(many=True)
    flags = serializers.SerializerMethodField()
    missing = serializers.ListField(child=serializers.CharField())
    is_annual = serializers.BooleanField()

    def get_flags(self, calendar: Any) -> list[LabFlag]:
        """Return the flags in the order of the alphabet."""
        return sorted(calendar.flags)
