"""The table of laboratory tests, written out once more (rules 9; H12)."""

import pytest

from patients.laboratory import TESTS
from patients.medicines import MOST_MG, Medicine, most_mg
from patients.samples import CORE, PROVEN_BY, Sample

# Code, title, unit, LOINC where one was verified, and what can be believed.
TABLE = """
b12 | Vitamin B12, total | pg/mL | 2132-9 | 10 to 20000
b12 | Vitamin B12, total | ng/L | 2132-9 | 10 to 20000
b12 | Vitamin B12, total | pmol/L | 14685-2 | 7 to 15000
active_b12 | Active B12 | pmol/L |  | 1 to 2000
mma | Methylmalonic acid | nmol/L | 13964-2 | 20 to 100000
mma | Methylmalonic acid | umol/L | 13964-2 | 0.02 to 100
homocysteine | Homocysteine | umol/L | 13965-9 | 1 to 500
folate | Folate, serum | ng/mL | 2284-8 | 0.1 to 100
folate | Folate, serum | ug/L | 2284-8 | 0.1 to 100
folate | Folate, serum | nmol/L |  | 0.2 to 230
rbc_folate | Folate, red cells | ng/mL |  | 10 to 4000
rbc_folate | Folate, red cells | ug/L |  | 10 to 4000
rbc_folate | Folate, red cells | nmol/L |  | 20 to 9000
haemoglobin | Haemoglobin | g/L | 718-7 | 20 to 250
haemoglobin | Haemoglobin | g/dL | 718-7 | 2 to 25
haematocrit | Haematocrit | % |  | 5 to 80
haematocrit | Haematocrit | L/L |  | 0.05 to 0.8
mcv | MCV | fL | 787-2 | 40 to 160
red_cells | Red cells | 10*12/L | 789-8 | 0.5 to 10
white_cells | White cells | 10*9/L |  | 0.1 to 500
platelets | Platelets | 10*9/L |  | 1 to 3000
reticulocytes | Reticulocytes | 10*9/L |  | 0.1 to 1000
reticulocytes | Reticulocytes | % |  | 0.01 to 60
ferritin | Ferritin | ng/mL | 2276-4 | 1 to 100000
ferritin | Ferritin | ug/L | 2276-4 | 1 to 100000
tsh | TSH | m[IU]/L |  | 0.001 to 500
hba1c | HbA1c | mmol/mol |  | 9 to 200
hba1c | HbA1c | % | 4548-4 | 3 to 21
creatinine | Creatinine | umol/L | 14682-9 | 10 to 3000
creatinine | Creatinine | mg/dL | 2160-0 | 0.1 to 35
egfr | eGFR | mL/min/{1.73_m2} | 62238-1 | 1 to 200
potassium | Potassium | mmol/L | 2823-3 | 1 to 10
inr | INR | {INR} |  | 0.5 to 20
urine_acr | Urine albumin to creatinine | mg/mmol |  | 0.01 to 2000
urine_acr | Urine albumin to creatinine | mg/g |  | 0.1 to 18000
"""
PROVES = {
    "b12": "b12",
    "active_b12": "active_b12",
    "folate": "folate",
    "rbc_folate": "folate",
    "haemoglobin": "full_blood_count",
    "haematocrit": "full_blood_count",
    "mcv": "full_blood_count",
    "red_cells": "full_blood_count",
    "white_cells": "full_blood_count",
    "platelets": "full_blood_count",
    "reticulocytes": "reticulocytes",
    "ferritin": "ferritin",
    "tsh": "thyroid_function",
    "hba1c": "hba1c",
    "mma": "mma",
    "homocysteine": "homocysteine",
    "creatinine": "urea_and_electrolytes",
    "egfr": "urea_and_electrolytes",
    "potassium": "urea_and_electrolytes",
}


class TestTheTable:
    def test_is_as_written(self) -> None:
        rows = [
            f"{test.code} | {test.title} | {it.ucum} | {it.loinc} | "
            f"{it.least} to {it.most}"
            for test in TESTS.values()
            for it in test.units
        ]

        assert rows == TABLE.strip().splitlines()

    def test_is_found_by_code(self) -> None:
        assert all(code == test.code for code, test in TESTS.items())


@pytest.mark.proves("R05")
class TestSamples:
    def test_are_proven_by_these_results(self) -> None:
        assert {code: sample.value for code, sample in PROVEN_BY.items()} == PROVES

    def test_that_should_be_drawn_are_five(self) -> None:
        assert {wanted.value: len(instead) for wanted, instead in CORE.items()} == {
            "b12": 2,
            "folate": 1,
            "full_blood_count": 1,
            "urea_and_electrolytes": 1,
            "mma": 1,
        }
        assert CORE[Sample.B12] == (Sample.B12, Sample.ACTIVE_B12)


class TestMedicines:
    def test_may_be_taken_in_this_much_at_most(self) -> None:
        most = {it.value: most_mg(it) for it in Medicine if most_mg(it) != MOST_MG}

        assert MOST_MG == 50_000
        assert most == {
            "folic_acid": 50,
            "hydroxocobalamin": 20,
            "cyanocobalamin": 20,
            "methylcobalamin": 20,
            "warfarin": 50,
            "digoxin": 2,
            "colchicine": 10,
            "clonazepam": 40,
            "levothyroxine": 1,
        }
