from dataclasses import replace
from datetime import date

import pytest

from schedules.intervals import Interval
from tracker.imports.book import Book, Known, Treatment, Word
from tracker.imports.columns import Column
from tracker.imports.comparing import Outcome, Verdict, compare
from tracker.imports.medicines import Product
from tracker.imports.people import Person
from tracker.imports.rows import Row

NHS_NUMBER = "9994100017"
OTHER_NUMBER = "9994100084"
BORN = date(1975, 12, 10)
LAST = date(2026, 10, 1)

ADA = Person(
    nhs_number=NHS_NUMBER,
    local_number="45001",
    family_name="Lovelace",
    given_name="Ada",
    birth_date=BORN,
)
TREATMENT = Treatment(
    neurological="no",
    product="hydroxocobalamin",
    cause="Pernicious anaemia",
    interval="12w",
)
KNOWN = Known(
    patient_id=7,
    person=ADA,
    gender="female",
    contact={
        "phone": "+447700900123",
        "email": "ada@example.org",
        "preferred_channel": "sms",
    },
    word=Word(is_allowed=True, is_from_a_list=True),
    is_deceased=False,
    deceased_on=None,
    treatment=TREATMENT,
    given={LAST: "346A80"},
    taken_back=frozenset(),
)
ROW = Row(
    line_number=2,
    raw={},
    nhs_number=NHS_NUMBER,
    local_number="45001",
    family_name="Lovelace",
    given_name="Ada",
    birth_date=BORN,
    gender="female",
    phone="+447700900123",
    email="ada@example.org",
    preferred="sms",
    sms_consent=True,
    neurological="no",
    diagnosis="Pernicious anaemia",
    product=Product.HYDROXOCOBALAMIN,
    dose="1mg",
    dose_mg=None,
    interval=Interval.parse("12w"),
    last_injection_on=LAST,
    batch="346A80",
    deceased=False,
    deceased_on=None,
    warnings=(),
)


def outcome(row: Row = ROW, *known: Known) -> Outcome:
    return compare(row, Book(known or (KNOWN,)))


def differing(found: Outcome) -> list[tuple[str, str, str]]:
    return [(each.column, each.listed, each.recorded) for each in found.differences]


class TestWhoIsMeant:
    def test_is_new_if_nobody_is_like_this(self):
        assert compare(ROW, Book([])).verdict is Verdict.NEW

    def test_is_unchanged_if_the_record_says_the_same(self):
        assert outcome().verdict is Verdict.UNCHANGED

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"nhs_number": None}, id="by local number"),
            pytest.param({"local_number": ""}, id="by NHS number"),
            pytest.param(
                {"nhs_number": None, "local_number": ""}, id="by name and birth date"
            ),
            pytest.param({"family_name": "LOVELACE"}, id="in capitals"),
            pytest.param({"given_name": ""}, id="without a first name"),
        ],
    )
    def test_knows_a_person_again(self, changes):
        found = outcome(replace(ROW, **changes))

        assert found.known is KNOWN
        assert found.verdict is Verdict.UNCHANGED

    def test_takes_a_namesake_with_other_numbers_for_somebody_else(self):
        row = replace(ROW, nhs_number=OTHER_NUMBER, local_number="45002")

        assert outcome(row).verdict is Verdict.NEW

    @pytest.mark.parametrize(
        ("recorded", "verdict"),
        [
            pytest.param({"nhs_number": OTHER_NUMBER}, Verdict.NEW, id="numbered"),
            pytest.param({"nhs_number": None}, Verdict.NEW, id="without NHS number"),
            pytest.param(
                {"nhs_number": OTHER_NUMBER, "birth_date": BORN},
                Verdict.NEW,
                id="numbered, born on the same day",
            ),
            pytest.param(
                {"nhs_number": None, "birth_date": BORN},
                Verdict.CONFLICT,
                id="without NHS number, born on the same day",
            ),
            pytest.param(
                {"nhs_number": None, "family_name": "Lovelace"},
                Verdict.CONFLICT,
                id="without NHS number, of the same surname",
            ),
        ],
    )
    def test_does_not_take_a_shared_local_number_for_a_person(self, recorded, verdict):
        somebody = {
            "family_name": "Hopper",
            "given_name": "Grace",
            "birth_date": date(1946, 12, 9),
        }
        known = replace(KNOWN, person=replace(ADA, **(somebody | recorded)))

        assert outcome(ROW, known).verdict is verdict

    def test_asks_a_person_if_a_line_has_nothing_but_anothers_local_number(self):
        row = replace(
            ROW, nhs_number=None, family_name="Hopper", birth_date=date(1946, 12, 9)
        )

        assert [column for column, *_ in differing(outcome(row))] == [
            "Surname",
            "Date of birth",
        ]

    def test_asks_a_person_if_several_could_be_meant(self):
        numberless = replace(ADA, nhs_number=None, local_number="")
        twins = [replace(KNOWN, person=numberless), replace(KNOWN, person=numberless)]

        found = outcome(ROW, *twins)

        assert [each.code for each in found.differences] == ["several_people"]
        assert found.known is None

    @pytest.mark.parametrize(
        ("changes", "difference"),
        [
            pytest.param(
                {"family_name": "Byron"}, ("Surname", "Byron", "Lovelace"), id="surname"
            ),
            pytest.param(
                {"given_name": "Anna"}, ("Forename", "Anna", "Ada"), id="first name"
            ),
            pytest.param(
                {"birth_date": date(1975, 10, 12)},
                ("Date of birth", "1975-10-12", "1975-12-10"),
                id="birth date",
            ),
            pytest.param({"gender": "male"}, ("Gender", "male", "female"), id="gender"),
            pytest.param(
                {"nhs_number": OTHER_NUMBER},
                ("NHS number", OTHER_NUMBER, NHS_NUMBER),
                id="NHS number",
            ),
            pytest.param(
                {"local_number": "45009"},
                ("Patient number", "45009", "45001"),
                id="local number",
            ),
        ],
    )
    def test_takes_nothing_over_if_it_may_be_somebody_else(self, changes, difference):
        row = replace(
            ROW, **changes, phone="+447700900999", last_injection_on=date(2026, 11, 1)
        )

        found = outcome(row)

        assert differing(found) == [difference]
        assert (found.changes, found.injects) == ({}, False)

    def test_believes_a_new_number_on_the_strength_of_another(self):
        unnumbered = replace(KNOWN, person=replace(ADA, nhs_number=None))

        assert outcome(ROW, unnumbered).changes == {"nhs_number": NHS_NUMBER}

    def test_does_not_believe_a_number_on_the_strength_of_a_name(self):
        unnumbered = replace(
            KNOWN, person=replace(ADA, nhs_number=None, local_number="")
        )

        assert differing(outcome(ROW, unnumbered)) == [
            ("NHS number", NHS_NUMBER, ""),
            ("Patient number", "45001", ""),
        ]


class TestContact:
    def test_takes_new_details_over(self):
        row = replace(
            ROW, phone="+447700900999", email="a@example.org", preferred="email"
        )

        found = outcome(row)

        assert found.verdict is Verdict.UPDATED
        assert found.changes == {
            "phone": "+447700900999",
            "email": "a@example.org",
            "preferred_channel": "email",
        }

    def test_erases_nothing_for_an_empty_cell(self):
        row = replace(ROW, phone=None, email=None, preferred="", gender="unknown")

        assert outcome(row).verdict is Verdict.UNCHANGED

    @pytest.mark.parametrize(
        ("word", "listed", "texts"),
        [
            pytest.param(None, True, True, id="a first yes"),
            pytest.param(None, False, None, id="no word at all"),
            pytest.param(
                Word(is_allowed=True, is_from_a_list=True), False, False, id="-"
            ),
            pytest.param(
                Word(is_allowed=False, is_from_a_list=True), True, True, id="+"
            ),
        ],
    )
    def test_follows_the_list_where_only_lists_have_spoken(self, word, listed, texts):
        found = outcome(replace(ROW, sms_consent=listed), replace(KNOWN, word=word))

        assert (found.texts, found.differences) == (texts, ())

    @pytest.mark.parametrize("listed", [True, False])
    def test_never_overrules_what_the_patient_told_the_clinic(self, listed):
        word = Word(is_allowed=not listed, is_from_a_list=False)

        found = outcome(replace(ROW, sms_consent=listed), replace(KNOWN, word=word))

        assert found.texts is None
        assert [each.column for each in found.differences] == ["Consent to text"]

    def test_reads_no_withdrawal_out_of_a_column_that_is_not_there(self):
        row = replace(ROW, sms_consent=False)

        found = compare(row, Book([KNOWN]), absent={Column.SMS_CONSENT})

        assert found.verdict is Verdict.UNCHANGED


class TestTreatment:
    def test_takes_a_later_injection_over(self):
        found = outcome(replace(ROW, last_injection_on=date(2026, 10, 2)))

        assert (found.injects, found.verdict) == (True, Verdict.UPDATED)

    def test_takes_the_first_injection_over(self):
        assert outcome(ROW, replace(KNOWN, given={})).injects

    def test_leaves_an_earlier_one_that_is_recorded(self):
        known = replace(KNOWN, given={LAST: "346A80", date(2026, 11, 2): "B"})

        assert outcome(ROW, known).verdict is Verdict.UNCHANGED

    def test_shows_an_earlier_one_that_is_not_recorded(self):
        found = outcome(replace(ROW, last_injection_on=date(2026, 9, 30)))

        assert differing(found) == [("Last injection", "2026-09-30", "2026-10-01")]
        assert not found.injects

    def test_does_not_bring_back_what_was_taken_back(self):
        found = outcome(ROW, replace(KNOWN, given={}, taken_back={LAST}))

        assert [each.code for each in found.differences] == ["taken_back"]
        assert not found.injects

    @pytest.mark.parametrize(
        ("changes", "difference"),
        [
            pytest.param(
                {"interval": Interval.parse("2m")},
                ("Interval", "2m", "12w"),
                id="interval",
            ),
            pytest.param(
                {"neurological": "yes"},
                ("Neurological symptoms", "yes", "no"),
                id="neurological",
            ),
            pytest.param(
                {"product": Product.CYANOCOBALAMIN},
                ("Drug", "cyanocobalamin", "hydroxocobalamin"),
                id="product",
            ),
            pytest.param(
                {"diagnosis": "Gastrectomy"},
                ("Diagnosis", "Gastrectomy", "Pernicious anaemia"),
                id="cause",
            ),
            pytest.param({"batch": "X1"}, ("Batch", "X1", "346A80"), id="batch"),
        ],
    )
    def test_shows_what_differs_and_overwrites_nothing(self, changes, difference):
        found = outcome(replace(ROW, **changes))

        assert differing(found) == [difference]
        assert found.verdict is Verdict.CONFLICT

    def test_takes_contact_and_injection_over_beside_a_difference(self):
        row = replace(
            ROW,
            interval=Interval.parse("2m"),
            phone="+447700900999",
            last_injection_on=date(2026, 11, 1),
        )

        found = outcome(row)

        assert found.verdict is Verdict.CONFLICT
        assert (found.changes, found.injects) == ({"phone": "+447700900999"}, True)

    @pytest.mark.parametrize(
        "changes",
        [
            pytest.param({"neurological": "unknown"}, id="neurological"),
            pytest.param({"diagnosis": ""}, id="diagnosis"),
            pytest.param({"batch": ""}, id="batch"),
            pytest.param({"diagnosis": "PERNICIOUS ANAEMIA"}, id="other letters"),
        ],
    )
    def test_takes_an_empty_cell_for_no_word(self, changes):
        assert outcome(replace(ROW, **changes)).verdict is Verdict.UNCHANGED

    def test_compares_no_interval_with_a_plan_that_has_none_yet(self):
        known = replace(KNOWN, treatment=replace(TREATMENT, interval=None))

        assert outcome(ROW, known).verdict is Verdict.UNCHANGED

    def test_of_which_neither_side_knows_anything_is_unchanged(self):
        row = replace(ROW, last_injection_on=None, batch="")

        found = outcome(row, replace(KNOWN, treatment=None))

        assert found.verdict is Verdict.UNCHANGED
        assert not found.injects

    def test_shows_a_treatment_where_no_plan_is_open(self):
        found = outcome(ROW, replace(KNOWN, treatment=None))

        assert [each.code for each in found.differences] == ["no_open_plan"]


class TestDeath:
    def test_is_news(self):
        found = outcome(replace(ROW, deceased=True))

        assert (found.dies, found.verdict) == (True, Verdict.UPDATED)

    def test_is_no_news_twice(self):
        found = outcome(replace(ROW, deceased=True), replace(KNOWN, is_deceased=True))

        assert found.verdict is Verdict.UNCHANGED

    def test_learns_the_day_later(self):
        row = replace(ROW, deceased=True, deceased_on=date(2026, 11, 3))

        assert outcome(row, replace(KNOWN, is_deceased=True)).dies

    def test_is_never_undone_by_a_list(self):
        found = outcome(ROW, replace(KNOWN, is_deceased=True))

        assert differing(found) == [("Deceased", "no", "yes")]

    @pytest.mark.parametrize("died_on", [None, date(2026, 10, 5), date(2026, 11, 9)])
    def test_lets_nobody_be_injected_afterwards(self, died_on):
        row = replace(ROW, last_injection_on=date(2026, 11, 1))
        dead = replace(KNOWN, is_deceased=True, deceased_on=died_on, treatment=None)

        found = compare(row, Book([dead]), absent={Column.DECEASED})

        assert not found.injects
        assert found.verdict is Verdict.CONFLICT
        assert [(d.code, d.listed, d.recorded) for d in found.differences] == [
            ("deceased", "2026-11-01", died_on.isoformat() if died_on else ""),
            ("no_open_plan", "12w", ""),
        ]

    def test_is_shown_if_it_is_another_day(self):
        row = replace(ROW, deceased=True, deceased_on=date(2026, 11, 3))
        known = replace(KNOWN, is_deceased=True, deceased_on=date(2026, 11, 4))

        assert differing(outcome(row, known)) == [
            ("Deceased", "2026-11-03", "2026-11-04")
        ]
