"""What holds for every rule there is."""

import dataclasses
import re
from collections.abc import Iterator

import pytest

from schedules import safety
from schedules.intervals import Interval
from schedules.safety import TABLE, Act, Condition, Facts, judge, verdict
from schedules.safety.facts import Allergy
from schedules.safety.judging import digest
from schedules.safety.medicines import ANTICOAGULANTS, POTASSIUM_RISKS, WEAKENING
from schedules.safety.rule import Override, Rule, Severity
from tests.schedules.safety.told import facts, rows

EVERY = {f"S{n:02}" for n in range(1, 25)} | {"S01b", "S10b", "S19b", "R14", "R15"}
# Those of which the rules say that nobody overrules them (R46; S22: rules 2.2).
FINAL = {"S08", "S17", "S22", "S23"}
# What changes by itself makes no acknowledged warning speak again.
BY_THEMSELVES = {
    "loading_day",
    "last_b12_dose_days_ago",
    "potassium_age_days",
    "inr_age_days",
    "is_first_dose",
    "is_product_change",
}


class Watched:
    """Facts that remember what was read of them."""

    def __init__(self, known: Facts) -> None:
        self.known, self.read = known, set[str]()

    def __getattr__(self, name: str) -> object:
        self.read.add(name)
        return getattr(self.known, name)


def varied() -> Iterator[Facts]:
    """Yield facts so different that every predicate reads all it ever reads."""
    yield facts(Act.GIVE)
    yield facts(
        Act.GIVE,
        product="cyanocobalamin",
        egfr=90,
        acr=9,
        reason="cause_resolved",
        folic_acid_mg=5,
        folate_is_low=True,
        has_sample=False,
        loading_day=0,
        potassium="3.2",
        haemoglobin=70,
        platelets=90,
        inr=2,
        course_is_for_neurological=False,
        is_neurological=False,
        interval=Interval.parse("6m"),
        conditions=frozenset({Condition.DIABETES, *Condition}),
        failed_today=True,
        route="iv",
    )
    yield facts(Act.GIVE, product="cyanocobalamin", egfr=9, loading_day=0, potassium=5)


class TestTable:
    def test_holds_every_rule(self) -> None:
        assert {row.id for row in TABLE} == EVERY | {"T8"}

    @pytest.mark.proves("R46")
    def test_lets_every_block_be_overruled_but_for_the_named(self) -> None:
        final = {row.id for row in TABLE if row.override is Override.NEVER}

        assert final == FINAL
        assert {row.title for row in rows("S17") if row.override is Override.NEVER} == {
            "Expired batch",
            "Intravenous",
        }

    def test_asks_somebody_of_each_warning_and_nobody_else(self) -> None:
        for row in TABLE:
            asks = row.severity in {Severity.WARN, Severity.BLOCK}
            assert (row.override is not Override.SHOWN) == asks, row.title
            assert row.holds_up or row.severity is Severity.WARN, row.title

    @pytest.mark.proves("S15", "S16", "R05")
    def test_holds_nobody_up_for_papers_and_samples(self) -> None:
        assert {row.id for row in TABLE if not row.holds_up} == {"S15", "S16"}

    def test_says_something_with_a_version_and_a_source(self) -> None:
        for row in TABLE:
            assert row.version >= 1
            assert re.match(r"[A-Z].*[.?]$", row.text), row.title
            assert row.sources or row.evidence == "design", row.title
            assert row.acts

    def test_begins_with_the_strongest(self) -> None:
        ranks = [(row.severity.rank, row.override.rank) for row in TABLE]

        assert ranks == sorted(ranks, reverse=True)
        assert (TABLE[0].severity, TABLE[0].override) == ("BLOCK", "none")

    @pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.id} {row.title}")
    def test_names_the_facts_that_it_reads(self, row: Rule) -> None:
        known = {field.name for field in dataclasses.fields(Facts)}
        read: set[str] = set()
        for each in varied():
            watched = Watched(each)
            row.speaks(watched)  # type: ignore[arg-type]
            read |= watched.read

        assert set(row.reads) <= known
        assert read - BY_THEMSELVES <= set(row.reads)

    def test_minds_something_in_each_set_that_it_reads(self) -> None:
        sets: dict[str, set[str]] = {
            "conditions": set(Condition),
            "allergies": set(Allergy),
            "medicines": set(ANTICOAGULANTS | POTASSIUM_RISKS | WEAKENING),
        }
        for row in TABLE:
            read = set(row.reads) & sets.keys()
            assert all(row.minds & sets[name] for name in read), row.title
            assert row.minds <= set[str]().union(*(sets[n] for n in read)), row.title


class TestVerdict:
    def test_is_the_strongest(self) -> None:
        known = {"conditions": frozenset({Condition.RED_FLAG}), "has_expired": True}

        found = judge(facts(Act.GIVE, **known))

        assert [finding.rule.id for finding in found] == ["S17", "S21"]
        assert [finding.asks for finding in found] == [True, True]
        assert verdict(found) == ("BLOCK", "S17")

    def test_prefers_the_stricter_of_two_blocks(self) -> None:
        child = facts(Act.GIVE, age=9, failed_today=True, is_first_dose=True)

        found = judge(child)

        assert [finding.rule.id for finding in found] == ["S20", "S18", "S10b"]
        assert not found[-1].asks

    def test_is_nothing_where_no_rule_speaks(self) -> None:
        assert verdict(judge(facts(Act.GIVE))) == ("OK", None)

    def test_misses_a_rule_that_is_taken_out(self) -> None:
        without = [row for row in TABLE if row.id != "S20"]

        assert judge(facts(Act.GIVE, age=9), rules=without) == ()


class TestDigest:
    def test_changes_with_what_the_rule_reads_and_with_nothing_else(self) -> None:
        (row,) = rows("S12")
        thin = frozenset({"warfarin", "heparin"})
        before = digest(row, facts(Act.GIVE, medicines=thin))

        for other in (
            {"medicines": thin | {"ppi"}, "age": 9},
            {"medicines": thin, "conditions": frozenset({Condition.RED_FLAG})},
        ):
            assert digest(row, facts(Act.GIVE, **other)) == before
        for other in (
            {"medicines": thin | {"doac"}},
            {"medicines": thin, "conditions": frozenset({Condition.BLEEDING_DISORDER})},
        ):
            assert digest(row, facts(Act.GIVE, **other)) != before
        assert digest(dataclasses.replace(row, version=2), facts(Act.GIVE)) != digest(
            row, facts(Act.GIVE)
        )
        assert re.fullmatch(r"[0-9a-f]{64}", before)


NURSE, PRESCRIBER, LEAD = "nurse", "prescriber", "clinical_lead"


class TestWhoMayOverrule:
    @pytest.mark.parametrize(
        ("override", "alone", "asking", "signing"),
        [
            pytest.param("shown", "", "", "", id="nobody has to"),
            pytest.param("N", "n p l", "", "", id="a nurse"),
            pytest.param("P", "p l", "n", "p l", id="a prescriber"),
            pytest.param("P+P", "", "p l", "p l", id="two prescribers"),
            pytest.param("L", "l", "p", "l", id="the lead"),
            pytest.param("none", "", "", "", id="nobody"),
        ],
    )
    def test_follows_the_column(
        self, override: str, alone: str, asking: str, signing: str
    ) -> None:
        roles = {"n": NURSE, "p": PRESCRIBER, "l": LEAD, "m": "manager"}
        column = Override(override)

        for may, told in (
            (safety.may_alone, alone),
            (safety.may_ask, asking),
            (safety.may_sign, signing),
        ):
            assert {r for r in roles if may(roles[r], column)} == set(told.split())
        assert safety.who(column).endswith(".")
