"""What a forecast answers: the phase, the dates, and why each is what it is."""

from rest_framework import serializers

from schedules.api.dates import DoseOut, PanelOut
from schedules.api.shapes import ReasonOut


class AnswerOut(serializers.Serializer):
    """What an injection answered; `injection` is its place in the question, from 0."""

    injection = serializers.IntegerField(source="key")
    given_on = serializers.DateField()
    episode = serializers.IntegerField()
    ordinal = serializers.IntegerField()
    phase = serializers.CharField()
    target_on = serializers.DateField(allow_null=True)
    due_on = serializers.DateField(allow_null=True)
    timing = serializers.CharField()
    delay_days = serializers.IntegerField(allow_null=True)
    covered_until = serializers.DateField(allow_null=True)
    reasons = ReasonOut(many=True)


class SpokenOut(serializers.Serializer):
    """An alert that speaks: its rule with its version, and what it says."""

    code = serializers.CharField()
    rule = serializers.CharField()
    severity = serializers.CharField()
    since = serializers.DateField()
    text = serializers.CharField()


class ForecastOut(serializers.Serializer):
    """
    What the facts come to. Nothing of it is stored.

    `dose` is the open one, `ahead` the doses until `until`, each as if the one before
    is given when due; `panels` are those that are open.
    """

    as_of = serializers.DateField()
    until = serializers.DateField()
    is_clinically_approved = serializers.BooleanField()
    phase = serializers.CharField()
    resume_phase = serializers.CharField(allow_null=True)
    episode = serializers.IntegerField()
    interval = serializers.CharField()
    dose = DoseOut(allow_null=True)
    ahead = DoseOut(many=True)
    panels = PanelOut(many=True)
    panels_done = serializers.IntegerField()
    panels_late = serializers.IntegerField()
    panels_missed = serializers.IntegerField()
    flags = serializers.ListField(child=serializers.CharField())
    alerts = SpokenOut(many=True)
    answers = AnswerOut(many=True)
