"""Take a practice's list over into a clinic."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patients import clock
from patients.models import Clinic, User
from patients.refusals import Refused
from tracker.imports import actions
from tracker.imports.actions import Imported
from tracker.imports.problems import Problem


class Command(BaseCommand):
    """
    Import a file and say what became of each line.

    Refusals and contradictions go to standard error; no person's name is printed, only
    where to look. Ends with counts that add up, and fails only if nothing came in.
    """

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file, the clinic, and whether it is a rehearsal."""
        parser.add_argument("file", type=Path, help="the practice's list")
        parser.add_argument("--clinic", required=True, metavar="SLUG")
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would happen"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file, or refuse it in one sentence."""
        clinic = _clinic(options["clinic"])
        file: Path = options["file"]
        try:
            imported = actions.import_list(
                clinic=clinic,
                data=_content(file),
                file_name=file.name,
                now=clock.now(),
                by=User.objects.command_line(),
                dry_run=options["dry_run"],
            )
        except Refused as refusal:
            raise CommandError(refusal.reason) from refusal
        self._say(imported)
        self._sum_up(imported, is_rehearsal=options["dry_run"])

    def _say(self, imported: Imported) -> None:
        for note in imported.reading.notes:
            self.stdout.write(f"note: {note.reason}")
        for repeat in imported.reading.repeats:
            self.stdout.write(
                f"line {repeat.line_number}: note: says what line {repeat.repeats} "
                "says, and is taken once"
            )
        for remark in imported.remarks:
            reason = remark.problem.reason
            self.stdout.write(f"line {remark.line_number}: warning: {reason}")
        for refusal in imported.reading.refusals:
            for problem in refusal.problems:
                self.stderr.write(
                    f"line {refusal.line_number}: refused: {_located(problem)}"
                )
        for outcome in imported.conflicts:
            for difference in outcome.differences:
                self.stderr.write(
                    f"line {outcome.row.line_number}: differs: {difference.reason}"
                )

    def _sum_up(self, imported: Imported, *, is_rehearsal: bool) -> None:
        counts = imported.counts
        if imported.holds and not is_rehearsal:
            self.stdout.write(
                "The clinic is on hold: no message leaves until it is released."
            )
        said = (
            f"{counts.lines_read} lines read: {counts.new} new, "
            f"{counts.updated} updated, {counts.unchanged} unchanged, "
            f"{counts.conflicts} differing, {counts.refused} refused, "
            f"{counts.repeats} repeated."
        )
        self.stdout.write(f"Nothing is written. {said}" if is_rehearsal else said)
        if not counts.taken_over:
            raise CommandError("Nothing could be imported.")


def _clinic(slug: str) -> Clinic:
    try:
        return Clinic.objects.get(slug=slug)
    except Clinic.DoesNotExist as problem:
        raise CommandError(f"There is no clinic called “{slug}”.") from problem


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or "not a path"
        raise CommandError(f"“{file}” cannot be read: {reason}.") from problem


def _located(problem: Problem) -> str:
    """Return the reason, after its column where it does not begin with that."""
    if not problem.column or problem.reason.startswith(problem.column):
        return problem.reason
    return f"{problem.column}: {problem.reason}"
