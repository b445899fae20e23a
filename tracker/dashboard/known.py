"""What else is known of a patient, as the chart shows it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from patients.background import Allergen, Background
from patients.exclusions import WORDINGS, Answer, Exclusion
from patients.known_background import answers_of, samples_of
from patients.models import (
    AllergyRecord,
    BaselineSample,
    ConditionRecord,
    Consent,
    MedicineUse,
    Patient,
)
from patients.models.facts import Fact
from patients.titles import SAMPLES
from schedules.words import Words, day


@dataclass(frozen=True, kw_only=True)
class Noted:
    """A line of the background: what it is, and where it is ended or taken back."""

    id: int
    kind: Words
    what: str
    details: str
    by: str
    void: str  # the names of pages; empty where there is nothing to do
    end: str
    is_voided: bool
    void_reason: str


@dataclass(frozen=True, kw_only=True)
class Known:
    """All of the background: what holds now, what is over, and what is not answered."""

    current: tuple[Noted, ...]
    over: tuple[Noted, ...]
    has_allergy_answer: bool
    has_consent: bool
    answered: int
    lines: int
    found: tuple[str, ...]  # what the checklist says is there
    not_drawn: tuple[str, ...]


def known_of(
    patient: Patient, *, today: date, samples_until: date | None = None
) -> Known:
    """
    Return what the chart says of the background of `patient`.

    `samples_until` is the day of the first dose, by which blood is drawn (R05); without
    it nobody asks for samples.
    """
    facts = list(_facts(patient))
    standing = [each for each in facts if each.voided_at is None]
    consent = next((each for each in standing if isinstance(each, Consent)), None)
    known = Background(
        on=today,
        has_allergy_answer=any(isinstance(each, AllergyRecord) for each in standing),
        answers=answers_of(patient),
        samples=samples_of(patient),
        consent=consent.known if consent else None,
    )
    current = [
        each for each in standing if _is_current(each, today=today, consent=consent)
    ]
    return Known(
        current=tuple(_noted(each, may_end=True) for each in current),
        over=tuple(
            _noted(each, may_end=False) for each in facts if each not in current
        ),
        has_allergy_answer=known.has_allergy_answer,
        has_consent=known.has_consent,
        answered=len(Exclusion) - len(known.unanswered),
        lines=len(Exclusion),
        found=_found(known),
        not_drawn=_not_drawn(known, samples_until),
    )


def _facts(patient: Patient) -> Iterator[Fact]:
    """Yield every line, the consent that was said last first."""
    kinds: tuple[Any, ...] = (
        patient.consents.order_by("-id"),
        patient.allergies,
        patient.medicines,
        patient.conditions,
        patient.baseline_samples,
    )
    for rows in kinds:
        yield from rows.select_related("recorded_by")


def _is_current(fact: Fact, *, today: date, consent: Consent | None) -> bool:
    match fact:
        case MedicineUse():
            return fact.known.is_taken(today)
        case ConditionRecord():
            return fact.known.is_present(today)
        case Consent():
            return fact == consent
    return True


def _noted(fact: Fact, *, may_end: bool) -> Noted:
    kind, void, end = _PAGES[type(fact)]
    is_voided = fact.voided_at is not None
    has_ended = bool(
        getattr(fact, "stopped_on", None) or getattr(fact, "ended_on", None)
    )
    return Noted(
        id=fact.pk,
        kind=kind,
        what=str(fact),
        details=", ".join(part for part in _details(fact) if part),
        by=str(fact.recorded_by),
        void="" if is_voided else void,
        end=end if may_end and not has_ended else "",
        is_voided=is_voided,
        void_reason=fact.void_reason,
    )


_PAGES: dict[type[Fact], tuple[Words, str, str]] = {
    MedicineUse: (gettext_lazy("Medicine"), "medicine-void", "medicine-stop"),
    AllergyRecord: (gettext_lazy("Allergy"), "allergy-void", ""),
    ConditionRecord: (gettext_lazy("Condition"), "condition-void", "condition-end"),
    BaselineSample: (gettext_lazy("Sample"), "sample-void", ""),
    Consent: (gettext_lazy("Consent"), "consent-void", ""),
}


def _details(fact: Fact) -> Iterable[str]:
    match fact:
        case MedicineUse():
            named = str(fact.get_medicine_display()) if fact.name else ""
            return (
                named,
                str(fact.get_route_display()),
                _range(fact),
                *_days(fact.started_on, fact.stopped_on),
            )
        case AllergyRecord(allergen=Allergen.NONE_KNOWN):
            return ()
        case AllergyRecord():
            reaction = _("reaction %s") % fact.get_reaction_display()
            return (reaction, *_days(fact.since, None), fact.note)
        case ConditionRecord():
            return (*_days(fact.from_on, fact.ended_on), fact.note)
        case BaselineSample():
            return (_("drawn %s") % day(fact.drawn_on),)
        case Consent():
            return (day(fact.said_on), fact.how)
    return ()


def _days(since: date | None, until: date | None) -> tuple[str, str]:
    return (
        _("since %s") % day(since) if since else "",
        _("until %s") % day(until) if until else "",
    )


def _range(use: MedicineUse) -> str:
    if use.inr_low is None:
        return ""
    return _("INR %(low)s to %(high)s") % {"low": use.inr_low, "high": use.inr_high}


def _found(known: Background) -> tuple[str, ...]:
    return tuple(
        f"{line} {WORDINGS[line].text}"
        for line in Exclusion
        if line in known.answers and known.answers[line].answer is Answer.PRESENT
    )


def _not_drawn(known: Background, until: date | None) -> tuple[str, ...]:
    if until is None:
        return ()
    titles = dict(SAMPLES)
    missing = known.missing_samples(before=until)
    return tuple(str(titles[sample]) for sample in missing)
