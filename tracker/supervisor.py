"""
Several processes under one roof: they start together, and end together.

Honcho starts them, joins their output and ends all when one ends. What is added here is
that nothing outlives the roof, however it comes down:

    supervisor  ──►  honcho's helper, one a process  ──►  the process, its own group
         │ killed: the kernel kills ──┘ │ killed: the kernel ends ──┘
"""

import ctypes
import signal
from functools import partial
from typing import Any

from honcho.manager import Manager
from honcho.process import Popen, Process

_STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of prctl(2)
_LONG_ENOUGH = 10  # seconds for a process to be born
_libc = ctypes.CDLL(None)


class Supervisor(Manager):  # type: ignore[misc]  # honcho is not typed
    """Start processes, and see to it that all of them end."""

    def __init__(self) -> None:
        super().__init__()
        self._process_ctor = _Member
        self.was_asked_to_stop = False

    def loop(self) -> None:
        """Run until asked to stop, or until one process has ended by itself."""
        signal.signal(signal.SIGHUP, _as_if_asked_to_stop)  # the terminal was closed
        try:
            super().loop()
        finally:
            self._end_what_is_left()
        self.was_asked_to_stop = self.returncode in _ASKED

    def _start(self) -> None:
        # Honcho cannot stop a process whose number it has not heard. A stop that is
        # asked for meanwhile waits in the mask.
        signal.pthread_sigmask(signal.SIG_BLOCK, _STOPS)
        super()._start()
        self._hear_every_number()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)

    def _hear_every_number(self) -> None:
        heard = []
        while not self._all_started():
            message = self.events.get(timeout=_LONG_ENOUGH)
            heard.append(message)
            if message.type == "start":
                self._processes[message.name]["pid"] = message.data["pid"]
        for message in heard:
            self.events.put(message)

    def _end_what_is_left(self) -> None:
        """End at once what a normal stop would have ended: the loop itself failed."""
        for process in self._processes.values():
            if "pid" in process and "returncode" not in process:
                self._procmgr.kill(process["pid"])


_ASKED = (130, 143)  # honcho's codes for SIGINT and SIGTERM


class _Member(Process):  # type: ignore[misc]  # honcho is not typed
    def run(self, *args: Any, **kwargs: Any) -> None:
        self._child_ctor = partial(Popen, preexec_fn=_become_a_member)
        _libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
        super().run(*args, **kwargs)


def _become_a_member() -> None:
    _libc.prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    for stop in _STOPS:
        signal.signal(stop, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPS)


def _as_if_asked_to_stop(*_: object) -> None:
    signal.raise_signal(signal.SIGTERM)
