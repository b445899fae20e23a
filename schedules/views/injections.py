"""The pages on which injections are recorded, accepted and taken back."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.models import Clinic, Membership, Patient
from patients.pages import ask, posted
from schedules import words
from schedules.actions import Decision, Recorded
from schedules.forms import ConfirmForm, ReasonForm
from schedules.injecting import CorrectionForm, InjectionForm
from schedules.known_symptoms import asked_of
from schedules.models import Dose, Injection, Plan
from schedules.products import USUAL
from schedules.protocol import Protocol as Rules

LAST_SITES = 4
CORRECTED = (
    "source", "given_on", "outcome", "product", "dose_mg", "route", "site", "batch",
    "expires_on", "given_by", "note",
)  # fmt: skip


@needs(May.TREAT)
def record(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record an injection, or that it was not given."""
    seat, now = request.seat, clock.now()
    patient = get_object_or_404(Patient.objects.of(seat.clinic), pk=pk)
    form = InjectionForm(
        posted(request),
        clinic=seat.clinic,
        now=now,
        initial=_offered(seat, patient, now),
    )

    def act() -> str:
        recorded = schedules.actions.record_injection(
            patient=patient,
            given_at=form.cleaned_data["given_at"],
            given_on=form.cleaned_data["given_on"],
            details=form.details | _acceptance(form, seat, now),
            now=now,
            by=seat.user,
            intended=_intended(form, seat, now),
            identified=form.identified,
        )
        return _told(_("Recorded."), recorded)

    injections = Injection.objects.given().filter(patient=patient)
    return ask(
        request,
        form,
        template="schedules/injection.html",
        act=act,
        back=reverse("patient", args=[patient.pk]),
        patient=patient,
        dose=Dose.objects.filter(patient=patient).first(),
        last_sites=injections.exclude(site="")[:LAST_SITES],
        asked=words.ASKED.get(asked_of(patient, today=seat.clinic.day(now)) or ""),
    )


@needs(May.TREAT)
def correct(request: SeatedRequest, pk: int) -> HttpResponse:
    """Write an injection down as it really was."""
    seat, now = request.seat, clock.now()
    injection = _injection(seat.clinic, pk)
    form = CorrectionForm(
        posted(request), clinic=seat.clinic, now=now, initial=_as_written(injection)
    )

    def act() -> str:
        recorded = schedules.actions.correct_injection(
            injection=injection,
            reason=form.cleaned_data["why"],
            given_at=form.cleaned_data["given_at"],
            given_on=form.cleaned_data["given_on"],
            details=form.details,
            now=now,
            by=seat.user,
        )
        return _told(_("Corrected."), recorded)

    return ask(
        request,
        form,
        template="schedules/change_injection.html",
        act=act,
        back=reverse("patient", args=[injection.patient_id]),
        injection=injection,
        patient=injection.patient,
        title=_("Correct an injection"),
        submit=_("Correct"),
    )


@needs(May.TREAT)
def void(request: SeatedRequest, pk: int) -> HttpResponse:
    """Take back an injection that was entered in error."""
    seat, now = request.seat, clock.now()
    injection = _injection(seat.clinic, pk)
    form = ReasonForm(posted(request))

    def act() -> str:
        recorded = schedules.actions.void_injection(
            injection=injection,
            reason=form.cleaned_data["reason"],
            now=now,
            by=seat.user,
        )
        return _told(_("Taken back."), recorded)

    return ask(
        request,
        form,
        template="schedules/change_injection.html",
        act=act,
        back=reverse("patient", args=[injection.patient_id]),
        injection=injection,
        patient=injection.patient,
        title=_("Take back an injection"),
        submit=_("Take back"),
    )


@needs(May.TREAT)
def accept(request: SeatedRequest, pk: int) -> HttpResponse:
    """Accept an injection given elsewhere, so that it counts."""
    seat, now = request.seat, clock.now()
    injection = _injection(seat.clinic, pk)
    form = ConfirmForm(posted(request))

    def act() -> str:
        recorded = schedules.actions.accept_injection(
            injection=injection, now=now, by=seat.user
        )
        return _told(_("Accepted."), recorded)

    return ask(
        request,
        form,
        template="schedules/change_injection.html",
        act=act,
        back=reverse("patient", args=[injection.patient_id]),
        injection=injection,
        patient=injection.patient,
        title=_("Accept an injection given elsewhere"),
        submit=_("Accept"),
    )


def _injection(clinic: Clinic, pk: int) -> Injection:
    injections = Injection.objects.of(clinic).select_related("patient", "clinic")
    return get_object_or_404(injections, pk=pk)


def _as_written(injection: Injection) -> dict[str, Any]:
    """Return what a correction begins with: the record as it stands."""
    at = injection.given_at
    local = at.astimezone(injection.clinic.zone) if at else None
    return {name: getattr(injection, name) for name in CORRECTED} | {
        "given_time": local.time().replace(second=0, microsecond=0) if local else None
    }


def _offered(seat: Membership, patient: Patient, now: datetime) -> dict[str, Any]:
    """Return what the form begins with: now, by this person, from the last batch."""
    local = now.astimezone(seat.clinic.zone)
    plans = Plan.objects.open().select_related("protocol")
    plan = plans.filter(patient=patient).first()
    product = plan.product if plan else USUAL
    return (
        {
            "given_on": local.date(),
            "given_time": local.time().replace(second=0, microsecond=0),
            "given_by": str(seat.user)[:80],
            "product": product,
        }
        | _usual_dose(plan)
        | _last_batch(seat.clinic, product, now)
    )


def _usual_dose(plan: Plan | None) -> dict[str, Any]:
    """Return the dose and the route that the plan's protocol asks for."""
    if plan is None or plan.protocol is None:
        return {}
    rules = Rules.from_dict(plan.protocol.content)
    return {"dose_mg": rules.dose_mg, "route": rules.route}


def _last_batch(clinic: Clinic, product: str, now: datetime) -> dict[str, Any]:
    """Return the batch that the clinic used last, if it can still be used."""
    used = Injection.objects.of(clinic).given().exclude(batch="")
    last = used.filter(source=Injection.Source.HERE, product=product).first()
    if last is None or last.expires_on is None or last.expires_on < clinic.day(now):
        return {}
    return {"batch": last.batch, "expires_on": last.expires_on}


def _acceptance(
    form: InjectionForm, seat: Membership, now: datetime
) -> dict[str, object]:
    """Return who accepted it, of an injection given elsewhere that counts at once."""
    if form.cleaned_data["source"] != Injection.Source.ACCEPTED:
        return {}
    return {"accepted_at": now, "accepted_by": seat.user}


def _intended(form: InjectionForm, seat: Membership, now: datetime) -> Decision | None:
    """Return who is about to give it, and what was said to the rules."""
    if not form.is_intended:
        return None
    return Decision(by=seat.user, role=seat.role, now=now, answers=form.replies)


def _told(done: str, recorded: Recorded) -> str:
    """Say what was done, and what moved by it."""
    moved = recorded.moved
    said = [done]
    if recorded.injection.plan_id is None:
        said.append(_("The patient has no open plan: no next dose is worked out."))
    else:
        said.append(words.next_dose(moved.dose_before, moved.dose_after))
    rules = sorted({each["rule"] for each in recorded.injection.spoke_against})
    if rules:
        told = _("This is an incident (rule %s): tell the clinical lead.")
        said.append(told % ", ".join(rules))
    else:
        shown = (found.rule for found in recorded.findings if not found.asks)
        said += [f"{rule.id}: {rule.text}" for rule in shown]
    return " ".join(said)
