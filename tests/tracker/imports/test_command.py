import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from patients.models import Clinic, ImportLine, Patient
from tests.factories import make_clinic
from tests.tracker.imports.lists import GRACE, ONE_INJECTION_TWICE, a_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic(slug="elm-street")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "list.csv"


def run(file: Path, *more: str) -> tuple[list[str], list[str]]:
    out, err = io.StringIO(), io.StringIO()
    call_command(
        *("import_patients", str(file), "--clinic", "elm-street", *more),
        stdout=out,
        stderr=err,
        no_color=True,
    )
    return out.getvalue().splitlines(), err.getvalue().splitlines()


class TestImportPatients:
    def test_says_what_became_of_each_line(self, clinic, file):
        file.write_bytes(
            a_list(
                {}, {}, GRACE | {"Mobile": "0770090"}, {"Last injection": "31/02/2026"}
            )
        )

        out, err = run(file)

        assert out == [
            "line 3: note: says what line 2 says, and is taken once",
            "line 4: warning: Mobile is not a number that can be called and is left "
            "out.",
            "The clinic is on hold: no message leaves until it is released.",
            "4 lines read: 2 new, 0 updated, 0 unchanged, 0 differing, 1 refused, "
            "1 repeated.",
        ]
        assert err[0] == (
            "line 5: refused: Last injection holds a date that does not exist."
        )

    def test_says_what_differs_without_saying_it(self, clinic, file):
        file.write_bytes(a_list({}))
        run(file)
        file.write_bytes(a_list({"Surname": "Byron"}, GRACE))

        out, err = run(file)

        assert err == ["line 2: differs: Surname is not what the record says."]
        assert out == [
            "2 lines read: 1 new, 0 updated, 0 unchanged, 1 differing, 0 refused, "
            "0 repeated."
        ]

    def test_names_the_line_that_only_the_writing_refuses(self, clinic, file):
        file.write_bytes(a_list({}))
        run(file)
        file.write_bytes(a_list(*ONE_INJECTION_TWICE))

        out, err = run(file)

        assert err == [
            "line 3: refused: The line could not be taken over. "
            "An injection on 18 November 2026 is recorded already."
        ]
        assert out[-1] == (
            "2 lines read: 0 new, 1 updated, 0 unchanged, 0 differing, 1 refused, "
            "0 repeated."
        )

    def test_prints_nobodys_name_or_number(self, clinic, file):
        file.write_bytes(a_list({}, {"Interval": "now and then"}, GRACE))

        printed = " ".join(line for stream in run(file) for line in stream)

        for word in ("Lovelace", "Ada", "Grace", "999", "07700", "+44", "example.org"):
            assert word not in printed

    def test_writes_nothing_in_a_rehearsal(self, clinic, file):
        file.write_bytes(a_list({}))

        out, _ = run(file, "--dry-run")

        assert out == [
            "Nothing is written. 1 lines read: 1 new, 0 updated, 0 unchanged, "
            "0 differing, 0 refused, 0 repeated."
        ]
        assert not Patient.objects.exists()

    def test_fails_if_nothing_could_be_imported(self, clinic, file):
        file.write_bytes(a_list({"Surname": ""}))

        with pytest.raises(CommandError, match=r"^Nothing could be imported\.$"):
            run(file)

        assert ImportLine.objects.count() == 1

    def test_does_not_fail_if_everything_is_there_already(self, clinic, file):
        file.write_bytes(a_list({}))
        run(file)

        out, _ = run(file)

        assert out[-1].startswith("1 lines read: 0 new, 0 updated, 1 unchanged,")

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            pytest.param(b"", "The file is empty.", id="empty"),
            pytest.param(
                b"\x89PNG\x00\x00",
                "The file is not plain text; save a workbook as CSV first.",
                id="a picture",
            ),
        ],
    )
    def test_refuses_what_is_no_list_in_one_sentence(
        self, clinic, file, content, sentence
    ):
        file.write_bytes(content)

        with pytest.raises(CommandError) as refused:
            run(file)

        assert str(refused.value) == sentence

    def test_refuses_a_file_that_is_not_there(self, clinic, file):
        with pytest.raises(CommandError) as refused:
            run(file)

        assert str(refused.value) == (
            f"“{file}” cannot be read: No such file or directory."
        )

    def test_refuses_a_folder(self, clinic, file):
        with pytest.raises(CommandError) as refused:
            run(file.parent)

        assert str(refused.value) == f"“{file.parent}” cannot be read: Is a directory."

    def test_refuses_a_clinic_that_is_not_there(self, file):
        with pytest.raises(CommandError) as refused:
            run(file)

        assert str(refused.value) == "There is no clinic called “elm-street”."
