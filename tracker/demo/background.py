"""What else is known of the people of the demo, as a nurse wrote it down at last."""

from datetime import datetime
from decimal import Decimal

import patients.actions
import schedules.actions
from patients.background import Allergen, Allergy, Condition, Had, Reaction
from patients.exclusions import Answer, Exclusion
from patients.medicines import Medicine, Taken
from patients.models import Patient, User
from tracker.demo.people import Someone

EXCLUDED = (Exclusion.HYPOTHYROIDISM, Exclusion.RENAL_DISEASE, Exclusion.MALIGNANCY)
PENDING = (Exclusion.COPPER,)


def learn(patient: Patient, someone: Someone, *, now: datetime, by: User) -> None:
    """Write down the medicines, the conditions and the allergy of somebody."""
    for code, milligrams in someone.medicines:
        taken = Taken(medicine=Medicine(code), daily_mg=Decimal(milligrams))
        patients.actions.record_medicine(patient=patient, taken=taken, now=now, by=by)
    for code in someone.conditions:
        schedules.actions.record_condition(
            patient=patient, had=Had(condition=Condition(code)), now=now, by=by
        )
    if someone.allergy:
        schedules.actions.record_allergy(
            patient=patient,
            allergy=Allergy(allergen=Allergen(someone.allergy), reaction=Reaction.MILD),
            now=now,
            by=by,
        )
    if someone.conditions:
        answers = dict.fromkeys(EXCLUDED, Answer.EXCLUDED)
        answers |= dict.fromkeys(PENDING, Answer.PENDING)
        schedules.actions.answer_exclusions(
            patient=patient, answers=answers, now=now, by=by
        )
