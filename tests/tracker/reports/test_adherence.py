"""What is told of a clinic to those who may see no names."""

import pytest

from schedules.adherence import Adherence, Cohort
from schedules.phases import Phase
from tracker.reports.adherence import veiled

People = tuple[int, int]  # who count, and who are left out
Shown = tuple[int | None, int | None, bool]  # the same, and whether there are figures


def cohort(people: People) -> Cohort:
    """Return a cohort of so many."""
    n, excluded_n = people
    total = Adherence(evaluable=n, observed=n + excluded_n)
    return Cohort(n=n, excluded_n=excluded_n, total=total)


class TestVeiled:
    @pytest.mark.parametrize(
        ("everybody", "loading", "maintenance", "shown"),
        [
            pytest.param(
                (10, 0), (5, 0), (5, 0),
                [(10, 0, True), (5, 0, True), (5, 0, True)],
                id="enough everywhere",
            ),
            pytest.param(
                (4, 0), (0, 0), (4, 0),
                [(None, 0, False), (0, 0, False), (None, 0, False)],
                id="few",
            ),
            pytest.param(
                (9, 0), (4, 0), (5, 0),
                [(9, 0, True), (None, 0, False), (5, 0, False)],
                id="few in one phase, whom all less the other would tell",
            ),
            pytest.param(
                (5, 4), (0, 4), (5, 0),
                [(5, None, True), (0, None, False), (5, 0, False)],
                id="few, of whom only the days count",
            ),
            pytest.param(
                (5, 1), (0, 0), (5, 1),
                [(5, None, True), (0, 0, True), (5, None, True)],
                id="few left out among many",
            ),
            pytest.param(
                (0, 0), (0, 0), (0, 0),
                [(0, 0, True), (0, 0, True), (0, 0, True)],
                id="nobody",
            ),
        ],
    )  # fmt: skip
    def test_leaves_out_what_is_about_few(
        self,
        everybody: People,
        loading: People,
        maintenance: People,
        shown: list[Shown],
    ) -> None:
        people = {
            None: everybody,
            Phase.LOADING: loading,
            Phase.MAINTENANCE: maintenance,
        }
        cohorts = {phase: cohort(of) for phase, of in people.items()}

        scopes = veiled(cohorts)

        assert [scope.phase for scope in scopes] == list(cohorts)
        assert [
            (scope.n, scope.excluded_n, scope.total is not None) for scope in scopes
        ] == shown
        for scope in scopes:
            assert scope.total in (None, cohorts[scope.phase].total)
