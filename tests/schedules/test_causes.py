import pytest

from schedules import words
from schedules.causes import Cause, is_dietary, is_irreversible


@pytest.mark.proves("T8")
class TestIrreversible:
    @pytest.mark.parametrize("cause", Cause)
    def test_are_the_three_that_the_rules_name(self, cause: Cause) -> None:
        named = {"autoimmune_gastritis", "total_gastrectomy", "ileal_resection"}

        assert cause.irreversible is (cause in named)
        assert is_irreversible(cause.value) is (cause in named)

    def test_is_not_a_cause_that_nobody_coded(self) -> None:
        assert not is_irreversible("")


class TestIsDietary:
    def test_is_true_of_diet_alone(self) -> None:
        assert [cause for cause in Cause if is_dietary(cause)] == [Cause.DIETARY]
        assert not is_dietary("")


class TestCodes:
    def test_name_pernicious_anaemia(self) -> None:
        found = Cause.AUTOIMMUNE_GASTRITIS.codes

        assert (found.snomed, found.icd10) == ("84027009", "D51.0")

    def test_name_nothing_that_the_rules_do_not(self) -> None:
        found = Cause.DIETARY.codes

        assert (found.snomed, found.icd10) == ("", "")


class TestWords:
    def test_are_there_for_each(self) -> None:
        assert set(words.CAUSES) == set(Cause)
        assert [code for code, _ in words.cause_choices()] == [c.value for c in Cause]
