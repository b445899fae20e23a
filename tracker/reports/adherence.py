"""
How well a clinic's patients were treated on time, in a period.

Every plan is replayed in memory, from facts read in a constant number of questions to
the database; what a share means is told in `schedules.adherence`. Whoever may see no
names sees no figures about a few people either (rules M8).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from patients.models import Clinic, Patient
from schedules import forecast as engine
from schedules import reading
from schedules.adherence import Adherence, Cohort, measure
from schedules.forecast import Forecast
from schedules.models import Plan
from schedules.phases import Phase
from schedules.protocol import Protocol

ONE_DAY = timedelta(days=1)
#: Everything, and then each kind of treatment by itself.
SCOPES = (None, Phase.LOADING, Phase.MAINTENANCE)
#: A figure about fewer people could be a figure about somebody (rules M8).
FEWEST = 5

_Counted = dict[int, list[Adherence]]  # by patient, of each plan


@dataclass(frozen=True, kw_only=True)
class Line:
    """One patient's adherence."""

    patient: Patient
    figures: Adherence


@dataclass(frozen=True, kw_only=True)
class Scope:
    """
    The clinic's adherence in one phase, or in all of them.

    To those who may see no names, None stands for a number of people below FEWEST, and
    for figures from which something could be told about so few.
    """

    phase: Phase | None
    n: int | None
    excluded_n: int | None
    total: Adherence | None


@dataclass(frozen=True, kw_only=True)
class Report:
    """A clinic's adherence from a day to a day, both counted."""

    clinic: Clinic
    from_on: date
    to_on: date
    scopes: tuple[Scope, ...]
    lines: tuple[Line, ...]


def report_of(
    clinic: Clinic, *, from_on: date, to_on: date, today: date, with_names: bool
) -> Report:
    """
    Return the adherence of `clinic` in the days from `from_on` to `to_on`.

    Patients who were under treatment on none of these days are left out. Without names
    there is no line for each patient, and no figure about a few of them.
    """
    last = min(to_on, today)
    patients: dict[int, Patient] = {}
    counted: dict[Phase | None, _Counted] = {phase: {} for phase in SCOPES}
    for plan, forecast in _forecasts(clinic, today=today):
        patients[plan.patient_id] = plan.patient
        for phase in SCOPES:
            end = last + ONE_DAY
            figures = measure(forecast, start=from_on, end=end, phase=phase)
            counted[phase].setdefault(plan.patient_id, []).append(figures)
    lines = _by_patient(counted[None]).items() if with_names else ()
    cohorts = {
        phase: Cohort.of(_by_patient(parts).values())
        for phase, parts in counted.items()
    }
    return Report(
        clinic=clinic,
        from_on=from_on,
        to_on=last,
        scopes=_open(cohorts) if with_names else veiled(cohorts),
        lines=tuple(
            sorted(
                (Line(patient=patients[pk], figures=figures) for pk, figures in lines),
                key=_by_name,
            )
        ),
    )


def _open(cohorts: Mapping[Phase | None, Cohort]) -> tuple[Scope, ...]:
    return tuple(
        Scope(
            phase=phase,
            n=cohort.n,
            excluded_n=cohort.excluded_n,
            total=cohort.total,
        )
        for phase, cohort in cohorts.items()
    )


def veiled(cohorts: Mapping[Phase | None, Cohort]) -> tuple[Scope, ...]:
    """
    Return what those may see who see no names (rules M8).

    Where one phase is about few, no phase has figures: all less the other would tell.
    """
    of_few = {phase for phase, cohort in cohorts.items() if _is_about_few(cohort)}
    if of_few:
        of_few |= cohorts.keys() - {None}
    return tuple(
        Scope(
            phase=phase,
            n=_unless_few(cohort.n),
            excluded_n=_unless_few(cohort.excluded_n),
            total=None if phase in of_few else cohort.total,
        )
        for phase, cohort in cohorts.items()
    )


def _is_about_few(cohort: Cohort) -> bool:
    """Tell whether few have a dose that counts, or, where none has, few have days."""
    return _unless_few(cohort.n or cohort.excluded_n) is None


def _unless_few(people: int) -> int | None:
    return None if 0 < people < FEWEST else people


def _by_patient(counted: _Counted) -> dict[int, Adherence]:
    """Return the sum for each patient of whom there is anything to count."""
    sums = {pk: Cohort.of(plans).total for pk, plans in counted.items()}
    return {pk: figures for pk, figures in sums.items() if figures != Adherence()}


def _forecasts(clinic: Clinic, *, today: date) -> Iterator[tuple[Plan, Forecast]]:
    """Replay every plan that was ever treated."""
    calendar = reading.calendar_of(clinic)
    rules: dict[int | None, Protocol] = {}
    plans = (
        Plan.objects.of(clinic)
        .exclude(protocol=None)
        .select_related("patient", "protocol")
        .prefetch_related("events__protocol", "injections")
    )
    for plan in plans:
        if plan.protocol_id not in rules:
            rules[plan.protocol_id] = reading.protocol_of(plan)
        yield (
            plan,
            engine.forecast(
                protocol=rules[plan.protocol_id],
                events=reading.events_of(plan),
                given=reading.given_of(plan),
                calendar=calendar,
                as_of=today,
            ),
        )


def _by_name(line: Line) -> tuple[str, str, int]:
    patient = line.patient
    return patient.family_name, patient.given_name, patient.pk
