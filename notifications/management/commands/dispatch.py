"""Send what is due: once, or for ever, without a broker."""

import logging
import signal
from argparse import ArgumentParser
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections

from notifications import rounds
from patients import clock

BUDGET = timedelta(minutes=1)
STOP = (signal.SIGINT, signal.SIGTERM)

log = logging.getLogger(__name__)


class Command(BaseCommand):
    """Go one round of the reminders, or one after another."""

    help = "Plan and send the reminders that are due, without a broker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take --loop."""
        parser.add_argument(
            "--loop", action="store_true", help="go on until told to stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Go one round, or loop until a signal says to stop."""
        if not options["loop"]:
            self.stdout.write(str(rounds.go_round(clock=clock.now, budget=BUDGET)))
            return
        with _held_back(STOP):
            self._round()
            while not signal.sigtimedwait(STOP, settings.REMINDER_EVERY_SECONDS):
                self._round()

    def _round(self) -> None:
        """Go a round; a database that is away is asked again at the next one."""
        try:
            tally = rounds.go_round(clock=clock.now, budget=BUDGET)
        except DatabaseError as error:
            log.error("no round of reminders: %s", type(error).__name__)
            close_old_connections()
        else:
            self.stdout.write(str(tally))


@contextmanager
def _held_back(signals: Collection[signal.Signals]) -> Iterator[None]:
    """Let `signals` wait meanwhile: whoever stops us stops us between two rounds."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
