"""The questions of every minute and every page are answered by small indexes."""

import pytest
from django.db import connection

from notifications.models import Reminder
from notifications.states import State
from tests.factories import make_clinic


@pytest.mark.django_db
class TestIndexes:
    @pytest.fixture(autouse=True)
    def choosy(self) -> None:
        """Let the database choose as if the tables were long."""
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")

    def test_find_the_tasks_of_a_clinic(self) -> None:
        tasks = Reminder.objects.of(make_clinic()).tasks()

        assert "tasks_of_a_clinic" in tasks.explain()

    def test_find_what_nothing_is_known_of(self) -> None:
        unknown = Reminder.objects.filter(state=State.UNKNOWN)

        assert "reminders_not_known" in unknown.explain()
