"""Each safety rule at, below and above its limits (rules section 5)."""

from typing import Any

import pytest

from schedules.guard import EARLY_DOSE, OK, SAME_DAY_DUPLICATE
from schedules.intervals import Interval
from schedules.safety import B12, Act, Allergy, Condition, judge, verdict
from tests.schedules.safety.told import facts, rows, said

GIVE, START, MEDICINE = Act.GIVE, Act.START_LOADING, Act.START_MEDICINE
Known = dict[str, Any]

S01 = ("S01", "BLOCK", "P")
S01B = ("S01b", "WARN", "N")
S02 = ("S02", "OK", "shown")
S03 = ("S03", "INFO", "shown")


def cases(*rows: tuple[str, Known, list[tuple[str, str, str]]]) -> Any:
    """Return cases, each named by its first word."""
    return pytest.mark.parametrize(
        ("known", "expected"),
        [pytest.param(known, expected, id=name) for name, known, expected in rows],
    )


class TestFolate:
    @pytest.mark.proves("S01", "S01b", "S02", "R19", "R20")
    @cases(
        ("1 mg alone", {"folic_acid_mg": 1}, [S01]),
        ("5 mg alone", {"folic_acid_mg": 5}, [S01]),
        ("just below 1 mg", {"folic_acid_mg": "0.99"}, [S01B]),
        ("90 days after", {"folic_acid_mg": 5, "last_b12_dose_days_ago": 90}, [S02]),
        ("91 days after", {"folic_acid_mg": 5, "last_b12_dose_days_ago": 91}, [S01]),
        ("low, 91 days", {"folic_acid_mg": ".4", "last_b12_dose_days_ago": 91}, [S01B]),
        ("same day", {"folic_acid_mg": 5, "last_b12_dose_days_ago": 0}, [S02]),
        ("B12 normal", {"folic_acid_mg": 5, "b12": B12.NORMAL}, []),
        ("B12 normal, little", {"folic_acid_mg": "0.4", "b12": B12.NORMAL}, []),
        ("indeterminate", {"folic_acid_mg": 5, "b12": B12.INDETERMINATE}, [S01]),
        ("no folic acid", {}, []),
        ("another", {"last_b12_dose_days_ago": 3, "medicines": {"iron"}}, []),
    )
    def test_is_not_given_before_b12(self, known: Known, expected: Any) -> None:
        assert said(MEDICINE, **known) == expected

    @pytest.mark.proves("S03", "R20")
    @cases(
        ("both low", {"folate_is_low": True, "b12": B12.DEFICIENT}, [S03]),
        ("perhaps", {"folate_is_low": True, "b12": B12.INDETERMINATE}, [S03]),
        ("B12 normal", {"folate_is_low": True, "b12": B12.NORMAL}, []),
        ("B12 unknown", {"folate_is_low": True}, []),
        ("folate right", {"b12": B12.DEFICIENT}, []),
    )
    def test_and_b12_are_planned_together(self, known: Known, expected: Any) -> None:
        assert said(START, **known) == expected


CYANO = {"product": "cyanocobalamin"}
LEAKING = {**CYANO, "conditions": {Condition.DIABETES}}
S04 = ("S04", "BLOCK", "P")


class TestProducts:
    @pytest.mark.proves("S04", "R15", "R16", "R17")
    @cases(
        ("eGFR at 60", {**CYANO, "egfr": 60}, []),
        ("eGFR below 60", {**CYANO, "egfr": "59.9"}, [S04]),
        ("albumin at 3", {**LEAKING, "acr": 3}, [S04]),
        ("albumin below 3", {**LEAKING, "acr": "2.9"}, []),
        ("albumin, no diabetes", {**CYANO, "acr": 30}, []),
        ("diabetes, not measured", LEAKING, []),
        (
            "diabetes, albuminuria known",
            {**CYANO, "conditions": {Condition.DIABETES, Condition.ALBUMINURIA}},
            [S04],
        ),
        ("albuminuria", {**CYANO, "conditions": {Condition.ALBUMINURIA}}, []),
        ("weak kidneys", {**CYANO, "conditions": {Condition.RENAL_DISEASE}}, [S04]),
        (
            "weak once, measured well",
            {**CYANO, "egfr": 60, "conditions": {Condition.RENAL_DISEASE}},
            [],
        ),
        ("hydroxocobalamin", {"product": "hydroxocobalamin", "egfr": 20}, []),
        (
            "nothing better",
            {**CYANO, "egfr": 59, "hydroxocobalamin_available": False},
            [("S04", "WARN", "P")],
        ),
    )
    def test_spare_the_kidneys(self, known: Known, expected: Any) -> None:
        assert said(START, **known) == expected
        assert said(GIVE, **known) == expected

    @pytest.mark.proves("R17")
    def test_say_what_the_trial_gave(self) -> None:
        trial = "combined oral folic acid 2.5 mg + B6 25 mg + B12 1 mg"

        assert all(trial in row.text for row in rows("S04"))

    @pytest.mark.proves("S05")
    @cases(
        ("cyano", {**CYANO}, [("S05", "BLOCK", "P+P")]),
        ("hydroxo", {"product": "hydroxocobalamin"}, [("S05", "INFO", "shown")]),
    )
    def test_spare_the_optic_nerve(self, known: Known, expected: Any) -> None:
        assert said(START, **known, conditions={Condition.LEBER}) == expected
        assert said(START, **known) == []

    @pytest.mark.proves("R15", "R18", "R41")
    def test_say_which_is_unlicensed(self) -> None:
        unlicensed = [("R15", "INFO", "shown")]

        assert said(START, product="methylcobalamin") == unlicensed
        assert said(START, product="hydroxocobalamin") == []
        assert "first choice" in rows("R15")[0].text

    @pytest.mark.proves("S06", "S07", "R38", "R39")
    @cases(
        ("nerves", {"is_neurological": True}, [("S06", "BLOCK", "P")]),
        ("no nerves", {"is_neurological": False}, [("S07", "INFO", "shown")]),
        ("not said", {}, []),
    )
    def test_are_swallowed(self, known: Known, expected: Any) -> None:
        assert said(Act.SWITCH_TO_ORAL, **known) == expected
        assert "NG239" in rows("S06")[0].text
        assert "R38" in rows("S06")[0].text

    @pytest.mark.proves("S10", "S11")
    @cases(
        ("cobalamin", {"allergies": {Allergy.COBALAMIN}}, [("S10", "BLOCK", "P+P")]),
        ("cobalt", {"allergies": {Allergy.COBALT}}, [("S11", "WARN", "P")]),
        ("none", {}, []),
    )
    def test_are_tolerated(self, known: Known, expected: Any) -> None:
        for act in (START, Act.RELOAD, Act.TAKE_OVER, GIVE):
            assert said(act, **known) == expected

    @pytest.mark.proves("S10b")
    @cases(
        ("first", {"is_first_dose": True}, [("S10b", "INFO", "shown")]),
        ("changed", {"is_product_change": True}, [("S10b", "INFO", "shown")]),
        ("as before", {}, []),
    )
    def test_are_watched_when_new(self, known: Known, expected: Any) -> None:
        assert said(GIVE, **known) == expected
        assert said(START, **known) == []


WARNED, BLOCKED = [("S09", "WARN", "P")], [("S09", "BLOCK", "P")]
ANAEMIC = {"loading_day": 0, "haemoglobin": "79.9"}
S12, S13 = [("S12", "WARN", "N")], [("S13", "BLOCK", "P")]
OLD = {"inr": 2, "inr_age_days": 85, "medicines": {"warfarin"}}


class TestBlood:
    @pytest.mark.proves("S09")
    @cases(
        ("anaemic, K unknown", ANAEMIC, WARNED),
        ("anaemia at 80", {**ANAEMIC, "haemoglobin": 80}, []),
        ("K of 7 days", {**ANAEMIC, "potassium": 4, "potassium_age_days": 7}, []),
        ("K of 8 days", {**ANAEMIC, "potassium": 4, "potassium_age_days": 8}, WARNED),
        ("K of no known age", {**ANAEMIC, "potassium": 4}, []),
        ("K at 3.5", {"loading_day": 0, "potassium": "3.5"}, []),
        ("K below 3.5", {"loading_day": 0, "potassium": "3.4"}, WARNED),
        ("K at 3.0", {"loading_day": 0, "potassium": "3.0"}, WARNED),
        ("K below 3.0", {"loading_day": 0, "potassium": "2.9"}, BLOCKED),
        ("digoxin", {"loading_day": 0, "medicines": {"digoxin"}}, WARNED),
        (
            "heart",
            {"loading_day": 0, "conditions": {Condition.CARDIAC_DISEASE}},
            WARNED,
        ),
        ("day 6", {**ANAEMIC, "loading_day": 6}, WARNED),
        ("day 7", {**ANAEMIC, "loading_day": 7}, []),
        ("day 6, low", {"loading_day": 6, "potassium": 2}, BLOCKED),
        ("day 7, low", {"loading_day": 7, "potassium": 2}, []),
        ("not in loading", {"haemoglobin": 60, "potassium": 2}, []),
    )
    def test_keeps_its_potassium(self, known: Known, expected: Any) -> None:
        assert said(GIVE, **known) == expected

    @pytest.mark.proves("S12")
    @cases(
        ("anticoagulant", {"medicines": {"apixaban"}}, S12),
        ("one antiplatelet", {"antiplatelets": 1}, []),
        ("two antiplatelets", {"antiplatelets": 2}, S12),
        ("a disorder", {"conditions": {Condition.BLEEDING_DISORDER}}, S12),
        ("under the skin", {"medicines": {"apixaban"}, "route": "iv"}, []),
    )
    def test_clots(self, known: Known, expected: Any) -> None:
        found = [row for row in said(GIVE, **known) if row[0] != "S17"]

        assert found == expected

    @pytest.mark.proves("S13")
    @cases(
        ("at its top", {"inr": 3, "inr_top": 3}, []),
        ("above its top", {"inr": "3.1", "inr_top": 3}, S13),
        ("a higher range", {"inr": "3.1", "inr_top": "3.5"}, []),
        ("no range, at 3", {"inr": 3}, []),
        ("no range, above 3", {"inr": "3.1"}, S13),
        ("84 days old", {**OLD, "inr_age_days": 84}, S12),
        ("85 days old", OLD, S13 + S12),
        ("old, and dosed by none", {**OLD, "medicines": {"ppi"}}, []),
        ("old, and dosed otherwise", {**OLD, "medicines": {"doac"}}, S12),
        ("platelets at 50", {"platelets": 50}, []),
        ("platelets below 50", {"platelets": 49}, S13),
    )
    def test_is_thin_enough_to_wait(self, known: Known, expected: Any) -> None:
        assert said(GIVE, **known) == expected
        assert [row for row in said(GIVE, **known, route="sc") if row[0] != "S17"] == []


def never(rule: str) -> list[tuple[str, str, str]]:
    return [(rule, "BLOCK", "none")]


S17 = [("S17", "WARN", "P")]


class TestGiving:
    @pytest.mark.proves("S17", "R40")
    @cases(
        ("into a vein", {"route": "iv"}, never("S17")),
        ("expired", {"has_expired": True}, never("S17")),
        ("under the skin", {"route": "sc"}, S17),
        ("2 mg", {"dose_mg": 2}, S17),
        ("half a mg", {"dose_mg": "0.5"}, S17),
        ("1 mg", {"dose_mg": "1.00"}, []),
        ("no batch", {"has_batch": False}, S17),
        ("in order", {"has_batch": True, "has_expired": False}, []),
    )
    def test_is_one_milligram_into_the_muscle(
        self, known: Known, expected: Any
    ) -> None:
        assert said(GIVE, **known) == expected

    @pytest.mark.proves("S18")
    @cases(
        ("twice", {"guard": SAME_DAY_DUPLICATE}, [("S18", "BLOCK", "P")]),
        ("early", {"guard": EARLY_DOSE}, [("S18", "WARN", "N")]),
        ("in order", {"guard": OK}, []),
        ("after a failure", {"failed_today": True}, [("S18", "BLOCK", "P")]),
        (
            "twice, after a failure",
            {"failed_today": True, "guard": SAME_DAY_DUPLICATE},
            [("S18", "BLOCK", "P")],
        ),
    )
    def test_happens_once(self, known: Known, expected: Any) -> None:
        assert said(GIVE, **known) == expected

    @pytest.mark.proves("S16", "R05", "R01")
    @cases(
        (
            "no hurry",
            {"has_sample": False, "is_neurological": False},
            [("S16", "WARN", "N")],
        ),
        (
            "nerves",
            {"has_sample": False, "is_neurological": True},
            [("S16", "INFO", "shown")],
        ),
        ("not said", {"has_sample": False}, [("S16", "WARN", "N")]),
        ("taken", {"has_sample": True}, []),
        ("not asked", {}, []),
    )
    def test_follows_a_sample_and_never_waits(
        self, known: Known, expected: Any
    ) -> None:
        assert said(START, **known) == expected
        assert said(GIVE, **known) == expected

    @pytest.mark.proves("S23", "R46")
    @cases(
        ("nobody", {"identifiers_confirmed": False}, never("S23")),
        ("known", {"identifiers_confirmed": True}, []),
    )
    def test_knows_the_patient(self, known: Known, expected: Any) -> None:
        assert said(GIVE, **known) == expected


PREGNANT = {Condition.PREGNANT}
ANAEMIC_AND_PREGNANT = {Condition.PREGNANT, Condition.MEGALOBLASTIC_ANAEMIA}
S14, S19, S19B = ("S14", "WARN", "P"), ("S19", "BLOCK", "P"), ("S19b", "INFO", "shown")


class TestPeople:
    @pytest.mark.proves("S14")
    @pytest.mark.parametrize("kind", ["planned", "recreational"])
    def test_meet_nitrous_oxide(self, kind: str) -> None:
        gas = {Condition(f"nitrous_oxide_{kind}")}

        assert said(Act.RECORD_CONDITION, conditions=gas) == [S14]
        assert said(START, conditions=gas) == [S14]
        assert said(GIVE, conditions=gas) == []

    @pytest.mark.proves("S15")
    @cases(
        ("none open", {"exclusions_unanswered": 0}, []),
        ("one open", {"exclusions_unanswered": 1}, [("S15", "WARN", "P")]),
        ("not asked", {}, []),
    )
    def test_answer_the_checklist(self, known: Known, expected: Any) -> None:
        assert said(START, **known) == expected

    @pytest.mark.proves("S19", "S19b")
    @cases(
        ("not shown", {"conditions": ANAEMIC_AND_PREGNANT}, [S19, S19B]),
        (
            "shown",
            {"conditions": ANAEMIC_AND_PREGNANT, "b12": B12.DEFICIENT},
            [S19B],
        ),
        ("anaemic", {"conditions": {Condition.MEGALOBLASTIC_ANAEMIA}}, []),
        ("pregnant", {"conditions": PREGNANT}, [S19B]),
        ("breastfeeding", {"conditions": {Condition.BREASTFEEDING}}, [S19B]),
    )
    def test_are_pregnant(self, known: Known, expected: Any) -> None:
        assert said(START, **known) == expected

    @pytest.mark.proves("S20")
    @cases(
        ("15", {"age": 15}, [("S20", "BLOCK", "P+P")]),
        ("16", {"age": 16}, []),
        ("not known", {}, []),
    )
    def test_are_grown_up(self, known: Known, expected: Any) -> None:
        assert said(START, **known) == expected
        assert said(GIVE, **known) == expected

    @pytest.mark.proves("S21")
    def test_show_a_red_flag(self) -> None:
        flagged = {Condition.RED_FLAG}

        assert said(GIVE, conditions=flagged) == [("S21", "WARN", "N")]
        assert said(GIVE) == []

    @pytest.mark.proves("S24")
    @pytest.mark.parametrize(
        "medicine",
        ["chloramphenicol", "metformin", "ppi", "colchicine", "topiramate"],
    )
    def test_take_what_weakens(self, medicine: str) -> None:
        shown = [("S24", "INFO", "shown")]

        assert said(MEDICINE, medicines={medicine}) == shown
        assert said(MEDICINE, medicines={"paracetamol"}) == []


DIETARY = {"cause_is_dietary": True, "is_neurological": False}
MILD = {"is_neurological": False}
BY_PRESCRIBER, BY_LEAD = [("S22", "BLOCK", "P")], [("S22", "BLOCK", "L")]
NEVER = never("S22")


class TestPlanning:
    @pytest.mark.proves("S08", "R35", "R37", "R46")
    @pytest.mark.parametrize("reason", ["labs_normal", "b12_high", "levels_in_range"])
    @pytest.mark.parametrize("act", [Act.CLOSE, Act.PAUSE, Act.CHANGE_INTERVAL])
    def test_knows_no_laboratory_value_as_a_reason(self, act: Act, reason: str) -> None:
        assert said(act, reason=reason) == never("S08")
        assert said(act, reason="died") == []

    @pytest.mark.proves("T8")
    @cases(
        ("stays", {"cause_is_irreversible": True}, [("T8", "BLOCK", "L")]),
        ("goes", {"cause_is_irreversible": False}, []),
    )
    def test_asks_the_lead_about_a_cause(self, known: Known, expected: Any) -> None:
        assert said(Act.CLOSE, reason="cause_resolved", **known) == expected
        assert said(Act.CLOSE, reason="died", **known) == []

    @pytest.mark.proves("S22")
    @pytest.mark.parametrize(
        ("interval", "known", "expected"),
        [
            pytest.param("6d", {}, BY_PRESCRIBER, id="6 days"),
            pytest.param("7d", {}, [], id="7 days"),
            pytest.param("92d", {}, [], id="92 days"),
            pytest.param("93d", {}, BY_LEAD, id="93 days, nerves"),
            pytest.param("93d", MILD, BY_PRESCRIBER, id="93 days"),
            pytest.param("3m", {}, [], id="3 months"),
            pytest.param("4m", MILD, BY_PRESCRIBER, id="4 months"),
            pytest.param(
                "4m",
                {**MILD, "cause_is_irreversible": True},
                BY_LEAD,
                id="4 months, irreversible",
            ),
            pytest.param("5m", MILD, BY_PRESCRIBER, id="5 months"),
            pytest.param("153d", MILD, BY_PRESCRIBER, id="153 days"),
            pytest.param("154d", MILD, NEVER, id="154 days"),
            pytest.param("6m", MILD, NEVER, id="6 months"),
            pytest.param("6m", {}, NEVER, id="6 months, nerves"),
            pytest.param("6m", DIETARY, [], id="6 months, dietary"),
            pytest.param("26w", DIETARY, BY_PRESCRIBER, id="26 weeks, dietary"),
            pytest.param(
                "6m",
                {**DIETARY, "is_neurological": True},
                NEVER,
                id="6 months, dietary, nerves",
            ),
            pytest.param("184d", DIETARY, BY_PRESCRIBER, id="184 days, dietary"),
            pytest.param("185d", DIETARY, NEVER, id="185 days, dietary"),
            pytest.param("7m", DIETARY, NEVER, id="7 months, dietary"),
        ],
    )
    def test_bounds_the_interval(
        self, interval: str, known: Known, expected: Any
    ) -> None:
        for act in (Act.CHANGE_INTERVAL, Act.TO_MAINTENANCE, Act.TAKE_OVER):
            assert said(act, interval=Interval.parse(interval), **known) == expected

    def test_says_nothing_of_an_interval_that_nobody_named(self) -> None:
        for known in ({}, MILD, DIETARY):
            assert said(Act.CHANGE_INTERVAL, **known) == []

    @pytest.mark.proves("S22")
    @pytest.mark.parametrize(
        ("interval", "expected"),
        [("13d", BY_PRESCRIBER), ("14d", []), ("60d", []), ("61d", BY_PRESCRIBER)],
    )
    def test_keeps_the_bounds_of_the_clinic(self, interval: str, expected: Any) -> None:
        bounds = {"shortest_interval_days": 14, "longest_interval_days": 60}

        found = said(
            Act.CHANGE_INTERVAL, interval=Interval.parse(interval), **MILD, **bounds
        )

        assert found == expected

    @pytest.mark.proves("R14")
    @cases(
        ("nerves", {"is_neurological": True}, [("R14", "BLOCK", "P")]),
        ("not known", {}, [("R14", "BLOCK", "P")]),
        ("none", {"is_neurological": False}, []),
    )
    def test_loads_nerves_long_enough(self, known: Known, expected: Any) -> None:
        assert said(START, course_is_for_neurological=False, **known) == expected
        assert said(START, course_is_for_neurological=True, **known) == []


class TestNothingPending:
    @pytest.mark.proves("R01")
    def test_ever_holds_up_a_start(self) -> None:
        pending = facts(START, is_neurological=True, b12=B12.INDETERMINATE)

        assert verdict(judge(pending)) == ("OK", None)
