"""The database knows the life of a reminder, and refuses any other."""

from itertools import product

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from notifications import leases, planner
from notifications.models import Attempt, LegalEdge, Reminder
from notifications.states import EDGES, WITHDRAWN, State
from tests.factories import NOON, make_clinic, make_patient, make_plan
from tests.notifications.stories import DAY, IN_A_WEEK, a_patient_due

pytestmark = pytest.mark.django_db

PAIRS = [pair for pair in product(State, State) if pair[0] != pair[1]]


def a_reminder(state: State = State.PLANNED, **columns: object) -> Reminder:
    """Return a row as it was planned, in any state: nothing forbids to begin there."""
    ada = make_patient(make_clinic())
    return Reminder.objects.create(
        clinic=ada.clinic,
        patient=ada,
        plan=ada.plans.first() or make_plan(ada),
        **{
            "episode": 1,
            "ordinal": 1,
            "purpose": "injection_ahead",
            "rung": 1,
            "channel": "sms",
            "due_on": IN_A_WEEK,
            "send_at": NOON,
            "expires_at": NOON + DAY,
            "state": state,
            "leased_until": NOON,
            "planned_at": NOON,
            "changed_at": NOON,
        }
        | columns,
    )


class TestStates:
    @pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair[0]}-{pair[1]}")
    def test_move_along_the_legal_edges_only(self, pair: tuple[State, State]) -> None:
        here, there = pair
        row = Reminder.objects.filter(pk=a_reminder(here).pk)

        if pair in EDGES:
            assert row.update(state=there) == 1
        else:
            with pytest.raises(DatabaseError, match="legal_edges"):
                row.update(state=there)

    def test_are_told_to_the_database(self) -> None:
        told = LegalEdge.objects.values_list("from_state", "to_state")

        assert set(told) == {(str(here), str(there)) for here, there in EDGES}

    def test_that_are_final_lead_nowhere(self) -> None:
        leads = {here for here, _ in EDGES}

        assert set(State) - leads == {*WITHDRAWN, State.FAILED, State.DELIVERED}


class TestReminders:
    def again(self, first: Reminder, **columns: object) -> Reminder:
        """Write the same reminder a second time."""
        fields = {
            field.attname: getattr(first, field.attname)
            for field in Reminder._meta.concrete_fields
            if not field.primary_key
        }
        return Reminder.objects.create(**fields | columns)

    @pytest.mark.parametrize("state", sorted(set(State) - WITHDRAWN))
    def test_stand_once_for_their_occasion(self, state: State) -> None:
        with pytest.raises(IntegrityError):
            self.again(a_reminder(state))

    @pytest.mark.parametrize("state", sorted(WITHDRAWN))
    def test_make_room_when_they_are_withdrawn(self, state: State) -> None:
        self.again(a_reminder(state), state=State.PLANNED)

        assert Reminder.objects.count() == 2

    def test_are_leased_while_they_are_under_way(self) -> None:
        with pytest.raises(IntegrityError):
            a_reminder(State.LEASED, leased_until=None)

    def test_are_of_use_for_a_while(self) -> None:
        with pytest.raises(IntegrityError):
            a_reminder(expires_at=NOON)

    def test_are_of_the_patient_whose_plan_it_is(self) -> None:
        row = a_reminder()
        grace = make_patient(row.clinic, given_name="Grace")

        with pytest.raises(DatabaseError), transaction.atomic():
            Reminder.objects.filter(pk=row.pk).update(patient=grace)


class TestAttempts:
    @pytest.fixture(autouse=True)
    def attempt(self) -> None:
        """Let an attempt be written down."""
        a_patient_due(IN_A_WEEK, make_clinic())
        planner.plan(NOON)
        (self.attempt,) = leases.intend(leases.claim(now=NOON).taken, now=NOON)

    def test_keep_what_was_said_to_whom(self) -> None:
        for column in ("recipient", "subject", "body"):
            with pytest.raises(DatabaseError, match="only_grows"), transaction.atomic():
                Attempt.objects.update(**{column: "something else"})

    def test_stay(self) -> None:
        with pytest.raises(DatabaseError, match="only_grows"):
            Attempt.objects.all().delete()

    def test_are_made_once_with_a_fence(self) -> None:
        self.attempt.pk = None

        with pytest.raises(IntegrityError):
            self.attempt.save(force_insert=True)

    def test_that_ended_say_how(self) -> None:
        with pytest.raises(IntegrityError):
            Attempt.objects.update(ended_at=NOON)
