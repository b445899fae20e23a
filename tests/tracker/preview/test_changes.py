from datetime import date, timedelta

import pytest

from tracker.preview.changes import Change, Numbered, differing, doses

JAN_20 = date(2027, 1, 20)


def dose(ordinal: int, later: int = 0, episode: int = 1) -> Numbered:
    """Return a dose of every tenth day, `later` days later than that."""
    on = JAN_20 + timedelta(days=10 * ordinal + later)
    return Numbered(episode=episode, ordinal=ordinal, due_on=on)


def change(before: Numbered | None, after: Numbered | None) -> Change:
    some = before or after
    assert some is not None
    return Change(
        what=some.number,
        before=before.due_on if before else None,
        after=after.due_on if after else None,
    )


class TestDoses:
    @pytest.mark.parametrize(
        ("before", "after", "moved"),
        [
            pytest.param([], [], [], id="nothing before and after"),
            pytest.param([dose(1)], [dose(1)], [], id="the same day"),
            pytest.param(
                [dose(1), dose(2)],
                [dose(1), dose(2, later=1)],
                [change(dose(2), dose(2, later=1))],
                id="one of two on the next day",
            ),
            pytest.param(
                [dose(1), dose(2)], [dose(2)], [], id="the first was answered"
            ),
            pytest.param(
                [dose(2)],
                [dose(1), dose(2)],
                [change(None, dose(1))],
                id="an answer taken back",
            ),
            pytest.param(
                [dose(1), dose(2)],
                [],
                [change(dose(1), None), change(dose(2), None)],
                id="no dose any more",
            ),
            pytest.param(
                [dose(3), dose(4)],
                [dose(3)],
                [change(dose(4), None)],
                id="the last out of sight",
            ),
            pytest.param(
                [dose(3)],
                [dose(1, episode=2)],
                [change(dose(3), None), change(None, dose(1, episode=2))],
                id="another episode",
            ),
            pytest.param(
                [dose(3, episode=2)],
                [dose(4, episode=1)],
                [change(dose(3, episode=2), None), change(None, dose(4, episode=1))],
                id="back to the episode before",
            ),
        ],
    )
    def test_tells_those_due_on_another_day(
        self, before: list[Numbered], after: list[Numbered], moved: list[Change]
    ) -> None:
        assert doses(before, after) == tuple(moved)


class TestDiffering:
    def test_keeps_the_order_before_the_act(self) -> None:
        found = differing({"b": 1, "a": 2, "c": 3}, {"d": 4, "a": 5, "c": 3})

        assert [each.what for each in found] == ["b", "a", "d"]
        assert found[1] == Change(what="a", before=2, after=5)
