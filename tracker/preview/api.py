"""What would move, for programs: the answer to any act with `?preview=1`."""

from typing import Any

from rest_framework import serializers

from tracker.preview.rehearsal import Rehearsed


class WasAndWouldBe(serializers.Serializer):
    """A day as it is, and as it would be; null where there is none."""

    before = serializers.DateField(allow_null=True)
    after = serializers.DateField(allow_null=True)


class PhaseMove(serializers.Serializer):
    """A phase as it is, and as it would be; null of a plan that is not there yet."""

    before = serializers.CharField(allow_null=True)
    after = serializers.CharField()


class DoseMove(serializers.Serializer):
    """A dose of the next twelve months that would be due on another day."""

    episode = serializers.IntegerField()
    ordinal = serializers.IntegerField()
    before = serializers.DateField(allow_null=True)
    after = serializers.DateField(allow_null=True)


class MessageOut(serializers.Serializer):
    """A message, or a nurse's task, that is still to come."""

    due_on = serializers.DateField()
    leaves_at = serializers.DateTimeField()
    means = serializers.CharField()


class MessageMove(serializers.Serializer):
    """A message that would be replaced, be cancelled (after: null) or come anew."""

    purpose = serializers.CharField()
    rung = serializers.IntegerField()
    before = MessageOut(allow_null=True)
    after = MessageOut(allow_null=True)


class PlanMoves(serializers.Serializer):
    """What would move in one plan; `plan` is null while it is not there yet."""

    plan = serializers.IntegerField(allow_null=True)
    patient = serializers.IntegerField()
    phase = PhaseMove()
    dose = WasAndWouldBe()
    panel = WasAndWouldBe()
    reasons = serializers.ListField(child=serializers.CharField())
    ahead = DoseMove(many=True)
    reminders = MessageMove(many=True)


class PreviewOut(serializers.Serializer):
    """
    What would move; nothing was written.

    `touched` plans would be worked out afresh, `moved` of them come out otherwise, and
    at most 50 of these are told in `plans`.
    """

    touched = serializers.IntegerField()
    moved = serializers.IntegerField()
    plans = PlanMoves(many=True)


def told(rehearsed: Rehearsed[Any]) -> dict[str, Any]:
    """Return what an act would move, ready to be sent."""
    plans = [_plan(moves) for moves in rehearsed.shown]
    said = {"touched": rehearsed.touched, "moved": rehearsed.moved, "plans": plans}
    return dict(PreviewOut(said).data)


def _plan(moves: Any) -> dict[str, Any]:
    before, after = moves.before, moves.after
    return {
        "plan": None if moves.is_new else moves.plan.pk,
        "patient": moves.plan.patient_id,
        "phase": {"before": before.phase or None, "after": after.phase},
        "dose": {"before": before.dose, "after": after.dose},
        "panel": {"before": before.panel, "after": after.panel},
        "reasons": after.why,
        "ahead": [
            {
                "episode": each.what[0],
                "ordinal": each.what[1],
                "before": each.before,
                "after": each.after,
            }
            for each in moves.ahead
        ],
        "reminders": [
            {
                "purpose": each.what[0],
                "rung": each.what[1],
                "before": each.before,
                "after": each.after,
            }
            for each in moves.messages
        ],
    }
