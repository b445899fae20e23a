"""
Reports as files for a spreadsheet.

A cell of text that begins like a formula would be worked out by the program that opens
the file, with whatever it asks for; such a cell is marked as text. Numbers are ours and
stay numbers, the negative ones too.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from schedules.adherence import Adherence
from tracker.reports.adherence import FEWEST, Report, Scope

Cell = str | int | float | None

#: What spreadsheets take for the beginning of a formula, in wide letters too.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def written(rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return rows as CSV in UTF-8, with the mark by which spreadsheets know it."""
    file = io.StringIO()
    # All text is quoted: else a program that splits at ";" finds cells we never made.
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig")


def by_patient(report: Report) -> list[list[Cell]]:
    """Return a row for each patient, with names."""
    head: list[Cell] = [_("Patient number"), _("Surname"), _("First name")]
    return [
        head + _figure_titles(),
        *(
            [
                line.patient.local_number,
                line.patient.family_name,
                line.patient.given_name,
                *_figures(line.figures),
            ]
            for line in report.lines
        ),
    ]


def by_phase(report: Report) -> list[list[Cell]]:
    """Return a row for each phase, without names."""
    head: list[Cell] = [_("Clinic"), _("Phase"), _("n"), _("Excluded n")]
    return [
        head + _figure_titles(),
        *(_scope(report, scope) for scope in report.scopes),
    ]


def file_name(report: Report) -> str:
    """Return a name that tells of no patient."""
    return f"adherence-{report.clinic.slug}-{report.from_on}-{report.to_on}.csv"


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.startswith(FORMULA):
        return f"'{cell}"
    return cell


def _scope(report: Report, scope: Scope) -> list[Cell]:
    return [
        report.clinic.name,
        scope.phase or _("all"),
        _people(scope.n),
        _people(scope.excluded_n),
        *(_figures(scope.total) if scope.total else [""] * len(_figure_titles())),
    ]


def _people(number: int | None) -> Cell:
    return _("fewer than %s") % FEWEST if number is None else number


def _figure_titles() -> list[Cell]:
    return [
        _("Doses that count"),
        _("On time"),
        _("On-time rate"),
        _("Mean days late"),
        _("Mean delay"),
        _("Days covered"),
        _("Days observed"),
        _("Proportion of days covered"),
        _("Doses left out"),
    ]


def _figures(figures: Adherence) -> list[Cell]:
    return [
        figures.evaluable,
        figures.on_time,
        _rounded(figures.on_time_rate),
        _rounded(figures.mean_days_late),
        _rounded(figures.mean_signed_delay),
        figures.covered,
        figures.observed,
        _rounded(figures.pdc),
        figures.excluded,
    ]


def _rounded(figure: float | None) -> float | str:
    return "" if figure is None else round(figure, 3)
