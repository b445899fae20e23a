from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

import notifications.actions
import patients.actions
import schedules.actions
from patients.models import (
    Clinic,
    ContactPreference,
    ImportLine,
    Patient,
    PracticeList,
)
from patients.refusals import Refused
from schedules.models import Dose, Injection, Plan
from schedules.reading import forecast_of
from schedules.watching import kept
from tests.factories import NOON, TODAY, decided, make_clinic, system
from tests.tracker.imports.lists import GRACE, MARY, ONE_INJECTION_TWICE, a_list
from tracker.imports import actions
from tracker.imports.actions import Imported

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parents[2] / "samples" / "practice-list.csv"


@pytest.fixture
def clinic() -> Clinic:
    return make_clinic()


def take_over(clinic: Clinic, data: bytes, *, days: int = 0, **options) -> Imported:
    return actions.import_list(
        clinic=clinic,
        data=data,
        file_name="list.csv",
        now=NOON + timedelta(days=days),
        by=system(),
        **options,
    )


def rows_of_every_table() -> dict[str, int]:
    return {
        model._meta.label: model._default_manager.count() for model in apps.get_models()
    }


def counted(imported: Imported) -> dict[str, int]:
    return {name: n for name, n in asdict(imported.counts).items() if n}


def asked(captured: CaptureQueriesContext, word: str = "") -> list[str]:
    """Return what was asked of the tables, by statements with `word` in them."""
    asked = [query["sql"] for query in captured.captured_queries]
    return [sql for sql in asked if "SAVEPOINT" not in sql and word in sql]


def the(given_name: str) -> Patient:
    return Patient.objects.get(given_name=given_name)


class TestImportList:
    def test_registers_somebody_on_maintenance_elsewhere(self, clinic):
        imported = take_over(clinic, a_list({}))

        ada = the("Ada")
        plan = ada.plans.get()
        injection = plan.injections.get()
        assert counted(imported) == {"lines_read": 1, "new": 1}
        assert (ada.clinic, ada.nhs_number, ada.local_number) == (
            clinic,
            "9994100017",
            "45001",
        )
        assert (ada.phone, ada.email, ada.preferred_channel, ada.gender) == (
            "+447700900123",
            "ada@example.org",
            "sms",
            "female",
        )
        assert (plan.phase, plan.interval, plan.cause, plan.neurological) == (
            "maintenance",
            "12w",
            "Pernicious anaemia",
            "no",
        )
        assert (injection.given_on, injection.given_at, injection.source) == (
            date(2026, 10, 1),
            None,
            Injection.Source.ACCEPTED,
        )
        assert (injection.batch, injection.dose_mg) == ("346A80", Decimal(1))
        assert (injection.accepted_at, injection.accepted_by) == (NOON, system())
        # Twelve weeks later is Christmas Eve, a Thursday.
        assert Dose.objects.get(plan=plan).due_on == date(2026, 12, 24)

    def test_writes_a_clear_yes_to_texts_down_with_its_evidence(self, clinic):
        take_over(clinic, a_list({}, GRACE | {"Consent to text": ""}))

        word = ContactPreference.objects.get()
        assert (word.patient, word.channel, word.is_allowed, word.evidence) == (
            the("Ada"),
            "sms",
            True,
            "practice list, 20 November 2026",
        )

    def test_leaves_somebody_never_injected_in_work_up(self, clinic):
        take_over(clinic, a_list({"Last injection": "", "Interval": ""}))

        plan = the("Ada").plans.get()
        assert (plan.phase, plan.injections.count()) == ("workup", 0)

    def test_takes_no_treatment_of_a_child_over_unseen(self, clinic):
        imported = take_over(clinic, a_list({"Date of birth": "21-Nov-2010"}))

        plan = the("Ada").plans.get()
        assert (plan.phase, plan.injections.get().source) == (
            "workup",
            Injection.Source.UNVERIFIED,
        )
        assert [remark.problem.code for remark in imported.remarks] == ["S20"]

    def test_takes_over_somebody_who_is_sixteen_today(self, clinic):
        take_over(clinic, a_list({"Date of birth": "20-Nov-2010"}))

        assert the("Ada").plans.get().phase == "maintenance"

    def test_plans_nothing_for_the_deceased(self, clinic):
        take_over(clinic, a_list({"Deceased": "01-Nov-2026"}))

        ada = the("Ada")
        assert (ada.is_deceased, ada.deceased_on) == (True, date(2026, 11, 1))
        assert (ada.plans.count(), ada.injections.count()) == (0, 0)

    def test_raises_the_alerts_that_a_line_asks_for(self, clinic):
        take_over(
            clinic,
            a_list({"Neurological symptoms": "", "Drug": "Cyanocobalamin 1mg"}),
        )

        plan = the("Ada").plans.get()
        assert [alert.code for alert in kept(plan.speaks)][:2] == [
            "NEURO_UNANSWERED",
            "PRODUCT_REVIEW",
        ]
        assert plan.is_neurological
        assert plan.injections.get().product == "cyanocobalamin"

    def test_keeps_a_formula_as_text(self, clinic):
        take_over(clinic, a_list({"Surname": "=HYPERLINK(1)"}))

        assert the("Ada").family_name == "=HYPERLINK(1)"

    def test_keeps_a_refused_line_with_its_reasons(self, clinic):
        imported = take_over(clinic, a_list(GRACE, {"NHS number": "999 410 0018"}))

        line = ImportLine.objects.get()
        assert counted(imported) == {"lines_read": 2, "new": 1, "refused": 1}
        assert (line.kind, line.line_number, line.file_name) == (
            "refused",
            3,
            "list.csv",
        )
        assert line.problems == [
            {
                "column": "NHS number",
                "code": "nhs_number_check_digit",
                "reason": "NHS number has a wrong check digit; a digit is mistyped.",
            }
        ]
        assert line.cells["NHS number"] == "999 410 0018"

    def test_keeps_the_end_of_a_name_that_cannot_be_written_down(self, clinic):
        actions.import_list(
            clinic=clinic,
            data=a_list({"Surname": ""}),
            file_name="\udcff" + 130 * "x" + ".csv",
            now=NOON,
            by=system(),
        )

        assert ImportLine.objects.get().file_name == 116 * "x" + ".csv"

    def test_refuses_a_file_that_is_no_list_and_writes_nothing(self, clinic):
        before = rows_of_every_table()

        with pytest.raises(Refused, match=r"^The file is empty\.$"):
            take_over(clinic, b"")

        assert rows_of_every_table() == before

    def test_adds_up_over_the_whole_sample(self, clinic):
        imported = take_over(clinic, SAMPLE.read_bytes())

        counts = asdict(imported.counts)
        lines_read = counts.pop("lines_read")
        assert sum(counts.values()) == lines_read
        assert counts["new"] == Patient.objects.count() > 0
        assert counts["refused"] == ImportLine.objects.count() > 0

    def test_changes_nothing_the_second_time(self, clinic):
        first = take_over(clinic, SAMPLE.read_bytes())
        before = rows_of_every_table()

        second = take_over(clinic, SAMPLE.read_bytes(), days=1)

        assert rows_of_every_table() == before
        assert (second.counts.new, second.counts.unchanged) == (0, first.counts.new)
        assert second.counts.refused == first.counts.refused

    def test_reads_no_more_often_the_longer_the_list_is(self, clinic):
        take_over(clinic, SAMPLE.read_bytes())

        with CaptureQueriesContext(connection) as short:
            take_over(clinic, a_list({}, MARY), dry_run=True)
        with CaptureQueriesContext(connection) as long:
            take_over(clinic, SAMPLE.read_bytes(), dry_run=True)

        assert len(short) == len(long) == 5  # four, and one for who asks

    def test_asks_the_database_little_for_each_line(self, clinic):
        another = make_clinic()

        with CaptureQueriesContext(connection) as one:
            take_over(clinic, a_list({}))
        with CaptureQueriesContext(connection) as two:
            take_over(another, a_list({}, GRACE))

        assert len(asked(two)) - len(asked(one)) < 40
        assert len(asked(two, '"patients_calendarday"')) == 1

    def test_says_the_same_in_a_rehearsal_and_writes_nothing(self, clinic):
        before = rows_of_every_table()

        rehearsal = take_over(clinic, SAMPLE.read_bytes(), dry_run=True)

        assert rows_of_every_table() == before
        assert rehearsal.counts == take_over(clinic, SAMPLE.read_bytes()).counts

    def test_keeps_clinics_apart(self, clinic):
        take_over(clinic, a_list({}))

        imported = take_over(make_clinic(), a_list({}))

        assert counted(imported) == {"lines_read": 1, "new": 1}


class TestImportIntoWhatIsKnown:
    @pytest.fixture
    def ada(self, clinic) -> Patient:
        take_over(clinic, a_list({}))
        return the("Ada")

    def test_brings_contact_details_up_to_date(self, clinic, ada):
        imported = take_over(clinic, a_list({"Mobile": "07700 900999"}))

        ada.refresh_from_db()
        assert counted(imported) == {"lines_read": 1, "updated": 1}
        assert ada.phone == "+447700900999"

    def test_writes_a_withdrawn_consent_down(self, clinic, ada):
        take_over(clinic, a_list({"Consent to text": "N"}))

        assert ContactPreference.objects.latest_words(ada) == {"sms": False}

    def test_records_a_later_injection_that_waits_to_be_accepted(self, clinic, ada):
        due_before = Dose.objects.get().due_on

        take_over(clinic, a_list({"Last injection": "2026-11-18", "Batch": "B2"}))

        later = ada.injections.get(given_on=date(2026, 11, 18))
        plan = ada.plans.get()
        assert (later.source, later.batch) == (Injection.Source.UNVERIFIED, "B2")
        assert "PENDING_EXTERNAL" in forecast_of(plan, today=TODAY).flags
        assert Dose.objects.get().due_on == due_before

    def test_refuses_one_line_for_what_only_the_writing_finds(self, clinic, ada):
        imported = take_over(clinic, a_list(*ONE_INJECTION_TWICE, GRACE))

        line = ImportLine.objects.get()
        assert counted(imported) == {
            "lines_read": 3,
            "new": 1,
            "updated": 1,
            "refused": 1,
        }
        assert (line.kind, line.line_number, line.patient) == ("refused", 3, ada)
        assert line.problems == [
            {
                "column": "",
                "code": "not_taken_over",
                "reason": "The line could not be taken over. "
                "An injection on 18 November 2026 is recorded already.",
            }
        ]
        assert [row.line_number for row in imported.reading.rows] == [2, 4]
        assert ada.injections.count() == 2
        assert the("Grace").plans.get().phase == "maintenance"

    def test_takes_a_line_over_whole_or_not_at_all(self, clinic, ada):
        first, second = ONE_INJECTION_TWICE
        moved = {"Mobile": "07700 900999", "Consent to text": "N"}

        take_over(clinic, a_list(first, second | moved))

        ada.refresh_from_db()
        assert ada.phone == "+447700900123"
        assert ContactPreference.objects.latest_words(ada) == {"sms": True}

    def test_shows_a_contradiction_and_overwrites_nothing(self, clinic, ada):
        imported = take_over(clinic, a_list({"Surname": "Byron", "Mobile": ""}))

        ada.refresh_from_db()
        line = ImportLine.objects.get()
        assert counted(imported) == {"lines_read": 1, "conflicts": 1}
        assert ada.family_name == "Lovelace"
        assert (line.kind, line.patient) == ("conflict", ada)
        assert line.problems == [
            {
                "column": "Surname",
                "code": "differs",
                "reason": "Surname is not what the record says.",
                "listed": "Byron",
                "recorded": "Lovelace",
            }
        ]

    def test_shows_the_same_contradiction_once(self, clinic, ada):
        take_over(clinic, a_list({"Interval": "2 monthly"}))
        before = rows_of_every_table()

        imported = take_over(clinic, a_list({"Interval": "2 monthly"}), days=1)

        assert counted(imported) == {"lines_read": 1, "conflicts": 1}
        assert rows_of_every_table() == before

    def test_shows_the_same_line_again_if_it_contradicts_something_else(
        self, clinic, ada
    ):
        take_over(clinic, a_list({"Interval": "2 monthly"}))
        patients.actions.correct_patient(
            patient=ada, changes={"gender": "male"}, today=TODAY, by=system()
        )

        take_over(clinic, a_list({"Interval": "2 monthly"}))

        assert ImportLine.objects.count() == 2

    def test_records_a_death_and_closes_the_plan(self, clinic, ada):
        imported = take_over(clinic, a_list({"Deceased": "10-Nov-2026"}))

        ada.refresh_from_db()
        assert counted(imported) == {"lines_read": 1, "updated": 1}
        assert ada.deceased_on == date(2026, 11, 10)
        assert ada.plans.get().phase == "closed"
        assert not Dose.objects.exists()

    def test_does_not_bring_the_dead_back(self, clinic, ada):
        schedules.actions.record_death(
            patient=ada, on=None, role="prescriber", now=NOON, by=system()
        )

        imported = take_over(clinic, a_list({}))

        ada.refresh_from_db()
        assert counted(imported) == {"lines_read": 1, "conflicts": 1}
        assert ada.is_deceased

    @pytest.mark.parametrize("died_on", [None, date(2026, 11, 10)])
    def test_injects_nobody_who_has_died(self, clinic, ada, died_on):
        schedules.actions.record_death(
            patient=ada, on=died_on, role="prescriber", now=NOON, by=system()
        )

        imported = take_over(
            clinic,
            a_list({"Last injection": "2026-11-18"}, GRACE, without=("Deceased",)),
        )

        assert counted(imported) == {"lines_read": 2, "new": 1, "conflicts": 1}
        assert [p["code"] for p in ImportLine.objects.get().problems] == [
            "deceased",
            "no_open_plan",
        ]
        assert ada.injections.count() == 1

    def test_shows_a_treatment_after_its_plan_was_closed(self, clinic, ada):
        schedules.actions.close_plan(
            plan=ada.plans.get(), decision=decided("transferred_out")
        )

        take_over(clinic, a_list({"Last injection": "2026-11-18"}))

        assert [p["code"] for p in ImportLine.objects.get().problems] == [
            "no_open_plan"
        ]
        assert ada.injections.get(given_on=date(2026, 11, 18)).plan is None
        assert Plan.objects.open().count() == 0


class TestHold:
    def test_holds_a_clinic_that_was_never_released(self, clinic):
        imported = take_over(clinic, a_list({}))

        clinic.refresh_from_db()
        assert imported.holds
        assert clinic.held_at == NOON

    def test_holds_nothing_for_a_list_that_brings_nobody(self, clinic):
        imported = take_over(clinic, a_list({"Surname": ""}))

        clinic.refresh_from_db()
        assert not imported.holds
        assert not clinic.is_on_hold

    def test_holds_nothing_twice(self, clinic):
        take_over(clinic, a_list({}))

        imported = take_over(clinic, a_list(GRACE))

        assert (imported.counts.new, imported.holds) == (1, False)

    def test_leaves_a_released_clinic_alone(self, clinic):
        take_over(clinic, a_list({}))
        notifications.actions.release(clinic=clinic, now=NOON, by=system())
        clinic.refresh_from_db()

        imported = take_over(clinic, a_list(GRACE))

        clinic.refresh_from_db()
        assert imported.counts.new == 1
        assert not clinic.is_on_hold


class TestUploadedList:
    @pytest.fixture
    def upload(self, clinic) -> Callable[[bytes], PracticeList]:
        return lambda data: actions.upload_list(
            clinic=clinic, data=data, file_name="list.csv", now=NOON, by=system()
        )

    def test_is_kept_until_it_is_confirmed(self, upload):
        kept = upload(a_list({}))

        assert bytes(kept.content) == a_list({})
        assert not Patient.objects.exists()

    def test_is_thrown_away_for_the_next_one(self, upload):
        upload(a_list({}))

        kept = upload(a_list(GRACE))

        assert PracticeList.objects.get() == kept

    @pytest.mark.parametrize(
        ("hours", "left"),
        [
            pytest.param(24, 2, id="a day old"),
            pytest.param(25, 1, id="older than a day"),
        ],
    )
    def test_is_forgotten_a_day_later_when_anybody_uploads(self, upload, hours, left):
        forgotten = upload(a_list({}))

        actions.upload_list(
            clinic=make_clinic(),
            data=a_list(GRACE),
            file_name="other.csv",
            now=NOON + timedelta(hours=hours),
            by=system(),
        )

        assert PracticeList.objects.count() == left
        assert PracticeList.objects.filter(pk=forgotten.pk).exists() == (left == 2)

    def test_is_remembered_once_it_is_confirmed(self, upload):
        kept = upload(a_list({}))
        actions.confirm_list(practice_list=kept, now=NOON, by=system())

        upload(a_list(GRACE))

        assert PracticeList.objects.count() == 2

    def test_is_not_kept_if_it_cannot_be_read(self, upload):
        with pytest.raises(Refused) as refused:
            upload(b"\x89PNG\r\n\x1a\n\x00\x00")

        assert refused.value.field == "file"
        assert not PracticeList.objects.exists()

    def test_is_taken_over_when_confirmed_and_its_content_goes(self, upload):
        kept = upload(a_list({}, GRACE))

        counts = actions.confirm_list(practice_list=kept, now=NOON, by=system())

        kept.refresh_from_db()
        assert counts.new == Patient.objects.count() == 2
        assert (bytes(kept.content), kept.counts["new"]) == (b"", 2)
        assert kept.confirmed_at == NOON

    def test_is_taken_over_once(self, upload):
        kept = upload(a_list({}))
        actions.confirm_list(practice_list=kept, now=NOON, by=system())

        with pytest.raises(Refused, match=r"^This list was imported before\.$"):
            actions.confirm_list(practice_list=kept, now=NOON, by=system())
