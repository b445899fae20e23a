"""The pages on which a plan is decided about."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import StrEnum

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.background import missing_for_start
from patients.known_assessments import assessed_of
from patients.known_background import background_of
from patients.models import Clinic, Membership, Patient
from patients.pages import ask, posted
from patients.refusals import Refused
from schedules import decisions, phases, reading, words
from schedules.actions import Decision
from schedules.alerts import RULES
from schedules.deciding import FORMS, DecisionForm, NeurologicalForm, SeenForm
from schedules.forecast import Forecast
from schedules.models import Plan, Protocol
from schedules.opening import StartForm, TakeOverForm
from schedules.phases import EventKind, Phase
from schedules.products import alike, code_of

TO_BE_SEEN = {rule.code for rule in RULES if not rule.by_answer}

WANTS_SYMPTOMS = (EventKind.MAINTAINED, EventKind.RELOADED)


@needs(May.PRESCRIBE)
def start(request: SeatedRequest, pk: int) -> HttpResponse:
    """Start treatment."""
    seat, now = request.seat, clock.now()
    patient = get_object_or_404(Patient.objects.of(seat.clinic), pk=pk)
    form = StartForm(
        posted(request),
        reasons=tuple(decisions.StartReason),
        today=seat.clinic.day(now),
        clinic=seat.clinic,
        initial=_known_of(patient),
    )
    form.ask_only(missing_for_start(background_of(patient, on=seat.clinic.day(now))))

    def act() -> str:
        moved = schedules.actions.begin(
            patient=patient,
            protocol=form.cleaned_data["protocol"],
            start_on=form.cleaned_data["start_on"],
            decision=_decision(seat, form, now),
            answers=form.answers,
            **form.course,
        )
        return words.next_dose(None, moved.dose_after)

    return ask(
        request,
        form,
        template="schedules/decide.html",
        act=act,
        back=reverse("patient", args=[patient.pk]),
        patient=patient,
    )


@needs(May.PRESCRIBE)
def take_over(request: SeatedRequest, pk: int) -> HttpResponse:
    """Take over a patient who is on maintenance elsewhere."""
    seat, now = request.seat, clock.now()
    patient = get_object_or_404(Patient.objects.of(seat.clinic), pk=pk)
    form = TakeOverForm(
        posted(request),
        reasons=tuple(decisions.TransferReason),
        today=seat.clinic.day(now),
        clinic=seat.clinic,
        initial=_known_of(patient),
    )

    def act() -> str:
        moved = schedules.actions.take_over(
            patient=patient,
            protocol=_followed(patient, form.cleaned_data["product"]),
            interval=form.chosen,
            decision=_decision(seat, form, now),
            **form.course,
        )
        return words.next_dose(None, moved.dose_after)

    return ask(
        request,
        form,
        template="schedules/decide.html",
        act=act,
        back=reverse("patient", args=[patient.pk]),
        patient=patient,
    )


@needs(May.TREAT)
def decide(request: SeatedRequest, pk: int, kind: str) -> HttpResponse:
    """Take one of the decisions about a plan, each with its own form."""
    seat, now = request.seat, clock.now()
    if kind not in FORMS:
        raise Http404
    if not phases.may(seat.role, EventKind(kind), pause_days=1):
        raise PermissionDenied
    plan = _plan_of(seat.clinic, pk)
    back = reverse("patient", args=[pk])
    stands = reading.forecast_of(plan, today=seat.clinic.day(now))
    reasons = _reasons(stands, EventKind(kind))
    if not reasons:
        messages.error(request, _("This cannot be decided as the plan stands now."))
        return redirect(back)
    asking = FORMS[EventKind(kind)]
    form = asking(
        posted(request),
        reasons=reasons,
        today=seat.clinic.day(now),
        clinic=seat.clinic,
        initial={
            "protocol": plan.protocol_id,
            "reason": request.GET.get("reason", ""),
        },
    )
    form.know(stands)

    def act() -> str:
        moved = form.decide(plan, _decision(seat, form, now))
        told = words.next_dose(moved.dose_before, moved.dose_after)
        return str(form.said or told)

    return ask(
        request,
        form,
        template="schedules/decide.html",
        act=act,
        back=back,
        patient=plan.patient,
        is_closing=kind == EventKind.CLOSED,
        wants_symptoms=kind in WANTS_SYMPTOMS,
        assessed_on=_assessed_on(plan, seat.clinic.day(now)),
    )


@needs(May.TREAT)
def answer_neurological(request: SeatedRequest, pk: int) -> HttpResponse:
    """Answer whether there are neurological symptoms."""
    seat = request.seat
    plan = _plan_of(seat.clinic, pk)
    form = NeurologicalForm(posted(request))

    def act() -> str:
        answer = form.cleaned_data["neurological"]
        schedules.actions.answer_neurological(
            plan=plan, answer=answer, role=seat.role, now=clock.now(), by=seat.user
        )
        return _("Saved.")

    return ask(
        request,
        form,
        template="schedules/decide.html",
        act=act,
        back=reverse("patient", args=[pk]),
        patient=plan.patient,
    )


@needs(May.TREAT)
@require_POST
def seen(request: SeatedRequest, pk: int, code: str) -> HttpResponse:
    """Write down that an alert was seen; one that waits for an answer stays."""
    seat, now = request.seat, clock.now()
    plan = _plan_of(seat.clinic, pk)
    if code not in TO_BE_SEEN:
        raise Http404
    form = SeenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The note is too long."))
        return redirect("patient", pk)
    try:
        schedules.actions.acknowledge(
            plan=plan, code=code, now=now, by=seat.user, **form.cleaned_data
        )
        messages.success(request, _("Noted that you have seen it."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("patient", pk)


def _assessed_on(plan: Plan, today: date) -> date | None:
    """Return when symptoms were last assessed: a decision may wait for it (T4, T7)."""
    return max(
        (each.on for each in assessed_of(plan.patient_id, on=today)), default=None
    )


def _plan_of(clinic: Clinic, pk: int) -> Plan:
    """Return the open plan of a patient, or else the last one; 404 without any."""
    plans = Plan.objects.of(clinic).select_related("clinic", "patient", "protocol")
    of_patient = plans.filter(patient__pk=pk).order_by("-pk")
    plan = of_patient.open().first() or of_patient.first()
    if plan is None:
        raise Http404
    return plan


def _followed(patient: Patient, product: str) -> Protocol:
    """Return the protocol that a plan in work-up followed before, or one to begin."""
    before = Protocol.objects.filter(plan__patient=patient, plan__phase=Phase.WORKUP)
    found = Protocol.objects.newest().filter(content__loading=None)
    suits = (
        p for p in (*before, *found) if code_of(p.content["product"]) in alike(product)
    )
    return next(suits, found[0])


def _known_of(patient: Patient) -> dict[str, str]:
    """Return what is known before treatment begins; an unanswered question stays so."""
    known = Plan.objects.filter(patient=patient, phase=Phase.WORKUP).first()
    if known is None:
        return {}
    answer = known.neurological
    return {
        "neurological": "" if answer == Plan.Neurological.UNKNOWN else answer,
        "cause_code": known.cause_code,
        "cause": known.cause,
        "product": known.product,
    }


def _reasons(stands: Forecast, kind: EventKind) -> Sequence[StrEnum]:
    """Return the reasons to be offered; a death is recorded on a page of its own."""
    found = phases.reasons(kind, stands.phase, stands.resume_phase)
    return [reason for reason in found if reason != decisions.CloseReason.DIED]


def _decision(seat: Membership, form: DecisionForm, now: datetime) -> Decision:
    return Decision(
        by=seat.user,
        role=seat.role,
        now=now,
        reason=form.cleaned_data["reason"],
        note=form.cleaned_data["note"],
        answers=form.replies,
    )
