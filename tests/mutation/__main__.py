"""Run by `make mutants`; `MODULES="schedules.guard schedules.rulebook"` narrows it."""

import argparse
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from tests.mutation import fork
from tests.mutation.choosing import Trial, trials
from tests.mutation.fork import Outcome
from tests.mutation.mutants import Mutant, mutants

ROOT = Path(__file__).parents[2]
WANTED = 0.90
PATIENCE = 3  # times as long as all the tests take by themselves
LONGEST = 1200


@dataclass
class Score:
    """How many mutants of a module were noticed, and those that were not."""

    tried: Counter[Outcome] = field(default_factory=Counter)
    left: list[Mutant] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Say the score: `97.5 %  39 of 40`."""
        killed, total = self.tried[Outcome.KILLED], self.tried.total()
        share = 100 * killed / total if total else 100
        return f"{share:5.1f} %  {killed:5} of {total:5}"


class NotGreen(Exception):
    """The tests fail as the modules are: nothing can be learnt from a mutant."""


def main() -> int:
    """Try every mutant; succeed where enough of them were noticed."""
    asked = _asked()
    fork.prepare()
    chosen = trials(ROOT, asked.modules)
    seconds = _calm(chosen)
    total = Counter[Outcome]()
    for trial in chosen:
        score = _scored(trial, jobs=asked.jobs, every=asked.every, seconds=seconds)
        _say(f"{score.words}  {trial.module}")
        for mutant in score.left:
            _say(f"  {trial.path.relative_to(ROOT)}:{mutant.line}\n{mutant.words}")
        total += score.tried
    _say(f"{Score(total).words}  in all")
    return 0 if total[Outcome.KILLED] >= WANTED * total.total() else 1


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__)
    parser.add_argument(
        "modules", nargs="*", help="modules or packages of the contract"
    )
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument(
        "--every", type=int, default=1, metavar="N", help="try each N-th mutant only"
    )
    return parser.parse_args()


def _calm(chosen: list[Trial]) -> int:
    """Run all the tests on the modules as they are; return the seconds to allow."""
    files = {
        kind: tuple(sorted({file for it in chosen for file in getattr(it, kind)}))
        for kind in ("own", "others", "framed")
    }
    text = chosen[0].path.read_text()
    started = time.monotonic()
    number = fork.try_out(replace(chosen[0], **files), text, seconds=LONGEST, root=ROOT)
    if _outcome(number) is Outcome.KILLED:
        raise NotGreen
    return 10 + PATIENCE * round(time.monotonic() - started)


def _scored(trial: Trial, *, jobs: int, every: int, seconds: int) -> Score:
    found = mutants(trial.path.read_text())[::every]
    score = Score()
    for mutant, outcome in _run(trial, iter(found), jobs=jobs, seconds=seconds):
        score.tried[outcome] += 1
        if outcome is not Outcome.KILLED:
            score.left.append(mutant)
    score.left.sort(key=lambda mutant: mutant.line)
    return score


def _run(
    trial: Trial, found: Iterator[Mutant], *, jobs: int, seconds: int
) -> Iterator[tuple[Mutant, Outcome]]:
    """Try `jobs` mutants at a time; yield each with what became of it."""
    running: dict[int, Mutant] = {}
    while True:
        for mutant in islice(found, jobs - len(running)):
            text = mutant.source
            number = fork.try_out(trial, text, seconds=seconds, root=ROOT)
            running[number] = mutant
        if not running:
            return
        number, status = os.wait()
        yield running.pop(number), _read(status)


def _outcome(number: int) -> Outcome:
    return _read(os.waitpid(number, 0)[1])


def _read(status: int) -> Outcome:
    """Return what a fork told; one that was stopped did not come to an end."""
    if os.WIFSIGNALED(status):
        if os.WTERMSIG(status) == signal.SIGINT:
            raise KeyboardInterrupt
        return Outcome.KILLED
    return Outcome(os.WEXITSTATUS(status))


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
