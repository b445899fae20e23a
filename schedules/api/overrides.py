"""What the safety rules say, and overruling them, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.response import Response

import schedules.actions
from patients import clock
from patients.endpoints import OfClinics, Strict
from schedules.models import Override
from schedules.safety import Answer, Finding, OverrideReason


class FindingOut(serializers.Serializer):
    """
    What one rule says of an act.

    `override` is who may go on in spite of it: N a nurse, P a prescriber, P+P two of
    them, L the clinical lead, "none" nobody, "shown" nobody has to.
    """

    rule = serializers.CharField(source="rule.id")
    version = serializers.IntegerField(source="rule.version")
    title = serializers.CharField(source="rule.title")
    severity = serializers.CharField(source="rule.severity")
    text = serializers.CharField(source="rule.text")
    evidence = serializers.CharField(source="rule.evidence")
    sources = serializers.ListField(source="rule.sources")
    override = serializers.CharField(source="rule.override")
    is_clinically_approved = serializers.SerializerMethodField()

    def get_is_clinically_approved(self, _: Finding) -> bool:
        """Say that no clinician has approved the table."""
        return False


class AnswerIn(Strict):
    """Why somebody goes on in spite of a rule: a reason, and words."""

    rule = serializers.CharField(max_length=8)
    reason = serializers.ChoiceField([each.value for each in OverrideReason])
    note = serializers.CharField(max_length=400)


class Overruling(Strict):
    """An act that a safety rule may stop, and what is said to the rules."""

    overrides = AnswerIn(many=True, required=False)

    @staticmethod
    def answers(details: dict[str, Any]) -> tuple[Answer, ...]:
        """Take out what was said to the rules, and return it."""
        return tuple(
            Answer(
                rule=said["rule"],
                reason=OverrideReason(said["reason"]),
                note=said["note"],
            )
            for said in details.pop("overrides", ())
        )


class OverrideOut(serializers.ModelSerializer[Override]):
    """A rule that was overruled, or that somebody asks to overrule."""

    class Meta:
        model = Override
        fields = (
            "id",
            "patient",
            "plan",
            "act",
            "rule",
            "rule_version",
            "severity",
            "needs",
            "reason",
            "note",
            "asked_at",
            "asked_by",
            "role",
            "cosigned_at",
            "cosigned_by",
            "cosigner_role",
            "used_at",
        )


class Overrides(mixins.ListModelMixin, mixins.RetrieveModelMixin, OfClinics):
    """Rules overruled; what waits for a second signature is among them."""

    queryset = Override.objects.select_related("clinic")
    serializer_class = OverrideOut

    @extend_schema(request=None, responses=OverrideOut)
    @action(detail=True, methods=["post"])
    def cosign(self, *_: Any, **__: Any) -> Response:
        """Sign what somebody else asked for; then they repeat the act."""
        override: Override = self.get_object()
        signed = schedules.actions.cosign(
            override=override,
            by=self.user,
            role=self.seat(override.clinic).role,
            now=clock.now(),
        )
        return Response(OverrideOut(signed).data)
