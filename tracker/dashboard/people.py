"""
Everybody of a clinic who is alive, with what decides where they stand.

Six questions to the database, whatever the number of patients. What is stored of each
plan is read; the engine is not asked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, FilteredRelation, OuterRef, Q, Subquery

from notifications.models import Reminder
from patients.models import Clinic, Patient
from schedules import alerts, reading, watching
from schedules.alerts import Alert, Key
from schedules.intervals import Interval
from schedules.models import AlertEntry, Injection, Plan, PlanEvent
from schedules.parameters import Timeline
from schedules.phases import EventKind, Phase
from tracker.dashboard.groups import Care, group_of
from tracker.dashboard.listed import (
    Given,
    ListedPatient,
    OpenPlan,
    OpenSlot,
    asks_for_review,
)


def people_of(clinic: Clinic, *, today: date) -> list[ListedPatient]:
    """Return the living patients of `clinic` whose care is open, by name."""
    given = _given(clinic, today)
    tasks = dict(Reminder.objects.of(clinic).tasks().values_list("patient", "purpose"))
    quiet = _quiet(clinic)
    timeline = reading.timeline_of(clinic)
    found = []
    for row in _rows(clinic):
        patient = _listed(
            row,
            given[row["id"]],
            quiet,
            task=tasks.get(row["id"], ""),
            today=today,
            timeline=timeline,
        )
        if patient.group is not None:
            found.append(patient)
    return found


_PLAN = ("id", "phase", "interval", "neurological", "product", "speaks")
_DOSE = ("ordinal", "target_on", "due_on", "opens_on", "closes_on", "flags")
_PANEL = ("number", "target_on", "due_on", "opens_on", "closes_on")
_STEP = "open_plan__protocol__content__loading__step_days"


def _rows(clinic: Clinic) -> Iterable[dict[str, Any]]:
    pauses = PlanEvent.objects.filter(
        plan=OuterRef("open_plan__pk"), kind=EventKind.PAUSED, voided_at=None
    )
    rows: Iterable[dict[str, Any]] = (
        Patient.objects.of(clinic)
        .alive()
        .annotate(
            open_plan=FilteredRelation(
                "plans", condition=~Q(plans__phase=Phase.CLOSED.value)
            ),
            was_planned=Exists(Plan.objects.filter(patient=OuterRef("pk"))),
            review_on=Subquery(pauses.order_by("-on", "-pk").values("review_on")[:1]),
        )
        .values(
            "id",
            "family_name",
            "given_name",
            "birth_date",
            "local_number",
            "nhs_number",
            "was_planned",
            "review_on",
            *(f"open_plan__{column}" for column in _PLAN),
            *(f"open_plan__dose__{column}" for column in _DOSE),
            *(f"open_plan__panel__{column}" for column in _PANEL),
            _STEP,
        )
    )
    return rows


def _given(clinic: Clinic, today: date) -> defaultdict[int, Given]:
    """Return what injections say to the list, of those who are due or in question."""
    may_be_due = Q(plan__dose__opens_on__lte=today) | Q(plan__phase=Phase.LOADING)
    in_question = Q(source=Injection.Source.UNVERIFIED) | Q(plan=None)
    rows = (
        Injection.objects.of(clinic)
        .given()
        .filter(may_be_due | in_question)
        .values_list("patient", "given_on", "source", "plan")
    )
    found: defaultdict[int, Given] = defaultdict(Given)
    for patient, on, source, plan in rows:
        said = found[patient]
        said.unplanned += plan is None
        if source == Injection.Source.UNVERIFIED:
            said.unverified += 1
            continue
        said.last_on = max(said.last_on or on, on)
    return found


def _quiet(clinic: Clinic) -> Mapping[int, set[Key]]:
    """Return which alerts were acknowledged, by plan."""
    found: defaultdict[int, set[Key]] = defaultdict(set)
    for entry in AlertEntry.objects.of(clinic).acknowledged().of_open_plans():
        found[entry.plan_id].add(entry.key)
    return found


def _listed(
    row: dict[str, Any],
    given: Given,
    quiet: Mapping[int, Collection[Key]],
    *,
    task: str,
    today: date,
    timeline: Timeline,
) -> ListedPatient:
    age = Patient(birth_date=row["birth_date"]).age(today)
    plan, dose = _open_plan(row), _slot(row, "dose", _DOSE)
    panel = _slot(row, "panel", _PANEL)
    speaking = _speaking(plan, quiet, today)
    care = Care(
        phase=plan.phase if plan else None,
        was_planned=row["was_planned"],
        dose=dose,
        panel=panel,
        has_task=bool(task),
        has_review=asks_for_review(plan, speaking),
        has_unverified=bool(given.unverified or given.unplanned),
    )
    return ListedPatient(
        **{name: row[name] or "" for name in _NAMES},
        id=row["id"],
        birth_date=row["birth_date"],
        age=age,
        was_planned=row["was_planned"],
        plan=plan,
        dose=dose,
        panel=panel,
        given=given,
        alerts=speaking,
        parameters=timeline.on(today),
        task=task,
        group=group_of(care, today=today),
    )


def _speaking(
    plan: OpenPlan | None, quiet: Mapping[int, Collection[Key]], today: date
) -> tuple[Alert, ...]:
    """Return the alerts that the chart would show, without asking the engine."""
    if plan is None:
        return ()
    kept = watching.kept(plan.speaks)
    return alerts.speaking(kept, on=today, quiet=quiet.get(plan.id, ()))


_NAMES = ("family_name", "given_name", "local_number", "nhs_number")


def _open_plan(row: dict[str, Any]) -> OpenPlan | None:
    if row["open_plan__id"] is None:
        return None
    said = {column: row[f"open_plan__{column}"] for column in _PLAN}
    interval = said.pop("interval")
    return OpenPlan(
        **said | {"phase": Phase(said["phase"])},
        interval=Interval.parse(interval) if interval else None,
        step_days=row[_STEP],
        review_on=row["review_on"],
    )


def _slot(row: dict[str, Any], name: str, columns: Iterable[str]) -> OpenSlot | None:
    if row[f"open_plan__{name}__due_on"] is None:
        return None
    said = {column: row[f"open_plan__{name}__{column}"] for column in columns}
    said["ordinal"] = said.pop("ordinal", None) or said.pop("number", 0)
    return OpenSlot(**said | {"flags": tuple(said.get("flags", ()))})
