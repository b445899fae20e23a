"""The suite's database, and one that other threads and processes see, too."""

import sys
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections

# Whoever else is connected to this database, with what they did last.
_OTHERS = """
    SELECT pid, backend_type, state, query FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """
    Let nobody keep the suite's database from being dropped at the end.

    A session that a test left open would fail the whole run, in the name of whichever
    test came last: it is named on the error stream, and ended.
    """
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            for session in end_others(cursor):
                sys.__stderr__.write(f"A session was left open: {session}\n")


def end_others(cursor: Any) -> list[tuple[Any, ...]]:
    """End the other sessions of a database, and return what they were."""
    cursor.execute(_OTHERS)
    others = cursor.fetchall()
    for pid, *_ in others:
        cursor.execute("SELECT pg_terminate_backend(%s)", [pid])
    return list(others)


@pytest.fixture
def shared_database(transactional_db: None) -> Iterator[None]:
    """
    Give a database in which what one connection commits is there for all.

    It is emptied afterwards, which the guards of SQLite refuse, row by row: they go
    first, and the signal that follows brings them back. PostgreSQL has no such trouble:
    it empties whole tables.
    """
    yield
    connections.close_all()
    if connection.vendor == "sqlite":
        _drop_triggers()


def _drop_triggers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}"')
