from datetime import date, timedelta

import pytest

from schedules.reviews import loading_reviews

FIRST = date(2026, 1, 5)


@pytest.mark.proves("R23")
class TestLoadingReviews:
    @pytest.mark.parametrize(
        ("day", "told"),
        [
            pytest.param(0, [], id="the first day"),
            pytest.param(13, [], id="day 13"),
            pytest.param(14, [("LOADING_REVIEW_14", 14)], id="day 14"),
            pytest.param(20, [("LOADING_REVIEW_14", 14)], id="day 20"),
            pytest.param(21, [("LOADING_REVIEW_21", 21)], id="day 21"),
            pytest.param(34, [("LOADING_REVIEW_21", 21)], id="day 34"),
            pytest.param(35, [("LOADING_REVIEW", 35)], id="day 35"),
            pytest.param(48, [("LOADING_REVIEW", 35)], id="day 48"),
            pytest.param(49, [("LOADING_REVIEW", 49)], id="day 49"),
            pytest.param(89, [("LOADING_REVIEW", 77)], id="day 89"),
            pytest.param(
                90, [("LOADING_REVIEW", 77), ("LONG_LOADING", 90)], id="day 90"
            ),
            pytest.param(
                91, [("LOADING_REVIEW", 91), ("LONG_LOADING", 90)], id="day 91"
            ),
        ],
    )
    def test_stand_for_those_before(
        self, day: int, told: list[tuple[str, int]]
    ) -> None:
        reviews = loading_reviews(FIRST, as_of=FIRST + timedelta(days=day))

        assert [(review.code, review.day) for review in reviews] == told
        assert all((r.due_on - FIRST).days == r.day for r in reviews)
