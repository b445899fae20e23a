"""The pages on which is written down what else is known of a patient."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

import schedules.actions
from patients import clock
from patients.access import May, SeatedRequest, needs
from patients.known_background import answers_of
from patients.models import (
    AllergyRecord,
    BaselineSample,
    ConditionRecord,
    Consent,
    MedicineUse,
    Patient,
)
from patients.models.facts import Fact
from patients.noting import (
    AllergyForm,
    ChecklistForm,
    ConditionForm,
    ConsentForm,
    EndForm,
    MedicineForm,
    NotingForm,
    SamplesForm,
    StopForm,
)
from patients.pages import ask, posted
from schedules.actions import Decision
from schedules.forms import ReasonForm
from schedules.overruling import OverrulingForm
from schedules.safety_reading import speaking_of_conditions

PAGE = "schedules/note.html"
Kind = TypeVar("Kind", bound=Fact)


class StartingForm(OverrulingForm, MedicineForm):
    """A medicine; a safety rule may stop the start of one."""


@needs(May.TREAT)
def add_medicine(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record a medicine."""
    seat, now = request.seat, clock.now()
    patient = _patient(request, pk)
    form = StartingForm(posted(request), today=seat.clinic.day(now))

    def act() -> str:
        use = schedules.actions.start_medicine(
            patient=patient,
            taken=form.taken,
            decision=Decision(
                by=seat.user, role=seat.role, now=now, answers=form.replies
            ),
        )
        return _("%s is recorded.") % use

    return _asked(request, patient, form, act)


@needs(May.TREAT)
def stop_medicine(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record that a medicine was stopped."""
    seat, now = request.seat, clock.now()
    use = _fact(request, MedicineUse, pk)
    today = seat.clinic.day(now)
    form = StopForm(posted(request), today=today, initial={"stopped_on": today})

    def act() -> str:
        schedules.actions.stop_medicine(
            use=use, on=form.cleaned_data["stopped_on"], now=now, by=seat.user
        )
        return _("%s is stopped.") % use

    return _asked(request, use.patient, form, act, about=use)


@needs(May.TREAT)
def add_allergy(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record an allergy, or the answer that none is known."""
    seat, now = request.seat, clock.now()
    patient = _patient(request, pk)
    form = AllergyForm(posted(request), today=seat.clinic.day(now))

    def act() -> str:
        who: dict[str, Any] = {"patient": patient, "now": now, "by": seat.user}
        if form.allergy is None:
            schedules.actions.record_no_allergies(**who)
            return _("Recorded: no allergy is known.")
        record = schedules.actions.record_allergy(
            allergy=form.allergy, note=form.cleaned_data["note"], **who
        )
        return _("The allergy is recorded: %s.") % record

    return _asked(request, patient, form, act)


@needs(May.TREAT)
def add_condition(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record a condition."""
    seat, now = request.seat, clock.now()
    patient = _patient(request, pk)
    form = ConditionForm(posted(request), today=seat.clinic.day(now))

    def act() -> str:
        on = seat.clinic.day(now)
        before = speaking_of_conditions(patient, on=on)
        record = schedules.actions.record_condition(
            patient=patient,
            had=form.had,
            note=form.cleaned_data["note"],
            now=now,
            by=seat.user,
        )
        spoken = [
            f"{rule.id}: {rule.text}"
            for rule in speaking_of_conditions(patient, on=on)
            if rule not in before
        ]
        return " ".join([_("%s is recorded.") % record, *spoken])

    return _asked(request, patient, form, act)


@needs(May.TREAT)
def end_condition(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record that a condition ended."""
    seat, now = request.seat, clock.now()
    record = _fact(request, ConditionRecord, pk)
    today = seat.clinic.day(now)
    form = EndForm(posted(request), today=today, initial={"ended_on": today})

    def act() -> str:
        schedules.actions.end_condition(
            record=record, on=form.cleaned_data["ended_on"], now=now, by=seat.user
        )
        return _("%s has ended.") % record

    return _asked(request, record.patient, form, act, about=record)


@needs(May.TREAT)
def answer_checklist(request: SeatedRequest, pk: int) -> HttpResponse:
    """Answer the exclusions checklist; only what changed is written down."""
    seat, now = request.seat, clock.now()
    patient = _patient(request, pk)
    form = ChecklistForm(
        posted(request), today=seat.clinic.day(now), known=answers_of(patient)
    )

    def act() -> str:
        count = len(
            schedules.actions.answer_exclusions(
                patient=patient, answers=form.answers, now=now, by=seat.user
            )
        )
        said = ngettext("%s answer is saved.", "%s answers are saved.", count)
        return said % count if count else _("Nothing was changed.")

    return _asked(request, patient, form, act)


@needs(May.TREAT)
def add_samples(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record the blood that was drawn before treatment."""
    seat, now = request.seat, clock.now()
    patient = _patient(request, pk)
    today = seat.clinic.day(now)
    form = SamplesForm(posted(request), today=today, initial={"drawn_on": today})

    def act() -> str:
        schedules.actions.record_samples(
            patient=patient,
            samples=form.chosen,
            drawn_on=form.cleaned_data["drawn_on"],
            now=now,
            by=seat.user,
        )
        return _("The samples are recorded.")

    return _asked(request, patient, form, act)


@needs(May.TREAT)
def state_consent(request: SeatedRequest, pk: int) -> HttpResponse:
    """Record what the patient said to being treated."""
    seat, now = request.seat, clock.now()
    patient = _patient(request, pk)
    today = seat.clinic.day(now)
    form = ConsentForm(posted(request), today=today, initial={"said_on": today})

    def act() -> str:
        consent = schedules.actions.state_consent(
            patient=patient,
            answer=form.agreement,
            how=form.cleaned_data["how"],
            on=form.cleaned_data["said_on"],
            now=now,
            by=seat.user,
        )
        return _("Recorded: %s.") % consent

    return _asked(request, patient, form, act)


@needs(May.TREAT)
def void_medicine(request: SeatedRequest, pk: int) -> HttpResponse:
    """Take back a medicine."""
    return _voided(request, _fact(request, MedicineUse, pk))


@needs(May.TREAT)
def void_allergy(request: SeatedRequest, pk: int) -> HttpResponse:
    """Take back an allergy, or the answer that none is known."""
    return _voided(request, _fact(request, AllergyRecord, pk))


@needs(May.TREAT)
def void_condition(request: SeatedRequest, pk: int) -> HttpResponse:
    """Take back a condition."""
    return _voided(request, _fact(request, ConditionRecord, pk))


@needs(May.TREAT)
def void_sample(request: SeatedRequest, pk: int) -> HttpResponse:
    """Take back a sample."""
    return _voided(request, _fact(request, BaselineSample, pk))


@needs(May.TREAT)
def void_consent(request: SeatedRequest, pk: int) -> HttpResponse:
    """Take back what was said about consent."""
    return _voided(request, _fact(request, Consent, pk))


def _voided(request: SeatedRequest, fact: Fact) -> HttpResponse:
    seat, now = request.seat, clock.now()
    form = ReasonForm(posted(request))

    def act() -> str:
        schedules.actions.void_fact(
            fact=fact, reason=form.cleaned_data["reason"], now=now, by=seat.user
        )
        return _("Taken back.")

    title, submit = _("Take back what was recorded"), _("Take back")
    return _asked(
        request, fact.patient, form, act, about=fact, title=title, submit=submit
    )


def _asked(
    request: SeatedRequest,
    patient: Patient,
    form: NotingForm | ReasonForm,
    act: Callable[[], str],
    **context: Any,
) -> HttpResponse:
    """Ask on the common page, and go back to the chart."""
    words = {"title": getattr(form, "title", ""), "submit": getattr(form, "submit", "")}
    return ask(
        request,
        form,
        template=PAGE,
        act=act,
        back=reverse("patient", args=[patient.pk]) + "#background",
        patient=patient,
        **(words | context),
    )


def _patient(request: SeatedRequest, pk: int) -> Patient:
    rows = Patient.objects.of(request.seat.clinic).select_related("clinic")
    return get_object_or_404(rows, pk=pk)


def _fact(request: SeatedRequest, kind: type[Kind], pk: int) -> Kind:
    rows = kind.objects.of(request.seat.clinic).select_related("patient__clinic")
    return cast(Kind, get_object_or_404(rows, pk=pk))
