"""A house for each journey, on the database that the suite runs on."""

import os
from pathlib import Path

import pytest

from tests.components.mail import Sink
from tests.components.sms import Kannel
from tests.journeys.house import House


@pytest.fixture
def house(
    request: pytest.FixtureRequest, tmp_path: Path, smtp_sink: Sink, kannel: Kannel
) -> House:
    """Give a house, not yet open: on SQLite and Valkey, or PostgreSQL and Redis."""
    surroundings = {
        "SMTP_URL": smtp_sink.url,
        "KANNEL_URL": kannel.url,
        "DATABASE_URL": "",
        "REDIS_URL": "",
    }
    if os.environ.get("DATABASE_URL"):
        surroundings["DATABASE_URL"] = request.getfixturevalue("postgres_url")
        surroundings["REDIS_URL"] = request.getfixturevalue("redis_server")
    return House(tmp_path, surroundings)
