"""The safety rules, written out once more: whoever changes one says so twice."""

import re

from schedules.safety import medicines
from schedules.safety.rule import Finding, Rule
from schedules.safety.table import TABLE

# Rule, version, severity, who may overrule, evidence, sources, title.
WRITTEN = """
S23 | 1 | BLOCK | none | design | H01 | Wrong patient
S17 | 1 | BLOCK | none | supported | SMPC-A | Expired batch
S17 | 1 | BLOCK | none | supported | SMPC-A, R40 | Intravenous
S08 | 1 | BLOCK | none | supported | R35, R26, R37 | Normal levels are no reason
S22 | 1 | BLOCK | none | partly | CKS (second-hand), rules 2.2 | Half a year or more
S22 | 1 | BLOCK | L | design | R36 | More than 3 months, relapse likely
T8 | 1 | BLOCK | L | partly | R04, NG239 | The cause does not resolve
S05 | 1 | BLOCK | P+P | supported | FDA-CY | Cyanocobalamin in hereditary optic neuropathy
S10 | 1 | BLOCK | P+P | supported | SMPC-A, PubMed 37898177 | Serious hypersensitivity to a cobalamin
S20 | 1 | BLOCK | P+P | supported | NG239 | Under 16
S01 | 1 | BLOCK | P | supported | R19, CKS (second-hand), FDA-CY | Folic acid before B12
S04 | 1 | BLOCK | P | differs | R15, R16, R17, DIVINE | Cyanocobalamin in renal impairment
S06 | 1 | BLOCK | P | partly | R38, R39, AFP25, AFP17, NG239 | Oral instead of injected, neurological symptoms
S09 | 1 | BLOCK | P | supported | SMPC-C, FDA-CY, LOTH | Potassium below 3.0 in early loading
S13 | 1 | BLOCK | P | partly | SPS | INR or platelets forbid the muscle
S18 | 1 | BLOCK | P | design | rules 2.7 | Injected twice, or too soon
S18 | 1 | BLOCK | P | design | rules 2.8 | A failed injection repeated
S19 | 1 | BLOCK | P | supported | SMPC-A | Megaloblastic anaemia of pregnancy
S22 | 1 | BLOCK | P | design | R36, CKS (second-hand) | More than 3 months
S22 | 1 | BLOCK | P | design | R36 | Less than 7 days
R14 | 1 | BLOCK | P | supported | R14, BNF (second-hand) | This course is not enough for nerves
S04 | 1 | WARN | P | differs | R15, R16, R17, DIVINE | Cyanocobalamin in renal impairment
S11 | 1 | WARN | P | supported | MHRA | Cobalt allergy
S09 | 1 | WARN | P | supported | SMPC-C, FDA-CY, LOTH | Potassium in early loading
S17 | 1 | WARN | P | supported | SMPC-A, R40 | Another dose than 1 mg
S17 | 1 | WARN | P | supported | SMPC-A, R40 | Another route than into the muscle
S17 | 1 | WARN | P | supported | SMPC-A | No batch
S14 | 1 | WARN | P | supported | N2O, NG239 | Nitrous oxide
S15 | 1 | WARN | P | supported | R30, R31, R32, R33, R34, R34a | Exclusions not answered
S01b | 1 | WARN | N | design | FDA-CY | Low-dose folic acid, B12 not known
S12 | 1 | WARN | N | supported | SPS | Bleeding into the muscle
S18 | 1 | WARN | N | design | rules 2.7 | Early, or out of order
S16 | 1 | WARN | N | partly | R05, NG239 | No sample before treatment
S21 | 1 | WARN | N | supported | LOTH | Red flag
S03 | 1 | INFO | shown | supported | R20 | Folate and B12 both low
S05 | 1 | INFO | shown | supported | SMPC-A | Hydroxocobalamin in hereditary optic neuropathy
R15 | 1 | INFO | shown | partly | R15, R18, R41 | Methylcobalamin
S07 | 1 | INFO | shown | supported | NG239, R39 | Oral instead of injected
S10b | 1 | INFO | shown | design |  | First dose, or another product
S16 | 1 | INFO | shown | partly | R05, R01, BSH | No sample before treatment
S19b | 1 | INFO | shown | supported | NG239 | Pregnant or breastfeeding
S24 | 1 | INFO | shown | partly | SMPC-C, NG239 (second-hand) | A medicine that weakens the response
S02 | 1 | OK | shown | supported | R20 | Folic acid with or after B12
"""  # noqa: E501
FOR_THE_PLAN = ["S04", "S05", "S10", "S19", "S20"]
TOLD_ONLY = ["S15", "S16"]


def row_of(rule: Rule) -> str:
    """Return a rule as the table writes it."""
    words = (rule.id, str(rule.version), rule.severity, rule.override, rule.evidence)
    return " | ".join([*words, ", ".join(rule.sources), rule.title])


class TestTheTable:
    def test_is_this(self) -> None:
        assert [row_of(rule) for rule in TABLE] == WRITTEN.split("\n")[1:-1]

    def test_says_whole_sentences(self) -> None:
        for rule in TABLE:
            assert re.fullmatch(r"(?!XX)[A-Z].+[^X][.?]", rule.text, re.DOTALL), rule.id

    def test_says_what_is_decided_for_the_plan(self) -> None:
        assert sorted({rule.id for rule in TABLE if rule.for_plan}) == FOR_THE_PLAN

    def test_lets_a_warning_rest_and_a_stop_only_for_the_plan(self) -> None:
        for rule in TABLE:
            rests = rule.severity == "WARN" or rule.id in FOR_THE_PLAN
            if rule.severity in ("WARN", "BLOCK"):
                assert Finding(rule=rule, digest="").may_rest is rests, rule.title

    def test_says_what_holds_nothing_up(self) -> None:
        told = {rule.id for rule in TABLE if rule.holds_up is False}
        assert sorted(told) == TOLD_ONLY
        assert all(type(rule.holds_up) is bool for rule in TABLE)


class TestTheMedicinesKnownByName:
    def test_are_these(self) -> None:
        written = {
            "ANTICOAGULANTS": "acenocoumarol anticoagulant apixaban dabigatran "
            "dalteparin doac edoxaban enoxaparin heparin phenindione rivaroxaban "
            "tinzaparin warfarin",
            "BY_INR": "acenocoumarol anticoagulant phenindione warfarin",
            "POTASSIUM_RISKS": "bendroflumethiazide bumetanide chlortalidone digoxin "
            "diuretic furosemide indapamide metolazone",
            "WEAKENING": "chloramphenicol colchicine esomeprazole h2_blocker "
            "lansoprazole metformin omeprazole pantoprazole ppi rabeprazole topiramate",
        }

        for name, names in written.items():
            assert getattr(medicines, name) == set(names.split()), name
