"""A clinic sets the numbers of its rules, from a day on (rules 2.2, E3a)."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from patients.models import Clinic, User
from patients.refusals import Refused
from schedules import reading
from schedules.actions.calendar import PASSED, moved_by
from schedules.models import ClinicParameters
from schedules.parameters import ParameterRefused, Parameters


def set_parameters(
    *,
    clinic: Clinic,
    values: Mapping[str, Any],
    from_on: date,
    reason: str,
    now: datetime,
    by: User,
) -> int:
    """
    Set the parameters of `clinic` from a day on; return how many plans moved.

    What `values` does not name stays as it is in force on that day. What has passed
    stays as it was. Raises Refused if the day has passed, a value is out of its bounds,
    nothing would change, or no reason is given.
    """
    if from_on < clinic.day(now):
        raise Refused(PASSED, field="from_on")
    if not reason.strip():
        raise Refused("Say why the parameters change.", field="reason")

    def change() -> None:
        before = reading.timeline_of(clinic).on(from_on)
        after = _read({**before.values, **values})
        if after == before:
            raise Refused("Nothing would change from this day on.")
        ClinicParameters.objects.create(
            clinic=clinic,
            version=ClinicParameters.objects.of(clinic).count() + 1,
            from_on=from_on,
            values=after.values,
            reason=reason.strip(),
            set_at=now,
            set_by=by,
        )

    return moved_by(change, clinic=clinic, now=now)


def _read(values: Mapping[str, Any]) -> Parameters:
    try:
        return Parameters.of(values)
    except ParameterRefused as problem:
        raise Refused(
            f"{problem.why[:1].upper()}{problem.why[1:]}.", field=problem.name
        ) from problem
