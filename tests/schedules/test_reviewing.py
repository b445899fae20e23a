from typing import Any

import pytest

from schedules.reviewing import Standing, Step, may, standing, steps_for


@pytest.mark.proves("R45")
class TestStanding:
    @pytest.mark.parametrize(
        ("steps", "expected"),
        [
            pytest.param([], Standing.DRAFT, id="nothing yet"),
            pytest.param(["submitted"], Standing.SUBMITTED, id="submitted"),
            pytest.param(["submitted", "approved"], Standing.APPROVED, id="approved"),
            pytest.param(["submitted", "sent_back"], Standing.DRAFT, id="sent back"),
            pytest.param(
                ["submitted", "approved", "sent_back"], Standing.DRAFT, id="withdrawn"
            ),
        ],
    )
    def test_is_what_the_last_step_says(self, steps: Any, expected: Standing) -> None:
        assert standing(steps) is expected


class TestMay:
    def test_lets_a_prescriber_submit_and_a_lead_decide(self) -> None:
        allowed = {role: {s for s in Step if may(role, s)} for role in ROLES}

        assert allowed == {
            "nurse": set(),
            "prescriber": {Step.SUBMITTED},
            "clinical_lead": set(Step),
        }


class TestStepsFor:
    @pytest.mark.parametrize(
        ("steps", "role", "expected"),
        [
            ([], "prescriber", (Step.SUBMITTED,)),
            ([], "nurse", ()),
            (["submitted"], "prescriber", ()),
            (["submitted"], "clinical_lead", (Step.APPROVED, Step.SENT_BACK)),
            (["submitted", "approved"], "clinical_lead", (Step.SENT_BACK,)),
        ],
    )
    def test_are_those_that_follow_and_the_role_may_take(
        self, steps: list[str], role: str, expected: tuple[Step, ...]
    ) -> None:
        assert steps_for(role, steps) == expected


ROLES = ("nurse", "prescriber", "clinical_lead")
