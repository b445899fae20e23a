"""Doses and panels as programs read them: when, and the reasons that placed them."""

from typing import Any

from rest_framework import serializers

from schedules.api.shapes import ReasonOut


class DoseOut(serializers.Serializer):
    """A dose to come: when, and the reasons that placed it there."""

    episode = serializers.IntegerField()
    ordinal = serializers.IntegerField()
    phase = serializers.CharField()
    target_on = serializers.DateField()
    due_on = serializers.DateField()
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    flags = serializers.SerializerMethodField()
    reasons = ReasonOut(many=True, read_only=True)

    def get_flags(self, dose: Any) -> list[str]:
        """Return the flags in the order of the alphabet."""
        return sorted(dose.flags)


class PanelOut(serializers.Serializer):
    """A panel to come: when blood is to be taken, and why then."""

    number = serializers.IntegerField()
    kind = serializers.CharField()
    target_on = serializers.DateField()
    due_on = serializers.DateField()
    opens_on = serializers.DateField()
    closes_on = serializers.DateField()
    reasons = ReasonOut(many=True, read_only=True)
