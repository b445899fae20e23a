"""Registering people, keeping their details, opening clinics."""

from datetime import date, time
from decimal import Decimal

import pytest
from django.db import IntegrityError

import patients.actions
from patients.actions import Circumstances, Wishes
from patients.models import CalendarDay, Clinic, ContactPreference, LabResult, Patient
from patients.refusals import Refused
from tests.factories import NOON, TODAY, make_clinic, make_patient, system

pytestmark = pytest.mark.django_db

SMS = ContactPreference.Channel.SMS


class TestOpenClinic:
    def test_writes_down_the_holidays_around_today(self) -> None:
        clinic = make_clinic(slug="mill-lane", today=TODAY)

        holidays = clinic.calendar_days.filter(kind=CalendarDay.Kind.HOLIDAY)

        assert holidays.get(on=date(2026, 12, 28)).reason.startswith("Boxing Day")
        assert {day.on.year for day in holidays} == set(range(2023, 2030))

    def test_of_scotland_keeps_its_own(self) -> None:
        clinic = make_clinic(slug="glasgow", today=TODAY, holiday_region="GB-SCT")

        assert clinic.calendar_days.filter(on=date(2026, 11, 30)).exists()

    def test_refuses_a_name_twice(self) -> None:
        make_clinic(slug="mill-lane")

        with pytest.raises(Refused, match="called “mill-lane” already") as refusal:
            make_clinic(slug="mill-lane")
        assert refusal.value.field == "slug"

    @pytest.mark.parametrize(
        ("details", "field", "reason"),
        [
            pytest.param(
                {"time_zone": "Europe/Londonn"},
                "time_zone",
                "not a time zone",
                id="zone",
            ),
            pytest.param(
                {"holiday_region": "XX"}, "holiday_region", "No holidays", id="region"
            ),
            pytest.param(
                {"sends_from": time(20), "sends_until": time(9)},
                "sends_until",
                "begin before they end",
                id="window",
            ),
            pytest.param({"weekdays": "7"}, "weekdays", "at least one", id="weekday"),
            pytest.param(
                {"holiday_region": "-5"},
                "holiday_region",
                "No holidays",
                id="no country",
            ),
            pytest.param(
                {"holiday_region": "registry"},
                "holiday_region",
                "No holidays",
                id="word",
            ),
            pytest.param(
                {"holiday_region": "GB-XYZ"}, "holiday_region", "No holidays", id="part"
            ),
            pytest.param(
                {"sends_from": time(9), "sends_until": time(9, 1)},
                "sends_until",
                "an hour a day",
                id="a minute",
            ),
            pytest.param({"name": "Elm\nStreet"}, "name", "one line", id="two lines"),
            pytest.param({"phone": "%s"}, "phone", "no telephone", id="no number"),
        ],
    )
    def test_refuses(self, details: dict[str, object], field: str, reason: str) -> None:
        with pytest.raises(Refused, match=reason) as refusal:
            make_clinic(**details)

        assert refusal.value.field == field
        assert not Clinic.objects.exists()


class TestWriteDownHolidays:
    def test_adds_nothing_the_second_time(self) -> None:
        clinic = make_clinic(today=TODAY)

        assert patients.actions.write_down_holidays(clinic=clinic, today=TODAY) == 0

    def test_leaves_a_year_alone_that_was_written_down(self) -> None:
        clinic = make_clinic(today=TODAY)
        clinic.calendar_days.filter(on=date(2026, 12, 25)).delete()

        patients.actions.write_down_holidays(clinic=clinic, today=TODAY)

        assert not clinic.calendar_days.filter(on=date(2026, 12, 25)).exists()


class TestRegisterPatient:
    def test_keeps_the_number_unique_in_the_clinic(self) -> None:
        clinic = make_clinic()
        make_patient(clinic, nhs_number="9990350019")

        with pytest.raises(Refused, match="has this NHS number") as refusal:
            make_patient(clinic, nhs_number="9990350019")
        assert refusal.value.field == "nhs_number"

    def test_lets_two_clinics_know_one_person(self) -> None:
        make_patient(make_clinic(), nhs_number="9990350019")
        make_patient(make_clinic(), nhs_number="9990350019")

        assert Patient.objects.filter(nhs_number="9990350019").count() == 2

    def test_lets_two_people_have_no_number(self) -> None:
        clinic = make_clinic()
        make_patient(clinic, nhs_number="")
        make_patient(clinic, nhs_number="")

        assert Patient.objects.filter(nhs_number=None).count() == 2

    @pytest.mark.parametrize(
        ("details", "field"),
        [
            pytest.param({"family_name": ""}, "family_name", id="no surname"),
            pytest.param(
                {"birth_date": date(2026, 11, 21)}, "birth_date", id="born tomorrow"
            ),
        ],
    )
    def test_refuses(self, details: dict[str, object], field: str) -> None:
        with pytest.raises(Refused) as refusal:
            make_patient(make_clinic(), **details)

        assert refusal.value.field == field
        assert not Patient.objects.exists()


class TestAdmit:
    NOBODY_ASKED = Wishes(said={}, evidence="")

    def admit(self, clinic: Clinic, **details: object) -> Patient:
        details = {
            "family_name": "Hopper",
            "given_name": "Grace",
            "birth_date": date(1950, 12, 9),
        } | details
        return patients.actions.admit(
            clinic=clinic,
            details=details,
            wishes=self.NOBODY_ASKED,
            now=NOON,
            by=system(),
        )

    @pytest.mark.parametrize(
        ("first", "second"),
        [
            pytest.param("", "", id="without numbers"),
            pytest.param("", "9990350019", id="the first without"),
            pytest.param("9990350019", "", id="the second without"),
        ],
    )
    def test_registers_nobody_twice(self, first: str, second: str) -> None:
        clinic = make_clinic()
        self.admit(clinic, nhs_number=first)

        with pytest.raises(Refused, match="is registered here") as refusal:
            self.admit(clinic, family_name="HOPPER", nhs_number=second)
        assert refusal.value.code == "double"
        assert Patient.objects.count() == 1

    def test_tells_two_people_apart_by_their_numbers(self) -> None:
        clinic = make_clinic()
        self.admit(clinic, nhs_number="9990350019")
        self.admit(clinic, nhs_number="9990350027")

        assert Patient.objects.count() == 2


class TestMarkAlive:
    def test_takes_back_a_death_and_says_why(self) -> None:
        ada = make_patient(make_clinic())
        patients.actions.mark_deceased(patient=ada, on=TODAY, today=TODAY, by=system())

        ada = patients.actions.mark_alive(
            patient=ada, reason="somebody else", by=system()
        )

        assert (ada.is_deceased, ada.deceased_on) == (False, None)
        assert ada.history.first().history_change_reason == "somebody else"

    def test_is_the_only_way_to_change_a_death(self) -> None:
        ada = make_patient(make_clinic())
        patients.actions.mark_deceased(patient=ada, on=TODAY, today=TODAY, by=system())

        with pytest.raises(Refused, match="recorded already"):
            patients.actions.mark_deceased(
                patient=ada, on=None, today=TODAY, by=system()
            )
        ada.refresh_from_db()
        assert ada.deceased_on == TODAY

    def test_is_refused_for_the_living(self) -> None:
        with pytest.raises(Refused, match="No death is recorded"):
            patients.actions.mark_alive(
                patient=make_patient(make_clinic()), reason="oh", by=system()
            )


class TestCorrectPatient:
    def test_keeps_what_was_known_and_who_changed_it(self) -> None:
        ada, by = make_patient(make_clinic(), phone="+447700900001"), system()

        patients.actions.correct_patient(
            patient=ada, changes={"phone": "+447700900002"}, today=TODAY, by=by
        )

        phones = ada.history.values_list("phone", "history_user")
        assert list(phones) == [("+447700900002", by.pk), ("+447700900001", by.pk)]


class TestStatePreference:
    def test_lets_the_last_word_hold(self) -> None:
        ada = make_patient(make_clinic(), sms=True)

        patients.actions.state_preference(
            patient=ada,
            channel=SMS,
            is_allowed=False,
            evidence="wrote STOP",
            now=NOON,
            by=system(),
        )

        assert ContactPreference.objects.latest_words(ada) == {"sms": False}
        assert ada.preferences.count() == 2

    def test_writes_nothing_down_twice(self) -> None:
        ada = make_patient(make_clinic(), sms=True)

        said = patients.actions.state_preference(
            patient=ada,
            channel=SMS,
            is_allowed=True,
            evidence="again",
            now=NOON,
            by=system(),
        )

        assert said is None
        assert ada.preferences.count() == 1


class TestRecordResult:
    def record(self, ada: Patient, **details: object) -> LabResult:
        details = {
            "test": "b12",
            "value": Decimal("180"),
            "unit": "ng/L",
            "drawn_on": TODAY,
        } | details
        return patients.actions.record_result(
            patient=ada, now=NOON, by=system(), **details
        )

    def test_keeps_the_unit_it_was_reported_in(self) -> None:
        result = self.record(make_patient(make_clinic()), unit="pmol/L")

        assert str(result) == "Vitamin B12, total 180 pmol/L"

    @pytest.mark.parametrize(
        ("details", "field"),
        [
            pytest.param({"unit": "g/L"}, "unit", id="another test's unit"),
            pytest.param({"value": Decimal(9)}, "value", id="beyond belief"),
            pytest.param(
                {"drawn_on": date(2026, 11, 21)}, "drawn_on", id="drawn tomorrow"
            ),
            pytest.param(
                {"drawn_on": date(1975, 12, 9)}, "drawn_on", id="drawn before birth"
            ),
        ],
    )
    def test_refuses(self, details: dict[str, object], field: str) -> None:
        with pytest.raises(Refused) as refusal:
            self.record(make_patient(make_clinic()), **details)

        assert refusal.value.field == field

    def test_keeps_the_limits_of_the_laboratory_and_how_the_blood_was_drawn(
        self,
    ) -> None:
        ada = make_patient(make_clinic())
        about = {
            "range_low": Decimal(120),
            "range_high": Decimal(650),
            "fasting": True,
            "before_injection": True,
        }

        result = self.record(ada, said=Circumstances(**about))
        wrong = Circumstances(range_high=Decimal(1))
        with pytest.raises(Refused) as refusal:
            self.record(ada, said=wrong)

        assert {name: getattr(result, name) for name in about} == about
        assert refusal.value.field == "range_high"

    def test_can_be_taken_back_once_with_a_reason(self) -> None:
        result = self.record(make_patient(make_clinic()))
        undo = {"result": result, "now": NOON, "by": system()}

        with pytest.raises(Refused, match="Say why"):
            patients.actions.void_result(reason=" ", **undo)
        patients.actions.void_result(reason="wrong patient", **undo)
        with pytest.raises(Refused, match="taken back before"):
            patients.actions.void_result(reason="wrong patient", **undo)


class TestTheDatabase:
    def test_wants_a_surname(self) -> None:
        ada = make_patient(make_clinic())
        ada.family_name = ""

        with pytest.raises(IntegrityError):
            ada.save()


class TestFoundBy:
    @pytest.mark.parametrize(
        ("words", "is_found"),
        [
            pytest.param("lovelace", True, id="surname"),
            pytest.param("Lovelace, Ada", True, id="as the list writes it"),
            pytest.param("ada lov", True, id="beginnings, in any order"),
            pytest.param("999 035 0019", True, id="a number with spaces"),
            pytest.param("ada hopper", False, id="somebody else's surname"),
            pytest.param("%", False, id="a sign that databases read"),
        ],
    )
    def test_finds(self, words: str, is_found: bool) -> None:
        make_patient(make_clinic(), nhs_number="9990350019")

        assert Patient.objects.all().found_by(words).exists() is is_found
