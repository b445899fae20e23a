"""Keeping the lines of a list that wait for a person."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from patients.models import Clinic, ImportLine, Patient, User
from patients.refusals import Refused


class LineAlreadyResolved(Refused):
    """Somebody else has dealt with the line."""


def keep_line(
    *,
    clinic: Clinic,
    kind: ImportLine.Kind,
    file_name: str,
    line_number: int,
    cells: Mapping[str, str],
    problems: Sequence[Mapping[str, str]],
    patient: Patient | None,
    now: datetime,
    by: User,
) -> bool:
    """Keep a line until a person resolves it; tell whether it is a new one."""
    # The same cells in another contradiction are another matter, to be seen again.
    matters = [(problem["column"], problem["code"]) for problem in problems]
    content = json.dumps([kind, dict(cells), matters], sort_keys=True)
    _, new = ImportLine.objects.get_or_create(
        clinic=clinic,
        digest=hashlib.sha256(content.encode()).hexdigest(),
        defaults={
            "kind": kind,
            "file_name": file_name,
            "line_number": line_number,
            "cells": dict(cells),
            "problems": list(problems),
            "patient": patient,
            "imported_at": now,
            "imported_by": by,
        },
    )
    return new


@transaction.atomic
def resolve_line(
    *, line: ImportLine, resolution: str, now: datetime, by: User
) -> ImportLine:
    """Say what was done about a line. Raises Refused if nothing is said."""
    line = ImportLine.objects.select_for_update().get(pk=line.pk)
    if line.resolved_at is not None:
        raise LineAlreadyResolved("This line was dealt with before.")
    if not resolution.strip():
        raise Refused("Say what was done about the line.", field="resolution")
    line.resolved_at, line.resolved_by = now, by
    line.resolution = resolution.strip()
    line.save(update_fields=("resolved_at", "resolved_by", "resolution"))
    return line
