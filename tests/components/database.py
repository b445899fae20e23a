"""A database that other threads and processes see, too."""

from collections.abc import Iterator

import pytest
from django.db import connection, connections


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
