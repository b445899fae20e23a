"""The safety rules, as they speak about a plan."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from patients.background import Allergen, Allergy, Background, Condition, Had
from patients.exclusions import Answer, Answered, Exclusion
from patients.measured import Value
from patients.medicines import Medicine, Taken
from patients.samples import Sample, Sampled
from schedules.alerts import BY_CODE, Facts, Incident, Listener, Severity
from schedules.alerts.safety import RULES, STANDING, known_of
from schedules.safety import Act
from tests.schedules.alerts.watched import OPENED, facts_of, in_work_up, of_code, spans
from tests.schedules.stories import Story

DAY = timedelta(days=1)


def known(**details: Any) -> Background:
    """Return a background in which nothing is known but what is told."""
    told: dict[str, Any] = {
        "on": OPENED,
        "medicines": (),
        "allergies": (),
        "has_allergy_answer": True,
        "conditions": (),
        "answers": {},
        "samples": (),
        "consent": None,
    }
    return Background(**(told | details))


def measured(test: str, value: str, unit: str, on: date = OPENED) -> Value:
    return Value(test=test, value=Decimal(value), unit=unit, on=on)


def takes(*medicines: Medicine) -> Background:
    return known(medicines=tuple(Taken(medicine=each) for each in medicines))


def has(*conditions: Condition) -> Background:
    return known(
        conditions=tuple(Had(condition=each, from_on=OPENED) for each in conditions)
    )


def loading(*days: int, **details: Any) -> Facts:
    story = Story().event("started", OPENED)
    story.dose(*(OPENED + n * DAY for n in days))
    return facts_of(story, started_on=OPENED, **({"background": known()} | details))


class TestTheRules:
    def test_are_those_that_hold_of_a_patient_or_of_an_injection(self) -> None:
        codes = {rule.code for rule in RULES}

        assert codes >= STANDING | {"S17", "S18", "S23"}
        assert not codes & {"S02", "S06", "S07", "S08", "S22", "R14", "T8"}

    def test_speak_to_whoever_may_answer_them(self) -> None:
        told = {code: BY_CODE[code].to for code in ("S12", "S04", "S17", "S24")}

        assert told == {
            "S12": Listener.NURSE,
            "S04": Listener.PRESCRIBER,
            "S17": Listener.LEAD,
            "S24": Listener.NURSE,
        }


class TestFindings:
    @pytest.mark.parametrize(
        ("details", "code", "severity"),
        [
            pytest.param(
                {
                    "product": "cyanocobalamin",
                    "values": (measured("egfr", "40", "mL/min/1.73m2"),),
                },
                "S04",
                Severity.BLOCK,
                id="S04",
                marks=pytest.mark.proves("S04"),
            ),
            pytest.param(
                {"background": known(allergies=(Allergy(allergen=Allergen.COBALT),))},
                "S11",
                Severity.WARN,
                id="S11",
                marks=pytest.mark.proves("S11"),
            ),
            pytest.param(
                {"background": takes(Medicine.WARFARIN)},
                "S12",
                Severity.WARN,
                id="S12",
                marks=pytest.mark.proves("S12"),
            ),
            pytest.param(
                {"background": takes(Medicine.METFORMIN)},
                "S24",
                Severity.INFO,
                id="S24",
                marks=pytest.mark.proves("S24"),
            ),
            pytest.param(
                {"background": has(Condition.PREGNANCY)},
                "S19b",
                Severity.INFO,
                id="S19b",
                marks=pytest.mark.proves("S19b"),
            ),
        ],
    )
    def test_speak_while_the_facts_hold(
        self, details: dict[str, Any], code: str, severity: Severity
    ) -> None:
        quiet = in_work_up(background=known())

        [alert] = of_code(in_work_up(**({"background": known()} | details)), code)

        assert (alert.severity, alert.since, alert.until) == (severity, OPENED, None)
        assert len(alert.about) == 16
        assert of_code(quiet, code) == []

    def test_speak_since_the_log_heard_of_them(self) -> None:
        facts = in_work_up(background=takes(Medicine.WARFARIN))
        [first] = of_code(facts, "S12")
        opened = {("S12", first.about): OPENED - 9 * DAY}

        [alert] = of_code(replace(facts, opened=opened), "S12")

        assert alert.since == OPENED - 9 * DAY

    def test_are_about_the_facts_that_were_read(self) -> None:
        [one] = of_code(in_work_up(background=takes(Medicine.WARFARIN)), "S12")
        [other] = of_code(in_work_up(background=takes(Medicine.DOAC)), "S12")

        assert one.about != other.about

    def test_need_a_background_that_somebody_told(self) -> None:
        assert known_of(in_work_up(), Act.GIVE) is None
        assert of_code(in_work_up(product="cyanocobalamin"), "S04") == []

    def test_read_the_plan_as_well(self) -> None:
        story = Story().event("started", OPENED).dose(OPENED).until(OPENED + 5 * DAY)
        facts = facts_of(story, background=known(), neurological="unknown")

        read = known_of(facts, Act.GIVE)

        assert read is not None
        assert (read.loading_day, read.last_b12_dose_days_ago) == (5, 5)
        assert read.is_neurological
        assert read.folic_acid_mg is None

    @pytest.mark.proves("S01")
    def test_speak_of_folic_acid_that_is_taken_before_b12(self) -> None:
        folic = Taken(
            medicine=Medicine.FOLIC_ACID,
            daily_mg=Decimal(5),
        )
        facts = in_work_up(background=known(medicines=(folic,)))

        assert [a.severity for a in of_code(facts, "S01")] == [Severity.BLOCK]
        assert of_code(facts, "S01b") == []


@pytest.mark.proves("S17", "S18")
class TestIncidents:
    def test_speak_of_each_injection_given_in_spite_of_a_rule(self) -> None:
        facts = in_work_up(
            incidents=(
                Incident(key=7, given_on=OPENED, rule="S17", title="Intravenous"),
                Incident(key=9, given_on=OPENED, rule="S18", title="Injected twice"),
                Incident(key=8, given_on=OPENED + DAY, rule="S17", title="No"),
            )
        )

        alerts = of_code(facts, "S17")

        assert [(a.since, a.about) for a in alerts] == [
            (OPENED, "injection 7"),
            (OPENED + DAY, "injection 8"),
        ]
        assert alerts[0].text == "Intravenous: an injection was given all the same."
        assert len(of_code(facts, "S18")) == 1


@pytest.mark.proves("S15")
class TestChecklist:
    @pytest.mark.parametrize(
        ("answers", "speaks"),
        [
            pytest.param({}, True, id="nobody answered"),
            pytest.param(
                dict.fromkeys(Exclusion, Answer.EXCLUDED), False, id="all are"
            ),
            pytest.param(
                dict.fromkeys(Exclusion, Answer.EXCLUDED)
                | {Exclusion.DIABETES: Answer.PENDING},
                True,
                id="one is pending",
            ),
        ],
    )
    def test_speaks_from_day_14_until_all_is_answered(
        self, answers: dict[Exclusion, Answer], speaks: bool
    ) -> None:
        told = {each: answered(each, answer) for each, answer in answers.items()}

        facts = loading(0, background=known(answers=told))

        found = spans(facts, "CHECKLIST_INCOMPLETE")
        assert found == [(OPENED + 14 * DAY, None)] * speaks

    def test_is_not_asked_where_nobody_started_or_told(self) -> None:
        assert of_code(in_work_up(background=known()), "CHECKLIST_INCOMPLETE") == []
        assert of_code(loading(background=None), "CHECKLIST_INCOMPLETE") == []

    def test_takes_a_sample_that_was_noted(self) -> None:
        noted = known(samples=(Sampled(sample=Sample.B12, drawn_on=OPENED),))
        late = known(samples=(Sampled(sample=Sample.B12, drawn_on=OPENED + DAY),))
        other = known(samples=(Sampled(sample=Sample.MMA, drawn_on=OPENED),))

        found = [
            bool(of_code(loading(0, background=each), "PRETX_SAMPLE_MISSING"))
            for each in (noted, late, other)
        ]

        assert found == [False, True, True]


def answered(exclusion: Exclusion, answer: Answer) -> Answered:
    return Answered(exclusion=exclusion, answer=answer, on=OPENED, by="Grace")


@pytest.mark.proves("S09")
class TestPotassiumDue:
    def at_risk(self, *values: Value, **details: Any) -> Facts:
        return loading(
            0, **({"background": takes(Medicine.DIURETIC), "values": values} | details)
        )

    def test_speaks_after_48_hours_and_after_a_week(self) -> None:
        second, last = OPENED + 2 * DAY, OPENED + 7 * DAY

        assert spans(self.at_risk(), "K_CHECK_DUE") == [(second, last), (last, None)]

    @pytest.mark.parametrize(
        ("days", "left"),
        [
            pytest.param(1, 2, id="too early"),
            pytest.param(2, 1, id="on the second day"),
            pytest.param(6, 1, id="before a week"),
            pytest.param(7, 0, id="after a week"),
        ],
    )
    def test_is_answered_by_a_potassium(self, days: int, left: int) -> None:
        value = measured("potassium", "4.1", "mmol/L", OPENED + days * DAY)

        assert len(spans(self.at_risk(value), "K_CHECK_DUE")) == left

    @pytest.mark.parametrize(
        ("details", "speaks"),
        [
            pytest.param({"background": known()}, False, id="nobody at risk"),
            pytest.param(
                {"background": has(Condition.CARDIAC_DISEASE)}, True, id="heart"
            ),
            pytest.param(
                {
                    "background": known(),
                    "values": (measured("haemoglobin", "79", "g/L"),),
                },
                True,
                id="anaemic",
            ),
            pytest.param(
                {
                    "background": known(),
                    "values": (measured("haemoglobin", "80", "g/L"),),
                },
                False,
                id="not anaemic enough",
            ),
            pytest.param(
                {
                    "background": known(),
                    "values": (measured("potassium", "3.4", "mmol/L"),),
                },
                True,
                id="low",
            ),
            pytest.param(
                {
                    "background": known(),
                    "values": (measured("potassium", "3.5", "mmol/L"),),
                },
                False,
                id="not low",
            ),
            pytest.param({"background": None}, False, id="nothing told"),
        ],
    )
    def test_is_of_those_at_risk(self, details: dict[str, Any], speaks: bool) -> None:
        assert bool(spans(self.at_risk(**details), "K_CHECK_DUE")) is speaks

    def test_is_of_a_course_that_runs(self) -> None:
        facts = in_work_up(background=takes(Medicine.DIURETIC))

        assert spans(facts, "K_CHECK_DUE") == []
