"""
What is known of a person besides symptoms, results and injections, on one day.

The safety rules ask their questions here (rules, section 5): medicines, allergies,
conditions, the exclusions checklist X1-X17, the samples taken before treatment, and the
consent to it. Everything is plain data: whoever reads it needs no database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Self

from patients.exclusions import Answer, Answered, Exclusion
from patients.medicines import (
    ANTICOAGULANTS,
    ANTIPLATELETS,
    CAUSES_OF_DEFICIENCY,
    Medicine,
    Taken,
)
from patients.samples import CORE, Sample, Sampled


class Allergen(StrEnum):
    """What somebody reacts to; `none_known` is the answer that there is nothing."""

    NONE_KNOWN = "none_known"
    HYDROXOCOBALAMIN = "hydroxocobalamin"
    CYANOCOBALAMIN = "cyanocobalamin"
    METHYLCOBALAMIN = "methylcobalamin"
    EXCIPIENT = "excipient"
    COBALT = "cobalt"
    OTHER = "other"


#: Those after which an injection may be dangerous (S10).
IN_THE_SYRINGE = frozenset(
    {
        Allergen.HYDROXOCOBALAMIN,
        Allergen.CYANOCOBALAMIN,
        Allergen.METHYLCOBALAMIN,
        Allergen.EXCIPIENT,
    }
)


class Reaction(StrEnum):
    """How bad it was."""

    SERIOUS = "serious"  # anaphylaxis, or another that threatened life
    MILD = "mild"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True)
class Allergy:
    """Something that somebody reacts to, since a day if that is known."""

    allergen: Allergen
    reaction: Reaction = Reaction.UNKNOWN
    name: str = ""
    since: date | None = None


class Condition(StrEnum):
    """What somebody has, is, or was exposed to, where a rule reads it."""

    DIABETES = "diabetes"
    ALBUMINURIA = "albuminuria"
    RENAL_DISEASE = "renal_disease"
    CARDIAC_DISEASE = "cardiac_disease"
    OPTIC_NEUROPATHY = "hereditary_optic_neuropathy"
    BLEEDING_DISORDER = "bleeding_disorder"
    PREGNANCY = "pregnancy"
    BREASTFEEDING = "breastfeeding"
    MEGALOBLASTIC_ANAEMIA = "megaloblastic_anaemia"
    NITROUS_OXIDE_PLANNED = "nitrous_oxide_planned"
    NITROUS_OXIDE_RECREATIONAL = "nitrous_oxide_recreational"
    HIGH_SUSPICION = "high_clinical_suspicion"
    HYPOTHYROIDISM = "hypothyroidism"
    ALCOHOL = "alcohol"
    MALABSORPTION = "malabsorption"


NITROUS_OXIDE = (Condition.NITROUS_OXIDE_PLANNED, Condition.NITROUS_OXIDE_RECREATIONAL)
#: The only one that may lie ahead.
PLANNED = frozenset({Condition.NITROUS_OXIDE_PLANNED})


@dataclass(frozen=True, kw_only=True)
class Had:
    """A condition from a day (or always) until a day, the first without it."""

    condition: Condition
    from_on: date | None = None
    ended_on: date | None = None

    def is_present(self, on: date) -> bool:
        """Tell whether it is there on that day; what is planned is there at once."""
        began = self.from_on is None or self.from_on <= on or self.condition in PLANNED
        return began and (self.ended_on is None or on < self.ended_on)


class Agreement(StrEnum):
    """What somebody said to being treated."""

    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Said:
    """The last word about consent: what, how we know, and since when."""

    answer: Agreement
    how: str
    on: date


class Missing(StrEnum):
    """What has to be answered before treatment starts (T1)."""

    CONSENT = "consent"
    ALLERGIES = "allergies"


#: By which day of treatment the checklist has to be answered (S15).
CHECKLIST_DAYS = 14


@dataclass(frozen=True, kw_only=True)
class Background:
    """All of it as of `on`; what lies before and after is kept, so that days differ."""

    on: date
    medicines: tuple[Taken, ...] = ()
    allergies: tuple[Allergy, ...] = ()
    has_allergy_answer: bool = False
    conditions: tuple[Had, ...] = ()
    answers: Mapping[Exclusion, Answered]
    samples: tuple[Sampled, ...] = ()
    consent: Said | None = None

    def as_of(self, on: date) -> Self:
        """Return the same as of another day, with what is recorded now."""
        return replace(self, on=on)

    # -- medicines --------------------------------------------------------------------

    @property
    def taken(self) -> tuple[Taken, ...]:
        """Return what is taken on the day."""
        return tuple(each for each in self.medicines if each.is_taken(self.on))

    def takes(self, *medicines: Medicine) -> bool:
        """Tell whether any of these is taken on the day."""
        return any(each.medicine in medicines for each in self.taken)

    @property
    def folic_acid_mg(self) -> Decimal:
        """Return the milligrams of folic acid taken in the day (S01, S01b)."""
        doses = (
            each.daily_mg
            for each in self.taken
            if each.medicine is Medicine.FOLIC_ACID and each.daily_mg is not None
        )
        return sum(doses, Decimal(0))

    @property
    def oral_cobalamins(self) -> tuple[Taken, ...]:
        """Return the B12 taken by mouth or under the tongue (S06, S07)."""
        return tuple(each for each in self.taken if each.replaces_injections)

    @property
    def takes_anticoagulant(self) -> bool:
        """Tell whether an oral anticoagulant is taken (S12, S13)."""
        return self.takes(*ANTICOAGULANTS)

    @property
    def antiplatelets(self) -> int:
        """Return how many different antiplatelets are taken (S12: two)."""
        return len(
            {
                (each.medicine, each.name.casefold())
                for each in self.taken
                if each.medicine in ANTIPLATELETS
            }
        )

    @property
    def causes_of_deficiency(self) -> tuple[Taken, ...]:
        """Return the medicines that may be why B12 is low (S24)."""
        return tuple(
            each for each in self.taken if each.medicine in CAUSES_OF_DEFICIENCY
        )

    @property
    def attenuating(self) -> tuple[Taken, ...]:
        """Return the medicines under which the blood may answer less (S24)."""
        return tuple(each for each in self.taken if each.may_attenuate)

    # -- allergies and conditions -----------------------------------------------------

    def reacts_to(self, *allergens: Allergen) -> bool:
        """Tell whether a reaction to any of these, however bad, is known."""
        return any(each.allergen in allergens for each in self.allergies)

    @property
    def dangers(self) -> tuple[Allergy, ...]:
        """
        Return the allergies after which an injection may be dangerous (S10).

        One whose reaction nobody knows is not among them, and is `uncertain`.
        """
        return self._to_the_syringe(Reaction.SERIOUS)

    @property
    def uncertain(self) -> tuple[Allergy, ...]:
        """Return the allergies to cobalamins or excipients that nobody has weighed."""
        return self._to_the_syringe(Reaction.UNKNOWN)

    def has(self, *conditions: Condition) -> bool:
        """Tell whether any of these is there on the day."""
        return any(
            each.condition in conditions and each.is_present(self.on)
            for each in self.conditions
        )

    @property
    def is_pregnant(self) -> bool:
        """Tell whether a pregnancy is recorded for the day."""
        return self.has(Condition.PREGNANCY)

    @property
    def is_breastfeeding(self) -> bool:
        """Tell whether breastfeeding is recorded for the day."""
        return self.has(Condition.BREASTFEEDING)

    # -- checklist, samples, consent --------------------------------------------------

    @property
    def unanswered(self) -> tuple[Exclusion, ...]:
        """Return the exclusions that nobody answered, in their order (S15)."""
        return tuple(
            each
            for each in Exclusion
            if each not in self.answers or self.answers[each].answer is Answer.NOT_DONE
        )

    @property
    def pending(self) -> tuple[Exclusion, ...]:
        """Return the exclusions whose answer is on its way, in their order."""
        return tuple(
            each
            for each in Exclusion
            if each in self.answers and self.answers[each].answer is Answer.PENDING
        )

    def is_checklist_late(self, started_on: date) -> bool:
        """Tell whether day 14 has come and an exclusion is still open (S15)."""
        is_open = bool(self.unanswered or self.pending)
        return is_open and self.on >= started_on + timedelta(days=CHECKLIST_DAYS)

    def was_sampled(self, sample: Sample, *, before: date) -> bool:
        """Tell whether blood for a test was drawn up to that day, it included (R05)."""
        return any(
            each.sample is sample and each.drawn_on <= before for each in self.samples
        )

    def missing_samples(self, *, before: date) -> tuple[Sample, ...]:
        """Return what should have been drawn before the first dose, and was not."""
        return tuple(
            sample
            for sample, others in CORE.items()
            if not any(self.was_sampled(each, before=before) for each in others)
        )

    @property
    def has_consent(self) -> bool:
        """Tell whether consent to treatment stands: given, and not withdrawn since."""
        return self.consent is not None and self.consent.answer is Agreement.GIVEN

    @property
    def refusal(self) -> Said | None:
        """Return the last word if it was no; a question nobody asked is none."""
        return None if self.has_consent else self.consent

    def _to_the_syringe(self, reaction: Reaction) -> tuple[Allergy, ...]:
        return tuple(
            each
            for each in self.allergies
            if each.allergen in IN_THE_SYRINGE and each.reaction is reaction
        )


def missing_for_start(background: Background) -> tuple[Missing, ...]:
    """
    Return what has to be answered before treatment starts: consent, allergies (T1).

    The checklist and the samples are not among it: they warn and never hold up (S15,
    S16).
    """
    missing = (
        (Missing.CONSENT, not background.has_consent),
        (Missing.ALLERGIES, not background.has_allergy_answer),
    )
    return tuple(what for what, is_missing in missing if is_missing)
