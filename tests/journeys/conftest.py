"""A house for each journey, on both databases and both brokers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.components.mail import Sink
from tests.components.sms import Kannel
from tests.journeys.house import House

MakeHouse = Callable[[str], House]


@pytest.fixture
def make_house(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    smtp_sink: Sink,
    kannel: Kannel,
) -> MakeHouse:
    """Give what builds a house on a database: SQLite and Valkey, or PostgreSQL and Redis."""

    def make(engine: str) -> House:
        surroundings = {"SMTP_URL": smtp_sink.url, "KANNEL_URL": kannel.url}
        if engine == "postgresql":
            surroundings["DATABASE_URL"] = request.getfixturevalue("postgres_url")
            surroundings["REDIS_URL"] = request.getfixturevalue("redis_server")
        return House(tmp_path, surroundings)

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def house(request: pytest.FixtureRequest, make_house: MakeHouse) -> Iterator[House]:
    """Give a house that is not yet running."""
    with ExitStack():
        yield make_house(request.param)
