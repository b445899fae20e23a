"""Each module of the contract is tried, by the tests that know it."""

from pathlib import Path

from tests.architecture.test_imports import contract
from tests.mutation.choosing import trials


class TestTrials:
    def test_are_of_every_module_of_the_contract(self, root: Path) -> None:
        found = trials(root)

        assert {trial.module for trial in found} == contract(root, "Rules are pure")
        assert all(trial.path.is_file() for trial in found)
        assert all(trial.own or trial.others or trial.framed for trial in found)

    def test_begin_with_the_tests_of_the_same_name(self, root: Path) -> None:
        (trial,) = trials(root, ["schedules.replay"])

        assert set(trial.own) >= {
            "tests/schedules/test_replay.py",
            "tests/schedules/test_replay_changes.py",
        }
        assert all(file.startswith("tests/schedules/test_replay") for file in trial.own)
        assert "tests/conformance/test_vectors.py" in trial.others
        assert trial.framed == ()

    def test_can_be_those_of_a_package(self, root: Path) -> None:
        found = trials(root, ["schedules.rulebook"])

        assert "schedules.rulebook.claims" in {trial.module for trial in found}
        assert all("tests/schedules/test_rulebook.py" in it.own for it in found)

    def test_set_django_up_where_a_test_of_the_name_needs_it(self, root: Path) -> None:
        (trial,) = trials(root, ["tracker.imports.answers"])

        assert trial.framed == ("tests/tracker/imports/test_answers.py",)
