"""Reading what is recorded of a patient's background, in six questions."""

from datetime import date

from patients.background import Allergen, Background, Said
from patients.exclusions import Answered, Exclusion
from patients.models import Patient
from patients.samples import PROVEN_BY, Sample, Sampled


def background_of(patient: Patient, *, on: date) -> Background:
    """
    Return what stands recorded of `patient`, as of a day.

    Medicines and conditions of other days are in it too: the questions of Background
    are about its day, and `as_of` asks about another. Six queries.
    """
    allergies = list(patient.allergies.standing())
    return Background(
        on=on,
        medicines=tuple(each.known for each in patient.medicines.standing()),
        allergies=tuple(
            each.known for each in allergies if each.allergen != Allergen.NONE_KNOWN
        ),
        has_allergy_answer=bool(allergies),
        conditions=tuple(each.known for each in patient.conditions.standing()),
        answers=answers_of(patient),
        samples=samples_of(patient),
        consent=_consent(patient),
    )


def answers_of(patient: Patient) -> dict[Exclusion, Answered]:
    """Return the last answer to each line of the checklist."""
    rows = patient.exclusion_answers.standing().select_related("recorded_by")
    return {Exclusion(row.exclusion): row.known for row in rows.order_by("id")}


def samples_of(patient: Patient) -> tuple[Sampled, ...]:
    """Return what was drawn; a result that came back proves its blood was."""
    noted = patient.baseline_samples.standing().order_by()
    results = patient.lab_results.standing().filter(test__in=PROVEN_BY).order_by()
    rows = noted.values_list("sample", "drawn_on").union(
        results.values_list("test", "drawn_on")
    )
    return tuple(
        Sampled(sample=PROVEN_BY.get(code) or Sample(code), drawn_on=on)
        for code, on in sorted(rows)
    )


def _consent(patient: Patient) -> Said | None:
    last = patient.consents.standing().order_by("id").last()
    return last.known if last else None
