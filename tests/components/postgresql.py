"""
A PostgreSQL cluster that lives as long as the tests, on a port of its own.

    python -m tests.components.postgresql COMMAND...

runs a command with `DATABASE_URL` set to such a cluster: so the whole suite runs on it,
and its workers share it. Without PostgreSQL it does nothing, and `make components` has
said so; where skips are forbidden, it fails.
"""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.components import skips
from tests.components.processes import HOST, free_port, running

MISSING = "PostgreSQL is not installed (package postgresql)"
USER = "postgres"  # the cluster's owner; and the system's, when root runs the tests


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """A running cluster."""

    port: int
    password: str

    def url(self, database: str) -> str:
        """Return the address of a database of this cluster."""
        return f"postgres://{USER}:{self.password}@{HOST}:{self.port}/{database}"

    def create(self) -> str:
        """Make an empty database and return its address."""
        name = f"b12_{secrets.token_hex(6)}"
        self._do(f"CREATE DATABASE {name}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Drop a database, whoever is still connected to it."""
        self._do(f"DROP DATABASE {url.rpartition('/')[2]} WITH (FORCE)")

    def _do(self, statement: str) -> None:
        with psycopg.connect(self.url(USER), autocommit=True) as connection:
            connection.execute(statement.encode())


def binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL's programs, if there is one."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((file.parent for file in found), default=None, key=_version)


def _version(folder: Path) -> float:
    return float(folder.parent.name)


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Start a cluster, and forget it at the end. It trades safety for speed."""
    folder = Path(tempfile.mkdtemp(prefix="b12-postgresql-"))
    try:
        with _started(folder) as started:
            yield started
    finally:
        shutil.rmtree(folder)


@contextmanager
def _started(folder: Path) -> Iterator[Cluster]:
    bin_, user = binaries(), USER if os.getuid() == 0 else ""
    assert bin_ is not None, MISSING
    started = Cluster(port=free_port(), password=secrets.token_urlsafe(16))
    (folder / "password").write_text(started.password)
    if user:
        for path in (folder, folder / "password"):
            shutil.chown(path, user, user)
    as_user = ["setpriv", f"--reuid={user}", f"--regid={user}", "--init-groups"]
    subprocess.run(
        [
            *(as_user if user else []),
            *(str(bin_ / "initdb"), "--pgdata", str(folder / "data")),
            *("--username", USER, "--pwfile", str(folder / "password")),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C.UTF-8"),
            *("--no-sync", "--no-instructions"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
    )
    said = {
        "listen_addresses": HOST,
        "port": str(started.port),
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
        "autovacuum": "off",  # its sessions keep a database from being dropped
    }
    options = [
        word for name, value in said.items() for word in ("-c", f"{name}={value}")
    ]
    with running(
        [str(bin_ / "postgres"), "-D", str(folder / "data"), *options],
        log=folder / "log",
        ready=lambda: _answers(started),
        user=user,
    ):
        yield started


def _answers(started: Cluster) -> bool:
    try:
        psycopg.connect(started.url(USER)).close()
    except psycopg.OperationalError:
        return False
    return True


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """Give a PostgreSQL cluster, whatever engine the suite itself runs on."""
    if binaries() is None:
        pytest.skip(MISSING)
    with cluster() as started:
        yield started


@pytest.fixture
def postgres_url(postgresql: Cluster) -> Iterator[str]:
    """Give the address of an empty database on PostgreSQL."""
    url = postgresql.create()
    yield url
    postgresql.drop(url)


def main(command: list[str]) -> int:
    """Run `command` on a cluster and return its exit code."""
    if binaries() is None:
        return int(skips.are_forbidden()) and _refuse()
    with cluster() as started:
        environment = {**os.environ, "DATABASE_URL": started.create()}
        return subprocess.run(command, env=environment).returncode


def _refuse() -> int:
    sys.stderr.write(f"{MISSING}, and skips are forbidden here.\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
