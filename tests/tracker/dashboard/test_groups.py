"""Where a patient stands: the ladder of the day's list."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

import pytest

from schedules.phases import Phase
from tracker.dashboard.groups import Care, Group, group_of, harm

TODAY = date(2026, 11, 20)


@dataclass(frozen=True)
class Slot:
    """An open dose or panel."""

    due_on: date
    closes_on: date


def slot(due: int, closes: int) -> Slot:
    """Return a slot that is due and closes so many days from today."""
    return Slot(TODAY + timedelta(days=due), TODAY + timedelta(days=closes))


LATE, DUE, AHEAD = slot(-8, -1), slot(-7, 0), slot(1, 8)


class TestGroupOf:
    @pytest.mark.parametrize(
        ("care", "group"),
        [
            pytest.param(
                Care(phase=Phase.MAINTENANCE, was_planned=True, dose=LATE),
                Group.OVERDUE,
                id="the day after the window closed",
            ),
            pytest.param(
                Care(phase=Phase.MAINTENANCE, was_planned=True, dose=DUE),
                Group.DUE,
                id="the last day of the window",
            ),
            pytest.param(
                Care(phase=Phase.MAINTENANCE, was_planned=True, dose=slot(0, 7)),
                Group.DUE,
                id="the day itself",
            ),
            pytest.param(
                Care(phase=Phase.MAINTENANCE, was_planned=True, dose=AHEAD),
                Group.COMING,
                id="the day before",
            ),
            pytest.param(
                Care(phase=Phase.MAINTENANCE, was_planned=True, dose=AHEAD, panel=DUE),
                Group.PANEL,
                id="a blood test is due and the dose is not",
            ),
            pytest.param(
                Care(
                    phase=Phase.MAINTENANCE,
                    was_planned=True,
                    dose=AHEAD,
                    panel=slot(0, 14),
                ),
                Group.PANEL,
                id="a blood test is due today",
            ),
            pytest.param(
                Care(
                    phase=Phase.MAINTENANCE, was_planned=True, dose=AHEAD, panel=AHEAD
                ),
                Group.COMING,
                id="a blood test is due tomorrow",
            ),
            pytest.param(
                Care(phase=Phase.LOADING, was_planned=True, dose=DUE, panel=LATE),
                Group.DUE,
                id="a blood test waits for the dose of today",
            ),
            pytest.param(
                Care(phase=Phase.LOADING, was_planned=True, dose=AHEAD, has_task=True),
                Group.UNREACHED,
                id="no message reaches the patient",
            ),
            pytest.param(
                Care(
                    phase=Phase.LOADING, was_planned=True, dose=AHEAD, has_review=True
                ),
                Group.REVIEW,
                id="an alert waits",
            ),
            pytest.param(
                Care(phase=Phase.MAINTENANCE, was_planned=True),
                Group.REVIEW,
                id="treated, but without a next date",
            ),
            pytest.param(
                Care(
                    phase=Phase.LOADING,
                    was_planned=True,
                    dose=AHEAD,
                    has_unverified=True,
                ),
                Group.UNVERIFIED,
                id="an injection elsewhere waits",
            ),
            pytest.param(
                Care(phase=Phase.WORKUP, was_planned=True),
                Group.WAITING,
                id="in work-up",
            ),
            pytest.param(
                Care(phase=None, was_planned=False),
                Group.WAITING,
                id="never had a plan",
            ),
            pytest.param(
                Care(phase=Phase.PAUSED, was_planned=True), Group.PAUSED, id="paused"
            ),
            pytest.param(
                Care(phase=None, was_planned=True),
                None,
                id="closed, and nothing is left to do",
            ),
            pytest.param(
                Care(phase=None, was_planned=True, has_unverified=True),
                Group.UNVERIFIED,
                id="closed, but injected since",
            ),
        ],
    )
    def test_takes_the_first_step_that_holds(
        self, care: Care, group: Group | None
    ) -> None:
        assert group_of(care, today=TODAY) is group

    def test_leaves_out_nobody_whose_care_is_open(self) -> None:
        slots = (None, LATE, DUE, AHEAD)
        flags = (False, True)
        phases = (Phase.WORKUP, Phase.LOADING, Phase.MAINTENANCE, Phase.PAUSED)

        found = [
            group_of(
                Care(
                    phase=phase,
                    was_planned=True,
                    dose=dose,
                    panel=panel,
                    has_task=task,
                    has_review=review,
                    has_unverified=unverified,
                ),
                today=TODAY,
            )
            for phase, dose, panel, task, review, unverified in product(
                phases, slots, slots, flags, flags, flags
            )
        ]

        assert len(found) == 4 * 4 * 4 * 2 * 2 * 2
        assert None not in found


class TestHarm:
    @pytest.mark.parametrize(
        ("late", "interval", "loading", "nerves", "score"),
        [
            pytest.param(30, 60, False, False, 0.5, id="half an interval late"),
            pytest.param(30, 60, False, True, 1.0, id="twice with nerve symptoms"),
            pytest.param(2, 2, True, False, 3.0, id="three times in loading"),
            pytest.param(2, 2, True, True, 6.0, id="six times with both"),
        ],
    )
    def test_weighs_the_delay(
        self, late: int, interval: int, loading: bool, nerves: bool, score: float
    ) -> None:
        assert score == harm(
            days_late=late,
            interval_days=interval,
            is_loading=loading,
            is_neurological=nerves,
        )
