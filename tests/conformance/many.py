"""
Thousands of cases, drawn by chance and answered by bare loops.

    python -m tests.conformance.many 5000 > many.json
    pytest tests/conformance --vectors many.json
"""

import json
import sys
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.bare import Maintenance, Week, loading
from tests.conformance.calendars import day, iso
from tests.conformance.files import OWN, read

Case = dict[str, Any]

SEED = 12
FIRST = date(2026, 1, 1)
DAYS = 730
INTERVALS = ("1w", "2w", "3w", "4w", "6w", "10w", "1m", "2m", "3m")


def many(n: int) -> dict[str, Any]:
    """Return a file of `n` cases, the same each time."""
    random = Random(SEED)
    _, meta = read(OWN)
    weeks = {
        "ALL7": Week(frozenset(range(7))),
        "MF_UK": Week(frozenset(range(5)), frozenset(map(day, meta["holidays"]))),
    }
    cases = [_case(f"M{k:05}", random, weeks) for k in range(n)]
    return {"meta": {**meta, "n_vectors": n}, "vectors": cases}


def _case(name: str, random: Random, weeks: dict[str, Week]) -> Case:
    calendar = random.choice(sorted(weeks))
    start = FIRST + timedelta(days=random.randrange(DAYS))
    draw = random.choice((_loading, _projection, _givings))
    return {"id": name, **draw(random, calendar, weeks[calendar], start)}


def _loading(random: Random, calendar: str, week: Week, start: date) -> Case:
    overrides: dict[str, str] = {}

    def given(n: int, due: date) -> date:
        if random.random() > 0.2:
            return due
        late = due + timedelta(days=random.randrange(1, 6))
        overrides[str(n)] = late.isoformat()
        return late

    due = loading(start, 10, week, given)
    return {
        "kind": "loading",
        "input": {
            "protocol": "NEURO_ALT",
            "calendar": calendar,
            "start": start.isoformat(),
            "n": len(due),
            "given_override": overrides,
            "cap_per_7d": None,
        },
        "expected": {"due": [iso(on) for on in due]},
    }


def _projection(random: Random, calendar: str, week: Week, start: date) -> Case:
    plan = Maintenance(start, random.choice(INTERVALS), week)
    due = []
    for _ in range(12):
        due.append(plan.due)
        plan.give(plan.due)
    steps = [["project", len(due)]]
    told = [{"due": [iso(on) for on in due]}]
    return _maintained(plan.interval, calendar, start, steps, told)


def _givings(random: Random, calendar: str, week: Week, start: date) -> Case:
    plan = Maintenance(start, random.choice(INTERVALS), week)
    steps, told = [], []
    for _ in range(6):
        due = plan.due
        reach = random.choice((0, 1, 4, 7, 8, 14, 15, 30))
        on = due + timedelta(days=random.choice((-1, 1)) * reach)
        on = max(on, plan.last + timedelta(days=1))
        timing = plan.give(on)
        steps.append(["give", iso(on)])
        told.append(
            {
                "class": timing,
                "delay_days": (on - due).days,
                "next_due": iso(plan.due),
            }
        )
    return _maintained(plan.interval, calendar, start, steps, told)


def _maintained(
    interval: str, calendar: str, last: date, steps: list[Any], told: list[Any]
) -> Case:
    return {
        "kind": "maintenance",
        "input": {
            "calendar": calendar,
            "last_dose": last.isoformat(),
            "interval": interval,
            "steps": steps,
        },
        "expected": told,
    }


if __name__ == "__main__":
    json.dump(many(int(sys.argv[1])), sys.stdout)
