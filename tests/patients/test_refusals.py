"""A refusal says which field, why, and under which code."""

from patients.refusals import Refused


class TestRefused:
    def test_is_about_no_single_field_unless_told(self) -> None:
        refusal = Refused("It is closed.")

        assert (refusal.field, refusal.code) == ("", "refused")
        assert refusal.reason == str(refusal) == "It is closed."

    def test_says_the_field_and_the_code(self) -> None:
        refusal = Refused("It is closed.", field="on", code="closed")

        assert (refusal.field, refusal.code) == ("on", "closed")
