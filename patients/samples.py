"""
The blood that is drawn before treatment (panel P0), and what of it matters most (R05).

A sample that is missing never holds up an injection: it is a note (S16).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Sample(StrEnum):
    """One test, or group of tests, of the baseline."""

    B12 = "b12"
    ACTIVE_B12 = "active_b12"
    FOLATE = "folate"
    BLOOD_COUNT = "full_blood_count"
    FILM = "blood_film"
    RETICULOCYTES = "reticulocytes"
    FERRITIN = "ferritin"
    KIDNEYS = "urea_and_electrolytes"
    MMA = "mma"
    HOMOCYSTEINE = "homocysteine"
    THYROID = "thyroid_function"
    HBA1C = "hba1c"
    LIVER = "liver_function"
    INTRINSIC_FACTOR = "intrinsic_factor_antibody"
    COELIAC = "coeliac_serology"
    COPPER = "copper"
    THIAMINE = "thiamine"
    PYRIDOXINE = "vitamin_b6"
    VITAMIN_E = "vitamin_e"


#: What should be drawn before the first dose, and what does instead (R05).
CORE: Mapping[Sample, tuple[Sample, ...]] = {
    Sample.B12: (Sample.B12, Sample.ACTIVE_B12),
    Sample.FOLATE: (Sample.FOLATE,),
    Sample.BLOOD_COUNT: (Sample.BLOOD_COUNT,),
    Sample.KIDNEYS: (Sample.KIDNEYS,),
    Sample.MMA: (Sample.MMA,),
}

#: A result that came back proves that its blood was drawn.
PROVEN_BY: Mapping[str, Sample] = {
    "b12": Sample.B12,
    "active_b12": Sample.ACTIVE_B12,
    "folate": Sample.FOLATE,
    "rbc_folate": Sample.FOLATE,
    "haemoglobin": Sample.BLOOD_COUNT,
    "haematocrit": Sample.BLOOD_COUNT,
    "mcv": Sample.BLOOD_COUNT,
    "red_cells": Sample.BLOOD_COUNT,
    "white_cells": Sample.BLOOD_COUNT,
    "platelets": Sample.BLOOD_COUNT,
    "reticulocytes": Sample.RETICULOCYTES,
    "ferritin": Sample.FERRITIN,
    "tsh": Sample.THYROID,
    "hba1c": Sample.HBA1C,
    "mma": Sample.MMA,
    "homocysteine": Sample.HOMOCYSTEINE,
    "creatinine": Sample.KIDNEYS,
    "egfr": Sample.KIDNEYS,
    "potassium": Sample.KIDNEYS,
}


@dataclass(frozen=True, kw_only=True)
class Sampled:
    """Blood that was drawn for a test, and when."""

    sample: Sample
    drawn_on: date
