"""
Asking the safety rules before an act, and keeping who overruled which (rules 5).

    judged ── nothing asks, or all is answered ──► the act goes on, answers are kept
       └──── something is not ──► Stopped; nothing of the act is written, but what was
                                  asked of a second person waits under /co-sign/
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import transaction
from django.db.models import Q

from patients.models import Patient, User
from patients.refusals import Refused
from schedules import alerts, safety
from schedules.actions.decide import Decision
from schedules.actions.replay import is_rehearsed
from schedules.models import AlertEntry, Override, Plan
from schedules.safety import Act, Answer, Facts, Finding, Severity

ASKED = "It was asked for: once it is signed, do this again."
LONGEST_NOTE = 200  # of an alert
WOULD_BE_ASKED = "A second person would be asked to sign."
# The field of an act that a rule is about, where it is about one.
FIELDS = {
    "R14": "protocol",
    "S08": "reason",
    "S22": "interval",
    "T8": "reason",
}

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A rule that somebody wants to overrule, and cannot alone."""

    patient: Patient
    plan: Plan | None
    act: Act
    finding: Finding
    answer: Answer
    decision: Decision


class Stopped(Refused):
    """
    A safety rule stops an act until somebody answers it, if anybody may.

    `findings` are all that the rules say of the act, `wishes` what was asked of a
    second person.
    """

    def __init__(
        self,
        findings: Sequence[Finding],
        unanswered: Sequence[Finding],
        wishes: Sequence[Wish],
    ) -> None:
        first = unanswered[0].rule
        said = [f"{first.text} (Rule {first.id}.)", safety.who(first.override)]
        if wishes:
            said.append(WOULD_BE_ASKED if is_rehearsed() else ASKED)
        super().__init__(" ".join(said), field=FIELDS.get(first.id, ""), code="safety")
        self.findings = tuple(findings)
        self.unanswered = tuple(unanswered)
        self.wishes = tuple(wishes)


def judged(
    facts: Facts, *, patient: Patient, plan: Plan | None, decision: Decision
) -> tuple[Finding, ...]:
    """
    Return what the rules say of an intended act, and keep what was answered.

    Call it inside the transaction of the act, the patient locked. Raises Stopped if a
    rule that asks is not answered by somebody who may: alone, or signed by a second
    person. A warning, and a stop that is about the treatment, stay quiet for a plan
    once they are answered, while the facts they read are the same.
    """
    findings = safety.judge(facts)
    asking = [each for each in findings if each.asks and not _is_quiet(each, plan)]
    docket = _Docket(facts.act, patient, plan, decision)
    unanswered = [each for each in asking if not docket.settle(each)]
    if unanswered:
        raise Stopped(findings, unanswered, docket.wishes(asking, unanswered))
    return findings


def leaves_requests(
    act: Callable[Parameters, Result],
) -> Callable[Parameters, Result]:
    """
    Let an act that was stopped leave behind what it asked of a second person.

    Outside the transaction of the act, of which nothing stays.
    """

    @wraps(act)
    def acting(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        try:
            return act(*args, **kwargs)
        except Stopped as stopped:
            for wish in stopped.wishes:
                _ask_for(wish)
            raise

    return acting


@transaction.atomic
def cosign(*, override: Override, by: User, role: str, now: datetime) -> Override:
    """
    Sign what somebody else asked for; they repeat the act then, and it goes on.

    Raises Refused if it is one's own, if the role may not, or if it waits no more.
    """
    Patient.objects.locked(override.patient_id)
    waiting = Override.objects.waiting(now).filter(pk=override.pk).first()
    if waiting is None:
        raise Refused("This does not wait for a signature any more.")
    if waiting.asked_by_id == by.pk:
        raise Refused("Nobody signs what they asked for themselves.", code="role")
    if not safety.may_sign(role, safety.Override(waiting.needs)):
        raise Refused(safety.who(safety.Override(waiting.needs)), code="role")
    waiting.cosigned_at, waiting.cosigned_by = now, by
    waiting.cosigner_role = role
    waiting.save(update_fields=("cosigned_at", "cosigned_by", "cosigner_role"))
    return waiting


@dataclass(frozen=True)
class _Docket:
    """The answers of one person to one act."""

    act: Act
    patient: Patient
    plan: Plan | None
    decision: Decision

    def settle(self, finding: Finding) -> bool:
        """Keep the answer to a finding, or use up a signature; tell whether it did."""
        settled = self._uses_signature(finding) or self._overrules(finding)
        if settled and finding.severity is Severity.WARN:
            self._quieten(finding)
        return settled

    def _quieten(self, finding: Finding) -> None:
        """Acknowledge the alert that says the same: nobody is warned twice of it."""
        answer = self._answer(finding)
        entries = AlertEntry.objects.open().filter(
            plan=self.plan, code=finding.rule.id, about=alerts.mark(finding.digest)
        )
        entries.filter(acknowledged_at=None).update(
            acknowledged_at=self.decision.now,
            acknowledged_by=self.decision.by,
            note=answer.note.strip()[:LONGEST_NOTE] if answer else "",
        )

    def wishes(
        self, asking: Sequence[Finding], unanswered: Sequence[Finding]
    ) -> list[Wish]:
        """Return what is asked of a second person: nothing where nobody may go on."""
        if any(each.rule.override is safety.Override.NEVER for each in unanswered):
            return []
        return [wish for each in asking if (wish := self._wish(each))]

    def _wish(self, finding: Finding) -> Wish | None:
        """Return what a second person is asked, if this one answered and may ask."""
        answer = self._answer(finding)
        asks = safety.may_ask(self.decision.role, finding.rule.override)
        if answer is None or not asks:
            return None
        return Wish(
            patient=self.patient,
            plan=self.plan,
            act=self.act,
            finding=finding,
            answer=answer,
            decision=self.decision,
        )

    def _uses_signature(self, finding: Finding) -> bool:
        signed = Override.objects.signed(self.decision.now).filter(
            **_is_about(finding, self.patient, self.act), asked_by=self.decision.by
        )
        return signed.update(used_at=self.decision.now) > 0

    def _overrules(self, finding: Finding) -> bool:
        answer = self._answer(finding)
        alone = safety.may_alone(self.decision.role, finding.rule.override)
        if answer is None or not alone:
            return False
        _write(
            self.patient, self.act, finding, answer, self.decision,
            plan=self.plan, used_at=self.decision.now,
        )  # fmt: skip
        return True

    def _answer(self, finding: Finding) -> Answer | None:
        said = (a for a in self.decision.answers if a.rule == finding.rule.id)
        return next((answer for answer in said if answer.note.strip()), None)


def _is_quiet(finding: Finding, plan: Plan | None) -> bool:
    """Tell whether somebody answered it for this plan already, on these very facts."""
    if plan is None or not finding.may_rest:
        return False
    # What was asked for before an act knows no plan: the act may have opened it.
    under = Q(plan=plan) | Q(plan=None, used_at__gte=plan.opened_at)
    return (
        Override.objects.used()
        .filter(
            under,
            patient=plan.patient_id,
            rule=finding.rule.id,
            rule_version=finding.rule.version,
            severity=finding.severity,
            digest=finding.digest,
        )
        .exists()
    )


@transaction.atomic
def _ask_for(wish: Wish) -> None:
    """Write a request down, but for one that waits or is signed already."""
    decision, about = wish.decision, _is_about(wish.finding, wish.patient, wish.act)
    Patient.objects.locked(wish.patient.pk)
    open_ones = Override.objects.unused(decision.now).filter(asked_by=decision.by)
    if open_ones.filter(**about).exists():
        return
    # A plan that the act itself would have opened is not there.
    plan = wish.plan and Plan.objects.filter(pk=wish.plan.pk).first()
    _write(wish.patient, wish.act, wish.finding, wish.answer, decision, plan=plan)


def _is_about(finding: Finding, patient: Patient, act: Act) -> dict[str, object]:
    return {
        "patient": patient,
        "act": act,
        "rule": finding.rule.id,
        "rule_version": finding.rule.version,
        "digest": finding.digest,
    }


def _write(
    patient: Patient,
    act: Act,
    finding: Finding,
    answer: Answer,
    decision: Decision,
    *,
    plan: Plan | None = None,
    used_at: datetime | None = None,
) -> Override:
    return Override.objects.create(
        **_is_about(finding, patient, act),
        clinic=patient.clinic,
        plan=plan,
        severity=finding.severity,
        needs=finding.rule.override,
        reason=answer.reason,
        note=answer.note.strip(),
        asked_at=decision.now,
        asked_by=decision.by,
        role=decision.role,
        used_at=used_at,
    )
