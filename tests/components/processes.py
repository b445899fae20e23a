"""Real servers for tests: on loopback, started when asked for, ended by their pid."""

import contextlib
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

HOST = "127.0.0.1"


class NotReady(Exception):
    """A server did not come up; what it said is in the message."""


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def listens(port: int) -> bool:
    """Return whether somebody answers on `port`."""
    with contextlib.suppress(OSError), socket.create_connection((HOST, port), 1):
        return True
    return False


def wait_until(
    condition: Callable[[], bool], *, what: str, seconds: float = 20
) -> None:
    """Return once `condition` holds; raise `NotReady` when it has not for `seconds`."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise NotReady(f"waited {seconds} s for {what}")
        time.sleep(0.02)


@contextmanager
def running(
    words: Sequence[str],
    *,
    log: Path,
    ready: Callable[[], bool],
    user: str = "",
    patience: float = 5,
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """
    Run a server while the block lasts, its output in `log`.

    Should the tests be killed, the kernel ends the server with them. `user` is whom it
    runs as, for servers that refuse root. It has `patience` seconds to end by itself.
    """
    become = [f"--reuid={user}", f"--regid={user}", "--init-groups"] if user else []
    with log.open("ab") as output:
        process = subprocess.Popen(
            ["setpriv", "--pdeathsig=KILL", *become, *words],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
        )
    try:
        _wait_for(process, ready, log)
        yield process
    finally:
        _end(process, patience)


def _wait_for(
    process: subprocess.Popen[bytes], ready: Callable[[], bool], log: Path
) -> None:
    wait_until(
        lambda: process.poll() is not None or ready(),
        what=str(process.args),
        seconds=60,
    )
    if process.poll() is not None:
        raise NotReady(f"{process.args} ended:\n{log.read_text(errors='replace')}")


def _end(process: subprocess.Popen[bytes], patience: float) -> None:
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
