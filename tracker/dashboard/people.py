"""
Everybody of a clinic who is alive, with what decides where they stand.

Six questions to the database, whatever the number of patients. What is stored of each
plan is read; the engine is not asked.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, Subquery

from notifications.models import Reminder
from patients.models import Clinic, Patient
from schedules import reading
from schedules.intervals import Interval
from schedules.models import Acknowledgement, Injection, Plan, PlanEvent
from schedules.parameters import Timeline
from schedules.phases import EventKind, Phase
from tracker.dashboard.groups import Care, group_of
from tracker.dashboard.listed import (
    Given,
    ListedPatient,
    OpenPlan,
    OpenSlot,
    alerts_of,
    asks_for_review,
)


def people_of(clinic: Clinic, *, today: date) -> list[ListedPatient]:
    """Return the living patients of `clinic` whose care is open, by name."""
    given = _given(clinic, today)
    tasks = dict(Reminder.objects.of(clinic).tasks().values_list("patient", "purpose"))
    seen = _seen(clinic)
    timeline = reading.timeline_of(clinic)
    found = []
    for row in _rows(clinic):
        patient = _listed(
            row,
            given[row["id"]],
            seen,
            task=tasks.get(row["id"], ""),
            today=today,
            timeline=timeline,
        )
        if patient.group is not None:
            found.append(patient)
    return found


_PLAN = ("id", "phase", "interval", "neurological", "product")
_DOSE = ("ordinal", "target_on", "due_on", "opens_on", "closes_on", "flags")
_PANEL = ("number", "target_on", "due_on", "opens_on", "closes_on")
_STEP = "open_plan__protocol__content__loading__step_days"
_COUNT = "open_plan__protocol__content__loading__count"
_NEUROLOGICAL = "open_plan__protocol__content__neurological"


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
            _COUNT,
            _NEUROLOGICAL,
        )
    )
    return rows


def _given(clinic: Clinic, today: date) -> defaultdict[int, Given]:
    """Return what injections say to the list, of those who are due or in question."""
    may_be_due = Q(plan__dose__opens_on__lte=today) | Q(plan__phase=Phase.LOADING)
    in_question = Q(source=Injection.Source.UNVERIFIED) | Q(plan=None)
    has_expired = Q(expires_on__lt=F("given_on"))
    rows = (
        Injection.objects.of(clinic)
        .given()
        .filter(may_be_due | in_question | has_expired)
        .values_list(
            "patient", "given_on", "source", "plan", "episode", "plan__episode",
            "expires_on",
        )
    )  # fmt: skip
    found: defaultdict[int, Given] = defaultdict(Given)
    for patient, on, source, plan, episode, current, expires_on in rows:
        said = found[patient]
        said.expired += expires_on is not None and expires_on < on
        said.unplanned += plan is None
        if source == Injection.Source.UNVERIFIED:
            said.unverified += 1
            continue
        said.last_on = max(said.last_on or on, on)
        if episode is not None and episode == current:
            said.first_of_episode_on = min(said.first_of_episode_on or on, on)
    return found


def _seen(clinic: Clinic) -> Mapping[int, set[str]]:
    found: defaultdict[int, set[str]] = defaultdict(set)
    acknowledged = Acknowledgement.objects.filter(plan__clinic=clinic)
    for plan, code in acknowledged.values_list("plan", "code"):
        found[plan].add(code)
    return found


def _listed(
    row: dict[str, Any],
    given: Given,
    seen: Mapping[int, Collection[str]],
    *,
    task: str,
    today: date,
    timeline: Timeline,
) -> ListedPatient:
    age = Patient(birth_date=row["birth_date"]).age(today)
    plan, dose = _open_plan(row), _slot(row, "dose", _DOSE)
    panel = _slot(row, "panel", _PANEL)
    speaking = alerts_of(
        plan,
        given,
        age=age,
        is_closed=plan is None and row["was_planned"],
        seen=seen.get(plan.id, ()) if plan else (),
        today=today,
        timeline=timeline,
    )
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
        loading_count=row[_COUNT],
        is_for_neurological=row[_NEUROLOGICAL],
        review_on=row["review_on"],
    )


def _slot(row: dict[str, Any], name: str, columns: Iterable[str]) -> OpenSlot | None:
    if row[f"open_plan__{name}__due_on"] is None:
        return None
    said = {column: row[f"open_plan__{name}__{column}"] for column in columns}
    said["ordinal"] = said.pop("ordinal", None) or said.pop("number", 0)
    return OpenSlot(**said | {"flags": tuple(said.get("flags", ()))})
