"""Whether the tracker is alive, and whether it is ready."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.urls import reverse

from notifications.models import Tick
from tests.factories import NOON


class TestLive:
    def test_asks_nothing_but_the_process(self, client: Client) -> None:
        answer = client.get(reverse("health-live"))

        assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


@pytest.mark.django_db
class TestReady:
    def test_tells_when_regular_work_last_ran(self, client: Client) -> None:
        Tick.objects.create(name="remind", struck_at=NOON - timedelta(seconds=75))

        with time_machine.travel(NOON, tick=False):
            answer = client.get(reverse("health-ready"))

        assert answer.status_code == 200
        assert answer.json() == {
            "status": "ready",
            "last_ran": {
                "remind": {"at": "2026-11-20T11:58:45+00:00", "seconds_ago": 75}
            },
        }

    def test_is_ready_before_anything_ran(self, client: Client) -> None:
        answer = client.get(reverse("health-ready"))

        assert answer.json() == {"status": "ready", "last_ran": {}}

    def test_is_not_ready_while_a_migration_is_missing(self, client: Client) -> None:
        applied = MigrationRecorder(connection).migration_qs
        applied.filter(app="notifications").latest("id").delete()

        answer = client.get(reverse("health-ready"))

        assert answer.status_code == 503
        assert answer.json() == {
            "status": "unready",
            "reason": "1 migrations are missing",
        }

    def test_is_not_ready_without_its_tables(self, client: Client) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE notifications_tick RENAME TO lost")

        answer = client.get(reverse("health-ready"))

        assert answer.status_code == 503
        assert answer.json()["reason"] == "the database does not answer"
        transaction.set_rollback(True)  # PostgreSQL has given this one up

    def test_needs_no_sign_in_and_sets_no_cookie(self, client: Client) -> None:
        answer = client.get(reverse("health-ready"))

        assert not answer.cookies
