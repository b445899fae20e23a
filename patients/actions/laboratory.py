"""What a clinic asks of its laboratory."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from patients import lab_rules
from patients.laboratory import Policy
from patients.models import Clinic, LabPolicy, User
from patients.refusals import Refused


@transaction.atomic
def set_lab_policy(
    *,
    clinic: Clinic,
    policy: Policy,
    numbers: Mapping[str, Decimal],
    from_on: date,
    by: User,
) -> LabPolicy:
    """
    Follow a policy, and hold results against these numbers, from a day on (R24).

    Raises Refused, naming the field, for a number that no laboratory would set. Plans
    hear of it through `schedules.actions.change_lab_policy`.
    """
    try:
        lab_rules.check(numbers)
    except lab_rules.ImplausibleThreshold as problem:
        raise Refused(str(problem), field=problem.field) from problem
    known = LabPolicy.objects.filter(clinic=clinic, from_on=from_on).first()
    found = known or LabPolicy(clinic=clinic, from_on=from_on)
    found.policy = policy
    for name, number in numbers.items():
        setattr(found, name, number)
    found.changed_by(by).save()
    return found
