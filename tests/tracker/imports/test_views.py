from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import patients.actions
from patients.models import Clinic, ImportLine, Membership, Patient, PracticeList
from tests.factories import NOON, make_clinic, make_staff, system
from tests.tracker.imports.lists import COLUMNS, GRACE, a_list
from tracker.imports import actions

pytestmark = pytest.mark.django_db

Role = Membership.Role
#: Half past midnight on 2 July in London, still 1 July in Greenwich.
HALF_PAST = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
IN_JULY = a_list({"Last injection": "2026-06-01"})


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


@pytest.fixture
def sign_in(client: Client, clinic: Clinic) -> Callable[[Role], Client]:
    def as_(role: Role) -> Client:
        client.force_login(make_staff(clinic, role))
        return client

    return as_


@pytest.fixture
def lead(sign_in) -> Client:
    return sign_in(Role.CLINICAL_LEAD)


@pytest.fixture
def nurse(sign_in) -> Client:
    return sign_in(Role.NURSE)


def upload(client: Client, data: bytes, name: str = "list.csv"):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("import"), {"file": file}, follow=True)


def keep_a_line(clinic: Clinic, number: int = 1, now: datetime = NOON) -> ImportLine:
    bad = {"Surname": "", "Patient no": str(45000 + number)}
    actions.import_list(
        clinic=clinic, data=a_list(bad), file_name="list.csv", now=now, by=system()
    )
    return ImportLine.objects.latest("pk")


class TestUpload:
    def test_shows_what_a_list_would_come_to_and_imports_nothing(self, lead):
        page = upload(
            lead, a_list({}, {}, GRACE | {"Mobile": "12"}, {"Interval": "now and then"})
        )

        assert page.status_code == 200
        said = page.content.decode()
        assert page.context["counts"].new == 2
        assert "Interval is not understood." in said
        assert "Mobile is not a number that can be called and is left out." in said
        assert "Line 3 says what line 2 says, and is taken once." in said
        assert "The clinic will be on hold" in said
        assert not Patient.objects.exists()

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            pytest.param(b"", "The file is empty.", id="empty"),
            pytest.param(
                b"PK\x03\x04\x00\x00",
                "The file is not plain text; save a workbook as CSV first.",
                id="a workbook",
            ),
            pytest.param(
                b"x" * (128 * 1024 + 1),
                "The file is larger than 128 KB; split it, or have it imported by the "
                "command import_patients.",
                id="too large",
            ),
        ],
    )
    def test_refuses_another_file_in_one_sentence(self, lead, data, sentence):
        page = upload(lead, data)

        assert page.status_code == 200
        assert page.context["form"].errors == {"file": [sentence]}
        assert not PracticeList.objects.exists()

    def test_asks_for_a_file_if_there_is_none(self, lead):
        page = lead.post(reverse("import"), {"file": "list.csv"})

        assert page.context["form"].errors == {"file": ["Choose a file."]}

    def test_is_for_the_lead(self, nurse):
        assert nurse.get(reverse("import")).status_code == 403


class TestPreview:
    def test_imports_when_confirmed(self, lead):
        page = upload(lead, a_list({}, GRACE))

        page = lead.post(page.request["PATH_INFO"], follow=True)

        assert "The list is imported: 2 of 2 lines taken over." in page.content.decode()
        assert page.context["counts"]["new"] == Patient.objects.count() == 2
        assert bytes(PracticeList.objects.get().content) == b""

    def test_says_that_it_was_imported_before(self, lead):
        page = upload(lead, a_list({}))
        lead.post(page.request["PATH_INFO"])

        page = lead.post(page.request["PATH_INFO"], follow=True)

        assert page.status_code == 200
        assert "This list was imported before." in page.content.decode()
        assert Patient.objects.count() == 1

    def test_shows_what_differs_side_by_side(self, lead, clinic):
        actions.import_list(
            clinic=clinic, data=a_list({}), file_name="a", now=NOON, by=system()
        )

        page = upload(lead, a_list({"Surname": "=Byron"}))

        assert "<td>=Byron</td><td>Lovelace</td>" in page.content.decode()

    def test_asks_no_more_of_the_database_the_longer_the_list_is(self, lead):
        counts = []
        for data in (a_list({}), a_list({}, GRACE, {"Surname": ""})):
            page = upload(lead, data)
            with CaptureQueriesContext(connection) as asked:
                lead.get(page.request["PATH_INFO"])
            counts.append(len(asked))

        assert counts[0] == counts[1]

    def test_says_on_which_day_of_the_clinic_it_was_imported(self, lead, clinic):
        kept = actions.upload_list(
            clinic=clinic, data=IN_JULY, file_name="a", now=HALF_PAST, by=system()
        )
        actions.confirm_list(practice_list=kept, now=HALF_PAST, by=system())

        page = lead.get(reverse("import-preview", args=[kept.pk]))

        assert "Imported on 2 July 2026 by Command line." in page.content.decode()

    def test_does_not_know_the_list_of_another_clinic(self, lead):
        foreign = actions.upload_list(
            clinic=make_clinic(), data=a_list({}), file_name="a", now=NOON, by=system()
        )

        for method in (lead.get, lead.post):
            page = method(reverse("import-preview", args=[foreign.pk]))
            assert page.status_code == 404
        assert not Patient.objects.exists()


class TestLines:
    def test_shows_why_each_waits(self, nurse, clinic):
        line = keep_a_line(clinic)

        said = nurse.get(reverse("import-lines")).content.decode()

        assert "Surname holds no name." in said
        assert reverse("import-line", args=[line.pk]) in said

    def test_asks_the_same_of_the_database_however_many_there_are(self, nurse, clinic):
        asked = []
        for number in (1, 2, 3):
            keep_a_line(clinic, number)
            with CaptureQueriesContext(connection) as queries:
                nurse.get(reverse("import-lines"))
            asked.append(len(queries))

        assert len(set(asked)) == 1

    def test_says_on_which_day_of_the_clinic_it_was_imported(self, nurse, clinic):
        keep_a_line(clinic, now=HALF_PAST)

        said = nurse.get(reverse("import-lines")).content.decode()

        assert '<td class="day">2 Jul 2026</td>' in said

    def test_shows_those_of_its_own_clinic(self, nurse):
        keep_a_line(make_clinic())

        assert "No line waits." in nurse.get(reverse("import-lines")).content.decode()

    def test_is_not_for_managers(self, sign_in):
        manager = sign_in(Role.MANAGER)

        assert manager.get(reverse("import-lines")).status_code == 403


class TestLine:
    def test_shows_the_line_as_it_was_written(self, nurse, clinic):
        line = keep_a_line(clinic)

        said = nurse.get(reverse("import-line", args=[line.pk])).content.decode()

        assert "<td>999 410 0017</td>" in said

    def test_leaves_the_list_once_somebody_says_what_was_done(self, nurse, clinic):
        line = keep_a_line(clinic)

        page = nurse.post(
            reverse("import-line", args=[line.pk]),
            {"resolution": "Asked the practice."},
            follow=True,
        )

        line.refresh_from_db()
        assert page.redirect_chain == [(reverse("import-lines"), 302)]
        assert (line.resolution, line.resolved_by.first_name) == (
            "Asked the practice.",
            "Grace",
        )
        assert not ImportLine.objects.waiting().exists()

    @pytest.mark.parametrize("said", ["", "   "])
    def test_stays_if_nothing_is_said(self, nurse, clinic, said):
        line = keep_a_line(clinic)

        page = nurse.post(reverse("import-line", args=[line.pk]), {"resolution": said})

        assert page.context["form"].errors == {
            "resolution": ["Say what was done about the line."]
        }

    def test_says_on_which_day_of_the_clinic_it_was_dealt_with(self, nurse, clinic):
        line = keep_a_line(clinic)
        patients.actions.resolve_line(
            line=line, resolution="Asked.", now=HALF_PAST, by=system()
        )

        said = nurse.get(reverse("import-line", args=[line.pk])).content.decode()

        assert "Dealt with on 2 July 2026 by Command line: Asked." in said

    def test_shows_no_column_that_the_import_does_not_read(self, nurse, clinic):
        data = a_list({"Surname": "", "Address": "14 Marsh Lane"}, besides=("Address",))
        actions.import_list(
            clinic=clinic, data=data, file_name="a", now=NOON, by=system()
        )

        line = ImportLine.objects.get()
        page = nurse.get(reverse("import-line", args=[line.pk]))
        assert "14 Marsh Lane" not in page.content.decode()
        assert set(line.cells) == set(COLUMNS)

    def test_is_dealt_with_once(self, nurse, clinic):
        line = keep_a_line(clinic)
        address = reverse("import-line", args=[line.pk])
        nurse.post(address, {"resolution": "Asked."})

        page = nurse.post(address, {"resolution": "Asked again."})

        line.refresh_from_db()
        assert page.context["form"].non_field_errors() == [
            "This line was dealt with before."
        ]
        assert line.resolution == "Asked."

    def test_does_not_know_the_line_of_another_clinic(self, nurse):
        line = keep_a_line(make_clinic())

        assert nurse.get(reverse("import-line", args=[line.pk])).status_code == 404
