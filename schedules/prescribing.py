"""What is refused of what somebody prescribes."""

from patients.refusals import Refused
from schedules.causes import is_dietary
from schedules.intervals import SIX_MONTHS, Interval
from schedules.parameters import Parameters


def refuse_interval(
    interval: Interval, *, in_force: Parameters, cause_code: str, neurological: bool
) -> None:
    """
    Raise Refused unless maintenance may be set to this interval (rules 2.2).

    Six months need a dietary cause and a plan that is known not to be neurological;
    nobody can override that.
    """
    dietary = is_dietary(cause_code)
    if in_force.allows(interval, dietary=dietary, neurological=neurological):
        return
    if interval == SIX_MONTHS:
        raise Refused(
            "Every 6 months is only for a dietary cause without neurological symptoms "
            "(rules 2.2).",
            field="interval",
        )
    raise Refused(
        f"The interval is from {in_force.shortest_interval_days} to "
        f"{in_force.longest_interval_days} days (rules 2.2).",
        field="interval",
    )
