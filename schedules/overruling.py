"""Forms of acts that a safety rule may stop, and what each rule asks then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from patients.pages import AskingForm
from patients.refusals import Refused
from schedules import safety
from schedules.actions import Stopped
from schedules.safety import Answer, Finding, OverrideReason
from schedules.words import Words

REASONS: Mapping[str, Words] = {
    OverrideReason.CLINICAL_JUDGEMENT: _("clinical judgement"),
    OverrideReason.SPECIALIST_ADVICE: _("a specialist’s advice"),
    OverrideReason.NO_ALTERNATIVE: _("there is no alternative"),
    OverrideReason.INFORMED_CHOICE: _("the patient’s choice, knowing the risk"),
    OverrideReason.PRECAUTIONS_TAKEN: _("precautions are taken"),
}
LONGEST_NOTE = 400


class AnswerForm(forms.Form):
    """Why somebody goes on in spite of one rule."""

    reason = forms.ChoiceField(
        label=_("Reason to go on"),
        choices=[("", _("choose")), *REASONS.items()],
        required=False,
    )
    note = forms.CharField(label=_("In words"), max_length=LONGEST_NOTE, required=False)

    def __init__(self, data: Any, *, rule: str) -> None:
        super().__init__(data, prefix=f"overrule_{rule}")
        self.rule = rule

    @property
    def answer(self) -> Answer | None:
        """Return the answer, if both halves of it were given."""
        if not self.is_valid():
            return None
        reason, note = self.cleaned_data["reason"], self.cleaned_data["note"]
        if not reason or not note.strip():
            return None
        return Answer(rule=self.rule, reason=OverrideReason(reason), note=note)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a page says of one finding, and what it asks."""

    rule: str
    version: int
    title: str
    text: str
    severity: str
    tone: str
    evidence: str
    sources: str
    who: str
    asks: AnswerForm | None


TONES = {"BLOCK": "late", "WARN": "warn", "INFO": ""}
SAID: Mapping[str, Words] = {
    "BLOCK": _("stopped"),
    "WARN": _("warning"),
    "INFO": _("to know"),
    "OK": _("in order"),
}


class OverrulingForm(AskingForm):
    """A form that shows which rule stopped an act, and hears who goes on, and why."""

    told: Sequence[Told] = ()

    @property
    def replies(self) -> tuple[Answer, ...]:
        """Return what was said to the rules that asked."""
        found = (self._asked(rule).answer for rule in sorted(self._rules()))
        return tuple(answer for answer in found if answer)

    def take_refusal(self, refusal: Refused) -> None:
        """Show what each rule says, where a rule refused; what was typed stays."""
        super().take_refusal(refusal)
        if not isinstance(refusal, Stopped):
            return
        unanswered = {found.rule.id for found in refusal.unanswered}
        self.told = [
            told(found, self._asked(found.rule.id) if asks else None)
            for found, asks in _once(refusal.findings, unanswered)
        ]
        if any(self._asked(rule).has_changed() for rule in unanswered):
            self._say_what_is_missing(unanswered)

    def _say_what_is_missing(self, rules: set[str]) -> None:
        halves = {rule for rule in rules if self._asked(rule).answer is None}
        for rule in sorted(halves & self._rules()):
            said = _("Rule %(rule)s: choose a reason, and say why in words.")
            self.add_error(None, ValidationError(said, params={"rule": rule}))

    def _asked(self, rule: str) -> AnswerForm:
        return AnswerForm(self.data or None, rule=rule)

    def _rules(self) -> set[str]:
        """Return the rules to which something was said."""
        names = (name.split("-") for name in self.data if name.startswith("overrule_"))
        return {name[0].removeprefix("overrule_") for name in names if len(name) > 1}


def told(found: Finding, asks: AnswerForm | None = None) -> Told:
    """Return a finding in words."""
    rule = found.rule
    may_be_asked = rule.override is not safety.Override.NEVER
    return Told(
        rule=rule.id,
        version=rule.version,
        title=rule.title,
        text=rule.text,
        severity=str(SAID[rule.severity]),
        tone=TONES.get(rule.severity, ""),
        evidence=rule.evidence,
        sources=", ".join(rule.sources),
        who=safety.who(rule.override) if found.asks else "",
        asks=asks if may_be_asked else None,
    )


def _once(
    findings: Sequence[Finding], unanswered: set[str]
) -> list[tuple[Finding, bool]]:
    """Return each finding, and whether it is where its rule asks: once a rule."""
    asked: set[str] = set()
    pairs = []
    for found in findings:
        asks = found.rule.id in unanswered - asked
        asked |= {found.rule.id} if asks else set()
        pairs.append((found, asks))
    return pairs
