"""The whole tracker under one roof, as a process of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from tests.components.processes import HOST, free_port, wait_until

NAMES = ("broker", "web", "worker", "beat")


class House:
    """A running `manage.py run`, with its data in a folder of its own."""

    def __init__(self, root: Path, var: Path, **environment: str) -> None:
        self.port = environment.setdefault("PORT", str(free_port()))
        self.said_in = var.parent / f"said-on-{self.port}"
        surroundings = {**os.environ, "B12_VAR": str(var), **environment}
        surroundings.pop("DATABASE_URL", None)
        with self.said_in.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run"],
                cwd=root,
                env=surroundings,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # a group of its own, as in a terminal
            )

    @property
    def said(self) -> str:
        return self.said_in.read_text()

    @property
    def pids(self) -> dict[str, int]:
        """Return the number of each process that has started."""
        found = re.findall(r"(\w+) started \(pid=(\d+)\)", self.said)
        return {name: int(pid) for name, pid in found}

    def wait_until_started(self) -> set[int]:
        """Wait for all processes, and return the numbers of the whole family."""
        wait_until(lambda: set(self.pids) == set(NAMES), what="all to start")
        return {self.process.pid} | _descendants(self.process.pid)

    def wait_until_ready(self) -> None:
        """Wait until the pages can be served, and a worker and a beat have run."""
        wait_until(self._has_run, what="pages, worker and beat", seconds=60)

    def _has_run(self) -> bool:
        with suppress(requests.ConnectionError):
            answer = requests.get(f"http://{HOST}:{self.port}/health/ready", timeout=5)
            return answer.ok and bool(answer.json()["last_ran"])
        return False

    def press_ctrl_c(self) -> None:
        """Do what the terminal does: tell the whole group, not only its leader."""
        os.killpg(self.process.pid, signal.SIGINT)

    def end(self) -> int:
        """Wait for the end and return the exit code."""
        return self.process.wait(20)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory, root: Path) -> bytes:
    """Give the content of an empty database with all tables."""
    var = tmp_path_factory.mktemp("migrated")
    surroundings = {**os.environ, "B12_VAR": str(var)}
    surroundings.pop("DATABASE_URL", None)
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=root,
        env=surroundings,
        check=True,
    )
    return (var / "b12.sqlite3").read_bytes()


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """Give a folder for the data."""
    folder = tmp_path / "var"
    folder.mkdir()
    return folder


@pytest.fixture
def start(root: Path, var: Path) -> Iterator[Callable[..., House]]:
    """Give a way to start the tracker; what is left at the end is killed."""
    started: list[House] = []

    def _start(**environment: str) -> House:
        started.append(House(root, var, **environment))
        return started[-1]

    yield _start
    for house in started:
        house.process.kill()
        house.process.wait()


class TestRun:
    """Everything starts together and ends together."""

    def test_serves_pages_and_runs_the_reminders(
        self, start: Callable[..., House], var: Path, migrated: bytes
    ) -> None:
        (var / "b12.sqlite3").write_bytes(migrated)

        house = start(REMINDER_EVERY_SECONDS="1")
        house.wait_until_ready()
        family = house.wait_until_started()
        house.press_ctrl_c()

        assert house.end() == 0
        assert _living(family) == set()
        assert f"http://{HOST}:{house.port}/" in house.said

    @pytest.mark.parametrize(
        "asked",
        [
            pytest.param(signal.SIGTERM, id="a service manager stops it"),
            pytest.param(signal.SIGHUP, id="the terminal is closed"),
        ],
    )
    def test_stops_when_asked(
        self, asked: signal.Signals, start: Callable[..., House]
    ) -> None:
        house = start()
        family = house.wait_until_started()

        house.process.send_signal(asked)

        assert house.end() == 0
        assert _living(family) == set()

    def test_stops_when_asked_before_all_have_started(
        self, start: Callable[..., House]
    ) -> None:
        house = start()
        wait_until(lambda: "The tracker is at" in house.said, what="the greeting")
        family = {house.process.pid} | _descendants(house.process.pid)

        house.press_ctrl_c()

        assert house.end() in (0, -signal.SIGINT)
        family |= set(house.pids.values())
        wait_until(lambda: _living(family) == set(), what="all to end")

    @pytest.mark.parametrize("name", NAMES)
    def test_stops_all_when_one_dies(
        self, name: str, start: Callable[..., House]
    ) -> None:
        house = start()
        family = house.wait_until_started()

        os.killpg(house.pids[name], signal.SIGKILL)

        assert house.end() == 1
        assert _living(family) == set()
        assert house.said.endswith("One of the processes ended, so all were stopped.\n")

    def test_leaves_nothing_when_it_is_killed_itself(
        self, start: Callable[..., House]
    ) -> None:
        house = start()
        family = house.wait_until_started()

        house.process.kill()

        house.end()
        wait_until(lambda: _living(family) == set(), what="all to end")

    def test_finds_its_broker_in_a_folder_with_a_long_name(
        self, start: Callable[..., House], tmp_path: Path
    ) -> None:
        deep = tmp_path / ("folder" * 20)
        deep.mkdir()

        house = start(B12_VAR=str(deep))
        family = house.wait_until_started()
        house.process.send_signal(signal.SIGTERM)

        assert house.end() == 0
        assert _living(family) == set()


class TestRefusals:
    """What cannot start says why in one sentence, and starts nothing."""

    def test_refuses_a_port_that_is_in_use(self, start: Callable[..., House]) -> None:
        with socket.socket() as other:
            other.bind((HOST, 0))
            other.listen()
            port = other.getsockname()[1]

            house = start(PORT=str(port))

            assert house.end() == 1
        assert house.said == (
            f"CommandError: Port {port} cannot be used (Address already in use): "
            "stop what uses it, or choose another with PORT=8001.\n"
        )

    @pytest.mark.parametrize("port", ["0", "-1", "70000", "web"])
    def test_refuses_what_is_no_port(
        self, port: str, start: Callable[..., House]
    ) -> None:
        house = start(PORT=port)

        assert house.end() == 1
        assert house.said.startswith("CommandError: PORT does not name a port: ")
        assert house.said.count("\n") == 1

    def test_refuses_data_that_is_in_use(
        self, start: Callable[..., House], var: Path
    ) -> None:
        first = start()
        first.wait_until_started()

        second = start()

        assert second.end() == 1
        assert second.said == (
            f"CommandError: The tracker already runs with the data in {var}.\n"
        )


def _descendants(pid: int) -> set[int]:
    children = {child for child, parent in _parents().items() if parent == pid}
    return children.union(*(_descendants(child) for child in children))


def _living(pids: set[int]) -> set[int]:
    return pids & set(_parents())


def _parents() -> dict[int, int]:
    """Return the parent of each process that runs."""
    found = {}
    for file in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, parent = file.read_text().rpartition(")")[2].split()[:2]
            if state != "Z":
                found[int(file.parent.name)] = int(parent)
    return found
