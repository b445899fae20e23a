"""
The whole product, as `make run` starts it, in a folder and a database of its own.

A journey talks to it only through its doors: commands, pages, mail and text messages.
Its clock is moved for all processes at once, by a file that each of them reads.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import requests

from tests.components.processes import HOST, free_port, running, wait_until
from tracker.env import BASE_DIR

MANAGE = [sys.executable, str(BASE_DIR / "manage.py")]


class House:
    """A running tracker."""

    def __init__(self, var: Path, surroundings: Mapping[str, str]) -> None:
        self.var = var
        self.port = free_port()
        self.url = f"http://{HOST}:{self.port}"
        self._shift = var / "clock-shift"
        self._environment = {
            **os.environ,
            "B12_VAR": str(var),
            "B12_CLOCK_SHIFT": str(self._shift),
            "REMINDER_EVERY_SECONDS": "1",
            "PORT": str(self.port),
            **surroundings,
        }
        self._environment.pop("DJANGO_SETTINGS_MODULE", None)

    def move_clock_to(self, there: datetime) -> None:
        """Let it be `there` in every process."""
        shift = (there - datetime.now(tz=UTC)).total_seconds()
        news = self._shift.with_suffix(".new")
        news.write_text(str(shift))
        news.replace(self._shift)  # nobody reads half a number

    def manage(self, *words: str, typed: str = "") -> str:
        """Run one of the commands and return what it printed."""
        done = subprocess.run(
            [*MANAGE, *words],
            env=self._environment,
            input=typed,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    @contextmanager
    def running(self) -> Iterator["House"]:
        """Run broker, web, worker and beat."""
        with running(
            [*MANAGE, "run"],
            log=self.var / "run.log",
            ready=self._answers,
            patience=30,
            environment=self._environment,
        ):
            yield self

    def ready(self) -> dict[str, dict[str, dict[str, object]]]:
        """Return what `/health/ready` says."""
        answer = requests.get(f"{self.url}/health/ready", timeout=5)
        assert answer.status_code == 200
        return dict(answer.json())

    def wait_for_rounds(self, rounds: int = 2) -> None:
        """Return when the reminders have gone so many rounds from their start on."""
        for _ in range(rounds):
            last = self.ready()["last_ran"]["remind"]["at"]
            wait_until(lambda last=last: self._ran_after(last), what="a round")

    def _ran_after(self, last: object) -> bool:
        return self.ready()["last_ran"]["remind"]["at"] != last

    def log(self) -> str:
        """Return what the processes printed."""
        return re.sub(r"\x1b\[[0-9;]*m", "", (self.var / "run.log").read_text())

    def _answers(self) -> bool:
        try:
            answer = requests.get(f"{self.url}/health/ready", timeout=5)
        except requests.RequestException:
            return False
        return answer.ok and "remind" in answer.json()["last_ran"]
