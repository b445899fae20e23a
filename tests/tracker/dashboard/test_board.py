"""The day's list: everybody in exactly one group, in numbers that add up."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import patients.actions
import schedules.actions
from notifications.models import Reminder, Tick
from notifications.states import State
from patients.models import Clinic, ImportLine, Patient
from schedules import reading
from schedules.models import Dose, Injection, Plan
from tests.factories import (
    ANSWERED,
    NOON,
    TODAY,
    decided,
    give,
    make_clinic,
    make_loading_plan,
    make_maintenance_plan,
    make_patient,
    make_plan,
    newest,
    system,
)
from tracker.dashboard.board import Board, board_of
from tracker.dashboard.chart import chart_of
from tracker.dashboard.groups import Group
from tracker.dashboard.people import people_of

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def overdue(patient: Patient) -> None:
    make_maintenance_plan(patient, TODAY - 90 * DAY)


def due(patient: Patient) -> None:
    make_loading_plan(patient)


def late_but_on_time(patient: Patient) -> None:
    make_maintenance_plan(patient, date(2026, 9, 16))


def blood_test(patient: Patient) -> None:
    plan = make_maintenance_plan(patient, TODAY - 10 * DAY)
    plan.panel.due_on = plan.panel.target_on = TODAY
    plan.panel.save()


def unreached(patient: Patient) -> None:
    make_task(make_maintenance_plan(patient, TODAY - 10 * DAY))


def review(patient: Patient) -> None:
    make_maintenance_plan(patient, TODAY - 10 * DAY, neurological="unknown")


def child(patient: Patient) -> None:
    patient.birth_date = TODAY.replace(year=TODAY.year - 9)
    patient.save()
    make_plan(patient)


def lost_date(patient: Patient) -> None:
    plan = make_maintenance_plan(patient, TODAY - 10 * DAY)
    Dose.objects.filter(plan=plan).delete()


def unverified(patient: Patient) -> None:
    make_maintenance_plan(patient, TODAY - 30 * DAY)
    give(patient, TODAY, source=Injection.Source.UNVERIFIED, given_at=None)


def unplanned(patient: Patient) -> None:
    give(patient, TODAY)


def workup(patient: Patient) -> None:
    make_plan(patient, neurological="unknown")


def no_plan(patient: Patient) -> None:
    """Leave the patient as registered."""


def paused(patient: Patient) -> None:
    plan = make_maintenance_plan(patient, TODAY - 10 * DAY)
    schedules.actions.pause(
        plan=plan, review_on=TODAY + 30 * DAY, decision=decided("travel")
    )


def coming(patient: Patient) -> None:
    make_maintenance_plan(patient, TODAY - 10 * DAY)


def closed(patient: Patient) -> None:
    plan = make_plan(patient)
    schedules.actions.close_plan(plan=plan, decision=decided("not_deficient"))


def closed_and_injected(patient: Patient) -> None:
    closed(patient)
    give(patient, TODAY)


def closed_child(patient: Patient) -> None:
    child(patient)
    schedules.actions.close_plan(
        plan=patient.plans.get(), decision=decided("not_deficient")
    )


def closed_and_expired(patient: Patient) -> None:
    plan = make_maintenance_plan(patient, TODAY - 60 * DAY)
    give(patient, TODAY - 5 * DAY, batch="346A80", expires_on=TODAY - 30 * DAY)
    schedules.actions.close_plan(plan=plan, decision=decided("cause_resolved"))


def short_for_nerves(patient: Patient) -> None:
    plan = make_short_plan(patient)
    give(patient, TODAY)
    schedules.actions.answer_neurological(
        plan=plan, answer="yes", role="prescriber", now=NOON, by=system()
    )


def died(patient: Patient) -> None:
    make_loading_plan(patient)
    schedules.actions.record_death(
        patient=patient, on=TODAY, role="prescriber", now=NOON, by=system()
    )


STATES: dict[Callable[[Patient], None], Group | None] = {
    overdue: Group.OVERDUE,
    due: Group.DUE,
    late_but_on_time: Group.DUE,
    blood_test: Group.PANEL,
    unreached: Group.UNREACHED,
    review: Group.REVIEW,
    short_for_nerves: Group.REVIEW,
    child: Group.REVIEW,
    lost_date: Group.REVIEW,
    unverified: Group.UNVERIFIED,
    unplanned: Group.UNVERIFIED,
    workup: Group.WAITING,
    no_plan: Group.WAITING,
    paused: Group.PAUSED,
    coming: Group.COMING,
    closed: None,
    closed_child: None,
    closed_and_expired: None,
    closed_and_injected: Group.UNVERIFIED,
    died: None,
}


def make_short_plan(patient: Patient) -> Plan:
    """Return a plan in a loading that is not meant for neurological disease."""
    plan = make_plan(patient, "no")
    schedules.actions.start_plan(
        plan=plan,
        protocol=newest("NON_NEURO_3W2"),
        neurological="no",
        start_on=TODAY,
        decision=decided("deficiency"),
        answers=ANSWERED,
    )
    plan.refresh_from_db()
    return plan


def make_task(
    plan: Plan, channel: str = Reminder.Channel.NURSE, state: State = State.ACCEPTED
) -> Reminder:
    """Return a reminder that a nurse waits with, or one of another channel."""
    return Reminder.objects.create(
        clinic=plan.clinic,
        patient=plan.patient,
        plan=plan,
        episode=1,
        ordinal=1,
        purpose="injection_missed",
        rung=1,
        channel=channel,
        due_on=TODAY,
        send_at=NOON,
        expires_at=NOON + 14 * DAY,
        state=state,
        planned_at=NOON,
        changed_at=NOON,
    )


def make_line(clinic: Clinic) -> ImportLine:
    patients.actions.keep_line(
        clinic=clinic,
        kind=ImportLine.Kind.REFUSED,
        file_name="list.csv",
        line_number=7,
        cells={"Surname": ""},
        problems=[{"column": "Surname", "code": "missing", "reason": "No surname."}],
        patient=None,
        now=NOON,
        by=system(),
    )
    return ImportLine.objects.get(clinic=clinic)


def make_everybody(clinic: Clinic) -> dict[int, Group | None]:
    """Put one patient into each state; return where each belongs."""
    found: dict[int, Group | None] = {}
    for state, group in STATES.items():
        patient = make_patient(clinic, family_name=state.__name__)
        state(patient)
        found[patient.pk] = group
    return found


def names_in(board: Board, group: Group) -> list[str]:
    return [
        row.name.split(",")[0]
        for section in board.sections
        if section.code == group
        for row in section.rows
    ]


class TestPeopleOf:
    def test_puts_everybody_into_the_one_group_of_their_state(self) -> None:
        clinic = make_clinic()
        expected = make_everybody(clinic)

        people = people_of(clinic, today=TODAY)

        found = {person.id: person.group for person in people}
        assert found == {pk: group for pk, group in expected.items() if group}
        assert len(people) == len(found)

    def test_knows_nobody_of_another_clinic(self) -> None:
        make_everybody(make_clinic())

        assert people_of(make_clinic(), today=TODAY) == []

    def test_hears_the_alerts_that_the_chart_hears(self) -> None:
        clinic = make_clinic()
        make_everybody(clinic)

        people = people_of(clinic, today=TODAY)

        for person in people:
            patient = Patient.objects.get(pk=person.id)
            chart = chart_of(patient, role="nurse", today=TODAY)
            assert person.alerts == chart.alerts, person.name

    def test_does_not_repeat_an_alert_that_was_seen(self) -> None:
        clinic = make_clinic()
        patient = make_patient(clinic)
        child(patient)
        schedules.actions.acknowledge(
            plan=patient.plans.get(), code="CHILD", note="", now=NOON, by=system()
        )

        [person] = people_of(clinic, today=TODAY)

        assert (person.group, person.alerts) == (Group.WAITING, ())


class TestBoardOf:
    def test_counts_add_up_to_all_open_care_and_the_lines(self) -> None:
        clinic = make_clinic()
        expected = make_everybody(clinic)
        make_line(clinic)

        board = board_of(clinic, now=NOON)

        everybody, *groups = board.counts
        wanted = Counter(group.value for group in expected.values() if group)
        assert {count.code: count.number for count in groups} == {
            **wanted,
            "lines": 1,
        }
        assert everybody.number == sum(count.number for count in groups) == 17

    def test_shows_as_many_rows_as_it_counts(self) -> None:
        clinic = make_clinic()
        make_everybody(clinic)
        make_line(clinic)

        for group in Group:
            board = board_of(clinic, now=NOON, chosen=group)

            [section] = board.sections
            assert len(section.rows) == section.number > 0, group

    def test_keeps_every_count_when_one_group_is_chosen(self) -> None:
        clinic = make_clinic()
        make_everybody(clinic)

        whole = board_of(clinic, now=NOON)
        part = board_of(clinic, now=NOON, chosen="due")

        assert [count.number for count in part.counts] == [
            count.number for count in whole.counts
        ]
        assert [count.code for count in part.counts if count.is_chosen] == ["due"]
        assert names_in(part, Group.DUE) == ["late_but_on_time", "due"]

    def test_folds_those_who_come_later(self) -> None:
        clinic = make_clinic()
        coming(make_patient(clinic))

        [section] = board_of(clinic, now=NOON).sections

        assert (section.is_folded, section.number, section.rows) == (True, 1, ())

    def test_shows_everything_for_a_group_that_does_not_exist(self) -> None:
        clinic = make_clinic()
        due(make_patient(clinic))

        board = board_of(clinic, now=NOON, chosen="rubbish")

        assert board.counts[0].is_chosen
        assert names_in(board, Group.DUE) == ["Lovelace"]

    def test_puts_the_greatest_harm_first(self) -> None:
        clinic = make_clinic()
        for name, last_on, neurological in (
            ("Slow", TODAY - 90 * DAY, "no"),
            ("Nerves", TODAY - 90 * DAY, "yes"),
            ("Slower", TODAY - 100 * DAY, "no"),
        ):
            patient = make_patient(clinic, family_name=name)
            make_maintenance_plan(patient, last_on, neurological=neurological)
        loading = make_patient(clinic, family_name="Loading")
        plan = make_loading_plan(loading)
        give(loading, TODAY)

        board = board_of(clinic, now=NOON + 7 * DAY)

        assert plan.neurological == "yes"
        assert names_in(board, Group.OVERDUE) == ["Loading", "Nerves", "Slower", "Slow"]

    def test_puts_a_pause_whose_review_has_passed_first(self) -> None:
        clinic = make_clinic()
        for name, days in (("Later", 30), ("Sooner", 3)):
            plan = make_maintenance_plan(
                make_patient(clinic, family_name=name), TODAY - 10 * DAY
            )
            schedules.actions.pause(
                plan=plan, review_on=TODAY + days * DAY, decision=decided("travel")
            )

        board = board_of(clinic, now=NOON + 5 * DAY)

        [section] = board.sections
        tags = [(row.tag.text, row.tag.tone) for row in section.rows if row.tag]
        assert names_in(board, Group.PAUSED) == ["Sooner", "Later"]
        assert tags == [("2 days late", "late"), ("review Sun 20 Dec", "")]

    def test_says_how_a_row_stands(self) -> None:
        clinic = make_clinic()
        make_maintenance_plan(
            make_patient(clinic, local_number="45019"), TODAY - 90 * DAY
        )

        [section] = board_of(clinic, now=NOON).sections
        [row] = section.rows

        assert row.name == "Lovelace, Ada"
        assert row.about == "50, born 10 Dec 1975, no. 45019"
        assert row.phase == "Every 2 months"
        assert not row.nerves
        assert row.tag is not None
        assert (row.tag.text, row.tag.tone) == ("29 days late", "late")
        assert row.note == "due Thu 22 Oct; four weeks late or more"
        assert [button.text for button in row.buttons] == ["Record", "Chart"]

    def test_says_why_a_dose_is_not_due_on_its_target(self) -> None:
        clinic = make_clinic()
        plan = make_loading_plan(make_patient(clinic))
        give(plan.patient, TODAY)  # a Friday

        board = board_of(clinic, now=NOON + 3 * DAY)

        [row] = board.sections[0].rows
        assert row.phase == "Loading, dose 2"
        assert row.nerves
        assert row.tag is not None
        assert row.tag.text == "due today"
        assert row.note == "target Sun 22 Nov, clinic closed"

    def test_offers_a_start_to_those_who_may_prescribe(self) -> None:
        clinic = make_clinic()
        make_patient(clinic)

        [nurse] = board_of(clinic, now=NOON).sections[0].rows
        [prescriber] = board_of(clinic, now=NOON, prescribes=True).sections[0].rows

        assert [button.text for button in nurse.buttons] == ["Chart"]
        assert [button.text for button in prescriber.buttons] == ["Start", "Chart"]

    def test_shows_the_load_of_the_week(self) -> None:
        clinic = make_clinic()
        make_loading_plan(make_patient(clinic))
        make_loading_plan(make_patient(clinic), start_on=TODAY + 3 * DAY)
        make_loading_plan(make_patient(clinic), start_on=TODAY + 3 * DAY)

        week = board_of(clinic, now=NOON).week

        assert [(day.day, day.doses, day.share, day.closed) for day in week[:4]] == [
            ("Fri 20 Nov", 1, 50, ""),
            ("Sat 21 Nov", 0, 0, "closed"),
            ("Sun 22 Nov", 0, 0, "closed"),
            ("Mon 23 Nov", 2, 100, ""),
        ]

    @pytest.mark.parametrize(
        ("ago", "text", "is_late"),
        [
            pytest.param(0, "Reminders ran just now.", False, id="now"),
            pytest.param(60, "Reminders last ran 1 minute ago.", False, id="a minute"),
            pytest.param(600, "Reminders last ran 10 minutes ago.", False, id="ten"),
            pytest.param(601, "Reminders last ran 10 minutes ago.", True, id="later"),
            pytest.param(90000, "Reminders last ran 25 hours ago.", True, id="a day"),
        ],
    )
    def test_says_when_reminders_ran(self, ago: int, text: str, is_late: bool) -> None:
        Tick.objects.create(name="remind", struck_at=NOON - timedelta(seconds=ago))

        pulse = board_of(make_clinic(), now=NOON).pulse

        assert (pulse.text, pulse.is_late) == (text, is_late)

    def test_says_aloud_that_reminders_never_ran(self) -> None:
        pulse = board_of(make_clinic(), now=NOON).pulse

        assert (pulse.text, pulse.is_late) == ("Reminders have not run yet.", True)

    def test_asks_the_database_as_often_for_many_as_for_few(self) -> None:
        clinic = make_clinic()
        counts = []
        for _ in range(2):
            make_everybody(clinic)
            with CaptureQueriesContext(connection) as queries:
                board_of(clinic, now=NOON)
            counts.append(len(queries))

        assert counts == [9, 9]


class TestStoredDates:
    def test_are_those_of_the_engine(self) -> None:
        clinic = make_clinic()
        coming(make_patient(clinic))

        [person] = people_of(clinic, today=TODAY)

        plan = Plan.objects.get(patient=person.id)
        dose = reading.forecast_of(plan, today=TODAY).dose
        assert dose is not None
        assert person.dose is not None
        assert (person.dose.due_on, person.dose.ordinal) == (dose.due_on, dose.ordinal)
